package terminal

import (
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"authdeck/ui/terminal/terminaltest"
)

// TestTheTerminalIsAsItWasAfterEveryEnd holds the line, which the kernel knows, and the
// screen, which the terminal knows, to what they were.
func TestTheTerminalIsAsItWasAfterEveryEnd(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]struct {
		how  func(*child)
		says string
	}{
		"by its own key":                   {how: func(c *child) { c.press("q") }},
		"kill -TERM":                       {how: func(c *child) { c.signal(unix.SIGTERM) }},
		"kill -INT":                        {how: func(c *child) { c.signal(unix.SIGINT) }},
		"kill -QUIT":                       {how: func(c *child) { c.signal(unix.SIGQUIT) }},
		"kill -HUP":                        {how: func(c *child) { c.signal(unix.SIGHUP) }},
		"a panic in Update":                {func(c *child) { c.press("u") }, "in Update␛[31m"},
		"a panic in View":                  {func(c *child) { c.press("v") }, "in View␛[31m"},
		"a panic in a command":             {func(c *child) { c.press("c") }, "in a command␛[31m"},
		"a panic of what paints":           {func(c *child) { c.press("p") }, "nil pointer"},
		"a panic of what reads the keys":   {func(c *child) { c.press("r"); c.waitFor("heard r"); c.press("x") }, "in the reading␛[31m"},
		"its own key after a first SIGHUP": {how: func(c *child) { c.signal(unix.SIGHUP); c.press("q") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, "plain")
			if taken, _ := c.written(); c.asBefore() || len(terminaltest.Left(taken)) < 3 {
				t.Fatalf("the terminal is not the program's: %q", taken)
			}
			end.how(c)
			code, written := c.end()
			if left := terminaltest.Left(written); len(left) > 0 {
				t.Errorf("%q", left)
			}
			said := strings.TrimSpace(c.stderr.String())
			if (code != 0) != (end.says != "") || !strings.Contains(said, end.says) || strings.Contains(said, "\n") {
				t.Errorf("exit code %d, and it says %q", code, said)
			}
		})
	}
}
