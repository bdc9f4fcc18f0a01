package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/ui/command"
)

// TestAPipeThatNobodyReadsEndsEachCommandThatReadsInOneWay has every one of them write to one: it
// says nothing of that, and its code is 0, or its answer.
func TestAPipeThatNobodyReadsEndsEachCommandThatReadsInOneWay(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	plan, old, bad := filepath.Join(folder, "plan"), filepath.Join(folder, "old"), filepath.Join(folder, "bad")
	if code, _, said := c.run("plan", "delete", "name:ci", "-o", plan); code != 0 {
		t.Fatal(said)
	}
	c.expects(0, ".*", "", "save", old, "--system", "shop")
	content, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	write(t, bad, strings.Replace(string(content), "never", "n/a", 1))
	c.change = unread(t)
	for line, want := range map[string]int{
		"tokens --csv --config CONFIG": 0, "users --json --config CONFIG": 0, "tokens --tsv --config CONFIG": 0, "person root.admin --config CONFIG": 0,
		"token create idp --fields --config CONFIG": 0, "apply " + plan + " --dry-run --config CONFIG": 0, "plan delete name:ci --dry-run --config CONFIG": 0,
		"plan show " + plan: 0, "inventory save - --system idp --config CONFIG": 0, "inventory verify " + old: 0, "inventory diff " + old + " " + old: 0,
		"inventory verify --json " + old: 0, "config show --config CONFIG": 0, "config path": 0, "config check --config CONFIG": 0, "version": 0, "version --json": 0, "keys list --json": 0,
		"report person root.admin --config CONFIG": 0, "check owner:nobody --config CONFIG": 0, "check -c 0:1 name:ci --config CONFIG": 2, "check --warn soon": 3,
		"doctor --config CONFIG": 0, "audit verify": 0, "completion bash": 0, "tokens --help": 0, "token delete --help": 0, "help apply": 0, "--version": 0,
	} {
		if code, _, said := c.bare(strings.Fields(strings.ReplaceAll(line, "CONFIG", c.config))...); code != want || strings.Contains(said, "pipe") {
			t.Errorf("%s: exit code %d, not %d: %s", line, code, want, said)
		}
	}
	if code, _, said := c.bare("inventory", "verify", bad, "--json"); code != 3 || strings.Contains(said, "broken pipe") {
		t.Errorf("exit code %d: %s", code, said)
	}
}

// TestAPipeThatNobodyReadsIsSaidByWhatHasDoneSomething and its code is not 0.
func TestAPipeThatNobodyReadsIsSaidByWhatHasDoneSomething(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	path := filepath.Join(t.TempDir(), "x")
	c.change = unread(t)
	for _, args := range [][]string{
		{"plan", "delete", "name:ci", "-o", path + "1"}, {"inventory", "save", path + "2"}, {"token", "delete", "shop", c.first("shop"), "--yes"},
	} {
		if code, _, said := c.run(args...); code != 4 || !strings.Contains(said, "broken pipe") {
			t.Errorf("%q: exit code %d: %s", args, code, said)
		}
	}
}

// first is the id of a token.
func (c *commanded) first(system string) string {
	c.t.Helper()
	before := c.change
	c.change = nil
	defer func() { c.change = before }()
	_, out, said := c.run("tokens", "--tsv", "--columns", "id", "--no-header", "--limit", "3", "--system", system)
	if out == "" {
		c.t.Fatal(said)
	}
	return strings.Fields(out)[2]
}

// unread has the standard output be a pipe that nobody reads.
func unread(t *testing.T) func(*command.World) {
	t.Helper()
	read, written, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = read.Close()
	t.Cleanup(func() { _ = written.Close() })
	return func(w *command.World) { w.Stdout = written }
}
