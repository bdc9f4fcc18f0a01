package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
)

// EachToken reads the list to its end, as what stands before a real system does.
func (r *remote) EachToken(_ context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
	var rows []model.Token
	letGo := r.clock.hold()
	for _, t := range r.tokens {
		if passes(t.Owner, q) {
			rows = append(rows, t)
		}
	}
	letGo()
	return "", take(rows, model.Sifted{Read: len(rows), Total: len(rows)})
}

// shelf keeps plans in memory.
type shelf struct {
	mu      sync.Mutex
	records []plan.Record
	gate    chan struct{} // nothing is begun before it is opened; nil for none
}

func (*shelf) Keep(*plan.Plan, string, bool) (string, error)      { return "/state/plan.json", nil }
func (s *shelf) Journal(*plan.Plan, string) (plan.Journal, error) { return s, nil }
func (s *shelf) Ends(p *plan.Plan, _ string) ([]plan.End, error)  { return p.Ends(s.Records()), nil }
func (*shelf) Vouch(*plan.Plan, string, string) error             { return nil }

func (*shelf) Outlets(*plan.Plan) []plan.Outlet { return nil }
func (*shelf) Piped(io.Writer, string, bool) (plan.Keys, error) {
	return nil, nil
}
func (s *shelf) Records() []plan.Record { return slices.Clone(s.records) }
func (s *shelf) Close() error           { return nil }
func (s *shelf) Write(r plan.Record) error {
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, r)
	return nil
}

// planner is a console that can keep plans, with one line under way at a time.
func planner(t *testing.T, r *remote) *driver {
	t.Helper()
	d := start(t, r)
	d.shelve()
	return d
}

func (d *driver) shelve() {
	d.app.Desk.Export = func(context.Context, model.API, model.Export) (model.Exported, error) { return model.Exported{}, nil }
	d.app.Desk.Plans, d.app.Desk.Making = &shelf{}, plan.Making{By: "op", Host: "bastion", AtOnce: 1}
}

// planScenes are a plan before, at and after its question.
func planScenes() []scene {
	keys := func(keys string) func(*driver) {
		return func(d *driver) {
			d.shelve()
			d.press(":plan delete⏎" + keys)
		}
	}
	production := func(r *remote) { r.info.Production = true }
	return []scene{
		{"plan", nil, nil, keys("jj")},
		{"plan-question", nil, production, keys("a")},
		{"plan-end", nil, datable, func(d *driver) {
			d.shelve()
			d.press(":plan expiry 2199-03-01⏎j")
		}},
		{"plan-ended", nil, func(r *remote) {
			r.fail["delete"] = model.Fail(model.Uncertain, "the connection broke off before the answer")
		}, keys("adelete 5⏎")},
	}
}

func TestAPlanIsForAllRowsThatTheListIsNarrowedToAndTheListIsReadAnew(t *testing.T) {
	r := crowd(newClock())
	d := planner(t, r)
	all := len(r.tokens)
	d.press("n/user0")
	d.pressKey(tea.KeyEnter)
	d.press(":plan delete⏎")
	d.sees("Plan: delete 9 tokens", "9 can be sent", "Nothing has been sent", "a apply")
	if len(r.writes) != 0 {
		t.Fatalf("sent %v", r.writes)
	}
	before := r.count("tokens")
	d.press("a")
	d.sees("Delete 9 tokens?", "your own account 1")
	d.press("9⏎")
	d.sees("That is not delete 9; nothing was done.")
	d.pressKey(tea.KeyCtrlU)
	d.press("delete 9⏎")
	d.sees("9 done")
	if len(r.writes) != 9 || len(r.tokens) != all-9 || r.orders[0].Plan == "" {
		t.Errorf("sent %v", r.writes)
	}
	if r.count("tokens") == before {
		t.Error("the list was not read anew")
	}
	d.pressKey(tea.KeyEsc)
	d.sees("No token of shop matches “user0”")
}

func TestWhatAPlanCanBeOfIsSaidAndNothingElseIsTaken(t *testing.T) {
	d := planner(t, crowd(newClock()))
	d.press(":plan reveal⏎")
	d.sees("such as :plan delete")
	d.pressKey(tea.KeyEsc)
	d.app.Desk.Export = nil
	d.press(":plan delete⏎")
	d.sees("no file can be written from here")
}

func TestAPlanFromTheCommandLineIsShownFirst(t *testing.T) {
	r := crowd(newClock())
	p := &plan.Plan{ID: "P1", By: "sara", Host: "bastion", Action: model.Delete}
	for i, t := range r.tokens[:2] {
		p.Lines = append(p.Lines, plan.Line{System: "shop", Kind: r.info.Kind, Host: r.info.Host, Token: t, Says: []string{fmt.Sprintf("It ends (%d).", i)}})
	}
	d := planner(t, r)
	d.app.world.Plan = &plan.Stored{Plan: p, Path: "/tmp/plan.json", Ends: p.Ends(nil)}
	d.run(d.app.Init())
	d.sees("Plan: delete 2 tokens", "in /tmp/plan.json", "by sara on bastion")
}
