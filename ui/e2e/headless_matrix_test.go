package e2e_test

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"authdeck/ui/command"
)

// errand is a command without a screen, and what it is held to.
type errand struct {
	line  string   // as it is right; {home} and other values stand in braces
	code  int      // with which it ends then
	has   []string // words of it
	stdin string
	made  []string // the files that it makes
	keys  []string // those of them that a key may be in

	asks  bool // it asks the systems: it knows which there are, and can be interrupted while they think
	quiet bool // its result goes nowhere, or to a file
	heeds bool // it does not end where nobody reads its result

	wrong map[string]string // further lines, each with words of what is said, with exit code 2
	lacks map[string]string // lines about something that is not there, with exit code 1
	ready func(t *testing.T, h *headless)
}

// misused is wrong for all that open systems.
func misused(line string, more map[string]string) map[string]string {
	all := map[string]string{
		line + " --system nowhere":              "nowhere",
		line + " --config {home}/nothing":       "nothing",
		line + " --config {home}":               "it is a folder",
		line + " --config /dev/null --log /dev": "/dev",
	}
	maps.Copy(all, more)
	return all
}

// errands are all commands, by their names.
func errands() map[string]errand {
	all := map[string]errand{
		"doctor":       {line: "doctor", code: 0, has: []string{"OK "}, asks: true, wrong: map[string]string{"doctor nowhere": "nowhere", "doctor --config {home}/nothing": "nothing"}},
		"audit verify": {line: "audit verify", has: []string{"GOOD: nothing is recorded yet"}, wrong: map[string]string{"audit verify {home}/nothing": "nothing", "audit verify a b": "arg"}},
		"audit list":   {line: "audit list", quiet: true, has: []string{"authdeck: nothing is recorded yet"}, wrong: map[string]string{"audit list --since tomorrowish": "no moment", "audit list --file {home}/nothing": "nothing"}},
		"audit rotate": {line: "audit rotate", quiet: true, code: 1, has: []string{"authdeck: "}, wrong: map[string]string{"audit rotate now": "now"}},
		"keys list":    {line: "keys list", quiet: true, has: []string{"no key waits"}, wrong: map[string]string{"keys list all": "all"}},
		"keys take":    {line: "keys take", quiet: true, code: 1, has: []string{"no key waits"}, wrong: map[string]string{"keys take a b": "arg"}},
		"keys remove":  {line: "keys remove nothing", quiet: true, code: 1, has: []string{"nothing"}, wrong: map[string]string{"keys remove": "arg"}},
		"report person": {
			line: "report person root.admin@shop.example --output {home}/report.md", asks: true, quiet: true, made: []string{"report.md"},
			wrong: misused("report person root.admin", map[string]string{"report person": "arg", "report person x --record {home}/nothing": "nothing"}),
		},
		"tokens": {
			line: "tokens --csv owner:root.admin", has: []string{"system,id,name"}, asks: true,
			wrong: misused("tokens", map[string]string{"tokens age>": "age", "tokens colour:red": "colour"}),
		},
		"users": {
			line: "users --csv root.admin", has: []string{"system,id"}, asks: true,
			wrong: misused("users", map[string]string{"users colour:red": "colour"}),
		},
		"plan list": {line: "plan list", quiet: true, has: []string{"authdeck: "}, wrong: map[string]string{"plan list all": "all"}},
		"help":      {line: "help tokens", has: []string{"Exit codes:", "0  done"}, wrong: map[string]string{"helpp": "helpp"}},
		"demo":      {line: "demo", code: 2, quiet: true, has: []string{"not a terminal"}, wrong: map[string]string{"demo --serve --fault tokens:explode": "explode", "demo --write-config x": "--serve"}},
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		all["completion "+shell] = errand{line: "completion " + shell, has: []string{"authdeck"}, wrong: map[string]string{"completion " + shell + " more": "more"}}
	}
	return all
}

// groups are commands that only say which commands are in them.
func groups() []string { return []string{"audit", "plan", "keys", "report", "completion"} }

// commands are all commands that there are, by their names.
func commands(of *cobra.Command) (names []string) {
	for _, c := range of.Commands() {
		names = append(names, strings.TrimPrefix(c.CommandPath(), "authdeck "))
		names = append(names, commands(c)...)
	}
	return names
}

// root is the command line as the program has it, help and completion included.
func root() *cobra.Command {
	cmd := command.Root(command.World{})
	cmd.InitDefaultHelpCmd()
	cmd.InitDefaultCompletionCmd()
	return cmd
}

