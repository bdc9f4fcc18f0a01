package list

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/wait"
)

var errBroken = errors.New("broken")

// reader turns the pages of a list of numbers. A command's message comes back
// only when the reader lets it.
type reader struct {
	t                 *testing.T
	now               time.Time
	list              *Model[int]
	asked             []model.Query
	given             []context.Context
	rows              []int
	err               error
	strict, uncounted bool
	numbered          bool // pages can be asked for without those before

	under []tea.Msg // on their way, in the order of their questions

	timed bool // a page stands until the reader lets time pass; else every page stands long enough
	due   []alarm
}

// alarm is a message that comes at a time.
type alarm struct {
	at  time.Time
	msg tea.Msg
}

func (r *reader) after(d time.Duration, msg tea.Msg) tea.Cmd {
	switch _, stands := msg.(rested[int]); {
	case !stands:
		return nil
	case r.timed:
		r.due = append(r.due, alarm{r.now.Add(d), msg})
		return nil
	}
	return func() tea.Msg { return msg }
}

// pass lets time pass, and answers come at once.
func (r *reader) pass(d time.Duration) {
	r.t.Helper()
	r.now = r.now.Add(d)
	for len(r.due) > 0 && !r.due[0].at.After(r.now) {
		msg := r.due[0].msg
		r.due = r.due[1:]
		r.settle(r.list.Update(msg))
	}
}

func read(t *testing.T, rows int) *reader {
	t.Helper()
	r := &reader{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	for i := range rows {
		r.rows = append(r.rows, i)
	}
	r.list = New(r.options())
	r.list.SetSize(20, 6)
	return r
}

func (r *reader) options() Options[int] {
	return Options[int]{
		Columns: []Column[int]{{Title: "n", Max: 8, Cell: strconv.Itoa}},
		Key:     strconv.Itoa,
		Fetch:   r.fetch,
		Clock:   wait.Clock{Now: func() time.Time { return r.now }, After: r.after},
		Empty:   "nothing",
	}
}

// fetch gives pages of ten.
func (r *reader) fetch(ctx context.Context, q model.Query) (model.Page[int], error) {
	r.asked, r.given = append(r.asked, q), append(r.given, ctx)
	if r.err != nil {
		return model.Page[int]{}, r.err
	}
	start := 0
	if q.At != "" {
		start, _ = strconv.Atoi(string(q.At))
	}
	if r.strict && start > 0 && start >= len(r.rows) {
		return model.Page[int]{}, model.Fail(model.NotFound, "Invalid page.")
	}
	end := min(start+10, len(r.rows))
	page := model.Page[int]{Items: r.rows[min(start, end):end], Total: len(r.rows)}
	if r.uncounted {
		page.Total = model.Uncounted
	}
	if end < len(r.rows) {
		page.Next = model.Cursor(strconv.Itoa(end))
		if r.numbered {
			page.Onward = func(pages int) model.Cursor { return model.Cursor(strconv.Itoa(start + 10*pages)) }
		}
	}
	return page, nil
}

// ask runs a command; its answers stay on their way.
func (r *reader) ask(cmd tea.Cmd) {
	for queue := []tea.Cmd{cmd}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == nil {
			continue
		}
		if msg := queue[0](); msg != nil {
			if batch, ok := msg.(tea.BatchMsg); ok {
				queue = append(queue, batch...)
				continue
			}
			if _, stands := msg.(rested[int]); stands {
				queue = append(queue, r.list.Update(msg))
				continue
			}
			r.under = append(r.under, msg)
		}
	}
}

// arrive lets the next answer in.
func (r *reader) arrive() {
	r.t.Helper()
	if len(r.under) == 0 {
		r.t.Fatal("nothing is on its way")
	}
	msg := r.under[0]
	r.under = r.under[1:]
	r.ask(r.list.Update(msg))
}

// settle runs a command until nothing is left.
func (r *reader) settle(cmd tea.Cmd) {
	r.t.Helper()
	for r.ask(cmd); len(r.under) > 0; {
		r.arrive()
	}
}

func (r *reader) on(want int) {
	r.t.Helper()
	if got, ok := r.list.Selected(); !ok || got != want {
		r.t.Errorf("the cursor is on %d (%v), want %d", got, ok, want)
	}
}

func (r *reader) turned(more, again int) {
	r.t.Helper()
	if got := r.list.Turned(); got != (Turn{more, again}) {
		r.t.Errorf("the page says %+v of the ones before, want %d more and %d again", got, more, again)
	}
}

func (r *reader) questions(want int) {
	r.t.Helper()
	if len(r.asked) != want {
		r.t.Errorf("%d questions were asked, want %d", len(r.asked), want)
	}
}
