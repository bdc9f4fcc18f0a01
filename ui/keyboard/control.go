package keyboard

import (
	"bytes"
	"slices"
	"strings"
)

// body is what has come of a control sequence after its CSI.
func (g *gatherer) body() []byte {
	if at := bytes.IndexByte(g.held, '['); at >= 0 && !g.short {
		return g.held[at+1:]
	}
	return g.held[1:]
}

// inControl goes on in a control sequence.
func (g *gatherer) inControl(c byte) {
	body := g.body()
	switch {
	case c == esc && g.isShifted(), g.isFocus() && !isArrow(c):
		g.key()
		g.begin(c)
	case c < ' ' || c >= 0x7f && !bytes.HasPrefix(body, []byte("M")):
		g.cutOff(csi, c)
	case len(g.held) >= sequenceLimit:
		g.overlong(c)
	default:
		g.held = append(g.held, c)
		g.endControl(c, len(body))
	}
}

// endControl ends a control sequence at its last byte. Three kinds go on after
// what looks like one: the old mouse report with its three bytes, the function keys
// of the Linux console, and arrows in a form that Bubble Tea v1 knew.
func (g *gatherer) endControl(c byte, before int) {
	body := g.body()
	switch {
	case before == 0 && strings.IndexByte("M[O", c) >= 0:
	case body[0] == 'M' && len(body) < len("Mbxy"):
	case string(body) == pasteStart[1:]:
		g.stage, g.held = pasted, g.held[:0]
	case before > 0 && goesOn(body), c >= '@':
		g.key()
	}
}

// goesOn reports whether the sequence is one of those three.
func goesOn(body []byte) bool {
	return len(body) > 0 && strings.IndexByte("M[O", body[0]) >= 0
}

// overlong swallows the rest of a sequence that is too long for a key.
func (g *gatherer) overlong(c byte) {
	if c >= '@' {
		g.drop(unknown(g.held))
	}
}

// isShifted reports whether a sequence is whole by its looks and goes on by the
// rules: urxvt says shift with a dollar at the end.
func (g *gatherer) isShifted() bool {
	digits, found := bytes.CutSuffix(g.body(), []byte("$"))
	return found && len(digits) > 0 && !slices.ContainsFunc(digits, func(c byte) bool { return c < '0' || c > '9' })
}

// isFocus reports whether a sequence says that the window has lost the focus, or
// is about to name an arrow.
func (g *gatherer) isFocus() bool { return string(g.body()) == "O" }

func isArrow(c byte) bool { return c >= 'A' && c <= 'D' || c >= 'a' && c <= 'd' }

// inSingle takes the one byte after SS3, and digits before it, which some
// terminals use for shift and ctrl.
func (g *gatherer) inSingle(c byte) {
	switch {
	case c <= ' ' || c >= 0x7f:
		g.cutOff(ss3, c)
	case len(g.held) >= sequenceLimit:
		g.overlong(c)
	case c >= '0' && c <= '9':
		g.held = append(g.held, c)
	default:
		g.held = append(g.held, c)
		g.key()
	}
}
