package terminal

import (
	"bytes"
	"unicode/utf8"
)

const esc = 0x1b

// unfinished reports whether the bytes end inside an escape sequence or a
// letter, so that the rest is probably still on its way. A lone escape counts:
// nothing but time tells it from the start of an arrow.
func unfinished(b []byte) bool {
	return endsInLetter(b) || endsInSequence(b)
}

func endsInLetter(b []byte) bool {
	for back := 1; back <= min(len(b), utf8.UTFMax-1); back++ {
		if tail := b[len(b)-back:]; utf8.RuneStart(tail[0]) {
			return !utf8.FullRune(tail)
		}
	}
	return false
}

// endsInSequence looks at the last escape only: no sequence holds another
// escape, except for the one that ends a string and is complete in itself.
func endsInSequence(b []byte) bool {
	last := bytes.LastIndexByte(b, esc)
	if last < 0 {
		return false
	}
	body := b[last+1:]
	if len(body) == 0 {
		return true
	}
	switch body[0] {
	case '[':
		return controlIsOpen(body[1:])
	case 'O':
		return len(body) == 1
	case ']':
		return !bytes.ContainsRune(body, '\a')
	case 'P', '^', '_':
		return true // only an escape could have ended it
	}
	return false
}

// controlIsOpen says it of what follows CSI. Two kinds go on after what looks
// like their last letter: the old mouse report with its three bytes, and the
// function keys of the Linux console.
func controlIsOpen(body []byte) bool {
	if len(body) == 0 {
		return true
	}
	switch body[0] {
	case 'M':
		return len(body) < len("Mbxy")
	case '[':
		return len(body) < len("[A")
	}
	for _, c := range body {
		if c < ' ' || c > '?' {
			return false
		}
	}
	return true
}
