package look

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// Milliseconds is how long an answer took.
func Milliseconds(d time.Duration) string {
	return fmt.Sprintf("%d ms", max(1, d.Milliseconds()))
}

// Plural is a number of things in words.
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// YesNo is an answer in a word: a system that does not say says unknown.
func YesNo(a model.Answer) string {
	switch a {
	case model.Yes:
		return "yes"
	case model.No:
		return "no"
	case model.Unsaid:
	}
	return "unknown"
}

// TokenKind is what sort of key a token is, and whether a person made it.
func TokenKind(t model.Token) string {
	switch {
	case t.Managed.Empty():
		return Marked(t.Kind)
	case t.Kind.Empty():
		return "managed"
	}
	return Marked(t.Kind) + ", managed"
}

// HasToken is what a user's row says of their token.
func HasToken(u model.User) string {
	if u.TokenWord.Empty() {
		return YesNo(u.HasToken)
	}
	return Marked(u.TokenWord)
}

// TokenState is what can be done with a token, in a word or two.
func TokenState(t model.Token) string {
	word := map[model.State]string{
		model.Unclear: "unknown", model.Active: "active",
		model.Expired: "expired", model.Revoked: "revoked",
	}[t.State]
	if t.State == model.Active && t.Owner.Active == model.No {
		word = "owner off"
	}
	if t.Own {
		return word + ", used here"
	}
	return word
}

// TokenOver reports a token that opens nothing any more.
func TokenOver(t model.Token) bool { return t.State == model.Expired || t.State == model.Revoked }

// Label is the label of a value among choices; the value itself where none has it.
func Label(choices []model.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// Sentences are those of them that say something, one after the other.
func Sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(one string) bool { return one == "" }), " ")
}

// Join sets a comma between two texts that say something.
func Join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// Capital begins a text with a capital letter.
func Capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Thousands is a number as people read it: 1,204.
func Thousands(n int) string { return model.Thousands(n) }
