package e2e_test

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"unicode/utf8"

	"authdeck/ui/paint/painttest"
)

// The grammar of what may be written to the terminal.
var (
	frame     = regexp.MustCompile(`(?s)\x1b\[\?2026h(.*?)\x1b\[\?2026l`)
	copied    = regexp.MustCompile(`\x1b\]52;c;[A-Za-z0-9+/=]+\a`)
	invisible = regexp.MustCompile(`[\x00-\x1f\x7f-\x{9f}\x{ad}\x{61c}\x{200b}\x{200d}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{fe00}-\x{fe0f}\x{feff}\x{e0000}-\x{e0fff}]`)
)

// restored reports whether the terminal is as it was: the first screen, a
// cursor, pastes unmarked.
func (c *console) restored() bool {
	raw := c.bytes()
	after := func(last, other string) bool {
		return bytes.LastIndex(raw, []byte(last)) > bytes.LastIndex(raw, []byte(other))
	}
	return after("\x1b[?1049l", "\x1b[?1049h") && after("\x1b[?25h", "\x1b[?25l") && after("\x1b[?2004l", "\x1b[?2004h")
}

// clipboard is what was sent to the terminal's clipboard, one after the other.
func (c *console) clipboard() []string {
	var sent []string
	for _, m := range regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]*)\a`).FindAllSubmatch(c.bytes(), -1) {
		text, err := base64.StdEncoding.DecodeString(string(m[1]))
		if err != nil {
			c.t.Error(err)
		}
		sent = append(sent, string(text))
	}
	return sent
}

// The orders with which a stay on the terminal begins and ends, each at its end of a frame.
const (
	takes = "\x1b[?1049h\x1b[?2004h"
	gives = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
)

// expectHarmless holds every byte against the only grammar that the terminal is
// ever to hear: frames, in which the screen is taken, or drawn by a painter's
// orders and plain letters, or given back after that; and between frames nothing
// but a text for the clipboard. Whatever else a name or an answer may have smuggled in is not of
// that grammar, and neither is a question to the terminal.
func (c *console) expectHarmless() {
	raw := c.bytes()
	if between := copied.ReplaceAll(frame.ReplaceAll(raw, nil), nil); len(between) > 0 && !bytes.HasPrefix(between, []byte(beginFrame)) {
		c.t.Errorf("between frames: %q", between)
	}
	for _, m := range frame.FindAllSubmatch(raw, -1) {
		content := m[1]
		if string(content) == takes {
			continue
		}
		letters, err := painttest.Painted(bytes.TrimSuffix(content, []byte(gives)))
		if err != nil {
			c.t.Errorf("no drawing: %v:\n%q", err, content)
		}
		if bad := invisible.FindString(letters); bad != "" || !utf8.ValidString(letters) {
			c.t.Errorf("a drawing holds %q:\n%q", bad, content)
		}
	}
	if title := c.term.GetTitle(); title != "" {
		c.t.Errorf("the title became %q", title)
	}
}
