package list

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestThePageAfterThisOneIsFetchedAheadAndTurnsAtOnce(t *testing.T) {
	r := read(t, 30)
	r.settle(r.list.Ask(model.Query{}))
	r.questions(2)
	cmd := r.list.Next()
	r.on(10)
	if r.list.State() != Ready {
		t.Error("a page that is here is still waited for")
	}
	r.settle(cmd)
	r.questions(3)
	if r.asked[2].At != "20" {
		t.Errorf("asked ahead for %q", r.asked[2].At)
	}
}

func TestTheLastPageAsksForNothingAhead(t *testing.T) {
	r := read(t, 10)
	r.settle(r.list.Ask(model.Query{}))
	r.questions(1)
	if !r.list.Last() || !r.list.First() || r.list.Next() != nil || r.list.Previous() != nil {
		t.Error("the only page is not the first and the last")
	}
}

func TestThePageAheadThatIsOnItsWayIsWaitedForAndNotAskedTwice(t *testing.T) {
	r := read(t, 30)
	r.ask(r.list.Ask(model.Query{}))
	r.arrive()
	r.ask(r.list.Next())
	r.ask(r.list.Next())
	r.questions(2)
	r.on(0)
	r.arrive()
	r.on(10)
	r.questions(3)
}

func TestAPageAheadThatFailsIsForgottenUntilItIsWanted(t *testing.T) {
	r := read(t, 30)
	r.ask(r.list.Ask(model.Query{}))
	r.err = errors.New("broken")
	r.arrive()
	r.arrive()
	if r.list.State() != Ready || r.list.Err() != nil {
		t.Error("the failure of a page that nobody wanted is shown")
	}
	r.settle(r.list.Next())
	if r.list.State() != Failed {
		t.Error("the failure of a page that was wanted is not shown")
	}
	r.on(0)
	r.err = nil
	r.settle(r.list.Next())
	r.on(10)
}

func TestAPageAheadThatFailsWhileItIsWaitedForLeavesTheReader(t *testing.T) {
	r := read(t, 30)
	r.ask(r.list.Ask(model.Query{}))
	r.err = errors.New("broken")
	r.arrive()
	r.ask(r.list.Next())
	r.arrive()
	r.on(0)
	if n, _ := r.list.Page(); n != 1 || r.list.State() != Failed {
		t.Errorf("page %d, state %v", n, r.list.State())
	}
}

func TestAPageAheadOlderThanAMinuteIsAskedForAnew(t *testing.T) {
	for age, want := range map[time.Duration]int{time.Minute - time.Second: 0, time.Minute: 1} {
		r := read(t, 20)
		r.settle(r.list.Ask(model.Query{}))
		before := len(r.asked)
		r.now = r.now.Add(age)
		r.settle(r.list.Next())
		r.on(10)
		if n := len(r.asked) - before; n != want {
			t.Errorf("after %v %d questions were asked, want %d", age, n, want)
		}
	}
}

func TestAPageAheadOfAnEarlierQuestionIsDropped(t *testing.T) {
	r := read(t, 30)
	r.ask(r.list.Ask(model.Query{}))
	r.arrive()
	late := r.under
	r.under = nil
	r.rows = read(t, 90).rows[70:]
	r.ask(r.list.Ask(model.Query{Search: "new"}))
	r.arrive()
	r.under = append(late, r.under...)
	r.arrive()
	r.settle(r.list.Next())
	r.on(80)
}

// walk turns and asks as a person does, and counts the questions at the server. Each
// step is a key and how long its answer is looked at.
func walk(t *testing.T, steps []func(*Model[int]) tea.Cmd, look time.Duration) (questions int) {
	t.Helper()
	r := read(t, 500)
	r.timed = true
	r.settle(r.list.Ask(model.Query{}))
	for _, step := range steps {
		r.pass(look)
		r.settle(step(r.list))
	}
	r.pass(look)
	return len(r.asked)
}

