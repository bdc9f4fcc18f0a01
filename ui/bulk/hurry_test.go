package bulk

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
)

// reopens shows the plan as from a file, and leaves its second reading under way.
func (r *reader) reopens() tea.Cmd {
	r.t.Helper()
	s, is := r.front.(*sheet)
	if !is {
		r.t.Fatal("no plan is open")
	}
	r.system.tokens = tokens(len(s.plan.Lines))
	var cmd tea.Cmd
	r.front, cmd = Show(r.desk, r.system, s.plan, "plan.json", nil)
	return cmd
}

func TestEscGivesUpASecondReadingAndASecondOneLeaves(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	reading := r.reopens()
	r.press("⎋")
	r.sees("Plan: delete 3 tokens", "Giving the reading up.")
	r.run(reading)
	r.sees("The reading was given up. Not read again: 3 lines.", "3 can be sent")
	r.press("⎋")
	if r.front != nil {
		t.Error("it was not left")
	}
	r.sent()
}

func TestAPlanIsLeftWhereAReadingThatWasGivenUpDoesNotEnd(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	_ = r.reopens()
	r.press("⎋⎋")
	if r.front != nil {
		t.Error("it was not left")
	}
}

func TestWhoDoesNotWaitForASecondReadingIsToldThatNotAllWereReadAgain(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	reading := r.reopens()
	r.press("a")
	r.run(reading)
	r.sees("Delete 3 tokens?", "Not all were read again since the plan was made: 3 tokens not. Each is")
	r.press("3⏎")
	r.sees("3 done")
	r.sent("1", "2", "3")
}

func TestWhatWasSeenBeforeAReadingWasGivenUpCounts(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	r.run(r.reopens())
	s, _ := r.front.(*sheet)
	s.take(map[int]plan.Seen{0: {Changed: "the name was a and is b"}}, true)
	s.survey()
	delete(s.seen, 2)
	r.press("a")
	r.sees("Not all were read again since the plan was made: 1 token not.", "A second look is due: changed 1.", "type delete 3")
	r.press("⎋")
	r.run(s.again())
	r.press("a")
	if r.sees("Delete 3 tokens?"); len(s.hasty(plan.Rest)) > 0 {
		t.Error("a whole reading is said not to be one")
	}
}
