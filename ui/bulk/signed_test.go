package bulk

import (
	"errors"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
)

// wanting opens a plan for a system that wants it signed.
func wanting(t *testing.T) *reader {
	t.Helper()
	r := reads(t, model.Delete, tokens(2)...)
	s, _ := r.front.(*sheet)
	r.system.info.Signers = "/etc/signers"
	r.front = newSheet(r.desk, r.system, s.plan, "", nil)
	return r
}

func TestAPlanThatHasToBeSignedIsNotAppliedBeforeItIsInAFile(t *testing.T) {
	r := wanting(t)
	r.sees("2 cannot", "cannot: it is not signed", "Line 1, on shop: it cannot be done: it is not signed; write it to a file (w), and have somebody else sign it with authdeck plan sign FILE.")
	r.press("a")
	r.sees("Plan: delete 2 tokens", "Nothing is sent: shop wants a signed plan: it is not signed; write it to a file (w)")
	r.shelf.unsigned = errors.New("there is no signature")
	r.press("w⏎")
	r.sees("cannot: there is no signature")
	r.press("a")
	r.sent()
}

func TestAPlanThatIsSignedMeanwhileIsAppliedAfterItIsReadAgain(t *testing.T) {
	r := wanting(t)
	s, _ := r.front.(*sheet)
	r.system.tokens = tokens(2)
	r.shelf.unsigned = errors.New("it is self-signed")
	var cmd tea.Cmd
	r.front, cmd = Show(r.desk, r.system, s.plan, "plan.json", nil)
	r.run(cmd)
	r.sees("2 cannot", "cannot: it is self-signed")
	r.press("a2⏎")
	r.sent()
	r.shelf.unsigned = nil
	r.front, cmd = r.front.Update(tea.KeyMsg{Type: tea.KeyCtrlR})
	r.run(cmd)
	r.sees("2 can be sent")
	r.press("a2⏎")
	r.sees("2 done")
	r.sent("1", "2")
}

func TestAPlanThatIsAlteredBetweenTheQuestionAndTheAnswerIsNotBegun(t *testing.T) {
	r := wanting(t)
	r.press("w⏎a")
	r.sees("Delete 2 tokens?")
	r.shelf.unsigned = errors.New("it was altered")
	r.press("2⏎")
	r.sees("Nothing was sent: shop wants a signed plan: it was altered.")
	r.sent()
}

func TestFailedLinesAreNotTriedAgainWhereTheSignatureIsGone(t *testing.T) {
	r := wanting(t)
	s, _ := r.front.(*sheet)
	ends := s.plan.Ends([]plan.Record{{Line: 0, Step: plan.Ends, Outcome: plan.Failed}, {Line: 1, Step: plan.Ends, Outcome: plan.Done}})
	r.shelf.unsigned = errors.New("its key has expired")
	var cmd tea.Cmd
	r.front, cmd = Show(r.desk, r.system, s.plan, "plan.json", ends)
	r.run(cmd)
	r.press("ry")
	r.sees("Nothing is sent: shop wants a signed plan: its key has expired.")
	r.sent()
}
