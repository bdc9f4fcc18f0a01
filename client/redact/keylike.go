package redact

import (
	"regexp"
	"unicode"

	"authdeck/model"
)

// LooksLikeKey reports whether there is something in a text that looks like somebody's
// key, or like anything else that was drawn by lot: a text that is long and goes
// to and fro between letters, capitals and digits as no word does.
func LooksLikeKey(text string) bool {
	if keyLike.MatchString(text) {
		return true
	}
	for _, word := range unbroken.FindAllString(text, -1) {
		if turns(word) >= manyTurns {
			return true
		}
	}
	return false
}

// CheckSearch refuses a search for a key: the server may find it, and every log on
// the way would hold it.
func CheckSearch(search string) error {
	if keyLike.MatchString(search) {
		return model.Fail(model.Invalid, "this looks like a key; a search would write it into the logs on the way, so it is not sent")
	}
	return nil
}

// Hidden stands in the place of a name or a path that [LooksLikeKey].
const Hidden = "(not shown: it looks like a key)"

// withoutKeys is a text with a word of ours in the place of whatever looks like a key,
// and of what hangs on it: a key may begin with a word and a dash.
func withoutKeys(text string) string {
	text = unbroken.ReplaceAllStringFunc(text, func(run string) string {
		if LooksLikeKey(run) || len(run) >= longRun && turns(run) >= someTurns {
			return placeholder
		}
		return run
	})
	return keyLike.ReplaceAllString(text, placeholder)
}

// placeholder stands in the place of what looks like a key.
const placeholder = "[like a key]"

// What a server says need not be kept as it is where it is long and has turns as a
// name of two words has: better a name that is not shown than a key that is.
const (
	longRun   = 24
	someTurns = 3
)

// keyLike is what looks like somebody's key, wherever it turns up: long hex, long
// letters and digits, a UUID, a JSON web token, and Waldur's own form.
var keyLike = regexp.MustCompile(`[0-9a-fA-F]{24,}|[0-9A-Za-z]{30,}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]*|` +
	`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|w_[0-9]{6,}_[0-9A-Za-z_-]+`)

// unbroken is long enough to be worth stealing.
var unbroken = regexp.MustCompile(`[0-9A-Za-z+=_~!@#$%^&*-]{12,}`)

// manyTurns is more than names have: "awx2-prod-eu1" has four.
const manyTurns = 5

// turns counts how often a text changes between small letters, capitals, digits
// and marks. A capital that begins a word is none, and no dash between words.
func turns(word string) int {
	n := 0
	last := rune(0)
	for _, r := range word {
		if sort := sortOf(r); sort != 0 {
			if last != 0 && sort != last && (last != 'A' || sort != 'a') {
				n++
			}
			last = sort
		} else {
			last = 0
		}
	}
	return n
}

// sortOf is a letter that stands for its sort; 0 for what joins words.
func sortOf(r rune) rune {
	switch {
	case r == '-' || r == '_':
		return 0
	case unicode.IsDigit(r):
		return '0'
	case unicode.IsUpper(r):
		return 'A'
	case unicode.IsLower(r):
		return 'a'
	}
	return '!'
}
