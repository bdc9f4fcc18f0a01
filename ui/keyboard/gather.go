package keyboard

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Bytes with a meaning of their own.
const (
	esc   = 0x1b
	bell  = 0x07
	ctrlC = 0x03
	can   = 0x18 // cancel: the sequence under way is not meant
	sub   = 0x1a // substitute: as well
	st8   = 0x9c // the end of a string that began with one byte
)

// sequenceLimit is how long a key's sequence may be; none comes near it.
const sequenceLimit = 64

// gatherer cuts a stream of bytes into whole inputs, wherever the line has cut
// it, and however long it paused there.
//
// Only a lone escape is told by time, because nothing else tells it from the
// beginning of an arrow ([gatherer.lapse]). Everything else waits for its end: a
// string is one until something ends it, as on the screen of a terminal, for its
// rest is letters, and letters are commands. So that nobody is locked out by a
// string that never ends, [gatherer.abandon] leaves it.
type gatherer struct {
	stage stage
	held  []byte // of a sequence, a letter or a paste, what has come; a string is not kept
	sort  sort   // of the string that is open
	short bool   // the string began with one byte, and one byte may end it
	void  bool   // whatever the sequence names: its escape has been taken for a key already
	whole []input
}

// stage is what the stream is in the middle of.
type stage int

const (
	ground  stage = iota
	escape        // after an escape: the next byte tells what it is
	escaped       // after an escape that was taken for the key, because nothing came for a while
	letter        // in a letter of several bytes
	control       // in a control sequence, after CSI
	single        // after SS3
	text          // in a string
	textEsc       // in a string, after an escape
	pasted        // in a paste
)

// input is a whole one: the bytes of a key, a paste, or what is dropped.
type input struct {
	bytes []byte
	paste bool
	sort  sort // of what is dropped
}

// take moves on by a byte.
func (g *gatherer) take(c byte) {
	switch g.stage {
	case ground:
		g.begin(c)
	case escape:
		g.afterEscape(c)
	case escaped:
		g.afterKey(c)
	case letter:
		g.inLetter(c)
	case control:
		g.inControl(c)
	case single:
		g.inSingle(c)
	case text:
		g.inText(c)
	case textEsc:
		g.afterTextEscape(c)
	case pasted:
		g.inPaste(c)
	}
}

func (g *gatherer) begin(c byte) {
	g.stage, g.held, g.void, g.short = ground, append(g.held[:0], c), false, false
	switch {
	case c == esc:
		g.stage = escape
	case c < utf8.RuneSelf:
		g.key()
	case g.introduce(c - 0x40): // the one byte that is an escape and this letter
		g.short = true
	case utf8.RuneStart(c) && !utf8.FullRune(g.held):
		g.stage = letter
	default:
		g.drop(broken)
	}
}

// introduce begins what an escape and this byte begin; false where it is nothing.
func (g *gatherer) introduce(c byte) bool {
	switch c {
	case '[':
		g.stage = control
	case 'O':
		g.stage = single
	case ']':
		g.stage, g.sort = text, osc
	case 'P':
		g.stage, g.sort = text, dcs
	case '_':
		g.stage, g.sort = text, apc
	case '^':
		g.stage, g.sort = text, pm
	case 'X':
		g.stage, g.sort = text, sos
	default:
		return false
	}
	return true
}

// afterEscape takes a second escape for a modifier, as urxvt means it, and a
// third one for the proof that the first was a key.
func (g *gatherer) afterEscape(c byte) {
	if c == esc && len(g.held) == 2 {
		g.whole = append(g.whole, input{bytes: []byte{esc}})
		return
	}
	g.held = append(g.held, c)
	switch {
	case c == esc || g.introduce(c):
	case c < utf8.RuneSelf:
		g.key()
	case utf8.RuneStart(c) && !utf8.FullRune(g.held[len(g.held)-1:]):
		g.stage = letter
	default:
		g.begin(c)
	}
}

