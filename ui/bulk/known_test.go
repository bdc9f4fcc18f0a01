package bulk

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
)

// opens opens the plan that a person reads from a file, as it is there by now.
func (r *reader) opens() *sheet {
	r.t.Helper()
	s, is := r.front.(*sheet)
	if !is {
		r.t.Fatal("no plan is open")
	}
	var cmd tea.Cmd
	r.front, cmd = Show(r.desk, r.system, s.plan, "plan.json", s.plan.Ends(r.shelf.records))
	r.run(cmd)
	s, _ = r.front.(*sheet)
	return s
}

func TestARiskThatSomebodyTookOutOfTheFileIsAskedAboutAllTheSame(t *testing.T) {
	for name, change := range map[string]func(*model.Token){
		"used lately 1":      func(t *model.Token) { t.LastUsed = model.At(time.Now()) },
		"managed 1":          func(t *model.Token) { t.Managed = model.Clean("outpost") },
		"your own account 1": func(t *model.Token) { t.Owner.ID = "1" },
		"used here 1":        func(t *model.Token) { t.Own = true },
	} {
		chosen := tokens(3)
		change(&chosen[0])
		r := reads(t, model.Delete, chosen...)
		r.system.tokens = chosen
		s, _ := r.front.(*sheet)
		for i := range s.plan.Lines {
			s.plan.Lines[i].Risks = nil
		}
		r.opens()
		r.sees("3 can be sent · 1 for a second look", "Read again.")
		r.press("a")
		r.sees("A second look is due: "+name+".", "type delete 3 and press enter")
		r.press("⎋")
		if r.system.unread = model.Fail(model.Unavailable, "no answer"); chosen[0].Owner.ID != "1" {
			r.opens() // and nothing can be read
			r.press("a")
			r.sees("A second look is due: " + name + ".")
		}
	}
	r := reads(t, model.Delete, tokens(3)...)
	s, _ := r.front.(*sheet)
	s.plan.Made = time.Now().AddDate(0, -3, 0)
	s.plan.Lines[0].Token.LastUsed = model.At(s.plan.Made) // and not since
	r.system.tokens = tokens(3)
	r.system.tokens[0].LastUsed = s.plan.Lines[0].Token.LastUsed
	r.opens()
	r.press("a")
	r.sees("A second look is due: used lately 1.")
}

func TestReadingAPlanAgainTellsWhatAnotherConsoleHasDoneMeanwhile(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	r.system.tokens = tokens(3)
	r.opens()
	r.sees("3 can be sent", "Read again.")
	at := time.Now()
	r.system.tokens = tokens(3)[2:]
	r.shelf.records = []plan.Record{
		{Line: 0, At: at, Step: plan.Begins},
		{Line: 0, At: at, Step: plan.Ends, Outcome: plan.Done},
		{Line: 1, At: at, Step: plan.Begins},
		{Line: 1, At: at, Step: plan.Ends, Outcome: plan.Uncertain, Words: "the answer was lost"},
	}
	r.reloads()
	r.sees("Somebody else went on with the plan: 1 done · 1 uncertain · 1 can be sent.")
	if shown := r.view(100, 30); strings.Contains(shown, "changed") || strings.Contains(shown, "second look") {
		t.Errorf("what was done is told as a change:\n%s", shown)
	}
	r.press("ay")
	r.sees("2 done · 1 uncertain")
	r.sent("3")
	r.reloads()
	r.sees("Read again.")
	r.shelf.unread = errors.New("the journal of the plan: line 4: it is broken")
	r.reloads()
	r.sees("The journal of the plan: line 4: it is broken.")
}

// reloads presses ctrl+r.
func (r *reader) reloads() {
	r.t.Helper()
	var cmd tea.Cmd
	r.front, cmd = r.front.Update(tea.KeyMsg{Type: tea.KeyCtrlR})
	r.run(cmd)
}

// doubted is a plan of which one line is uncertain, and two can be sent.
func doubted(t *testing.T) *reader {
	t.Helper()
	r := reads(t, model.Delete, tokens(3)...)
	r.system.tokens = tokens(3)[1:]
	at := time.Now()
	r.shelf.records = []plan.Record{{Line: 0, At: at, Step: plan.Begins}, {Line: 0, At: at, Step: plan.Ends, Outcome: plan.Uncertain, Words: "the answer was lost."}}
	r.opens()
	r.system.finding = model.Finding{End: model.Visible, Words: "Token ci-1 is gone."}
	return r
}

func TestWhatALookFoundStaysWithItsLineWhateverIsDoneAfter(t *testing.T) {
	const said = "uncertain: the answer was lost; looked at since: Token ci-1 is gone."
	r := doubted(t)
	r.press("l")
	r.sees(said)
	r.reloads()
	r.sees(said)
	r.press("a2⏎")
	r.sees("2 done · 1 uncertain", said)
	r.sent("2", "3")
	r.opens()
	r.sees("2 done · 1 uncertain", said)
	if r.shelf.open != 0 {
		t.Errorf("%d files are open", r.shelf.open)
	}
}

func TestWhatALookFoundAndCouldNotBeWrittenDownIsSaidWithThat(t *testing.T) {
	r := doubted(t)
	r.shelf.taken = errors.New("another authdeck applies this plan right now")
	r.press("l")
	r.sees("looked at since: Token ci-1 is gone.", "What was seen is not in the journal of the plan: another authdeck applies this plan right now.")
}

func TestWhileALineIsLookedAtNothingIsSent(t *testing.T) {
	r := doubted(t)
	s, _ := r.front.(*sheet)
	r.view(100, 30)
	seen := s.inquire()
	r.press("a")
	r.sees("A line is being looked at; that is waited for.")
	r.run(seen)
	r.press("a")
	r.sees("Delete 2 tokens?")
}

func TestThatAKeyWillNotBeKeptIsSaidBeforeItIsSentAndNotInThePlan(t *testing.T) {
	r := renewing(t, 2)
	why := errors.New("/state/undelivered takes no file: no space left on device")
	r.desk.Unkept = func() error { return why }
	r.press("a⏎")
	r.sees("Regenerate 2 tokens?", "A key that comes will not be kept if the line drops:", "/state/undelivered takes no file: no space left on device.")
	r.press("⎋")
	why = nil
	r.press("a⏎")
	if shown := r.view(100, 30); strings.Contains(shown, "will not be kept") {
		t.Errorf("it is said when it is so no more:\n%s", shown)
	}
	r.press("2⏎")
	r.sees("2 done")
}
