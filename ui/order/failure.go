package order

import (
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
)

// failure says how a write ended that did not succeed, or why it cannot be
// begun, and stays until it is read.
type failure struct {
	Base
	*Desk
	op    operation
	stage stage
	err   error

	inquiry *inquiry // looks again; nil where nothing is in doubt
}

// stage is how far a write came.
type stage int

const (
	unsent stage = iota // the system said no to the mere question
	tried
)

// offer is what can be done instead; nothing if it is not to be done here.
func (f *failure) offer() model.Action {
	if e, ok := errors.AsType[*model.Error](f.err); ok {
		return e.Instead
	}
	return model.Nothing
}

// again reports whether the form can be sent once more: nothing was changed, and
// another try may end otherwise.
func (f *failure) again() bool {
	kinds := []model.Kind{model.Invalid, model.Unavailable, model.RateLimited}
	return f.op.back != nil && slices.Contains(kinds, model.KindOf(f.err))
}

// Update implements [Modal].
func (f *failure) Update(msg tea.Msg) (Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case f.offer() != model.Nothing && key.Matches(press, f.Keys.Instead(f.offer())):
		return f.op.instead(f.offer())
	case key.Matches(press, f.Keys.Enter) && f.again():
		return f.op.back(), nil
	case key.Matches(press, f.Keys.Enter, f.Keys.Back):
		return nil, nil
	}
	return f, nil
}

// View implements [Modal].
func (f *failure) View(width, height int, ready Readiness) look.Box {
	d := look.Dialog{Mood: look.Heed, Keys: f.Help(), Offer: ready.offer(look.SafeFirst)}
	if f.stage == unsent {
		d.Title, d.Says = look.Capital(f.op.ask)+": not possible", []string{look.Sentence(f.err), look.Advice(f.err)}
		return f.Styles.Dialog(&f.Scroller, width, height, d)
	}
	d.Title, d.Says = f.op.doing+": "+f.trouble().outcome(), f.trouble().lines()
	if model.MayHaveHappened(f.err) && !f.trouble().shows() {
		d.Says = append(d.Says, f.op.sign)
	}
	d.Says = append(d.Says, f.keyLost())
	return f.Styles.Dialog(&f.Scroller, width, height, d)
}

// keyLost is what has become of the new key of a write that happened, or may have, and whose
// answer did not bring it; empty where there is none.
func (f *failure) keyLost() string {
	if !f.op.order.Action.MakesKey() || !model.MayHaveHappened(f.err) {
		return ""
	}
	words := "If it happened, its new key did not come"
	if f.trouble().shows() {
		words = "The new key did not come"
	}
	if f.op.shows == perhaps {
		return words + "; the system shows it to those who may see keys."
	}
	return words + ", and no system shows it again."
}

func (f *failure) trouble() trouble { return trouble{f.err, f.inquiry} }

// Help implements [Modal].
func (f *failure) Help() []key.Binding {
	enough := "close"
	if f.stage == tried && model.MayHaveChanged(f.err) {
		enough = "understood" // there is something to be
	}
	keys := []key.Binding{look.Named(f.Keys.Enter, enough)}
	if f.again() {
		keys = []key.Binding{look.Named(f.Keys.Enter, "back to the form"), look.Named(f.Keys.Back, "leave it")}
	}
	if offer := f.offer(); offer != model.Nothing {
		keys = append(keys, look.Named(f.Keys.Instead(offer), offer.String()+" instead"))
	}
	return keys
}
