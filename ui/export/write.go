package export

import (
	"context"
	"errors"
	"io/fs"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// write has the file written.
func (a *ask) write(replace bool) (order.Modal, tea.Cmd) {
	e, api, do, began := a.job(), a.API, a.Export, a.Clock.Now()
	far := new(atomic.Pointer[model.Sifted]) // a command writes how far it is
	e.Replace, e.Query.Told = replace, func(s model.Sifted) { far.Store(&s) }
	a.Log.Info("export", "system", api.Info().Name, "rows", string(e.Rows), "format", string(e.Format))
	return order.Start(a.Desk, &a.Scroller, order.Work[model.Exported]{
		Title: "Writing the " + string(a.Rows) + " of " + a.whose(),
		Facts: []look.Field{{Label: "file", Value: model.Clean(a.path()).String()}},
		Do:    func(ctx context.Context) (model.Exported, error) { return do(ctx, api, e) },
		Far: func(w *wait.Model) string {
			if f := far.Load(); f != nil {
				return look.HowFar(f, a.Clock.Now().Sub(began)) // how fast that goes too, and how long it will take
			}
			return w.Since("reading")
		},
		Then: a.after,
	})
}

// after is what follows: a question where there is a file already, else how it ended.
func (a *ask) after(base order.Base, done model.Exported, err error, given bool) order.Modal {
	switch {
	case err == nil:
		return &result{Base: base, ask: a, done: done}
	case given:
		a.Say("Given up; nothing was written.")
		return nil
	case errors.Is(err, fs.ErrExist):
		return &replace{Base: base, ask: a}
	}
	a.Log.Warn("export failed", "error", model.Clean(err.Error()).String())
	return &failure{Base: base, ask: a, err: err}
}
