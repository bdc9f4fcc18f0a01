package bulk

import (
	"fmt"
	"slices"
	"strings"

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
	said := []string{"the plan to " + s.plan.Action.String() + " " + look.Plural(len(s.plan.Lines), "token") + ": " + soFar(tally, way, len(s.plan.Lines))}
	if where := whereKeys(ends, tally[plan.Done]); where != "" {
		said = append(said, where)
	}
	switch {
	case !undone:
	case s.Passing:
		said = append(said, "the plan goes with the demo")
	case tally[plan.NotBegun] > 0:
		said = append(said, "to go on with it: authdeck --plan "+quoted(s.path))
	default:
		said = append(said, "to look at it: authdeck --plan "+quoted(s.path))
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

// soFar is how far a plan is, in words.
func soFar(tally map[plan.Outcome]int, way, lines int) string {
	words := []string{fmt.Sprintf("%s of %s done", look.Thousands(tally[plan.Done]), look.Thousands(lines))}
	for _, o := range slices.Backward(plan.Outcomes()) {
		if n := tally[o]; n > 0 && o != plan.Done && o != plan.Cannot {
			words = append(words, look.Thousands(n)+" "+outcomeWord(o))
		}
	}
	if way > 0 {
		words = append(words, look.Thousands(way)+" under way, of which nobody knows")
	}
	return strings.Join(words, ", ")
}

// quoted is a path as a shell takes it.
func quoted(path string) string {
	path = model.Clean(path).String()
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@,%", r)
	}
	if path != "" && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
