package bulk

import (
	"iter"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// ask asks whether the plan is to be applied; where keys come of it, where these go first.
func (s *sheet) ask(which plan.Which) (order.Modal, tea.Cmd) {
	n, why := s.sends(which)
	if signs := s.unsigned(which); signs != "" {
		why = "nothing is sent: " + signs
	}
	if passed := s.plan.Passed(s.now()); why == "" && passed != nil {
		why = "nothing is sent: " + passed.Error()
	}
	if why == "" && s.Plans == nil {
		why = "no file can be written from here, and without a journal nothing is sent."
	}
	if why == "" {
		why = s.unreasoned(which)
	}
	switch {
	case why != "":
		s.Warn(look.Stopped(look.Capital(why)))
		return s, nil
	case s.plan.Action.MakesKey():
		return s.askOutlet(which)
	}
	return s.confirm(which, n, delivery{})
}

// sends is how many lines would be sent, or why none.
func (s *sheet) sends(which plan.Which) (n int, why string) {
	for range s.chosen(which) {
		n++
	}
	switch {
	case n > 0:
	case which == plan.Rest:
		why = "there is nothing in it that can be sent from here."
	case s.tally[plan.Failed] == 0:
		why = "no line has failed."
	default:
		why = "nothing that has failed can be sent from here."
	}
	return n, why
}

// unreasoned is why nothing is sent where a system of the plan wants a reason, and there is
// none; empty where there is.
func (s *sheet) unreasoned(which plan.Which) string {
	for l := range s.chosen(which) {
		if s.Reason.Empty() && s.home(l.System).Info().WantsReason {
			return l.System + ": " + model.NoReason
		}
	}
	return ""
}

// confirm asks the last question: y for one that is harmless, the count for several, and the
// name, or the action with the count, where a risk is grave.
func (s *sheet) confirm(which plan.Which, n int, to delivery) (order.Modal, tea.Cmd) {
	asked := plan.Asked(s.plan.Action, s.going(which, to))
	words := s.wording(n)
	q := order.Question{
		Title: words.asks, Verb: words.yes, Says: slices.Concat(s.hasty(which), s.commonest(which, to), s.unkept), About: append(words.sets, s.facts(which, to)...),
		Mood: look.Alarm, Danger: true, Back: func() order.Modal { return s }, Away: "back to the plan", Phrase: asked.Phrase,
		Yes: func(*look.Scroller) (order.Modal, tea.Cmd) { return s, s.start(which, n, to) },
	}
	if asked.Grave != "" {
		q.Says, q.Heed = append([]string{asked.Grave}, q.Says...), asked.Grave
		q.Why = words.graver
	}
	return s.Ask(q)
}

// chosen are the lines that could be sent.
func (s *sheet) chosen(which plan.Which) iter.Seq[*plan.Line] {
	return func(yield func(*plan.Line) bool) {
		for i := range s.here.Lines {
			l := &s.here.Lines[i]
			if s.ends[i].Outcome == which.Of() && l.Cannot == "" && !yield(l) {
				return
			}
		}
	}
}

// commonest are the sentences that are true of most lines.
func (s *sheet) commonest(which plan.Which, to delivery) []string {
	said, more := plan.Commonest(s.going(which, to))
	if more > 0 {
		said = append(slices.Clip(said), "Of single lines there is more to know ("+look.Plural(more, "sentence")+"); they say it under the cursor.")
	}
	return said
}

// facts are where it is sent, and what is written.
func (s *sheet) facts(which plan.Which, to delivery) []look.Field {
	facts := []look.Field{{Label: "systems", Value: plan.BySystem(s.going(which, to))}}
	facts = append(facts, s.delivered(which, to)...)
	return append(facts, look.OptionalField("reason", s.Reason)...)
}