func TestEveryCommandIsInTheMatrix(t *testing.T) {
	t.Parallel()
	known := errands()
	names := commands(root())
	for _, name := range names {
		if _, is := known[name]; !is && !slices.Contains(groups(), name) {
			t.Errorf("authdeck %s is in no line of the matrix", name)
		}
	}
	for name := range known {
		if !slices.Contains(names, name) {
			t.Errorf("there is no authdeck %s", name)
		}
	}
}

// onEveryErrand holds all commands to a promise, each on a machine of its own.
func onEveryErrand(t *testing.T, promise func(t *testing.T, e errand, h *headless)) {
	t.Parallel()
	for name, e := range errands() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			promise(t, e, e.machine(t))
		})
	}
}

// machine is one on which everything is there that the errand needs.
func (e errand) machine(t *testing.T) *headless {
	t.Helper()
	h := newHeadless(t)
	if e.ready != nil {
		e.ready(t, h)
	}
	h.stdin = e.stdin
	return h
}

// paths are files of the home.
func (h *headless) paths(names []string) (all []string) {
	for _, n := range names {
		all = append(all, filepath.Join(h.home, n))
	}
	return all
}

func TestEveryCommandDoesWhatItIsTold(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		h.run(t, e.line).expect(t, e.code, e.has...)
		h.expectDecent(t, h.paths(e.keys)...)
		for _, path := range h.paths(e.made) {
			if info, err := os.Stat(path); err != nil || info.Size() == 0 || info.Mode().Perm()&0o077 != 0 && !strings.HasSuffix(path, ".prom") {
				t.Errorf("%q made %s: %v", h.args, path, err)
			}
		}
	})
}

func TestEveryCommandSaysWhatIsWrongWithACommandLineAndDoesNothing(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		before := h.server.Served("any")
		lines := map[string]string{e.line + " --no-such-flag": "unknown flag: --no-such-flag"}
		maps.Copy(lines, e.wrong)
		for line, words := range lines {
			h.run(t, line).expect(t, 2, words)
			h.expectDecent(t)
			if h.out.Len() > 0 {
				t.Errorf("%q: what is wrong is on the standard output: %s", h.args, h.out.String())
			}
		}
		if n := h.server.Served("any") - before; n > 0 {
			t.Errorf("%d requests were sent", n)
		}
		for line, words := range e.lacks {
			h.run(t, line).expect(t, 1, words)
			h.expectDecent(t)
		}
	})
}

func TestEveryCommandThatIsInterruptedSaysSoAndLeavesNothingHalfDone(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
				if !e.asks {
					t.Skip("it asks nobody")
				}
				before := h.server.Served("any")
				breakIt(t, h.server, "any:slow=1m")
				var at time.Time
				h.runUntil(t, e.line, func(p *os.Process) {
					for waited := time.Now(); h.server.Served("any") == before && time.Since(waited) < patience; {
						time.Sleep(time.Millisecond)
					}
					at = time.Now()
					_ = p.Signal(signal)
				})
				if took := time.Since(at); took > 5*time.Second {
					t.Errorf("it took %v to end", took)
				}
				want := 1
				if strings.HasPrefix(e.line, "check") {
					want = 3
				}
				h.expect(t, want, "interrupted")
				h.expectDecent(t)
				for _, path := range h.paths(e.made) {
					if _, err := os.Stat(path); err == nil {
						t.Errorf("%s was made", path)
					}
				}
			})
		})
	}
}

func TestEveryCommandWhoseResultNobodyReadsEndsInPeace(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = read.Close()
		defer write.Close()
		h.stdout = write
		h.run(t, e.line)
		h.expectDecent(t, h.paths(e.keys)...)
		switch {
		case e.quiet:
			h.expect(t, e.code)
		case h.signal == syscall.SIGPIPE && !e.heeds:
		case h.signal != 0:
			t.Errorf("%q: it was ended by %v", h.args, h.signal)
		case h.code == 0 && h.err.Len() == 0 && !e.heeds:
		case !strings.Contains(h.err.String(), "broken pipe"):
			t.Errorf("%q: exit code %d, and nobody was told that nobody read: %s", h.args, h.code, h.err.String())
		}
	})
}

func TestEveryCommandWhoseResultHasNoRoomSaysSo(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no /dev/full here")
	}
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer full.Close()
		h.stdout = full
		h.run(t, e.line)
		h.expectDecent(t, h.paths(e.keys)...)
		if e.quiet {
			h.expect(t, e.code)
			return
		}
		want := 1
		if e.heeds {
			want = 4
		}
		h.expect(t, want, "no space left on device")
	})
}
