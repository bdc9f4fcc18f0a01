package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"authdeck/client/program"
	"authdeck/model"
)

var errTooMuch = errors.New("it printed more than a credential")

// runCommand takes the first line that a command prints. No shell is between.
func runCommand(ctx context.Context, argv []string, how program.Terminal) (model.Secret, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	out := &limitedBuffer{full: func() { stop(fmt.Errorf("%w: over %d KiB", errTooMuch, credentialLimit>>10)) }}
	defer out.wipe()
	if err := (program.Command{Argv: argv, Terminal: how, Out: out}).Run(ctx); err != nil {
		return model.Secret{}, err
	}
	return firstLine(out.held), nil
}

// limitedBuffer holds what a command prints, as long as it can be a credential.
type limitedBuffer struct {
	held []byte
	full func()
}

// Write implements [io.Writer].
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if len(b.held)+len(p) > credentialLimit {
		b.full()
		return 0, errTooMuch
	}
	grown := bytes.Join([][]byte{b.held, p}, nil)
	b.wipe() // a buffer that grows by itself leaves its smaller copies behind
	b.held = grown
	return len(p), nil
}

func (b *limitedBuffer) wipe() { clear(b.held) }
