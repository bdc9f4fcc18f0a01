package bulk

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
)

// looked says what there is to see of an uncertain line.
type looked struct {
	to      *sheet
	line    int
	finding model.Finding
	err     error
}

// uncertain is the line under the cursor, if nobody knows what became of it.
func (s *sheet) uncertain() (line int, is bool) {
	if s.cursor >= len(s.rows) {
		return 0, false
	}
	line = s.rows[s.cursor]
	return line, s.ends[line].Outcome == plan.Uncertain
}

// inquire looks what there is to see of the line under the cursor. It changes nothing, and the
// line stays uncertain in the journal: what shows may be somebody else's doing.
func (s *sheet) inquire() tea.Cmd {
	line, is := s.uncertain()
	if !is {
		s.Warn("What became of this line is known.")
		return nil
	}
	api, o := s.home(s.plan.Lines[line].System), s.plan.Order(line, s.ends[line].At, s.Reason)
	s.Say("Looking what there is to see of line " + look.Thousands(line+1) + ".")
	return func() tea.Msg {
		finding, err := api.Look(context.Background(), o)
		return looked{s, line, finding, err}
	}
}

// found says what was seen, beside what was known before.
func (s *sheet) found(msg looked) {
	words := msg.finding.Words
	switch {
	case msg.err != nil:
		s.Warn("It could not be looked at: " + look.Sentence(msg.err))
		return
	case words == "" || msg.finding.End == model.Untold:
		words = look.Sentences(words, "What can be read does not tell.")
	}
	s.Say(look.Stopped(model.Clean(words).String()))
	s.ends[msg.line].Words = s.before(msg.line) + "; looked at since: " + model.Clean(words).String()
}

// before is what was known of a line before it was looked at.
func (s *sheet) before(line int) string {
	if s.told == nil {
		s.told = map[int]string{}
	}
	if _, again := s.told[line]; !again {
		s.told[line] = s.ends[line].Words
	}
	return s.told[line]
}
