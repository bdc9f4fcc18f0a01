package bulk

import (
	"context"
	"maps"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/wait"
)

// glance is a second reading of a plan that is under way.
type glance struct {
	wait   *wait.Model
	cancel context.CancelFunc
	far    *atomic.Int64 // lines; a command writes it
}

// glanced answers it.
type glanced struct {
	to   *sheet
	of   *glance
	seen map[int]plan.Seen

	barred map[string]string // as the plan is signed by now
}

// again reads once more what the plan is about.
func (s *sheet) again() tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	g := &glance{wait: wait.New(s.Clock), cancel: cancel, far: new(atomic.Int64)}
	s.glance = g
	p, api, atOnce, path := s.plan, s.api, s.Making.AtOnce, s.path
	return tea.Batch(g.wait.Start(), func() tea.Msg {
		seen := p.Again(ctx, api, atOnce, func(lines int) { g.far.Store(int64(lines)) })
		return glanced{s, g, seen, s.objections(path)}
	})
}

// saw takes in what was read, unless that was given up.
func (s *sheet) saw(msg glanced) {
	if s.glance != msg.of {
		return
	}
	s.unglance()
	maps.DeleteFunc(msg.seen, func(line int, _ plan.Seen) bool { // what became of the others is known
		return s.ends[line].Outcome != plan.NotBegun && s.ends[line].Outcome != plan.Failed
	})
	s.seen, s.barred = msg.seen, msg.barred
	changed := 0
	for _, seen := range msg.seen {
		if seen.Changed != "" {
			changed++
		}
	}
	s.survey()
	if changed > 0 {
		s.Warn(look.Plural(changed, "line") + " of the plan changed since it was made.")
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
	return g.wait.Since("Reading again what it is about: " + look.Thousands(int(g.far.Load())) + " lines by now")
}