// afterKey is for the rest of a sequence whose escape came so long before that
// it had to be taken for the key: it is dropped, and not typed.
func (g *gatherer) afterKey(c byte) {
	g.held, g.void, g.short = append(g.held[:0], esc, c), true, false
	switch {
	case c == '\\': // the end of a string
		g.drop(csi)
	case !g.introduce(c):
		g.begin(c)
	}
}

// inLetter goes on in a letter. Where that breaks off, all of it but the first byte
// is taken anew: a byte from within a letter begins an answer where it stands by
// itself. So does the letter that is such a byte, spelled in UTF-8.
func (g *gatherer) inLetter(c byte) {
	come := append(bytes.TrimLeft(slices.Clone(g.held), "\x1b"), c) // an escape before it is alt
	switch r, size := utf8.DecodeRune(come); {
	case !utf8.FullRune(come):
		g.held = append(g.held, c)
	case r == utf8.RuneError && size == 1:
		g.drop(broken)
		for _, again := range come[1:] {
			g.take(again)
		}
	case r < 0xa0:
		g.begin(c) // its last byte is the same
	default:
		g.held = append(g.held, c)
		g.key()
	}
}

// inText looks for what ends a string. A bell ends an OSC and no other; the one
// byte 9C ends a string only that began with one, because in UTF-8 it is a part of
// letters.
func (g *gatherer) inText(c byte) {
	switch {
	case c == esc:
		g.stage = textEsc
	case c == can, c == sub, c == bell && g.sort == osc, c == st8 && g.short:
		g.drop(g.sort)
	}
}

// afterTextEscape ends a string where its end is or another sequence begins.
// Anything else after an escape is a part of it.
func (g *gatherer) afterTextEscape(c byte) {
	was := g.sort
	g.held = append(g.held[:0], esc, c)
	switch {
	case c == esc:
	case c == '\\':
		g.drop(was)
	case g.introduce(c):
		g.whole = append(g.whole, input{sort: was})
		g.short = false
	default:
		g.stage = text
		g.inText(c)
	}
}

// key ends an input that may be a key.
func (g *gatherer) key() {
	if g.void {
		g.drop(csi)
		return
	}
	g.whole = append(g.whole, input{bytes: slices.Clone(g.held)})
	g.stage, g.held = ground, g.held[:0]
}

// drop ends one that is none.
func (g *gatherer) drop(s sort) {
	g.whole = append(g.whole, input{sort: s})
	g.stage, g.held = ground, g.held[:0]
}

// cutOff ends a sequence at a byte that cannot be in one. What may begin an answer
// begins it; anything else is lost with the sequence.
func (g *gatherer) cutOff(s sort, c byte) {
	g.drop(s)
	if c == esc || c >= utf8.RuneSelf {
		g.begin(c)
	}
}

// waiting reports whether it is time that tells what has come last.
func (g *gatherer) waiting() bool {
	return g.stage == escape || g.stage == textEsc || g.stage == control && (g.isShifted() || g.isFocus()) ||
		g.stage == pasted && bytes.HasSuffix(g.held, []byte{esc})
}

// lapse says that nothing came for a while: an escape was the key.
func (g *gatherer) lapse() {
	switch {
	case g.stage == escape:
		for range g.held {
			g.whole = append(g.whole, input{bytes: []byte{esc}})
		}
		g.stage, g.held = escaped, g.held[:0]
	case g.stage == control && (g.isShifted() || g.isFocus()):
		g.key()
	}
}

// swallows reports whether any letter that comes is taken for a part of what is
// open.
func (g *gatherer) swallows() bool { return g.stage == text || g.stage == textEsc || g.stage == pasted }

// abandon leaves a string or a paste that does not end. The rest of it may come
// after all, if what seemed a key was the escape of its end.
func (g *gatherer) abandon() {
	was := g.sort
	if g.stage == pasted {
		was = cutPaste
	}
	g.drop(was)
	g.stage = escaped
}
