package report

import (
	"context"
	"fmt"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/report"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// begin has the page written.
func (a *ask) begin() (order.Modal, tea.Cmd) {
	far, do := new(atomic.Pointer[report.Far]), a.write // a command writes how far it is
	wanted := report.Wanted{Who: a.Who, Out: a.Out, Path: a.path(), Told: func(f report.Far) { far.Store(&f) }}
	a.Log.Info("report")
	return order.Start(a.Desk, &a.Scroller, order.Work[report.Written]{
		Title: "Writing the report on " + a.whose(),
		Facts: []look.Field{{Label: "file", Value: model.Clean(a.path()).String()}},
		Do:    func(ctx context.Context) (report.Written, error) { return do(ctx, wanted) },
		Far:   func(w *wait.Model) string { return w.Since(progress(far.Load())) },
		Then:  a.after,
	})
}

// after is what follows.
func (a *ask) after(base order.Base, done report.Written, err error, given bool) order.Modal {
	switch {
	case err == nil:
		return &result{Base: base, ask: a, done: done}
	case given:
		a.Say("Given up; nothing was written.")
		return a.After
	}
	a.Log.Warn("report failed", "error", model.Clean(err.Error()).String())
	return &failure{Base: base, ask: a, err: err}
}

// progress is how far it is.
func progress(far *report.Far) string {
	if far == nil {
		return "reading"
	}
	words := fmt.Sprintf("reading %s, system %d of %d", far.System, far.At, far.Of)
	if far.Rows > 0 {
		words += ": " + look.Thousands(far.Rows) + " by now"
	}
	return words
}
