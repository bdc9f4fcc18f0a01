package e2e_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// What terminals say by themselves, and keys that are no letters; each has letters
// in it that are commands.
const (
	name   = "\x1bP>|kitty(0.35.2)\x1b\\"        // the answer to somebody's question what it is
	colour = "\x1b]11;rgb:dddd/rrrr/yyyy\x1b\\"  // and to what its background is
	keypad = "\x1bOy"                            // 9, in application mode
	urxvt  = "\x1bOd"                            // ctrl+left
	coded  = "\x1b[114;5u\x1b[27u\x1b[27;5;114~" // ctrl+r and esc, as kitty and xterm can send them
)

// pause lets the program draw twice, so that what was sent before has been read.
func (c *console) pause() {
	c.t.Helper()
	for _, height := range []int{29, 30} {
		c.resize(100, height)
		c.wait("a whole screen", func(s screen) bool {
			return len(s) == height && strings.HasPrefix(s[0], "authdeck  shop") && (s[height-1] != "" || s.told() != "")
		})
	}
}

// sendInTwo sends something whole, or cut with a pause between.
func (c *console) sendInTwo(s string, cut int) {
	c.t.Helper()
	c.press(s[:cut])
	c.pause()
	c.press(s[cut:])
	c.pause()
}

// cuts are whole, after what begins it, and inside.
func cuts(s string) []int { return []int{0, 2, len(s) - 1} }

func TestWhatATerminalAnswersDoesNotAnswerAQuestion(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens", "root.admin")
	for _, s := range []string{name, colour, keypad, urxvt} {
		for _, cut := range cuts(s) {
			c.press("d")
			c.waitFor("Delete token", "n/enter leave it")
			c.sendInTwo(s, cut)
			c.waitFor("Delete token", "n/enter leave it")
			c.press("n")
			c.waitFor("Nothing was done.")
		}
	}
	if n := server.Served("delete"); n != 0 {
		t.Errorf("%d tokens were deleted", n)
	}
}

func TestWhatATerminalAnswersOpensNothing(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	rows := c.screen()[3:]
	at := 0
	for _, s := range []string{name, colour, urxvt} {
		for _, cut := range cuts(s) {
			c.sendInTwo(s, cut)
			at++
			c.press("j")
			c.waitOn(strings.TrimSpace(rows[at]))
			if s := c.screen(); !s.shows("? help") {
				t.Fatalf("something was opened:\n%v", s)
			}
		}
	}
}

func TestWhatATerminalAnswersTakesNoNewKey(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	for _, s := range []string{colour, name, keypad, "\x1bOv", "\x1bOw"} {
		for _, cut := range cuts(s) {
			c.sendInTwo(s, cut)
			c.waitFor("••••••••", "v show")
		}
	}
	c.press("v") // comes behind all that
	c.wait("the key, or why not", func(s screen) bool { return s.shows("v hide") || s.shows("Not taken: ") })
	if c.screen().shows("? sent") || c.screen().shows("✓ written") || strings.Contains(string(c.bytes()), "\x1b]52;") {
		t.Errorf("the key has left:\n%v", c.screen())
	}
}

func TestAnAnswerBesideAKeyDoesNotCount(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	c.press("d")
	c.waitFor("Delete token", "n/enter leave it")
	c.press(colour + "y")
	c.waitFor("Not taken: it came with other input", "n/enter leave it")
	c.press("yy")
	c.waitFor("Not taken: it came with other input", "n/enter leave it")
	if n := server.Served("delete"); n != 0 {
		t.Errorf("%d tokens were deleted", n)
	}
}

func TestKeysThatComeAsCodesWork(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	const pressed = 2 // ctrl+r among them
	reads := server.Served("tokens")
	for i := 0; i < len(coded); {
		end := i + 1 + strings.IndexAny(coded[i+1:], "u~") + 1
		c.press("/abc")
		c.waitFor("/abc", "enter search")
		c.press("\x1b[27u")
		c.waitGone("enter search")
		c.press(coded[i:end])
		c.waitFor("170 tokens")
		i = end
	}
	until(t, "what ctrl+r as a code asks", func() bool { return server.Served("tokens") >= reads+pressed })
	c.press("\x1b[99;5u")
	c.exit()
}

func TestWhatWasDroppedStandsInTheLogAsNumbers(t *testing.T) {
	t.Parallel()
	l := launch{home: t.TempDir()}
	log := filepath.Join(l.home, "log")
	l.args = []string{"demo", "--log", log}
	c := l.start(t)
	c.waitFor("170 tokens")
	c.press(name + colour + colour + "\x1b[24;80Rj")
	c.pause()
	c.press("q")
	c.exit()
	written := read(t, log)
	if !regexp.MustCompile(`msg="input dropped" osc=2 dcs=1 report=1\n`).MatchString(written) || strings.Contains(written, "kitty") || strings.Contains(written, "rgb") {
		t.Errorf("the log says\n%s", written)
	}
}

func TestATerminalThatLearnsItsSizeLaterIsDrawnOn(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	for _, size := range [][2]int{{0, 0}, {0, 24}, {80, 0}} {
		c.tell(size[0], size[1])
		c.waitFor(fmt.Sprintf("authdeck waits for a size: the terminal says %d×%d", size[0], size[1]))
		c.resize(100, 30)
		c.wait("the whole screen", func(s screen) bool { return s.whole(30, "? help") && s.shows("170 tokens") })
	}
}
