package list

import (
	"errors"
	"time"

	"authdeck/model"
)

// Selected is the object under the cursor; false on a page without rows.
func (m *Model[T]) Selected() (T, bool) {
	if m.cursor < 0 || m.cursor >= len(m.page.Items) {
		var none T
		return none, false
	}
	return m.page.Items[m.cursor], true
}

// State is where the list is with its page.
func (m *Model[T]) State() State { return m.state }

// Err is why the last request failed; nil in every state but Failed.
func (m *Model[T]) Err() error { return m.err }

// tries are how often in a row the same page was asked for and did not come.
type tries struct {
	number int
	last   time.Time
}

// Tried is how often in a row the page that did not come was asked for, and when it last
// failed.
func (m *Model[T]) Tried() (times int, last time.Time) { return m.tries.number, m.tries.last }

// Shown is what the rows are a page of.
func (m *Model[T]) Shown() model.Query { return m.shown.query }

// Query is what the reader has in mind: what is on its way, or what is shown; and before
// anything was shown, what did not come.
func (m *Model[T]) Query() model.Query {
	if m.state == Loading || !m.Seen() {
		return m.coming.query
	}
	return m.shown.query
}

// Missed is what was asked for last and did not come, while other rows are shown; false
// for what the reader gave up.
func (m *Model[T]) Missed() (model.Query, bool) {
	return m.coming.query, m.state == Failed && m.Seen() && model.KindOf(m.err) != model.Cancelled
}

// Seen reports whether a page has ever come.
func (m *Model[T]) Seen() bool { return m.shown.trail != nil }

// Took is how long the last answer was waited for.
func (m *Model[T]) Took() time.Duration { return m.took }

// Waiting is how long the present answer has been waited for, as words, or how
// long the server wants to be left alone; empty while there is nothing to say.
func (m *Model[T]) Waiting() string { return m.wait.View() }

// Turning reports whether other rows than those that are shown are on their way.
func (m *Model[T]) Turning() bool {
	return m.state == Loading && (m.coming.question != m.shown.question || len(m.coming.trail) != len(m.shown.trail))
}

// Resting reports whether the server has asked to be left alone for a while.
func (m *Model[T]) Resting() bool { return m.wait.Resting() }

// Total is the number of rows in the whole list, or model.Uncounted.
func (m *Model[T]) Total() int { return m.page.Total }

// Sifted is how a question was followed through the list; nil where the system alone
// answered.
func (m *Model[T]) Sifted() *model.Sifted { return m.page.Sifted }

// Progress is how far the reading is that is under way; nil where nothing is read to its
// end, or nothing was read yet.
func (m *Model[T]) Progress() *model.Sifted { return m.progress.Load() }

// Whole are all rows of the list that is shown, if they have come; nil for a part of it. They
// are not to be changed.
func (m *Model[T]) Whole() []T {
	if m.page.Whole == nil && m.First() && m.Last() {
		return m.page.Items
	}
	return m.page.Whole
}

// Alike is how many tokens are like one in the whole list, as far as that is known; nil where it
// is not.
func (m *Model[T]) Alike() func(*model.Token) int { return m.page.Alike }

// Note is what has to be known of the list, or nothing.
func (m *Model[T]) Note() string { return m.page.Note }

// Page is the number of the page shown, from 1, and of how many; the second is
// 0 where the system does not count.
func (m *Model[T]) Page() (number, of int) {
	number = len(m.shown.trail)
	switch {
	case m.page.Next == "":
		return number, number
	case m.page.Total < 0 || len(m.page.Items) == 0:
		return number, 0
	}
	size := len(m.page.Items)
	return number, (m.page.Total + size - 1) / size
}

// First reports whether there is no page before this one.
func (m *Model[T]) First() bool { return len(m.shown.trail) < 2 }

// Last reports whether there is no page after this one.
func (m *Model[T]) Last() bool { return m.page.Next == "" }

func restOf(err error) time.Duration {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}
