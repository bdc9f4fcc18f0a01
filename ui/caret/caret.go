// Package caret is the mark in a view by which a page says where the terminal's own cursor
// is to stand, so that screen readers and input methods find what is typed in or chosen.
// It must not know who puts the mark there, nor how a frame is painted.
package caret

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Here stands right before the cell at which the terminal's cursor is to stand. It has no
// width. A view holds it once at most, and it is taken out before anything is written: it
// is the sequence by which a terminal saves its cursor, because whatever measures and cuts
// lines leaves a sequence alone, and because no other text in a view can hold one.
const Here = "\x1b7"

// Take takes the mark out of a line, and says in which column, from 0 on, it stood.
func Take(line string) (clean string, column int, found bool) {
	before, after, found := strings.Cut(line, Here)
	if !found {
		return line, 0, false
	}
	return before + after, ansi.StringWidth(before), true
}

// Without is a view that leaves the cursor to what is in front of it.
func Without(view string) string { return strings.ReplaceAll(view, Here, "") }
