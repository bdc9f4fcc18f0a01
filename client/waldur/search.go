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
//
// Of the other words those go to user_keyword that stand together: it looks for them
// as they stand, and with a word between them they would fit nobody.
func search(query url.Values, asked string) (note string) {
	var lettered, runs []string
	together := false
	for word := range strings.FieldsSeq(asked) {
		switch plain := foldsToASCII(word); {
		case !plain:
			lettered, together = append(lettered, word), false
		case together:
			runs[len(runs)-1] += " " + word
		default:
			runs, together = append(runs, word), true
		}
	}
	if len(lettered) == 0 {
		if asked != "" {
			query.Set("user_keyword", asked)
		}
		return ""
	}
	sent := longest(lettered)
	query.Set("query", sent)
	if len(runs) > 0 {
		query.Set("user_keyword", longest(runs))
		sent += "” and “" + longest(runs)
	}
	if len(lettered) == 1 && len(runs) < 2 {
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
