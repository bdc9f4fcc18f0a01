package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// milliseconds is how long an answer took.
func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%d ms", max(1, d.Milliseconds()))
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func yesNo(a model.Answer) string {
	switch a {
	case model.Yes:
		return "yes"
	case model.No:
		return "no"
	case model.Unsaid:
	}
	return "unknown"
}

// kindWord is what sort of key a token is, and whether a person made it.
func kindWord(t model.Token) string {
	switch {
	case t.Managed.Empty():
		return marked(t.Kind)
	case t.Kind.Empty():
		return "managed"
	}
	return marked(t.Kind) + ", managed"
}

// tokenWord is what a user's row says of their token.
func tokenWord(u model.User) string {
	if u.TokenWord.Empty() {
		return yesNo(u.HasToken)
	}
	return marked(u.TokenWord)
}

func stateWord(t model.Token) string {
	word := map[model.State]string{
		model.Unclear: "unknown", model.Active: "active",
		model.Expired: "expired", model.Revoked: "revoked",
	}[t.State]
	if t.Own {
		return word + ", used here"
	}
	return word
}

// labelOf is the label of a value among choices; the value itself where none has it.
func labelOf(choices []model.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// sentences are those of them that say something, one after the other.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(one string) bool { return one == "" }), " ")
}

// join sets a comma between two texts that say something.
func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// capital begins a text with a capital letter.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
