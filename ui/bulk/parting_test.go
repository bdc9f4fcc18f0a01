package bulk

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/order"
	"authdeck/ui/terminal"
)

// parts holds what is said when the console ends.
func (r *reader) parts(undone bool, lines ...string) {
	r.t.Helper()
	if now := r.desk.Partings(); !slices.Equal(now.Said, lines) || now.Undone != undone {
		r.t.Errorf("on the way out it is said, undone %v:\n%s", now.Undone, strings.Join(now.Said, "\n"))
	}
}

func TestAPlanThatTheEndOfTheConsoleStopsIsToldOnTheWayOut(t *testing.T) {
	r := reads(t, model.Regenerate, tokens(5)...)
	s, gate := underWay(t, r, delivery{Outlet: plan.Outlet{Way: plan.InFile, Open: r.shelf.toFile}, path: "keys.jsonl"})
	r.front, _ = s.Update(terminal.Hangup{})
	r.parts(true, "the plan to regenerate 5 tokens: 0 of 5 done, 4 not begun, 1 under way, of which nobody knows", "to go on with it: authdeck --plan /state/plan.json")
	close(gate)
	r.run(s.next())
	r.parts(true, "the plan to regenerate 5 tokens: 1 of 5 done, 4 not begun", "the new keys are in keys.jsonl", "to go on with it: authdeck --plan /state/plan.json")
	r.desk.Passing = true
	r.parts(true, "the plan to regenerate 5 tokens: 1 of 5 done, 4 not begun", "the new keys are in keys.jsonl", "the plan goes with the demo")
}

func TestAPlanThatEndedWhenTheConsoleWasToEndSaysSo(t *testing.T) {
	r := reads(t, model.Delete, tokens(1)...)
	s, gate := underWay(t, r, delivery{})
	r.front, _ = s.Update(terminal.Hangup{})
	close(gate)
	r.run(s.next())
	r.parts(false, "the plan to delete 1 token: 1 of 1 done")
}

func TestOfAPlanThatCameToItsEndNothingIsToldOnTheWayOut(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	r.press("a3⏎")
	r.sees("3 done")
	r.parts(false)
}

func TestAPlanWithAnUncertainLineIsToldOnTheWayOutAlsoWhenItWasLeft(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	r.system.do = func(id string) (model.Issued, error) {
		if id == "2" {
			return model.Issued{}, model.Fail(model.Uncertain, "the connection broke off before the answer")
		}
		return model.Issued{}, nil
	}
	r.press("a3⏎⎋")
	r.parts(true, "the plan to delete 3 tokens: 2 of 3 done, 1 uncertain", "to look at it: authdeck --plan /state/plan.json")
}

func TestNothingMoreIsBegunByWhoWantsToLeaveOrIsToEndBeforeAPlanHasBegun(t *testing.T) {
	for name, msg := range map[string]tea.Msg{"ctrl+c": order.Leaving{}, "a line that is cut": terminal.Hangup{}} {
		r := reads(t, model.Delete, tokens(3)...)
		s, _ := r.front.(*sheet)
		r.desk.Making.AtOnce = 1
		gate := make(chan struct{})
		r.system.do = func(string) (model.Issued, error) {
			<-gate
			return model.Issued{}, nil
		}
		begins := s.start(plan.Rest, 3, delivery{})
		r.front, _ = s.Update(msg)
		var cmd tea.Cmd
		r.front, cmd = s.Update(begins())
		close(gate)
		r.run(cmd)
		r.sees("can be sent")
		if len(r.system.sent) > 1 {
			t.Errorf("%s: sent %v", name, r.system.sent)
		}
	}
}

func TestTheLinesUnderWayAtASecondTryAreNotCountedTwice(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	r.system.do = func(string) (model.Issued, error) { return model.Issued{}, model.Fail(model.Unavailable, "no answer") }
	r.press("a3⏎")
	r.sees("3 failed")
	r.parts(false)
	s, _ := r.front.(*sheet)
	gate, inside := make(chan struct{}), make(chan struct{}, 9)
	r.system.do = func(string) (model.Issued, error) {
		inside <- struct{}{}
		<-gate
		return model.Issued{}, nil
	}
	defer close(gate)
	r.desk.Making.AtOnce = 1
	r.front, _ = s.Update(s.start(plan.OnlyFailed, 3, delivery{})())
	<-inside
	r.parts(true, "the plan to delete 3 tokens: 0 of 3 done, 2 failed, 1 under way, of which nobody knows", "to look at it: authdeck --plan /state/plan.json")
}
