package redact

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"authdeck/model"
)

// Redactor shows what a server says without what nobody may see: the credential
// and what else was sent in secret, in case it is quoted, and whatever looks like
// another key. The zero value knows of no secret.
type Redactor []known

// known is a secret with what tells it in another spelling: an answer may be of
// thousands of texts, and each of them is held against that.
type known struct {
	model.Secret
	exactly   []string // what a word of ours is put in the place of
	lower     string   // without the blanks around it, in small letters
	marked    bool     // hardly a letter or digit is in it
	spellings []spelling
}

// New is a Redactor that knows of those secrets.
func New(secrets ...model.Secret) Redactor {
	var r Redactor
	for _, s := range secrets {
		r = append(r, know(s))
	}
	return r
}

func know(s model.Secret) known {
	whole := s.Reveal()
	plain := strings.TrimSpace(whole)
	lower := strings.ToLower(plain)
	k := known{Secret: s, lower: lower, marked: len(lower) >= leastPlain && len(plainly(lower)) < leastPlain, spellings: spellings(plain)}
	for _, form := range []string{whole, plain} {
		if utf8.RuneCountInString(form) >= shortest {
			k.exactly = append(k.exactly, form)
		}
	}
	return k
}

// Text is what may be shown of a text. It is cleaned first, or a letter that
// nobody sees would hide a secret from the search; then secrets and keys are
// replaced; then it is looked at once more, and where a secret may still stand in
// it, in whatever spelling, only its length is told.
func (r Redactor) Text(said string) string {
	shown, fit := r.Redact(said)
	if !fit {
		return Withheld(said)
	}
	return shown
}

// Redact is what may be shown of a text, and whether anything may: a secret can be
// left in another spelling.
func (r Redactor) Redact(said string) (shown string, ok bool) {
	shown = r.replaced(model.Clean(r.replaced(said)).String()) // before, too: cleaning cuts
	return shown, !r.Leaks(shown)
}

// in reports whether the secret stands in a text as it is, both in small letters. One
// that is made of marks may have a mark between any two.
func (k known) in(text string) bool {
	if strings.Contains(text, k.lower) {
		return true
	}
	if !k.marked {
		return false
	}
	between := map[rune]bool{}
	for _, letter := range text {
		between[letter] = !unicode.IsLetter(letter) && !unicode.IsDigit(letter)
	}
	for letter, mark := range between {
		if mark && strings.Contains(strings.ReplaceAll(text, string(letter), ""), k.lower) {
			return true
		}
	}
	return false
}

// Withheld stands for texts of which nothing is shown but how long they are.
func Withheld(said ...string) string {
	letters := 0
	for _, text := range said {
		letters += utf8.RuneCountInString(text)
	}
	return fmt.Sprintf("the server's reason, %d letters, was not shown", letters)
}

// shortest is how many letters a secret has at the least that is replaced by a
// word of ours. In the place of a shorter one that word would tell it: whoever
// reads "p[secret]ssword" knows the letter.
const shortest = 8

// replaced is a text with a word of ours in the place of secrets and keys.
func (r Redactor) replaced(said string) string {
	for _, s := range r {
		for _, form := range s.exactly {
			said = strings.ReplaceAll(said, form, s.String())
		}
	}
	return withoutKeys(said)
}

// Leaks reports whether a secret may stand in a text, however it is spelt.
func (r Redactor) Leaks(text string) bool {
	for _, reading := range readings(text) {
		lower, plain := strings.ToLower(reading), plainly(reading)
		for _, s := range r {
			if s.lower != "" && s.in(lower) ||
				slices.ContainsFunc(s.spellings, func(form spelling) bool { return form.in(plain) }) {
				return true
			}
		}
	}
	return false
}
