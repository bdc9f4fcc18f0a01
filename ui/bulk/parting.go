package bulk

import (
	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// hangUp begins nothing more, because the console is about to end; and what became of the plan
// is said on the way out, also where it came to its end meanwhile.
func (s *sheet) hangUp() {
	s.hung = s.hung || s.step != reading
	s.stop()
}

// leaving begins nothing more, because somebody wants to leave.
func (s *sheet) leaving() {
	if s.step == reading {
		return
	}
	s.quits = true
	s.stop()
	s.Warn("Nothing more is begun, and what is under way is waited for; ctrl+c again leaves without that.")
}

// parting is what there is to say of a plan that was applied here when the console ends: all of
// one that is not at its end, or that ended when the console was to end.
func (s *sheet) parting() order.Parting {
	s.at.run.Stop() // the end of the console may take a while
	ends, tally, way := s.outcomes()
	undone := tally[plan.NotBegun] > 0 || tally[plan.Uncertain] > 0 || way > 0
	if !undone && !s.hung {
		return order.Parting{}
	}
	said := []string{"the plan to " + s.plan.Action.String() + " " + look.Plural(len(s.plan.Lines), "token") + ": " + plan.SoFar(tally, way, len(s.plan.Lines))}
	if where := plan.WhereKeys(ends, tally[plan.Done]); where != "" {
		said = append(said, where)
	}
	switch {
	case !undone:
	case s.Passing:
		said = append(said, "the plan goes with the demo")
	case tally[plan.NotBegun] > 0:
		said = append(said, "to go on with it: authdeck --plan "+model.ShellWord(s.path))
	default:
		said = append(said, "to look at it: authdeck --plan "+model.ShellWord(s.path))
	}
	return order.Parting{Said: said, Undone: undone}
}

// outcomes are how many lines have ended how by now; of those that were never to be sent it
// says nothing, and those under way are apart.
func (s *sheet) outcomes() (ends []plan.End, tally map[plan.Outcome]int, way int) {
	ends = s.ends
	if !s.at.over {
		ends, way = s.at.run.SoFar()
	}
	tally = plan.Tally(ends)
	tally[s.at.which.Of()] -= way
	for i := range ends {
		if ends[i].Outcome == plan.NotBegun && s.here.Lines[i].Cannot != "" {
			tally[plan.NotBegun]--
		}
	}
	return ends, tally, way
}
