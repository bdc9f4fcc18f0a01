package list

import (
	"errors"
	"testing"
	"time"

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
