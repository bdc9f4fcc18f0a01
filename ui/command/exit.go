package command

import (
	"context"
	"fmt"

	"authdeck/ui/batch"
)

// errUndone says that a plan was begun and is not at its end; the farewell has said which.
func errUndone() error { return batch.End(batch.Partly, nil) }

// Run does what the command line says and returns the exit code.
func Run(ctx context.Context, w World) int {
	if err := w.Undumpable(); err != nil {
		fmt.Fprintln(w.Stderr, "authdeck:", batch.Words(err))
	}
	err := Root(w).ExecuteContext(ctx) //nolint:contextcheck // the commands take it from there
	if err == nil {
		return int(batch.Done)
	}
	if words := batch.Words(err); words != "" {
		batch.SayLast(w.Stderr, words)
	}
	return int(batch.CodeOf(err))
}

// errUnhealthy says that a check of doctor failed; the report has said which.
func errUnhealthy() error { return batch.End(batch.Found, nil) }
