package keyboard

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
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

// textOf is what a paste says, letter by letter. Bytes that are none are not left out in silence:
// U+FFFD stands for them, which no field takes. A paste that was cut ends with a whole
// letter.
func textOf(content []byte) []rune {
	for len(content) >= pasteLimit-utf8.UTFMax {
		if r, size := utf8.DecodeLastRune(content); r != utf8.RuneError || size != 1 {
			break
		}
		content = content[:len(content)-1]
	}
	return []rune(strings.ToValidUTF8(string(content), string(utf8.RuneError)))
}
