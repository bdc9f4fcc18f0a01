package list

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestAnAnswerToAnEarlierQuestionIsDropped(t *testing.T) {
	r := read(t, 5)
	r.ask(r.list.Ask(model.Query{Search: "old"}))
	r.rows = []int{7, 8}
	r.ask(r.list.Ask(model.Query{Search: "new"}))
	r.under[0], r.under[1] = r.under[1], r.under[0]
	r.arrive()
	r.on(7)
	r.arrive()
	r.on(7)
}

func TestAnAnswerToAnotherListIsDropped(t *testing.T) {
	r, other := read(t, 5), read(t, 30)
	r.ask(r.list.Ask(model.Query{}))
	other.ask(other.list.Ask(model.Query{}))
	r.ask(r.list.Update(other.under[0]))
	if r.list.State() != Loading {
		t.Error("the list took another one's answer")
	}
	r, other = read(t, 30), read(t, 29)
	r.ask(r.list.Ask(model.Query{}))
	r.arrive()
	other.ask(other.list.Ask(model.Query{}))
	other.arrive()
	r.ask(r.list.Update(other.under[0]))
	if r.list.ahead.stage != asked {
		t.Error("the list took another one's page ahead")
	}
}

func TestAQuestionThatIsReplacedIsCancelled(t *testing.T) {
	for name, replace := range map[string]func(*Model[int]){
		"asked":    func(m *Model[int]) { m.Ask(model.Query{Search: "x"}) },
		"reloaded": func(m *Model[int]) { m.Reload() },
		"given up": func(m *Model[int]) { m.Cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, 5)
			r.ask(r.list.Ask(model.Query{}))
			replace(r.list)
			if r.given[0].Err() == nil {
				t.Error("the first question lives on")
			}
		})
	}
}

func TestNothingUnderWayCannotBeGivenUp(t *testing.T) {
	r := read(t, 30)
	if r.list.Cancel() {
		t.Error("an idle list gave something up")
	}
	r.settle(r.list.Ask(model.Query{}))
	if r.list.Cancel() || r.list.State() != Ready {
		t.Error("a list at rest gave something up")
	}
}

func TestTheReaderGoesBackTheWayTheyCame(t *testing.T) {
	r := read(t, 35)
	r.settle(r.list.Ask(model.Query{}))
	for range 3 {
		r.settle(r.list.Next())
	}
	r.on(30)
	for _, want := range []int{20, 10, 0, 0} {
		r.settle(r.list.Previous())
		r.on(want)
	}
	if n, of := r.list.Page(); n != 1 || of != 4 {
		t.Errorf("page %d of %d", n, of)
	}
}

func TestTheLastRowIsWhereOneComesFromBelow(t *testing.T) {
	r := read(t, 20)
	r.settle(r.list.Ask(model.Query{}))
	r.settle(r.list.Next())
	cmd, mine := r.list.Press(tea.KeyMsg{Type: tea.KeyUp})
	r.settle(cmd)
	r.on(9)
	if !mine {
		t.Error("up is not a key of the list")
	}
}

func TestAReloadKeepsThePageAndTheObject(t *testing.T) {
	r := read(t, 30)
	r.settle(r.list.Ask(model.Query{}))
	r.settle(r.list.Next())
	r.list.moveTo(4)
	r.on(14)
	r.rows = append([]int{-1, -2}, r.rows...)
	r.settle(r.list.Reload())
	r.on(14)
	if n, _ := r.list.Page(); n != 2 {
		t.Errorf("page %d", n)
	}
}

func TestAReloadWithoutTheObjectKeepsTheRowOrTheLast(t *testing.T) {
	r := read(t, 10)
	r.settle(r.list.Ask(model.Query{}))
	r.list.moveTo(4)
	r.rows = []int{0, 1, 2, 3, 5, 6}
	r.settle(r.list.Reload())
	r.on(5)
	r.rows = []int{0, 1}
	r.settle(r.list.Reload())
	r.on(1)
	r.rows = nil
	r.settle(r.list.Reload())
	if _, ok := r.list.Selected(); ok {
		t.Error("an empty list has a row")
	}
}

func TestAReloadOfAListThatWasNeverAskedAsksForTheFirstPage(t *testing.T) {
	r := read(t, 5)
	r.settle(r.list.Reload())
	r.on(0)
}

func TestPutKeepsTheObjectAndAsksNothing(t *testing.T) {
	r := read(t, 0)
	r.list.Put([]int{1, 2, 3})
	r.list.moveTo(2)
	r.list.Put([]int{3, 1, 2})
	r.on(3)
	r.questions(0)
}

func TestAListThatIsNotCountedDoesNotCountItsPages(t *testing.T) {
	r := read(t, 30)
	o := r.options()
	o.Fetch = func(ctx context.Context, q model.Query) (model.Page[int], error) {
		page, err := r.fetch(ctx, q)
		page.Total = model.Uncounted
		return page, err
	}
	r.list = New(o)
	r.settle(r.list.Ask(model.Query{}))
	if n, of := r.list.Page(); n != 1 || of != 0 {
		t.Errorf("page %d of %d", n, of)
	}
	r.settle(r.list.Next())
	r.settle(r.list.Next())
	if n, of := r.list.Page(); n != 3 || of != 3 {
		t.Errorf("the last page is %d of %d", n, of)
	}
}

func TestAServersWishToRestIsKept(t *testing.T) {
	r := read(t, 5)
	r.err = fmt.Errorf("around: %w", &model.Error{Kind: model.RateLimited, RetryAfter: 30 * time.Second})
	r.settle(r.list.Ask(model.Query{}))
	if !r.list.Resting() || r.list.Waiting() != "30 s" {
		t.Errorf("resting: %v, %q", r.list.Resting(), r.list.Waiting())
	}
}
