package waldur

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// search puts a search for users into the server's words. Its user_keyword goes
// over first and last name together, without accents, but drops every letter that
// has no likeness in ASCII, and what is left of سارا then fits everybody (7.0.7:
// 3,032 of 3,033). Such a word goes to query, which compares the letters as they
// are, in one field at a time: so there can be one only, and the note says which.
func search(query url.Values, asked string) (note string) {
	var plain, lettered []string
	for word := range strings.FieldsSeq(asked) {
		if foldsToASCII(word) {
			plain = append(plain, word)
			continue
		}
		lettered = append(lettered, word)
	}
	switch {
	case len(lettered) == 0 && asked != "":
		query.Set("user_keyword", asked)
	case len(plain) > 0:
		query.Set("user_keyword", strings.Join(plain, " "))
	}
	if len(lettered) == 0 {
		return ""
	}
	sent := longest(lettered)
	query.Set("query", sent)
	if len(lettered) == 1 {
		return ""
	}
	return "Waldur searches for one word in these letters at a time: this is “" + sent + "”, and the others were not looked at."
}

// foldsToASCII reports whether every letter of a word survives what Waldur does to
// it (NFKD, then ASCII alone; waldur_core/core/utils.py, normalize_unicode).
func foldsToASCII(word string) bool {
	left := false
	for _, r := range norm.NFKD.String(word) {
		if r >= utf8.RuneSelf && !unicode.Is(unicode.Mn, r) {
			return false
		}
		left = left || r < utf8.RuneSelf
	}
	return left
}

// longest is the word that leaves the fewest.
func longest(words []string) string {
	found := words[0]
	for _, word := range words[1:] {
		if utf8.RuneCountInString(word) > utf8.RuneCountInString(found) {
			found = word
		}
	}
	return found
}
