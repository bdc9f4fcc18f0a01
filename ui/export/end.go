package export

import (
	"errors"
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// replace asks whether a file that is there is to be replaced.
type replace struct {
	order.Base
	ask *ask
}

// Update implements [order.Modal].
func (r *replace) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(press, r.ask.Keys.Yes):
		return r.ask.write(true)
	case key.Matches(press, r.ask.Keys.No):
		return r.ask.again(&r.Scroller), nil
	}
	return r, nil
}

// Commits implements [order.Modal].
func (r *replace) Commits(msg tea.KeyMsg) bool { return key.Matches(msg, r.ask.Keys.Yes) }

// View implements [order.Modal].
func (r *replace) View(width, height int, ready order.Readiness) look.Box {
	return r.ask.Styles.Dialog(&r.Scroller, width, height, look.Dialog{
		Title: "Replace the file?", Mood: look.Heed,
		Says:  []string{"There is one already. What is in it is lost when the new one is whole, and not before."},
		Facts: []look.Field{{Label: "file", Value: model.Clean(r.ask.path()).String()}},
		Keys:  r.Help(), Offer: order.SafeFirst(ready),
	})
}

// Help implements [order.Modal].
func (r *replace) Help() []key.Binding {
	return []key.Binding{look.Named(r.ask.Keys.No, "back to the form"), look.Named(r.ask.Keys.Yes, "replace it")}
}

// failure says why there is no file.
type failure struct {
	order.Base
	ask *ask
	err error
}

// Update implements [order.Modal].
func (f *failure) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(press, f.ask.Keys.Enter):
		return f.ask.again(&f.Scroller), nil
	case key.Matches(press, f.ask.Keys.Back):
		return nil, nil
	case key.Matches(press, f.ask.Keys.Write):
		if all := f.lacking(); len(all) > 0 {
			return f.leaveOut(all)
		}
	}
	return f, nil
}

// Commits implements [order.Modal].
func (f *failure) Commits(msg tea.KeyMsg) bool { return key.Matches(msg, f.ask.Keys.Write) }

// View implements [order.Modal].
func (f *failure) View(width, height int, ready order.Readiness) look.Box {
	return f.ask.Styles.Dialog(&f.Scroller, width, height, look.Dialog{
		Title: "The " + f.ask.rows() + " of " + f.ask.whose() + " were not exported", Mood: look.Heed,
		Says:  []string{f.why(), "Nothing was written."},
		Facts: []look.Field{{Label: "file", Value: model.Clean(f.ask.path()).String()}},
		Keys:  f.Help(), Offer: order.SafeFirst(ready),
	})
}

// why is the system's reason, or the file's.
func (f *failure) why() string {
	if len(model.Failures(f.err)) > 1 { // for each of which something else may help
		return look.Sentence(f.err) + "."
	}
	if _, is := errors.AsType[*model.Error](f.err); is {
		return look.Sentences(look.Sentence(f.err)+".", look.Advice(f.err))
	}
	return look.Capital(model.Clean(f.err.Error()).String()) + "."
}

// Help implements [order.Modal].
func (f *failure) Help() []key.Binding {
	if all := f.lacking(); len(all) > 0 { // in words that a narrow window has room for
		them := all[0].system
		if len(all) > 1 {
			them = fmt.Sprintf("these %d", len(all))
		}
		return []key.Binding{look.Named(f.ask.Keys.Enter, "back"), look.Named(f.ask.Keys.Write, "write without "+them), look.Named(f.ask.Keys.Back, "leave")}
	}
	return []key.Binding{look.Named(f.ask.Keys.Enter, "back to the form"), look.Named(f.ask.Keys.Back, "leave it")}
}

// result says what is in the file.
type result struct {
	order.Base
	ask  *ask
	done model.Exported
}

// Update implements [order.Modal].
func (r *result) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok && key.Matches(press, r.ask.Keys.Enter, r.ask.Keys.Back) {
		return nil, nil
	}
	return r, nil
}

// Commits implements [order.Modal].
func (*result) Commits(tea.KeyMsg) bool { return false }

// View implements [order.Modal].
func (r *result) View(width, height int, ready order.Readiness) look.Box {
	heed := look.Sentences(r.missing(), look.Fewer(r.done.Read), look.Sentences(r.ask.Doubts...))
	d := look.Dialog{
		Title: "The " + r.ask.rows() + " of " + r.ask.whose() + " are written",
		Says:  []string{heed, r.done.Note},
		Heed:  heed,
		Facts: []look.Field{
			{Label: "file", Value: model.Clean(r.ask.path()).String()},
			{Label: "rows", Value: look.Thousands(r.done.Rows) + ", of " + look.Thousands(r.done.Read.Read) + " that were read"},
			{Label: "size", Value: look.Thousands(int(r.done.Bytes)) + " bytes"},
		},
		Keys: r.Help(), Offer: order.SafeFirst(ready),
	}
	d.Facts = append(d.Facts, r.untold()...)
	if d.Heed != "" {
		d.Mood = look.Heed
	}
	return r.ask.Styles.Dialog(&r.Scroller, width, height, d)
}

// untold is on which side of the file the rows are of which it cannot be told.
func (r *result) untold() []look.Field {
	switch n := r.done.Read.Unsaid; {
	case r.ask.Query.Untold:
		return []look.Field{{Label: "these are", Value: "those of which it cannot be told whether they are " + r.ask.Says + "; what was found is not in the file"}}
	case n > 0:
		return []look.Field{{Label: "left out", Value: look.Thousands(n) + " of which it cannot be told whether they are it"}}
	}
	return nil
}

// Help implements [order.Modal].
func (r *result) Help() []key.Binding {
	return []key.Binding{look.Named(r.ask.Keys.Enter, "close")}
}
