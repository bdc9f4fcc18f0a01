package command

import (
	"context"
	"fmt"
	"io"

	"authdeck/ui/batch"
)

// errUndone says that a plan was begun and is not at its end; the farewell has said which.
func errUndone() error { return batch.End(batch.Partly, nil) }

// Run does what the command line says and returns the exit code.
func Run(ctx context.Context, w World) int {
	if err := w.Undumpable(); err != nil {
		fmt.Fprintln(w.Stderr, "authdeck:", batch.Words(err))
	}
	batch.Pipes()
	helped := &pages{to: w.Stdout}
	cmd, err := root(w, helped).ExecuteContextC(ctx) //nolint:contextcheck // the commands take it from there
	err = w.Ended(cmd, err)
	if helped.lost != nil {
		err = w.Heard(batch.Fail(helped.lost))
	}
	if err == nil {
		return int(batch.Done)
	}
	if words := batch.Words(err); words != "" {
		batch.SayLast(w.Stderr, words)
	}
	return int(batch.CodeOf(err))
}

// pages are where helps go, and completions. Cobra does not look whether they arrive.
type pages struct {
	to   io.Writer
	lost error // the first of them that did not
}

// Write implements [io.Writer].
func (p *pages) Write(page []byte) (int, error) {
	n, err := p.to.Write(page)
	if p.lost == nil {
		p.lost = err
	}
	return n, err
}

// errUnhealthy says that a check of doctor failed; the report has said which.
func errUnhealthy() error { return batch.End(batch.Found, nil) }
