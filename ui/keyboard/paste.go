package keyboard

import (
	"bytes"
	"slices"
)

const (
	pasteLimit = 64 * 1024 // bytes; a text field takes 1024 letters
	pasteStart = "[200~"
	pasteEnd   = "\x1b[201~"
)

// inPaste keeps the beginning of a paste that is too long, and the last bytes
// that came, by which its end is known.
func (g *gatherer) inPaste(c byte) {
	g.held = append(g.held, c)
	content, done := bytes.CutSuffix(g.held, []byte(pasteEnd))
	switch {
	case done && g.void:
		g.drop(cutPaste)
	case done:
		g.whole = append(g.whole, input{bytes: slices.Clone(content), paste: true})
		g.endPaste(len(content))
	case len(g.held) > pasteLimit+len(pasteEnd):
		g.held = slices.Delete(g.held, pasteLimit, pasteLimit+1)
	}
}

// endPaste counts what a paste that was too long has lost.
func (g *gatherer) endPaste(size int) {
	g.stage, g.held = ground, g.held[:0]
	if size >= pasteLimit {
		g.drop(cutPaste)
	}
}
