package report

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/report"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// failure says why there is no page.
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
		return f.ask.After, nil
	}
	return f, nil
}

// Commits implements [order.Modal].
func (*failure) Commits(tea.KeyMsg) bool { return false }

// View implements [order.Modal].
func (f *failure) View(width, height int, ready order.Readiness) look.Box {
	return f.ask.Styles.Dialog(&f.Scroller, width, height, look.Dialog{
		Title: "The report on " + f.ask.whose() + " was not written", Mood: look.Heed,
		Says:  []string{f.why(), "Nothing was written."},
		Facts: []look.Field{{Label: "file", Value: model.Clean(f.ask.path()).String()}},
		Keys:  f.Help(), Offer: order.SafeFirst(ready),
	})
}

// why is the reason of a system, or of the file.
func (f *failure) why() string {
	if errors.Is(f.err, fs.ErrExist) {
		return "There is a file of this name already, and a report replaces none."
	}
	return look.Stopped(look.Capital(model.Reason(f.err)))
}

// Help implements [order.Modal].
func (f *failure) Help() []key.Binding {
	return []key.Binding{look.Named(f.ask.Keys.Enter, "another file"), look.Named(f.ask.Keys.Back, "leave it")}
}

// result says where the page is, and what it could not tell.
type result struct {
	order.Base
	ask  *ask
	done report.Written
}

// Update implements [order.Modal].
func (r *result) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok && key.Matches(press, r.ask.Keys.Enter, r.ask.Keys.Back) {
		return r.ask.After, nil
	}
	return r, nil
}

// Commits implements [order.Modal].
func (*result) Commits(tea.KeyMsg) bool { return false }

// View implements [order.Modal].
func (r *result) View(width, height int, ready order.Readiness) look.Box {
	lacks := r.lacks()
	d := look.Dialog{
		Title: "The report on " + r.ask.whose() + " is written",
		Says:  []string{lacks}, Heed: lacks,
		Facts: []look.Field{
			{Label: "file", Value: model.Clean(r.done.File).String()},
			{Label: "accounts", Value: counted(len(r.done.Sure.Accounts), len(r.done.Unsure.Accounts))},
			{Label: "left", Value: counted(len(r.done.Sure.Tokens), len(r.done.Unsure.Tokens))},
			{Label: "recorded", Value: counted(len(r.done.Sure.Done), len(r.done.Unsure.Done))},
		},
		Keys: r.Help(), Offer: order.SafeFirst(ready),
	}
	if len(r.done.Limits) > 0 {
		d.Facts = append(d.Facts, look.Field{Label: "not told", Value: strings.Join(r.done.Limits, " ")}) // below the file, which a low window has to show
	}
	if lacks != "" {
		d.Mood = look.Heed
	}
	return r.ask.Styles.Dialog(&r.Scroller, width, height, d)
}

// lacks is what could not be asked: of that the page says nothing.
func (r *result) lacks() string {
	if r.done.Whole {
		return ""
	}
	var missing []string
	for _, g := range r.done.Missing {
		of := g.What
		if g.System != "" {
			of = g.System + ", " + g.What
		}
		missing = append(missing, of+": "+g.Why)
	}
	return look.Stopped("It is NOT whole. Missing: " + strings.Join(missing, "; "))
}

// counted is how many there are, and how many of which it is not sure whose they are.
func counted(sure, unsure int) string {
	words := look.Thousands(sure)
	if unsure > 0 {
		words += ", and " + look.Thousands(unsure) + " of which it is not sure"
	}
	return words
}

// Help implements [order.Modal].
func (r *result) Help() []key.Binding {
	return []key.Binding{look.Named(r.ask.Keys.Enter, "close")}
}