func TestThePageAheadIsAskedForOnlyWhenTheListHasRested(t *testing.T) {
	next := slices.Repeat([]func(*Model[int]) tea.Cmd{(*Model[int]).Next}, 10)
	sort := slices.Repeat([]func(*Model[int]) tea.Cmd{func(m *Model[int]) tea.Cmd { return m.Ask(model.Query{Sort: "x"}) }}, 10)
	toAndFro := slices.Repeat([]func(*Model[int]) tea.Cmd{(*Model[int]).Next, (*Model[int]).Previous}, 5)
	for name, c := range map[string]struct {
		steps []func(*Model[int]) tea.Cmd
		look  time.Duration
		want  int
	}{
		"n ten times, a fifth of a second each": {next, 200 * time.Millisecond, 11},
		"n ten times, fifty seconds each":       {next, 50 * time.Second, 12},
		"s ten times, half a second each":       {sort, 500 * time.Millisecond, 11},
		"s ten times, ten seconds each":         {sort, 10 * time.Second, 22},
		"n and p in turn, half a second each":   {toAndFro, 500 * time.Millisecond, 11},
		"ctrl+r ten times, half a second each":  {slices.Repeat([]func(*Model[int]) tea.Cmd{(*Model[int]).Reload}, 10), 500 * time.Millisecond, 11},
	} {
		if got := walk(t, c.steps, c.look); got != c.want {
			t.Errorf("%s: %d questions, want %d", name, got, c.want)
		}
	}
}

func TestAPageThatWasReadBeforeAChangeIsAskedForFresh(t *testing.T) {
	r := read(t, 30)
	r.settle(r.list.Ask(model.Query{}))
	r.list.Outdate()
	r.settle(r.list.Ask(model.Query{Search: "x"}))
	r.settle(r.list.Ask(model.Query{Search: "y"}))
	for i, q := range r.asked {
		if first := q.At == "" && q.Search == "x"; q.Fresh != first {
			t.Errorf("question %d, %+v, is fresh: %v", i, q, q.Fresh)
		}
	}
}

func TestAskingByHandNeverTakesWhatWasReadBefore(t *testing.T) {
	r := read(t, 30)
	r.settle(r.list.Ask(model.Query{}))
	r.err = errors.New("broken")
	r.settle(r.list.Ask(model.Query{Search: "x"}))
	r.settle(r.list.Reload())
	if last := r.asked[len(r.asked)-1]; !last.Fresh || last.Search != "x" {
		t.Errorf("ctrl+r after a failure asks for %+v", last)
	}
}

func TestRowsAreAsOldAsTheirReading(t *testing.T) {
	r := read(t, 30)
	fetch := r.list.opt.Fetch
	r.list.opt.Fetch = func(ctx context.Context, q model.Query) (model.Page[int], error) {
		page, err := fetch(ctx, q)
		page.Age = 7 * time.Second
		return page, err
	}
	r.settle(r.list.Ask(model.Query{}))
	if age := r.now.Sub(r.list.AsOf()); age != 7*time.Second {
		t.Errorf("rows that the client has had for seven seconds are %s old", age)
	}
}

func TestAnAnswerFromBeforeAChangeDoesNotSettleIt(t *testing.T) {
	r := read(t, 30)
	r.ask(r.list.Ask(model.Query{}))
	r.list.Outdate()
	r.arrive()
	r.settle(r.list.Ask(model.Query{Search: "x"}))
	i := slices.IndexFunc(r.asked, func(q model.Query) bool { return q.Search == "x" })
	if !r.asked[i].Fresh {
		t.Errorf("after a change it asks for %+v", r.asked[i])
	}
}

func TestAListThatNeverCameIsRefreshedAnew(t *testing.T) {
	r := read(t, 30)
	r.err = errors.New("broken")
	r.settle(r.list.Ask(model.Query{}))
	r.settle(r.list.Refresh())
	if last := r.asked[len(r.asked)-1]; !last.Fresh {
		t.Errorf("it asks for %+v", last)
	}
}
