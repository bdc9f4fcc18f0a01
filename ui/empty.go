package ui

import (
	"fmt"
	"strings"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/search"
)

// empty says of a page without rows what it was narrowed to, and which key shows more.
func (b *browser[T]) empty() string {
	lines := look.Wrap(look.Sentences(b.nothing(), b.wider()), max(1, b.width-4))
	return "\n  " + strings.Join(lines, "\n  ")
}

// nothing is what there is not.
func (b *browser[T]) nothing() string {
	q := b.list.Shown()
	whose := b.whose()
	if q.Filter.Only.ID != "" {
		whose = look.Marked(q.Filter.Only.Username) + " in " + whose
	}
	among := ""
	if q.Filter.Choice != "" {
		among = " among “" + look.Label(b.filters(), q.Filter.Choice) + "”"
	}
	switch typed := search.Typed(q); {
	case !b.list.Last():
		return "This page of the list has no rows; n goes on."
	case b.union() && len(b.list.Lacks()) == len(model.Members(b.api)):
		return "No system has answered."
	case typed != "":
		return "No " + b.noun + " of " + whose + among + " matches “" + look.Marked(model.Clean(typed)) + "”" + b.lookedAt(q) + "."
	case among != "":
		return "No " + b.noun + " of " + whose + " is" + among + "."
	}
	if b.union() {
		return look.Capital(whose) + " have no " + b.noun + " that these credentials can see."
	}
	return whose + " has no " + b.noun + " that this credential can see."
}

// lookedAt is where a search has looked.
func (b *browser[T]) lookedAt(q model.Query) string {
	if fields := b.searched(); q.Search != "" && len(fields) > 0 {
		return " (looked at: " + strings.Join(fields, ", ") + ")"
	}
	return ""
}

// wider is the key that shows more.
func (b *browser[T]) wider() string {
	q := b.list.Shown()
	typed, only, choice := search.Typed(q) != "", q.Filter.Only.ID != "", q.Filter.Choice != ""
	switch {
	case typed && (only || choice):
		return "esc searches no more."
	case choice && only, choice && typed:
		return "esc shows those of every sort."
	case typed, choice:
		return "esc shows all" + b.count() + "."
	case only:
		return "esc goes back."
	}
	for _, a := range b.actions {
		if a.Help().Key == b.Keys.Create.Help().Key && a.reason() == "" {
			return a.Help().Key + " creates one."
		}
	}
	return ""
}

// count is how many rows there are without any narrowing, if that was seen.
func (b *browser[T]) count() string {
	if b.whole > 0 {
		return fmt.Sprintf(" %d", b.whole)
	}
	return ""
}

// remember keeps how many rows there are, while all of them are in the list.
func (b *browser[T]) remember() {
	q := b.list.Shown()
	if b.list.State() == list.Ready && search.Typed(q) == "" && q.Filter == (model.Filter{}) {
		b.whole = b.list.Total()
	}
}

// none reports whether there is nothing to show but why nothing came.
func (b *browser[T]) none() bool {
	_, some := b.list.Selected()
	return !some && b.list.State() == list.Failed
}

// failed is why there is no list, how often it was asked for, and what can be done. It is
// said here alone.
func (b *browser[T]) failed(height int) string {
	says := []string{look.Advice(b.list.Err())}
	if b.list.Resting() {
		says[0] = b.retry() + "."
	}
	if tried := b.tried(); tried != "" {
		says = append(says, look.Capital(tried)+".")
	}
	box := b.Styles.Dialog(&b.lost, b.width, height, look.Dialog{Title: look.Sentence(b.list.Err()), Mood: look.Heed, Says: says})
	return box.Over(look.Behind{}, b.width, height)
}

// missed is why the rows that are shown are not those that were asked for; empty where they
// are, or where it is said elsewhere.
func (b *browser[T]) missed() string {
	if b.list.State() != list.Failed || b.list.Old() || b.none() {
		return ""
	}
	return b.why("✗ ")
}

// why is why no list came, when it can be asked for again, and how often it was; behind the
// words that it begins with.
func (b *browser[T]) why(begin string) string {
	again := b.retry()
	if tried := b.tried(); tried != "" {
		again += " (" + tried + ")"
	}
	return begin + look.Stopped(look.Sentence(b.list.Err())) + " " + again + "."
}

// tried is how often the list was asked for, and when; empty for what the reader gave up.
func (b *browser[T]) tried() string {
	times, last := b.list.Tried()
	if times == 0 {
		return ""
	}
	return look.Tried(times, last)
}

// retry is when the list can be asked for again.
func (b *browser[T]) retry() string {
	switch {
	case b.list.Resting():
		return "ctrl+r asks again in " + b.list.Waiting()
	case model.Lasts(b.list.Err()):
		return "ctrl+r cannot mend this"
	}
	return "ctrl+r asks again"
}

// needsList is why rows cannot be ordered: none have come yet.
func (b *browser[T]) needsList() string {
	if b.list.Seen() || b.list.State() != list.Failed {
		return ""
	}
	return "the list has not come; " + b.retry()
}

// needsAnswer is why nothing can be made: the system has not answered. Where it only does
// not let the list be read, that may be another matter.
func (b *browser[T]) needsAnswer() string {
	if model.KindOf(b.list.Err()) == model.Forbidden {
		return ""
	}
	return b.needsList()
}

// needsEar is why no part of the list can be asked for: whatever is asked is refused, or not
// sent. A system that only failed may give a part where it did not give the whole.
func (b *browser[T]) needsEar() string {
	switch model.KindOf(b.list.Err()) {
	case model.Unauthorized, model.Unopened, model.RateLimited:
		return b.needsList()
	default:
		return ""
	}
}
