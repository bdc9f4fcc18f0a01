package activity

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/traffic"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// box shows the details of a row, or a request as a command.
type box struct {
	order.Base
	*order.Desk
	title string
	facts []look.Field
	says  []string
	curl  string // to be copied; empty for none
}

// detailsOf shows a request, and it as a command at the end.
func (p *Page) detailsOf(e traffic.Exchange) *box {
	facts := append(fieldsOf(e), look.Field{Label: "as curl", Value: e.Curl()})
	if words := left(e); words != "" {
		facts = append(facts, look.Field{Label: "not in it", Value: words})
	}
	return &box{Desk: p.Desk, title: "What was asked", facts: facts, curl: e.Curl()}
}

// commandOf shows a request as a command.
func (p *Page) commandOf(e traffic.Exchange) *box {
	b := &box{Desk: p.Desk, title: "As a curl command", says: []string{e.Curl()}, curl: e.Curl()}
	if words := left(e); words != "" {
		b.says = append(b.says, "Not in it: "+words+".")
	}
	if e.Sort == traffic.Write {
		b.says = append(b.says, "Whoever runs it sends the write once more, and past the record.")
	}
	return b
}

// left is what is not in the command, in words.
func left(e traffic.Exchange) string { return strings.Join(e.LeftOut(), "; ") }

// Update implements [order.Modal].
func (b *box) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case order.Copied:
		if msg.By(b) {
			b.Say(msg.Sentence())
		}
	case tea.KeyMsg:
		switch {
		case key.Matches(msg, b.Desk.Keys.Close):
			return nil, nil
		case b.curl != "" && key.Matches(msg, b.Desk.Keys.Copy):
			return b, b.ToClipboard(b, "The command", model.NewSecret(b.curl))
		}
	}
	return b, nil
}

// Commits implements [order.Modal]: nothing is changed here.
func (*box) Commits(tea.KeyMsg) bool { return false }

// Ready implements [order.Modal].
func (*box) Ready() order.Readiness { return order.Armed }

// View implements [order.Modal].
func (b *box) View(width, height int, ready order.Readiness) look.Box {
	return b.Styles.Dialog(&b.Scroller, width, height, look.Dialog{Title: b.title, Says: b.says, Facts: b.facts, Keys: b.Help(), Offer: order.Alike(ready)})
}

// Help implements [order.Modal].
func (b *box) Help() []key.Binding {
	keys := []key.Binding{b.Desk.Keys.Close}
	if b.curl != "" && b.NoClipboard == "" {
		keys = append(keys, look.Named(b.Desk.Keys.Copy, "copy it"))
	}
	return keys
}
