// Package list is a bubble that shows a paged list: rows and columns of
// anything, a page a request, the next page fetched ahead. It knows no tokens.
//
// It is written by hand because the table of bubbles v1 panics on a row wider
// than its columns, loses its cursor and hides the selected row.
package list

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/wait"
)

// freshness is how long a page that was fetched ahead may stand in for a new
// answer.
const freshness = time.Minute

// State is where a list is with its page.
type State int

// The states. In all but Idle the rows of the last good page stay.
const (
	Idle    State = iota // nothing was asked yet
	Loading              // a page is on its way
	Ready                // the page is what the server said last
	Failed               // the last request failed; Err says how
)

// Options make a list.
type Options[T any] struct {
	Columns []Column[T]
	Key     func(T) string // what makes two rows the same object
	Fetch   func(context.Context, model.Query) (model.Page[T], error)
	Clock   wait.Clock
	Styles  Styles
	Empty   string // what to say of a page without rows
}

// Model is the list. Make it with New.
type Model[T any] struct {
	opt   Options[T]
	query model.Query

	state  State
	err    error
	seq    int // of the latest load; an answer to an older one is dropped
	cancel context.CancelFunc
	wait   *wait.Model
	took   time.Duration

	page  model.Page[T]
	trail []model.Cursor // how the reader came here, this page's cursor last
	ahead ahead[T]

	cursor, top   int
	width, height int
	layout        layout
}

// New is an idle list. Ask makes it load.
func New[T any](o Options[T]) *Model[T] {
	return &Model[T]{opt: o, wait: wait.New(o.Clock), trail: []model.Cursor{""}}
}

// landing is where the cursor comes to rest when a page arrives.
type landing int

const (
	onObject landing = iota // on the same object, or at least the same row
	onFirst
	onLast
)

// loaded answers one request: to whom, and which.
type loaded[T any] struct {
	to    *Model[T]
	seq   int
	trail []model.Cursor
	land  landing
	page  model.Page[T]
	err   error
	took  time.Duration
}

// Ask shows the first page of another query.
func (m *Model[T]) Ask(q model.Query) tea.Cmd {
	m.query = q
	return m.load([]model.Cursor{""}, onFirst)
}

// Reload asks for the same page again and keeps the cursor on its object.
func (m *Model[T]) Reload() tea.Cmd { return m.load(m.trail, onObject) }

// Next turns to the page after this one, at once if it has been fetched ahead.
func (m *Model[T]) Next() tea.Cmd {
	switch {
	case m.Last():
		return nil
	case m.ahead.ready(m.opt.Clock.Now()):
		trail, page := m.onward(), m.ahead.page
		m.stop()
		m.show(trail, onFirst, page)
		return m.fetchAhead()
	case m.ahead.stage == asked:
		m.state = Loading
		return m.wait.Start()
	}
	return m.load(m.onward(), onFirst)
}

// onward is the trail to the page after this one.
func (m *Model[T]) onward() []model.Cursor {
	return append(slices.Clip(m.trail), m.page.Next)
}

// Previous turns back by the way the reader came.
func (m *Model[T]) Previous() tea.Cmd { return m.back(onFirst) }

func (m *Model[T]) back(land landing) tea.Cmd {
	if len(m.trail) < 2 {
		return nil
	}
	return m.load(m.trail[:len(m.trail)-1], land)
}

// Cancel gives up the request under way; the rows stay. It reports whether
// there was one.
func (m *Model[T]) Cancel() bool {
	if m.state != Loading {
		return false
	}
	m.stop()
	m.state, m.err = Failed, model.Fail(model.Cancelled, "given up")
	return true
}

// load asks for the page at the end of a trail. What was asked before is no
// longer waited for.
func (m *Model[T]) load(trail []model.Cursor, land landing) tea.Cmd {
	m.stop()
	m.state = Loading
	ask, seq := m.request(trail[len(trail)-1]), m.seq
	return tea.Batch(m.wait.Start(), func() tea.Msg {
		page, took, err := ask()
		return loaded[T]{m, seq, trail, land, page, err, took}
	})
}

// request is a question with all that it needs, so that the command that asks
// it touches no model. stop cancels it.
func (m *Model[T]) request(at model.Cursor) func() (model.Page[T], time.Duration, error) {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:gosec // stop calls it
	m.cancel = cancel
	query, fetch, now := m.query, m.opt.Fetch, m.opt.Clock.Now
	query.At = at
	return func() (model.Page[T], time.Duration, error) {
		started := now()
		page, err := fetch(ctx, query)
		return page, now().Sub(started), err
	}
}

// stop lets go of whatever is under way.
func (m *Model[T]) stop() {
	m.seq++
	m.ahead = ahead[T]{}
	m.wait.Stop()
	if m.cancel != nil {
		m.cancel()
		m.cancel = nil
	}
}

// Update takes what is this list's own: its answers and its ticks.
func (m *Model[T]) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded[T]:
		if msg.to == m && msg.seq == m.seq {
			return m.settle(msg)
		}
	case fetched[T]:
		if msg.to == m && msg.seq == m.seq {
			return m.receive(msg)
		}
	default:
		return m.wait.Update(msg)
	}
	return nil
}

// settle takes an answer. A failure leaves the reader where they were.
func (m *Model[T]) settle(msg loaded[T]) tea.Cmd {
	m.stop()
	m.took = msg.took
	if msg.err != nil {
		m.state, m.err = Failed, msg.err
		return m.wait.Rest(restOf(msg.err))
	}
	m.show(msg.trail, msg.land, msg.page)
	return m.fetchAhead()
}

func (m *Model[T]) show(trail []model.Cursor, land landing, page model.Page[T]) {
	before, had := m.Selected()
	m.state, m.err = Ready, nil
	m.trail, m.page = trail, page
	switch {
	case land == onFirst:
		m.cursor, m.top = 0, 0
	case land == onLast:
		m.cursor = len(page.Items) - 1
	case had:
		m.follow(before)
	}
	m.arrange()
}

// follow puts the cursor on the object it was on, wherever that went.
func (m *Model[T]) follow(object T) {
	for i, item := range m.page.Items {
		if m.opt.Key(item) == m.opt.Key(object) {
			m.cursor = i
			return
		}
	}
}

// Put shows rows that nobody has to be asked for; the cursor stays on its
// object.
func (m *Model[T]) Put(rows []T) {
	m.stop()
	m.show([]model.Cursor{""}, onObject, model.Page[T]{Items: slices.Clone(rows), Total: len(rows)})
}
