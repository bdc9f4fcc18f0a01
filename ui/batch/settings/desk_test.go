package settings_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"github.com/spf13/cobra"

	"authdeck/client"
	"authdeck/client/redact/redacttest"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
	"authdeck/ui/batch/settings"
)

// canary begins every credential of these tests.
const canary = redacttest.Canary

// desk is where a person sits, with a home of their own.
type desk struct {
	typist     *batchtest.Typist // at the terminal; nil for nobody
	complaints bytes.Buffer

	t    *testing.T
	home string // short, so that nothing in it looks like a key
	env  map[string]string

	stdin  *os.File // nil for nothing to read
	stdout *os.File // nil for a file
	left   bool     // nobody waits for the end any more
}

// newDesk is one with no terminal.
func newDesk(t *testing.T) *desk {
	t.Helper()
	home, err := os.MkdirTemp("", "desk") //nolint:usetesting // that one is named after the test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	return &desk{t: t, home: home, env: map[string]string{"HOME": home}}
}

// usual is the path of the configuration that is read where nothing says otherwise.
func (d *desk) usual() string { return filepath.Join(d.home, ".config", "authdeck", "config.toml") }

// write has a file there, for its owner alone.
func (d *desk) write(path, text string) {
	d.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// ended is what a command has said, and with which code it ended.
type ended struct {
	code     batch.Exit
	out, err string
}

// run runs a command about the configuration.
func (d *desk) run(args ...string) ended {
	d.t.Helper()
	return d.start(append([]string{"config"}, args...))
}

// complete is what a shell is told of the last word.
func (d *desk) complete(args ...string) ended {
	d.t.Helper()
	return d.start(append([]string{cobra.ShellCompRequestCmd}, args...))
}

// start runs a command, and holds that it wrote no key and no escape.
func (d *desk) start(args []string) ended {
	d.t.Helper()
	getenv := func(name string) string { return d.env[name] }
	out := d.stdout
	if out == nil {
		f, err := os.CreateTemp(d.home, "stdout")
		if err != nil {
			d.t.Fatal(err)
		}
		defer func() { _ = f.Close(); _ = os.Remove(f.Name()) }()
		out = f
	}
	stdin := d.stdin
	if stdin == nil {
		null, err := os.Open(os.DevNull)
		if err != nil {
			d.t.Fatal(err)
		}
		defer func() { _ = null.Close() }()
		stdin = null
	}
	d.complaints.Reset()
	var complaints io.Writer = &d.complaints
	if d.typist != nil {
		complaints = d.typist
	}
	root := &cobra.Command{Use: "authdeck", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(settings.Command(batch.World{Getenv: getenv, Stdin: stdin, Stdout: out, Stderr: complaints, ConfigPath: "~/.config/authdeck/config.toml"}, client.Settings(getenv)))
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(complaints)
	ctx, leave := context.WithCancel(d.t.Context())
	defer leave()
	if d.left {
		leave()
	}
	err := root.ExecuteContext(ctx)
	e := ended{code: batch.CodeOf(err)}
	if err != nil && batch.Words(err) != "" {
		d.complaints.WriteString("authdeck: " + batch.Words(err) + "\n")
	}
	e.err = d.complaints.String()
	if d.stdout == nil {
		content, err := os.ReadFile(out.Name())
		if err != nil {
			d.t.Fatal(err)
		}
		e.out = string(content)
	}
	redacttest.Hides(d.t, "the output", e.out+e.err)
	if strings.Contains(e.out+e.err, "\x1b") {
		d.t.Errorf("an escape was written: %q", e.out+e.err)
	}
	return e
}

// expect wants a code, and words on the output and beside it.
func (e ended) expect(t *testing.T, code batch.Exit, out string, says ...string) {
	t.Helper()
	if e.code != code || e.out != out {
		t.Errorf("code %d, want %d; %q, want %q", e.code, code, e.out, out)
	}
	for _, words := range says {
		if !strings.Contains(e.err, words) {
			t.Errorf("it does not say %q: %s", words, e.err)
		}
	}
	if len(says) == 0 && e.err != "" {
		t.Errorf("it says %q", e.err)
	}
}

// types has a person at a terminal type something, a line for a question, and then end the input.
func (d *desk) types(text string) {
	d.t.Helper()
	d.typist = batchtest.Typing(d.t, text, &d.complaints)
	d.stdin = d.typist.TTY
}

// nothingWritten holds that there is no configuration, and nothing that was begun for one.
func (d *desk) nothingWritten(why string) {
	d.t.Helper()
	left, err := os.ReadDir(d.home)
	if err != nil || len(left) != 0 {
		d.t.Fatalf("%s: there is %v, %v", why, left, err)
	}
}

// mode is that of a file or a folder, without what it is.
func (d *desk) mode(path string) fs.FileMode {
	d.t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		d.t.Fatal(err)
	}
	return info.Mode().Perm()
}

// quietTerminal is one that the test reads itself.
func (d *desk) quietTerminal() (ours, theirs *os.File) {
	d.t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _, _ = theirs.Close(), ours.Close() })
	return ours, theirs
}
