package bulk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// glance is a second reading of a plan that is under way.
type glance struct {
	wait   *wait.Model
	cancel context.CancelFunc
	far    *atomic.Pointer[[2]int] // lines that were read, and of how many; a command writes it

	given bool                          // it was given up, and what was read by then is on its way
	then  func() (order.Modal, tea.Cmd) // what was wanted in its place; nil for nothing
}

// glanced answers it.
type glanced struct {
	to   *sheet
	of   *glance
	seen map[int]plan.Seen

	barred map[string]string // as the plan is signed by now
	ends   []plan.End        // as its journal has them by now; nil where there is none
	blind  error             // why that could not be read
}

// again reads once more what the plan is about, and after that its journal: somebody else may
// have gone on with it.
func (s *sheet) again() tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	g := &glance{wait: wait.New(s.Clock), cancel: cancel, far: new(atomic.Pointer[[2]int])}
	s.glance = g
	p, api, path, files := s.plan, s.api, s.path, s.Plans
	how := plan.Rereading{
		AtOnce: s.Making.AtOnce, Ends: slices.Clone(s.ends), Told: func(lines, of int) { g.far.Store(&[2]int{lines, of}) },
	}
	return tea.Batch(g.wait.Start(), func() tea.Msg {
		seen := p.Again(ctx, api, how)
		now := glanced{to: s, of: g, seen: seen, barred: s.objections(path)}
		if path != "" && files != nil {
			now.ends, now.blind = files.Ends(p, path)
		}
		return now
	})
}

// learn takes in what the journal has of lines that somebody else has sent, and says of how
// many that is. What this console did itself it knows better.
func (s *sheet) learn(ends []plan.End) (news int) {
	for i, now := range ends {
		was := s.ends[i]
		if now.Outcome != was.Outcome && now.At.After(was.At) {
			s.ends[i] = now
			news++
		}
		s.ends[i].Seen = cmp.Or(now.Seen, was.Seen)
	}
	return news
}

// saw takes in what was read, unless that was given up.
func (s *sheet) saw(msg glanced) (order.Modal, tea.Cmd) {
	if s.glance != msg.of {
		return s, nil
	}
	s.unglance()
	news := s.learn(msg.ends)
	s.take(msg.seen, msg.of.given)
	s.barred = msg.barred
	s.survey()
	s.tidings(msg, news)
	if then := msg.of.then; then != nil {
		return then()
	}
	return s, nil
}

// tidings says what a second reading has brought.
func (s *sheet) tidings(msg glanced, news int) {
	changed := 0
	for _, seen := range msg.seen {
		if seen.Changed != "" {
			changed++
		}
	}
	var words []string
	if news > 0 {
		words = append(words, "Somebody else went on with the plan: "+s.counts()+".")
	}
	if msg.blind != nil {
		words = append(words, look.Stopped(look.Capital(model.Clean(msg.blind.Error()).String())))
	}
	if changed > 0 {
		words = append(words, look.Plural(changed, "line")+" of the plan changed since it was made.")
	}
	if n := s.unread(plan.Rest); n > 0 {
		words = append(words, "The reading was given up. Not read again: "+look.Plural(n, "line")+".")
	}
	if len(words) > 0 {
		s.Warn(strings.Join(words, " "))
		return
	}
	s.Say("Read again.")
}

// unglance gives up a second reading.
func (s *sheet) unglance() {
	if s.glance != nil {
		s.glance.cancel()
		s.glance.wait.Stop()
		s.glance = nil
	}
}

// progress is how far it is.
func (g *glance) progress() string {
	words := "Reading again what it is about"
	if far := g.far.Load(); far != nil {
		words += ": " + look.Thousands(far[0]) + " of " + look.Thousands(far[1])
	}
	return g.wait.Since(words)
}
