package e2e_test

import (
	"fmt"
	"strings"
)

// told is what the box over a page says, with its line breaks as blanks; empty without one.
// What the page shows beside the box is not in between.
func (s screen) told() string {
	var said []string
	begun, banded := false, false
	for _, line := range s {
		switch _, inside, framed := strings.Cut(line, "│"); {
		case line != "" && strings.Trim(line, "─") == "": // two rules from edge to edge are a box too
			if begun {
				return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
			}
			begun, banded = true, true
		case banded:
			said = append(said, line)
		case strings.Contains(line, "╭"):
			begun = true
		case begun && strings.Contains(line, "╰"):
			return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
		case begun && framed:
			inside, _, _ = strings.Cut(inside, "│")
			said = append(said, inside)
		}
	}
	return ""
}

// waitTold waits for words in the box over the page, wherever its lines end.
func (c *console) waitTold(words ...string) {
	c.t.Helper()
	c.wait(fmt.Sprintf("%q in a box", words), func(s screen) bool {
		said := s.told()
		for _, w := range words {
			if !strings.Contains(said, w) {
				return false
			}
		}
		return true
	})
}
