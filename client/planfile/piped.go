package planfile

import (
	"fmt"
	"io"
	"sync"

	"authdeck/client/file"
	"authdeck/client/seal"
	"authdeck/model"
	"authdeck/model/plan"
)

// piped writes each key to whoever reads what a command writes.
type piped struct {
	to     io.Writer
	called string
	sealed seal.Recipients // to whom each key is sealed; nil for keys in clear

	mu     sync.Mutex
	broken error // nobody reads any more: no other key is taken
}

// Piped implements [plan.Files].
func (f Files) Piped(to io.Writer, called string, sealed bool) (plan.Keys, error) {
	switch {
	case !sealed:
		return &piped{to: to, called: called}, nil
	case len(f.To) == 0:
		return nil, errNobody
	}
	return &piped{to: to, called: called, sealed: f.To}, nil
}

// Take implements [plan.Keys]. A line that was cut in the middle has handed nothing over.
func (p *piped) Take(l *plan.Line, issued model.Issued) error {
	line, err := keyLineOf(l, issued, p.sealed)
	if err != nil {
		return &plan.NotTakenError{Why: err}
	}
	defer clear(line)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken == nil {
		_, p.broken = p.to.Write(line)
	}
	if p.broken != nil {
		return &plan.NotTakenError{Why: fmt.Errorf("%s: %w", p.called, file.Bare(p.broken)), Last: true}
	}
	return nil
}

// Place implements [plan.Keys].
func (p *piped) Place(*plan.Line) plan.Place { return plan.Place{Way: plan.InPipe, At: p.called} }

// Close implements [plan.Keys].
func (*piped) Close() error { return nil }
