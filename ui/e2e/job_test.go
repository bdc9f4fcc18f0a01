package e2e_test

import (
	"bytes"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"authdeck/client/demo"
	"authdeck/ui/terminal/terminaltest"
)

const (
	ctrlL = "\x0c"
	ctrlZ = "\x1a"

	sizeless = " | sed '1s/rows.*columns [0-9]*//'" // what stty says, but for the size of the window
)

// atShell is a shell with job control, as a person has it, that knows how its terminal is.
func (l launch) atShell(t *testing.T) *console {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no shell with job control here")
	}
	l.shell = true
	c := l.start(t)
	c.waitFor("shell>")
	c.command("stty -a"+sizeless+" >before; echo no'ted'", "noted")
	return c
}

// command types a command at the shell, and waits for words, which are not in it.
func (c *console) command(line string, words ...string) {
	c.t.Helper()
	c.press(line + enter)
	c.waitFor(words...)
}

// shopAtShell is the console on its demo, as a job of a shell.
func shopAtShell(t *testing.T) *console {
	t.Helper()
	c := launch{}.atShell(t)
	c.command("authdeck demo", "170 tokens", "root.admin", "? help")
	return c
}

// job is the process group that has the terminal.
func (c *console) job() int {
	c.t.Helper()
	control, err := c.line.SyscallConn()
	if err != nil {
		c.t.Fatal(err)
	}
	group := 0
	err = control.Control(func(fd uintptr) { group, _ = unix.IoctlGetInt(int(fd), unix.TIOCGPGRP) })
	if err != nil || group <= 1 || group == c.cmd.Process.Pid {
		c.t.Fatalf("the job is %d, %v", group, err)
	}
	return group
}

func (c *console) kill(whom int, signal unix.Signal) {
	c.t.Helper()
	if err := unix.Kill(whom, signal); err != nil {
		c.t.Fatal(err)
	}
}

// expectShell holds the terminal to what it was before the console came: all that differs
// is what the shell does itself while it reads a line.
func (c *console) expectShell() {
	c.t.Helper()
	left := slices.DeleteFunc(terminaltest.Left(c.bytes()), func(s string) bool { return strings.HasPrefix(s, "mode ?2004 ") })
	if len(left) > 0 {
		c.t.Errorf("%q", left)
	}
	c.command("stty -a"+sizeless+" >after; cmp before after && echo the s'ame' line", "the same line")
}

// expectWhole holds the screen to what it is when it is painted anew.
func (c *console) expectWhole() screen {
	c.t.Helper()
	before := c.screen()
	written := len(c.bytes())
	c.press(ctrlL)
	c.wait("a screen painted anew", func(screen) bool { return bytes.Contains(c.bytes()[written:], []byte("\x1b[H\x1b[J")) })
	if after := c.screen(); seen(after) != seen(before) {
		c.t.Errorf("the screen was\n%v\nand painted anew it is\n%v", before, after)
	}
	return before
}

// seen is what is seen of a screen. The emulator here gives a mark without width the cell
// behind its letter, if what is written ends with it; the strict screen of the painter's own
// tests knows better. An age may turn from one hour to the next between two looks.
func seen(s screen) string {
	return ages.ReplaceAllStringFunc(strings.ReplaceAll(s.String(), "\u200e", " "), func(age string) string { return strings.Repeat("#", len(age)) })
}

// ages are how long ago something was, with the blanks behind.
var ages = regexp.MustCompile(`\d+ (minute|hour|day|month|year)s? *`)

// expectTaken holds the terminal to the program's.
func (c *console) expectTaken() {
	c.t.Helper()
	left := terminaltest.Left(c.bytes())
	for _, mode := range []string{"?1049", "?2004"} {
		if !slices.Contains(left, "mode "+mode+" was left with h") {
			c.t.Errorf("mode %s is not on: %q", mode, left)
		}
	}
}

func TestASuspendedConsoleComesBackWhole(t *testing.T) {
	t.Parallel()
	for name, suspend := range map[string]func(*console){
		"by ctrl+z":                    func(c *console) { c.press(ctrlZ) },
		"by SIGTSTP":                   func(c *console) { c.kill(c.job(), unix.SIGTSTP) },
		"by SIGTSTP for the job":       func(c *console) { c.kill(-c.job(), unix.SIGTSTP) },
		"by SIGSTOP, which none hears": func(c *console) { c.kill(c.job(), unix.SIGSTOP) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := shopAtShell(t)
			for _, size := range [][2]int{{100, 30}, {80, 24}} {
				row := c.screen().selected()
				suspend(c)
				c.waitFor("Stopped", "shell>")
				if name != "by SIGSTOP, which none hears" {
					if c.screen().shows("170 tokens") {
						t.Errorf("the shell's screen is\n%v", c.screen())
					}
					c.expectShell()
				}
				c.resize(size[0], size[1])
				c.press("fg" + enter)
				c.wait("the whole screen", func(s screen) bool { return s.whole(size[1], "? help") && s.shows("170 tokens") && !s.shows("Stopped") })
				c.expectTaken()
				c.expectWhole()
				if back := c.screen().selected(); strings.Fields(back)[0] != strings.Fields(row)[0] {
					t.Errorf("the cursor was on %q, and is on %q", row, back)
				}
				c.press("j")
				c.wait("another row", func(s screen) bool {
					return s.selected() != "" && !strings.HasPrefix(s.selected(), strings.Fields(row)[0])
				})
			}
			c.press("q")
			c.waitFor("shell>")
			c.expectShell()
		})
	}
}

