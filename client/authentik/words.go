package authentik

import (
	"slices"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// more is an error with a sentence of ours after what it says.
func more(err error, sentence string) error {
	return wire.Reword(err, model.KindOf(err), model.Reason(err)+"; "+sentence)
}

// half is the error of a write of several steps, of which some are done.
func half(done string, err error) error {
	return wire.Reword(err, model.Partial, done+" ("+model.Reason(err)+")")
}

// parenthesised stands after a word; nothing for nothing.
func parenthesised(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// sentences are those of them that say something, one after the other.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(one string) bool { return one == "" }), " ")
}

// date is a moment as it stands in a sentence.
func date(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
