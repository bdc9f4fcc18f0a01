package bulk

import (
	"context"
	"errors"

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

	unwritten error // it does not stand in the journal
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
// line stays uncertain: what shows may be somebody else's doing. What was seen is written down
// with it.
func (s *sheet) inquire() tea.Cmd {
	line, is := s.uncertain()
	if !is {
		s.Warn("What became of this line is known.")
		return nil
	}
	api, o := s.home(s.plan.Lines[line].System), s.plan.Order(line, s.ends[line].At, s.Reason)
	s.Say("Looking what there is to see of line " + look.Thousands(line+1) + ".")
	s.looking = true
	p, path, files, at := s.plan, s.path, s.Plans, s.now()
	return func() tea.Msg {
		l := looked{to: s, line: line}
		l.finding, l.err = api.Look(context.Background(), o)
		if l.err == nil {
			l.unwritten = note(p, path, files, plan.Record{Line: line, At: at, Step: plan.Looked, Words: l.finding.Said()})
		}
		return l
	}
}

// note writes into the journal of a plan.
func note(p *plan.Plan, path string, files plan.Files, r plan.Record) error {
	j, err := files.Journal(p, path)
	if err != nil {
		return err
	}
	return errors.Join(j.Write(r), j.Close())
}

// found says what was seen, beside what was known before.
func (s *sheet) found(msg looked) {
	s.looking = false
	if msg.err != nil {
		s.Warn("It could not be looked at: " + look.Sentence(msg.err))
		return
	}
	s.ends[msg.line].Seen = msg.finding.Said()
	if msg.unwritten != nil {
		s.Warn("What was seen is not in the journal of the plan: " + look.Stopped(model.Clean(msg.unwritten.Error()).String()))
		return
	}
	s.Say(look.Stopped(msg.finding.Said()))
}
