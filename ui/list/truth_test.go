package list

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestRowsFromBeforeAChangeAreOldUntilTheyAreReadAgain(t *testing.T) {
	r := read(t, 5)
	began := r.now
	r.settle(r.list.Ask(model.Query{}))
	r.now = r.now.Add(time.Minute)
	r.list.Outdate()
	r.err = errBroken
	r.settle(r.list.Refresh())
	if !r.list.Old() || !r.list.AsOf().Equal(began) {
		t.Errorf("after a re-read that failed: old is %v, as of %v", r.list.Old(), r.list.AsOf())
	}
	r.err = nil
	r.settle(r.list.Refresh())
	if r.list.Old() || !r.list.AsOf().Equal(r.now) {
		t.Errorf("after a re-read: old is %v, as of %v", r.list.Old(), r.list.AsOf())
	}
}

func TestAnAnswerThatWasOnItsWayWhenSomethingChangedIsOld(t *testing.T) {
	r := read(t, 5)
	r.ask(r.list.Ask(model.Query{}))
	r.list.Outdate()
	r.arrive()
	if !r.list.Old() {
		t.Error("an answer to a question from before the change passes for new")
	}
}

func TestAPageThatWasFetchedAheadOfAChangeIsOld(t *testing.T) {
	r := read(t, 30)
	r.settle(r.list.Ask(model.Query{}))
	r.list.Outdate()
	r.ask(r.list.Next())
	r.on(10)
	if !r.list.Old() {
		t.Error("a page that was fetched before the change passes for new")
	}
}

func TestAPageThatIsGoneGivesWayToTheOneBefore(t *testing.T) {
	for name, strict := range map[string]bool{"said": true, "without rows": false} {
		t.Run(name, func(t *testing.T) {
			r := read(t, 21)
			r.strict = strict
			r.settle(r.list.Ask(model.Query{}))
			r.settle(r.list.Next())
			r.settle(r.list.Next())
			r.on(20)
			r.rows = r.rows[:20]
			r.settle(r.list.Refresh())
			r.on(19)
			if n, of := r.list.Page(); n != 2 || of != 2 || r.list.State() != Ready {
				t.Errorf("page %d of %d, state %v", n, of, r.list.State())
			}
			if lost, moves := r.list.Strayed(); lost != 20 || moves != 1 {
				t.Errorf("the cursor came from %d, %d times", lost, moves)
			}
			r.rows = nil
			r.settle(r.list.Reload())
			if n, of := r.list.Page(); n != 1 || of != 1 || r.list.State() != Ready {
				t.Errorf("of an empty list page %d of %d, state %v", n, of, r.list.State())
			}
		})
	}
}

func TestAPageAheadThatIsGoneLeavesTheCursorWhereItIs(t *testing.T) {
	r := read(t, 21)
	r.strict = true
	r.settle(r.list.Ask(model.Query{}))
	r.list.moveTo(3)
	r.now = r.now.Add(time.Hour)
	r.rows = r.rows[:10]
	r.settle(r.list.Next())
	r.on(3)
	if n, _ := r.list.Page(); n != 1 || r.list.State() != Ready || !r.list.Last() {
		t.Errorf("page %d, state %v", n, r.list.State())
	}
	if _, moves := r.list.Strayed(); moves != 0 {
		t.Error("the cursor is said to have moved")
	}
}

func TestAFirstPageThatIsNotThereIsAFailure(t *testing.T) {
	r := read(t, 5)
	r.err = model.Fail(model.NotFound, "")
	r.settle(r.list.Ask(model.Query{}))
	r.questions(1)
	if r.list.State() != Failed {
		t.Error("it is not said")
	}
}

func TestACursorThatMovedByItselfRemembersWhereItWas(t *testing.T) {
	r := read(t, 10)
	r.settle(r.list.Ask(model.Query{}))
	r.list.moveTo(4)
	strayed := func(object, moves int) {
		t.Helper()
		if o, n := r.list.Strayed(); n != moves || n > 0 && o != object {
			t.Errorf("the cursor came from %d, %d times; want %d, %d", o, n, object, moves)
		}
	}
	strayed(0, 0)
	r.rows = []int{0, 1, 2, 3, 5, 6}
	r.settle(r.list.Reload())
	strayed(4, 1)
	r.settle(r.list.Reload())
	strayed(4, 1)
	r.rows = []int{0, 1, 2, 3, 6}
	r.settle(r.list.Reload())
	strayed(4, 2)
	r.rows = []int{0, 1, 2, 3, 4, 5, 6}
	r.settle(r.list.Reload())
	r.on(4)
	strayed(0, 0)
	r.rows = []int{0, 1, 2, 3, 5, 6}
	r.settle(r.list.Reload())
	r.list.Press(tea.KeyMsg{Type: tea.KeyUp})
	strayed(0, 0)
}

func TestTheCursorGoesWithTheObjectThatTookAnothersPlace(t *testing.T) {
	r := read(t, 5)
	r.settle(r.list.Ask(model.Query{}))
	r.list.moveTo(2)
	r.list.Succeed("2", "9")
	r.rows = []int{9, 0, 1, 2, 3, 4}
	r.settle(r.list.Refresh())
	r.on(2)
	r.rows = []int{9, 0, 1, 3, 4}
	r.settle(r.list.Refresh())
	r.on(9)
	if _, moves := r.list.Strayed(); moves != 0 {
		t.Error("the cursor is said to have moved to another object")
	}
}

func TestAListThatShrinksWhileItIsTurnedSaysByHowMuch(t *testing.T) {
	r := read(t, 40)
	r.settle(r.list.Ask(model.Query{}))
	r.settle(r.list.Next())
	r.turned(0, 0)
	r.now = r.now.Add(time.Hour)
	r.rows = r.rows[6:]
	r.settle(r.list.Next())
	r.on(26)
	r.turned(-6, 0)
	r.settle(r.list.Refresh())
	r.turned(-6, 0)
	r.settle(r.list.Reload())
	r.turned(0, 0)
	r.settle(r.list.Next())
	r.turned(0, 0)
	r.rows = r.rows[:20]
	r.settle(r.list.Ask(model.Query{Search: "other"}))
	r.turned(0, 0)
}

func TestRowsThatStandTwiceAreCounted(t *testing.T) {
	r := read(t, 40)
	r.settle(r.list.Ask(model.Query{}))
	r.now = r.now.Add(time.Hour)
	r.rows = append([]int{-3, -2, -1}, r.rows...)
	r.settle(r.list.Next())
	r.on(7)
	r.turned(3, 3)
	r.settle(r.list.Previous())
	r.on(-3)
	r.turned(0, 0)
	r.settle(r.list.Ask(model.Query{}))
	r.settle(r.list.Next())
	r.turned(0, 0)
}

func TestAListThatIsNotCountedSaysNothingOfItsNumber(t *testing.T) {
	r := read(t, 40)
	r.settle(r.list.Ask(model.Query{}))
	r.now = r.now.Add(time.Hour)
	r.uncounted = true
	r.settle(r.list.Next())
	r.turned(0, 0)
}

func TestARowIsNewThatWasNotThereBeforeTheChange(t *testing.T) {
	r := read(t, 5)
	r.settle(r.list.Ask(model.Query{}))
	r.list.Outdate()
	r.rows = append(r.rows, 7)
	r.settle(r.list.Refresh())
	if r.list.New(4) || !r.list.New(7) {
		t.Errorf("of before is new: %v, of after: %v", r.list.New(4), r.list.New(7))
	}
	r.list.Outdate()
	if r.list.New(7) {
		t.Error("a row stays new after the next change")
	}
}
