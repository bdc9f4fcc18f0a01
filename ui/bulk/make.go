package bulk

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// Chosen gives the tokens that a plan is for, with what has to be known of the list that they
// are from, and says how many it has by now. It may take long.
type Chosen func(ctx context.Context, told func(read int)) (tokens []model.Token, note string, err error)

// These are tokens that are known already.
func These(tokens []model.Token) Chosen {
	return func(context.Context, func(int)) ([]model.Token, string, error) { return tokens, "", nil }
}

// Open makes a plan for tokens of a system, or of several as one, and shows it. Of one to edit
// it asks first when they are to end.
func Open(d *order.Desk, api model.API, a model.Action, chosen Chosen) (order.Modal, tea.Cmd) {
	if a == model.Edit {
		return askEnd(d, func(set plan.Set) (order.Modal, tea.Cmd) { return open(d, api, a, set, chosen) }), nil
	}
	return open(d, api, a, plan.Set{}, chosen)
}

func open(d *order.Desk, api model.API, a model.Action, set plan.Set, chosen Chosen) (order.Modal, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	m := &making{Desk: d, api: api, action: a, wait: wait.New(d.Clock), cancel: cancel, far: new(atomic.Pointer[far])}
	how := d.Making
	how.Now, how.Set = d.Clock.Now, set
	return m, tea.Batch(m.wait.Start(), func() tea.Msg {
		tokens, note, err := chosen(ctx, func(read int) { m.far.Store(&far{read: read}) })
		if err != nil {
			return made{to: m, err: err}
		}
		how.Told = func(asked int) { m.far.Store(&far{asked: asked, of: len(tokens)}) }
		p, err := plan.Make(ctx, api, a, tokens, how)
		return made{m, p, note, err}
	})
}

// making waits until the systems have said what is to be known of each line.
type making struct {
	order.Base
	*order.Desk
	api    model.API
	action model.Action
	wait   *wait.Model
	cancel context.CancelFunc
	far    *atomic.Pointer[far] // a command writes it
}

// far is how far it is: rows that were read, and then lines that were asked for.
type far struct{ read, asked, of int }

// made answers it.
type made struct {
	to   *making
	plan *plan.Plan
	note string // of the list that the tokens are from
	err  error
}

// Update implements [order.Modal].
func (m *making) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case made:
		if msg.to == m {
			return m.after(msg)
		}
	case tea.KeyMsg:
		if key.Matches(msg, m.Keys.Back) {
			m.cancel()
			m.wait.Stop()
			m.Say("Given up; nothing was sent.")
			return nil, nil
		}
		return m, nil
	}
	return m, m.wait.Update(msg)
}

func (m *making) after(msg made) (order.Modal, tea.Cmd) {
	m.cancel()
	m.wait.Stop()
	switch {
	case msg.err != nil:
		m.Warn("There is no plan: " + look.Sentence(msg.err))
		return nil, nil
	case len(msg.plan.Lines) == 0:
		m.Warn("There is no plan: no token was chosen.")
		return nil, nil
	}
	if msg.note != "" {
		m.Warn(model.Clean(msg.note).String())
	}
	return newSheet(m.Desk, m.api, msg.plan, "", nil), nil
}

// View implements [order.Modal]: nothing, until there is a wait to speak of.
func (m *making) View(width, height int, ready order.Readiness) look.Box {
	if m.wait.View() == "" {
		return look.Box{}
	}
	return m.Styles.Dialog(&m.Scroller, width, height, look.Dialog{
		Title: "Making a plan: " + plan.Called(m.action),
		Says:  []string{m.wait.Since(m.progress()), "Nothing is sent by that."},
		Keys:  m.Help(), Offer: order.SafeFirst(ready),
	})
}

func (m *making) progress() string {
	switch f := m.far.Load(); {
	case f == nil:
		return "reading"
	case f.of == 0:
		return "reading: " + look.Thousands(f.read)
	default:
		return fmt.Sprintf("asking what to know before: %s of %s", look.Thousands(f.asked), look.Thousands(f.of))
	}
}

// Help implements [order.Modal].
func (m *making) Help() []key.Binding {
	return []key.Binding{look.Named(m.Keys.Back, "give up")}
}

// Commits implements [order.Modal].
func (*making) Commits(tea.KeyMsg) bool { return false }

// whole is a list that can be read from its first row to its last.
type whole interface {
	EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (note string, err error)
}

// All are the tokens that a query asks for, not a page of them.
func All(api model.API, q model.Query) Chosen {
	return func(ctx context.Context, told func(int)) ([]model.Token, string, error) {
		list, can := api.(whole)
		if !can {
			return nil, "", model.Fail(model.Unsupported, "this list cannot be read to its end")
		}
		var tokens []model.Token
		note, err := list.EachToken(ctx, q, func(rows []model.Token, far model.Sifted) error {
			if tokens = append(tokens, rows...); len(tokens) > plan.Most {
				return model.Fail(model.Invalid, "it would have more than "+look.Thousands(plan.Most)+" lines; narrow the list first")
			}
			told(far.Read)
			return nil
		})
		return tokens, note, err
	}
}
