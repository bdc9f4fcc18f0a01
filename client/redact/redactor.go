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
type Redactor []guarded

// guarded is a secret with what tells it in another spelling: an answer may be of
// thousands of texts, and each of them is held against that.
type guarded struct {
	model.Secret
	exactly   []string // what a word of ours is put in the place of
	lower     string   // without the blanks around it, in small letters
	marked    bool     // hardly a letter or digit is in it
	spellings []spelling
}

// New is one that knows of those secrets.
func New(secrets ...model.Secret) Redactor {
	var d Redactor
	for _, s := range secrets {
		d = append(d, guard(s))
	}
	return d
}

func guard(s model.Secret) guarded {
	whole := s.Reveal()
	plain := strings.TrimSpace(whole)
	lower := strings.ToLower(plain)
	g := guarded{Secret: s, lower: lower, marked: len(lower) >= leastPlain && len(plainly(lower)) < leastPlain, spellings: spellings(plain)}
	for _, form := range []string{whole, plain} {
		if utf8.RuneCountInString(form) >= shortest {
			g.exactly = append(g.exactly, form)
		}
	}
	return g
}

// Text is what may be shown of a text. It is cleaned first, or a letter that
// nobody sees would hide a secret from the search; then secrets and keys are
// replaced; then it is looked at once more, and where a secret may still stand in
// it, in whatever spelling, only its length is told.
func (d Redactor) Text(said string) string {
	shown, fit := d.Fit(said)
	if !fit {
		return Unshown(said)
	}
	return shown
}

// Fit is a text that can be shown, and whether there is one.
func (d Redactor) Fit(said string) (string, bool) {
	shown := d.without(model.Clean(d.without(said)).String()) // before, too: cleaning cuts
	return shown, !d.BetrayedBy(shown)
}

// in reports whether the secret stands in a text as it is, both in small letters. One
// that is made of marks may have a mark between any two.
func (s guarded) in(text string) bool {
	if strings.Contains(text, s.lower) {
		return true
	}
	if !s.marked {
		return false
	}
	between := map[rune]bool{}
	for _, r := range text {
		between[r] = !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}
	for r, mark := range between {
		if mark && strings.Contains(strings.ReplaceAll(text, string(r), ""), s.lower) {
			return true
		}
	}
	return false
}

// Unshown is the shape of a text.
func Unshown(said ...string) string {
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

// without is a text with a word of ours in the place of secrets and keys.
func (d Redactor) without(said string) string {
	for _, s := range d {
		for _, form := range s.exactly {
			said = strings.ReplaceAll(said, form, s.String())
		}
	}
	return withoutKeys(said)
}

// BetrayedBy reports whether a secret may stand in a text, however it is spelt.
func (d Redactor) BetrayedBy(text string) bool {
	for _, reading := range readings(text) {
		lower, plain := strings.ToLower(reading), plainly(reading)
		for _, s := range d {
			if s.lower != "" && s.in(lower) ||
				slices.ContainsFunc(s.spellings, func(form spelling) bool { return form.in(plain) }) {
				return true
			}
		}
	}
	return false
}