func TestAllProgramsOfTheJobAreSuspended(t *testing.T) {
	t.Parallel()
	c := launch{}.atShell(t)
	c.command(`sh -c 'authdeck demo; echo and g"one"'`, "170 tokens", "? help") // as go run and make do
	c.press(ctrlZ)
	c.waitFor("Stopped", "shell>")
	c.expectShell()
	c.command("fg", "170 tokens", "? help")
	c.expectWhole()
	c.press("q")
	c.waitFor("and gone", "shell>")
	c.expectShell()
}

func TestWithoutAShellNothingIsSuspended(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	for _, suspend := range []func(){
		func() { c.press(ctrlZ) },
		func() { c.kill(c.cmd.Process.Pid, unix.SIGTSTP) },
	} {
		suspend()
		c.waitFor("There is no shell that would bring authdeck back", "170 tokens")
		row := c.screen().selected()
		c.press("j")
		c.wait("another row", func(s screen) bool { return s.selected() != row })
		c.waitGone("There is no shell")
	}
}

func TestAConsoleInTheBackgroundLeavesTheShellItsTerminal(t *testing.T) {
	t.Parallel()
	c := shopAtShell(t)
	c.press(ctrlZ)
	c.waitFor("Stopped", "shell>")
	c.command("clear; bg; until jobs -s | grep -q authdeck; do sleep 0.1; done; echo it w'aits'", "it waits")
	c.expectShell()
	c.command("fg", "170 tokens", "? help")
	c.expectTaken()
	c.expectWhole()
	c.press("q")
	c.waitFor("shell>")
	c.expectShell()
}

func TestAConsoleThatWasStartedInTheBackgroundGivesBackWhatItFound(t *testing.T) {
	t.Parallel()
	c := launch{}.atShell(t)
	c.command("authdeck demo & until jobs -s | grep -q authdeck; do sleep 0.1; done; echo it w'aits'", "it waits")
	c.command("fg", "170 tokens", "? help")
	c.expectTaken()
	c.press("q")
	c.waitFor("shell>")
	c.expectShell()
}

func TestAConsoleThatWasStartedInTheBackgroundCanBeToldToEnd(t *testing.T) {
	t.Parallel()
	c := launch{}.atShell(t)
	c.command("authdeck demo & until jobs -s | grep -q authdeck; do sleep 0.1; done; echo it w'aits'", "it waits")
	c.command("clear; kill %1; while kill -0 %1 2>/dev/null; do sleep 0.1; done; echo it en'ded'", "it ended")
	c.expectShell()
}

func TestASuspendedConsoleCanBeToldToEnd(t *testing.T) {
	t.Parallel()
	for name, suspend := range map[string]func(*console){
		"by ctrl+z":  func(c *console) { c.press(ctrlZ) },
		"by SIGSTOP": func(c *console) { c.kill(c.job(), unix.SIGSTOP) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := shopAtShell(t)
			c.press("r")
			c.confirm("Regenerate token")
			c.waitFor("••••••••", "v show")
			suspend(c)
			c.waitFor("Stopped", "shell>")
			c.command("clear; kill %1; while kill -0 %1 2>/dev/null; do sleep 0.1; done; echo it en'ded'", "was not handed over, and is kept, sealed", "it ended")
			c.expectShell()
		})
	}
}

func TestNothingIsLostWhileTheConsoleIsSuspended(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings, Faults: "regenerate:slow=1s"})
	l := everySystem(t, server)
	c := l.atShell(t)
	c.command("authdeck", "170 tokens", "? help")
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("waiting for the answer")
	c.suspendUnseen("")
	c.command("fg", "••••••••", "v show")
	c.suspendUnseen("")
	c.command("fg", "••••••••", "v show")
	c.press("v")
	key := sung.FindString(c.waitFor(sings, "v hide").String())
	c.suspendUnseen(key)
	c.command("fg", key, "v hide")
	c.expectWhole()
	c.press("w")
	c.waitFor("✓ written to")
	if kept := filesUnder(t, l.home); !slices.Contains(slices.Collect(maps.Values(kept)), key+"\n") {
		t.Error("the key is in no file")
	}
	if n := server.Served("regenerate"); n != 1 {
		t.Errorf("%d keys were made", n)
	}
}

// suspendUnseen suspends the console, and holds what a person sees then, and whoever comes
// along, to no letter of a key.
func (c *console) suspendUnseen(key string) {
	c.t.Helper()
	c.press(ctrlZ)
	s := c.waitFor("Stopped", "shell>")
	raw := c.bytes()
	since := string(raw[bytes.LastIndex(raw, []byte("\x1b[?1049l")):])
	for _, text := range []string{s.String(), since} {
		if strings.Contains(text, sings) || key != "" && holds(text, key) {
			c.t.Errorf("the shell's screen shows the key:\n%v", text)
		}
	}
	c.expectShell()
}
