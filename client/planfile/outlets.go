package planfile

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"authdeck/model"
	"authdeck/model/plan"
)

// Outlets implements [plan.Files]. Where somebody is named to whom keys are sealed, no key is to
// be in clear on the disk, unless that is what is chosen.
func (f Files) Outlets(p *plan.Plan) []plan.Outlet {
	check := func(path string) (string, error) { return free(f.AtHome(path)) }
	all := []plan.Outlet{{
		Way: plan.InFile, Check: check,
		Open: func(path string) (plan.Keys, error) { return opened(CreateKeys(f.AtHome(path))) },
	}}
	if len(f.To) > 0 {
		all = append([]plan.Outlet{{
			Way: plan.Sealed, Says: counted(len(f.To)), Check: check,
			Open: func(path string) (plan.Keys, error) { return opened(CreateSealed(f.AtHome(path), f.To)) },
		}}, all...)
	}
	if said := f.through(p); said != "" {
		all = append(all, plan.Outlet{
			Way: plan.ByCommand, Says: said, Unfit: f.unfit,
			Open: func(string) (plan.Keys, error) { return &handing{courier: f.Courier}, nil },
		})
	}
	return all
}

func counted(recipients int) string {
	if recipients == 1 {
		return "1 recipient"
	}
	return fmt.Sprintf("%d recipients", recipients)
}

// through are the commands of the systems of a plan; of which systems each is, where there are
// several.
func (f Files) through(p *plan.Plan) string {
	if f.Courier == nil {
		return ""
	}
	var said, systems []string
	for i := range p.Lines {
		system := p.Lines[i].System
		if command := f.Courier.Through(system); command != "" && !slices.Contains(systems, system) {
			systems, said = append(systems, system), append(said, command)
		}
	}
	if len(slices.Compact(slices.Clone(said))) > 1 {
		for i, system := range systems {
			said[i] = system + ": " + said[i]
		}
		return strings.Join(said, "; ")
	}
	return strings.Join(said[:min(1, len(said))], "")
}

// opened is a file that was made, or no [plan.Keys] at all.
func opened(k *Keys, err error) (plan.Keys, error) {
	if err != nil {
		return nil, err
	}
	return k, nil
}

// unfit is why no command is told of a token.
func (f Files) unfit(l *plan.Line) string { return f.Courier.Refuses(l.System, l.Token) }

// handing gives each key to a command, one at a time: not every program that keeps secrets can
// be run twice at once.
type handing struct {
	courier model.Courier
	mu      sync.Mutex
}

// Take implements [plan.Keys]. What a command did not take it may take of the next line.
func (h *handing) Take(l *plan.Line, issued model.Issued) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := h.courier.Hand(context.Background(), l.System, issued.Of(l.Token), issued.Key)
	if err != nil {
		return &plan.NotTakenError{Why: fmt.Errorf("the command failed: %w", err)}
	}
	return nil
}

// Place implements [plan.Keys].
func (h *handing) Place(l *plan.Line) plan.Place {
	return plan.Place{Way: plan.ByCommand, At: model.Clean(h.courier.Through(l.System)).String()}
}

// Close implements [plan.Keys].
func (*handing) Close() error { return nil }
