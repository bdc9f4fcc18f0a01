package look

import (
	"strings"
	"unicode"
)

// longestFileWord is how much of a name a file's name has of it.
const longestFileWord = 40

// FileWord is a name as it can stand in that of a file: a person has whatever
// name a system gives, and that is no way to another folder.
func FileWord(name string) string {
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_@.", r) {
			return r
		}
		return '_'
	}, name))
	return strings.ReplaceAll(string(letters[:min(len(letters), longestFileWord)]), "..", "__")
}
