// Package list is a bubble that shows a paged list: rows and columns of
// anything, a page a request, the next page fetched ahead. It knows no tokens.
//
// It is written by hand because the table of bubbles v1 panics on a row wider
// than its columns, loses its cursor and hides the selected row.
package list

import (
	"context"
	"slices"
	"sync/atomic"
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
	Over    func(T) bool                   // whether an object is over, so that its row is faint; may be nil
	Sorted  func(model.Query) model.Sort   // how the rows of a query stand; nil where that is not said
	Empty   string                         // what to say of a page without rows, if the list is to
	Thrifty bool                           // no page is fetched before it is asked for
	Came    func()                         // is told of another page before its cells are read; may be nil
	Asked   func(model.Query, string) bool // whether a query names what the column of a title says; may be nil
	Marks   Marks[T]                       // which rows are marked; nil where none ever is
}

// Model is the list. Make it with New.
type Model[T any] struct {
	opt  Options[T]
	keys KeyMap

	state  State
	err    error
	tries  tries
	seq    int // of the latest load; an answer to an older one is dropped
	cancel context.CancelFunc
	wait   *wait.Model
	took   time.Duration

	shown  target // what the rows are
	coming target // what is on its way, or did not come
	page   model.Page[T]
	ahead  ahead[T]
	sought sought
	way    way // zero where the reader is on no way

	question int // how many lists were asked for
	change   int // how many changes there were
	settled  int // how many of them an answer has come after
	origin   origin
	turned   Turn
	passed   []map[string]bool // the rows of each page on the way to the one shown, by key
	met      map[string]int    // after how many changes a row was first seen, by key
	stray    stray[T]
	heirs    map[string]string // the objects that took the place of others, by key

	progress      *atomic.Pointer[model.Sifted] // of the reading under way; commands write it
	cursor, top   int
	width, height int
	layout        layout
	canvas        canvas
}

// target is one page: of which question, by which way the reader comes to it,
// and where the cursor comes to rest. The rows on the screen and a page on its
// way are two targets, and never mixed.
type target struct {
	question int // one list from its first page to its last
	query    model.Query
	trail    []model.Cursor // the page's own cursor last
	land     landing
	key      string // of an object on which the cursor lands if the page has it; empty for none
}

type landing int

const (
	onObject landing = iota // on the same object, or at least the same row
	onFirst
	onLast
	onEnd // on the same object, or the last row: the page that was there is gone
)

// New is an idle list. Ask makes it load.
func New[T any](o Options[T]) *Model[T] {
	return &Model[T]{opt: o, keys: Keys(), wait: wait.New(o.Clock), progress: new(atomic.Pointer[model.Sifted])}
}

// loaded answers one request: to whom, and which.
type loaded[T any] struct {
	to   *Model[T]
	seq  int
	page model.Page[T]
	err  error
	took time.Duration
	from origin
}

// Ask shows the first page of another query.
func (m *Model[T]) Ask(q model.Query) tea.Cmd {
	m.question++
	return m.load(target{m.question, q, []model.Cursor{""}, onFirst, ""})
}

// Reload asks again for what was asked last: for the page that is shown, with the
// cursor kept on its object, or for the one that has not come.
func (m *Model[T]) Reload() tea.Cmd {
	if m.state == Loading || m.state == Failed {
		return m.load(m.coming.anew())
	}
	m.way = way{}
	m.turned.More = 0 // it was said, and is now asked about
	return m.Refresh()
}

// Refresh asks for the page that is shown, because something may have changed in
// it. What was on its way before the change is asked for anew.
func (m *Model[T]) Refresh() tea.Cmd {
	switch {
	case m.state == Loading:
		return m.load(m.coming.anew())
	case !m.Seen():
		return m.Ask(m.coming.anew().query)
	}
	again := m.shown.anew()
	again.land = onObject
	return m.load(again)
}

// anew is a target for which nothing that was read before will do.
func (t target) anew() target {
	t.query.Fresh = true
	return t
}

// Next turns to the page after this one, at once if it has been fetched ahead.
// While a page is on its way there is nothing to turn from.
func (m *Model[T]) Next() tea.Cmd {
	switch onward := m.onward(); {
	case m.Last() || m.state == Loading:
		return nil
	case m.ahead.ready(m.opt.Clock.Now()):
		page, from := m.ahead.page, m.ahead.from
		m.stop()
		return m.take(onward, page, from)
	case m.ahead.stage == asked:
		m.state, m.coming = Loading, onward
		return m.wait.Start()
	default:
		return m.load(onward)
	}
}

// onward is the page after this one.
func (m *Model[T]) onward() target {
	return target{m.shown.question, m.shown.query, append(slices.Clip(m.shown.trail), m.page.Next), onFirst, ""}
}

// Previous turns back by the way the reader came.
func (m *Model[T]) Previous() tea.Cmd { return m.back(onFirst) }

func (m *Model[T]) back(land landing) tea.Cmd {
	if m.First() || m.state == Loading {
		return nil
	}
	m.way = way{}
	return m.load(target{m.shown.question, m.shown.query, m.shown.trail[:len(m.shown.trail)-1], land, ""})
}

// Close lets go of whatever is under way, for a list that is not shown again.
func (m *Model[T]) Close() { m.stop() }

// Cancel gives up the request under way; the rows stay. It reports whether
// there was one.
func (m *Model[T]) Cancel() bool {
	if m.state != Loading {
		return false
	}
	m.stop()
	m.way = way{}
	m.state, m.err = Failed, model.Fail(model.Cancelled, "given up")
	return true
}

// load asks for a page. What was asked before is no longer waited for. A server
// that wants to be left alone is not asked: the question waits for Reload.
func (m *Model[T]) load(t target) tea.Cmd {
	if m.Resting() {
		m.coming = t
		return nil
	}
	m.stop()
	if t.question != m.coming.question || len(t.trail) != len(m.coming.trail) {
		m.tries = tries{}
	}
	m.state, m.coming = Loading, t
	ask, seq, from := m.request(t), m.seq, m.now()
	return tea.Batch(m.wait.Start(), func() tea.Msg {
		page, took, err := ask()
		return loaded[T]{m, seq, page, err, took, from}
	})
}

// request is a question with all that it needs, so that the command that asks
// it touches no model. stop cancels it.
func (m *Model[T]) request(t target) func() (model.Page[T], time.Duration, error) {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:gosec // stop calls it
	m.cancel = cancel
	query, fetch, now := t.query, m.opt.Fetch, m.opt.Clock.Now
	query.At = t.trail[len(t.trail)-1]
	query.Fresh = query.Fresh || m.settled < m.change
	progress := new(atomic.Pointer[model.Sifted]) // its own: one that was given up may still write
	m.progress, query.Told = progress, func(s model.Sifted) { progress.Store(&s) }
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
	case rested[T]:
		if msg.to == m && msg.seq == m.seq && m.state == Ready {
			return m.proceed()
		}
	case completed[T]:
		if msg.to == m && msg.seq == m.seq && m.state == Ready {
			return m.fill(msg)
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
