package waldur

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"authdeck/client/demo/stage"
)

// folded is a text as the server keeps names for its search: what has a likeness in
// ASCII becomes that, and every other letter is dropped. Nothing is left of سارا.
func folded(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return -1
		}
		return r
	}, norm.NFKD.String(text)))
}

// insideFolded finds what is asked for in a folded text, and so everything where
// nothing is left of it.
func insideFolded[T any](of func(T) string) stage.Filter[T] {
	return texts(func(value string) func(T) bool {
		asked := folded(value)
		return func(row T) bool { return strings.Contains(folded(of(row)), asked) }
	})
}

// texts is a filter that takes every text but one with a NUL in it.
func texts[T any](keeps func(value string) func(T) bool) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		if strings.ContainsRune(value, 0) {
			return nil, stage.NullCharacters
		}
		return keeps(value), ""
	}
}
