package bulk

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model/plan"
	"authdeck/ui/order"
)

// reported is a line of the person that a report can be about: all lines are of one, and
// something was done for them.
func (s *sheet) reported() (of *plan.Line, can bool) {
	begun := len(s.plan.Lines) - s.tally[plan.NotBegun] - s.tally[plan.Cannot]
	if s.Desk.Report == nil || begun == 0 || !s.one {
		return nil, false
	}
	return &s.plan.Lines[0], true
}

// ofOne reports whether all lines are of one person: of one account, or of accounts in several
// systems with one user name. Which accounts are surely theirs the report says.
func ofOne(p *plan.Plan) bool {
	if len(p.Lines) == 0 {
		return false
	}
	first := &p.Lines[0]
	is := first.Token.Owner
	for i := range p.Lines[1:] {
		l := &p.Lines[i+1]
		same := is.ID != "" && l.System == first.System && l.Token.Owner.ID == is.ID
		if !same && (is.Username.Empty() || !strings.EqualFold(is.Username.String(), l.Token.Owner.Username.String())) {
			return false
		}
	}
	return is.ID != "" || !is.Username.Empty()
}

// report has a page for an auditor written about the person of the plan.
func (s *sheet) report() (order.Modal, tea.Cmd) {
	l, can := s.reported()
	switch {
	case can:
		return s.Desk.Report(l.System, l.Token.Owner, s)
	case s.Desk.Report == nil:
		s.Warn("No report can be written from here.")
	case !s.one:
		s.Warn("The plan is of several people; :report NAME writes a page about one of them.")
	default:
		s.Warn("Nothing was done by this plan yet; after that there is something to report.")
	}
	return s, nil
}
