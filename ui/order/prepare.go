package order

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/wait"
)

// preparing waits until a system has said what it has to be asked and told before
// an action. It stays invisible for the moment that most answers take.
type preparing struct {
	Base
	*Desk
	flow   flow
	wait   *wait.Model
	cancel context.CancelFunc
}

// prepared answers it.
type prepared struct {
	to   *preparing
	form model.Form
	err  error
}

func (d *Desk) prepare(fl flow) (Modal, tea.Cmd) {
	if fl.api.Info().WantsReason && d.Reason.Empty() {
		fl.order.Password.Wipe()
		return &failure{Desk: d, op: d.operation(fl), err: model.Fail(model.Refused, model.NoReason)}, nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &preparing{Desk: d, flow: fl, wait: wait.New(d.Clock), cancel: cancel}
	return p, tea.Batch(p.wait.Start(), func() tea.Msg {
		form, err := fl.ask(ctx)
		return prepared{p, form, err}
	})
}

// Update implements [Modal].
func (p *preparing) Update(msg tea.Msg) (Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case prepared:
		if msg.to == p {
			return p.after(msg)
		}
	case tea.KeyMsg:
		if key.Matches(msg, p.Keys.Back) {
			p.cancel()
			p.Forget()
			p.Say("Nothing was done.")
			return nil, nil
		}
	}
	return p, p.wait.Update(msg)
}

func (p *preparing) after(msg prepared) (Modal, tea.Cmd) {
	p.cancel()
	p.wait.Stop()
	if msg.err != nil {
		p.Forget()
		return &failure{Desk: p.Desk, op: p.operation(p.flow), err: msg.err}, nil
	}
	return p.next(p.flow.told(msg.form))
}

// View implements [Modal]: nothing, until there is a wait to speak of.
func (p *preparing) View(width, height int, ready Readiness) look.Box {
	if p.wait.View() == "" {
		return look.Box{}
	}
	return p.Styles.Dialog(&p.Scroller, width, height, look.Dialog{
		Title: look.Capital(p.flow.words().Ask) + "?",
		Says:  []string{p.wait.Since("asking the system what to know before")},
		Keys:  p.Help(), Offer: ready.offer(look.SafeFirst),
	})
}

// Help implements [Modal].
func (p *preparing) Help() []key.Binding {
	return []key.Binding{look.Named(p.Keys.Back, "leave it")}
}

// Forget implements [Modal].
func (p *preparing) Forget() { p.flow.order.Password.Wipe() }
