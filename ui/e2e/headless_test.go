package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"authdeck/client/demo"
	"authdeck/model/audit"
)

// headless is a machine without a terminal, with a configuration for a served demo whose keys all
// begin with the canary, and one run of the program there.
type headless struct {
	launch
	server *demo.Server
	values map[string]string // what stands for {NAME} in a command line

	script   string // of docs/examples, that is run in place of the program; empty for the program
	tells    bool   // what is wrong is the result of the command
	stdin    string
	stdout   *os.File // nil where the test reads it
	out, err bytes.Buffer
	code     int            // -1 where a signal ended it
	signal   syscall.Signal // that ended it
}

// newHeadless is such a machine.
func newHeadless(t *testing.T) *headless {
	t.Helper()
	return headlessOn(t, demo.Options{Calm: true, KeyPrefix: sings})
}

// headlessOn is one for a demo of its own.
func headlessOn(t *testing.T, o demo.Options) *headless {
	t.Helper()
	server := serve(t, o)
	h := &headless{launch: everySystem(t, server), server: server}
	h.values = map[string]string{"home": h.home}
	return h
}

// words are a command line, cut at blanks and with values in their places.
func (h *headless) words(line string) []string {
	return h.filled(strings.Fields(line))
}

// filled are words with values in their places.
func (h *headless) filled(words []string) (all []string) {
	for _, word := range words {
		for name, value := range h.values {
			word = strings.ReplaceAll(word, "{"+name+"}", value)
		}
		all = append(all, word)
	}
	return all
}

// run runs a command line to its end, which has to come.
func (h *headless) run(t *testing.T, line string) *headless {
	t.Helper()
	return h.runUntil(t, line, nil)
}

// runUntil is run with something that happens to the program meanwhile.
func (h *headless) runUntil(t *testing.T, line string, meanwhile func(*os.Process)) *headless {
	t.Helper()
	h.args = h.words(line)
	h.out.Reset()
	h.err.Reset()
	cmd := h.command(t)
	if h.script != "" {
		h.through(t, cmd)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(h.stdin), &h.out, &h.err
	if h.stdout != nil {
		cmd.Stdout = h.stdout
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // no terminal, not even that of the test
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })()
	if meanwhile != nil {
		meanwhile(cmd.Process)
	}
	err := cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatalf("%q came to no end; stderr: %s", h.args, h.err.String())
	}
	h.code, h.signal = cmd.ProcessState.ExitCode(), 0
	if status, is := cmd.ProcessState.Sys().(syscall.WaitStatus); is && status.Signaled() {
		h.signal = status.Signal()
	}
	return h
}

// through has a script run that finds the program, and a pass, where it finds everything else.
func (h *headless) through(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	script, err := filepath.Abs(filepath.Join("..", "..", "docs", "examples", h.script))
	if err != nil {
		t.Fatal(err)
	}
	path := "PATH=" + filepath.Join(h.home, "bin") + ":" + filepath.Dir(cmd.Path) + ":" + os.Getenv("PATH")
	cmd.Path, cmd.Args = shell, append([]string{shell, script}, cmd.Args[1:]...)
	cmd.Env = append(cmd.Env, path, "PASSWORD_STORE_DIR="+filepath.Join(h.home, "store"))
}

// expect wants an exit code, and words on one of the streams.
func (h *headless) expect(t *testing.T, code int, words ...string) {
	t.Helper()
	if h.code != code || h.signal != 0 {
		t.Errorf("%q: exit code %d (%v), not %d\nstdout: %s\nstderr: %s", h.args, h.code, h.signal, code, cut(h.out.String()), cut(h.err.String()))
	}
	for _, w := range words {
		if !strings.Contains(h.out.String()+h.err.String(), w) {
			t.Errorf("%q lacks %q:\nstdout: %s\nstderr: %s", h.args, w, cut(h.out.String()), cut(h.err.String()))
		}
	}
}

// cut is the beginning of a long text.
func cut(text string) string {
	const most = 600
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}

// expectDecent holds what was said and what was left to what holds of every command, whatever
// happened to it. Keys may be in the files that are named alone.
func (h *headless) expectDecent(t *testing.T, keys ...string) {
	t.Helper()
	said := h.out.String() + h.err.String()
	if strings.Contains(said, "\x1b") {
		t.Errorf("%q: an escape was written: %q", h.args, cut(said))
	}
	if h.signal == 0 && (h.code < 0 || h.code > 5) {
		t.Errorf("%q: exit code %d is in no table", h.args, h.code)
	}
	if strings.Contains(said, "panic:") || strings.Contains(said, "goroutine ") {
		t.Errorf("%q crashed: %s", h.args, cut(said))
	}
	if first, _, _ := strings.Cut(h.err.String(), "\n"); first != "" && h.script == "" && !strings.HasPrefix(first, "authdeck: ") {
		t.Errorf("%q: stderr begins with %q", h.args, first)
	}
	if told := strings.Contains("\n"+h.err.String(), "\nauthdeck: "); slices.Contains([]int{1, 2, 4, 5}, h.code) && !told && !h.tells && h.script == "" {
		t.Errorf("%q: exit code %d, and nothing is said: %q", h.args, h.code, cut(said))
	}
	if strings.Contains(said, sings) {
		t.Errorf("%q: a key was said", h.args)
	}
	for path, text := range filesUnder(t, h.home) {
		if strings.Contains(text, sings) && !slices.Contains(keys, path) {
			t.Errorf("%q: a key is in %s", h.args, path)
		}
		if strings.HasPrefix(filepath.Base(path), ".authdeck-") {
			t.Errorf("%q left %s", h.args, path)
		}
	}
	h.expectRecorded(t)
}

// expectRecorded wants each write that was sent to be on record, with how it ended.
func (h *headless) expectRecorded(t *testing.T) {
	t.Helper()
	about, outcomes := 0, 0
	for line := range strings.Lines(h.record(t)) {
		var e audit.Entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Errorf("%q: a line of the record is %q", h.args, line)
		}
		switch e.Phase {
		case audit.AboutTo:
			about++
		case audit.Outcome:
			outcomes++
		case audit.Looked, audit.Continued, audit.Resumed:
		}
	}
	if n := h.writes(); n > about || about != outcomes {
		t.Errorf("%q: %d writes were sent, %d are on record, and the end of %d", h.args, n, about, outcomes)
	}
}

// record is what is on record; empty for nothing.
func (h *headless) record(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(h.home, "state", "authdeck", "audit.jsonl"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(content)
}

// writes counts what was sent to change a token.
func (h *headless) writes() (n int) {
	for _, r := range h.server.Requests() {
		if r.Method != http.MethodGet && slices.Contains([]string{"create", "edit", "regenerate", "delete"}, r.Endpoint) {
			n++
		}
	}
	return n
}
