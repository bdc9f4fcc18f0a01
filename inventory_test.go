package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
	"authdeck/ui/command"
)

// expects runs a command line of inventory, and wants its code and what is said where.
func (c *commanded) expects(code int, out, errs string, args ...string) (said string) {
	c.t.Helper()
	run := c.bare
	if args[0] == "save" {
		run = c.run
	}
	got, stdout, stderr := run(append([]string{"inventory"}, args...)...)
	if got != code || !regexp.MustCompile("(?s)^"+out+"$").MatchString(stdout) || !regexp.MustCompile("(?s)^"+errs+"$").MatchString(stderr) {
		c.t.Errorf("inventory %q: %d\n%s%s\nwant %d\n%s%s", args, got, stdout, stderr, code, out, errs)
	}
	if strings.Contains(stdout+stderr, "\x1b") {
		c.t.Errorf("inventory %q writes for a terminal: %q, %q", args, stdout, stderr)
	}
	redacttest.Hides(c.t, "an inventory", stdout+stderr, c.keysOf()...)
	return stdout
}

// TestAnInventoryIsSavedVerifiedAndComparedWithALaterOne goes from one review to the next.
func TestAnInventoryIsSavedVerifiedAndComparedWithALaterOne(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	old, now := filepath.Join(folder, "old.jsonl"), filepath.Join(folder, "new.jsonl")
	said := c.expects(0, old+`: \d{3} tokens in 5 systems, the last line has the hash [0-9a-f]{64}\n`, "", "save", old)
	if info, err := os.Stat(old); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again := c.expects(0, ".*", "", "verify", old); again != said {
		t.Errorf("%q was said to be saved, and %q is there", said, again)
	}
	c.expects(2, "", "authdeck: "+old+" is there already, and nothing is written over\n", "save", old)

	c.delete("shop")
	c.expects(0, ".*", "", "save", now)
	c.expects(3, `old: .*shop \(hamgam\): 80 in the old inventory, 79 in the new one\n  went     .*, never ends\n.*\n1 went, .*the same\n`, "", "diff", old, now, "--without", "used")
	c.expects(3, `.*\n1 came, .*`, "", "diff", now, old)
	c.expects(0, `.*\n\d{3} the same\n`, "", "diff", now, now)
	var diff struct {
		Schema, Kind string
		Counts       struct{ Came, Went int }
		Systems      []struct {
			System string
			Went   []map[string]any
		}
	}
	if err := json.Unmarshal([]byte(c.expects(3, `\{\n  "schema": "authdeck/1",\n  "kind": "inventory-diff",\n.*`, "", "diff", "--json", old, now)), &diff); err != nil || diff.Counts.Went != 1 {
		t.Errorf("%+v, %v", diff, err)
	}
	batchtest.Holds(t, []byte(c.expects(3, ".*", "", "diff", "--json", old, now)))
	batchtest.Holds(t, []byte(c.expects(0, ".*", "", "verify", "--json", old)))
	batchtest.Holds(t, []byte(c.expects(0, ".*", "", "save", "--json", filepath.Join(folder, "third.jsonl"))))
	content, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	batchtest.Holds(t, content)
	redacttest.Hides(t, "the file of an inventory", string(content), c.keysOf()...)
}

// delete takes one token out of a system, as anybody may.
func (c *commanded) delete(system string) {
	c.t.Helper()
	systems, err := openConfigured(c.t.Context(), batch.Choice{Config: c.config}, slog.New(slog.DiscardHandler))
	if err != nil {
		c.t.Fatal(err)
	}
	defer systems.Close(c.t.Context())
	api := systems.Named(system)
	page, err := api.Tokens(c.t.Context(), model.Query{Size: 50})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, token := range page.Items {
		if !token.Own {
			if _, err := api.Do(c.t.Context(), model.Order{Action: model.Delete, Token: token}); err != nil {
				c.t.Fatal(err)
			}
			return
		}
	}
	c.t.Fatal("there is none")
}

// TestASystemThatIsDownIsNotWholeAndNothingOfItHasGone has it down for the second of three.
func TestASystemThatIsDownIsNotWholeAndNothingOfItHasGone(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	path := func(n string) string { return filepath.Join(folder, n) }
	c.expects(0, ".*", "", "save", path("1"))
	c.fault("hamgam/any:503")
	c.expects(4, path("2")+`: \d{3} tokens in 5 systems, .*`, "authdeck: shop is not whole in it: [^\n]+\n", "save", path("2"))
	c.expects(0, ".*", "authdeck: shop is not whole in it: [^\n]+\n", "verify", path("2"))
	c.expects(3, `.*shop \(hamgam\): 80 in the old inventory, 0 in the new one\n  note     it was not read whole for the new inventory: [^\n]+\n  unknown  in the old one only: .*\n80 of which nobody knows, \d{3} the same\n`, "", "diff", path("1"), path("2"), "--without", "used")
	c.expects(0, path("3")+`: 80 tokens in 1 system, .*`, "", "save", path("3"), "--system", "idp")
	batchtest.Holds(t, []byte(c.expects(3, ".*", "", "diff", "--json", path("1"), path("2"))))
	batchtest.Holds(t, []byte(c.expects(3, ".*", "", "diff", "--json", path("2"), path("3"))))
	c.expects(3, `.*tower \(awx\): 80 in the old inventory, 0 in the new one\n  note     it is in the old inventory only: .*`, "", "diff", path("1"), path("3"))
}

// TestAnInventoryThatSomebodyChangedIsFoundAndComparedWithNothing changes a letter of it.
func TestAnInventoryThatSomebodyChangedIsFoundAndComparedWithNothing(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	good, bad, none := filepath.Join(folder, "good"), filepath.Join(folder, "bad"), filepath.Join(folder, "none")
	c.expects(0, ".*", "", "save", good, "--system", "idp")
	content, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write(t, bad, strings.Replace(string(content), `"state":"active"`, `"state":"revoked"`, 1))
	const says = `line \d+ was changed \(token .* of idp\): it is not what was written\n`
	c.expects(3, "", "authdeck: "+bad+": "+says, "verify", bad)
	batchtest.Holds(t, []byte(c.expects(3, `\{\n  "schema": "authdeck/1",\n  "kind": "inventory-fault",\n  "path": ".*/bad",\n  "verdict": "tampered",\n  "line": \d+,\n  "words": "was changed .*"\n\}\n`, "authdeck: "+bad+": "+says, "verify", "--json", bad)))
	c.expects(0, `.*"verdict": "good".*`, "", "verify", "--json", good)
	c.expects(1, "", "authdeck: the new inventory: "+says, "diff", good, bad)
	c.expects(1, "", "authdeck: the old inventory: "+says, "diff", bad, good)
	c.expects(2, "", "authdeck: "+none+": no such file or directory\n", "diff", good, none)
	c.expects(2, "", "authdeck: "+none+": no such file or directory\n", "verify", none)
	write(t, bad, "")
	c.expects(3, "", "authdeck: "+bad+": line 1 is missing: the file is empty, and an inventory has a head and an end\n", "verify", bad)
	c.expects(3, `.*"verdict": "tampered",\n  "line": 1,.*`, "authdeck: .*", "verify", bad, "--json")
	c.expects(1, "", "authdeck: "+bad+": line 1 is missing: .*", "diff", bad, good)
}

// TestWhereAnInventoryCannotGoIsSaidBeforeASystemIsRead of whatever is there, which is a misuse.
func TestWhereAnInventoryCannotGoIsSaidBeforeASystemIsRead(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	link, pipe := filepath.Join(folder, "link"), filepath.Join(folder, "pipe")
	if err := errors.Join(os.Symlink("/nowhere", link), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	c.change = func(w *command.World) { w.Open = nil }
	for _, path := range []string{link, pipe, folder, os.DevNull} {
		c.expects(2, "", "authdeck: "+path+" is there already, and nothing is written over\n", "save", path)
	}
	c.expects(2, "", "authdeck: .*: its folder takes no file: .*", "save", filepath.Join(folder, "none", "x"))
}

func TestAMisuseOfAnInventoryIsSaid(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	path := filepath.Join(t.TempDir(), "x")
	c.expects(2, "", "authdeck: inventory save takes 1 argument, and no argument stands there: authdeck inventory save FILE\n", "save")
	c.expects(2, "", "authdeck: inventory diff takes 2 arguments, .*", "diff", path)
	c.expects(2, "", "authdeck: --without use: there is no such class of changes; there are owner, standing, key, expiry, reach, state, words, told, used\n", "diff", path, path, "--without", "use")
	c.expects(2, "", "authdeck: there is no system \"nowhere\"; .*", "save", path, "--system", "nowhere")
	c.expects(2, "", "authdeck: there is no system \"shp\"; is it shop\\? The configuration has: shop, .*", "save", path, "--system", "shp")
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file all the same")
	}
}

// TestAnInventoryGoesToStandardOutputAloneWhereItIsWantedThere so that a pipe gets nothing else.
func TestAnInventoryGoesToStandardOutputAloneWhereItIsWantedThere(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	said := c.expects(0, `\{"schema":"authdeck/1","kind":"inventory","number":1,"head":.*\}\n`, `standard output: 80 tokens in 1 system, the last line has the hash [0-9a-f]{64}\n`, "save", "-", "--system", "idp")
	path := filepath.Join(t.TempDir(), "piped")
	write(t, path, said)
	c.expects(0, path+": 80 tokens .*", "", "verify", path)
}

// TestAnInventoryIsThereWholeOrNotAtAll whatever goes wrong meanwhile.
func TestAnInventoryIsThereWholeOrNotAtAll(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	path := filepath.Join(folder, "x")
	c.change = func(w *command.World) {
		w.WriteNew = func(_ string, write func(io.Writer) error) error { return write(full{}) }
	}
	c.expects(1, "", "authdeck: "+path+": no space left on device\n", "save", path)
	var once sync.Once
	c.change = func(w *command.World) {
		w.Each = func(ctx context.Context, _ model.API, _ model.Query, _ func([]model.Token, model.Sifted) error) (string, error) {
			once.Do(func() { _ = syscall.Kill(os.Getpid(), syscall.SIGTERM) })
			<-ctx.Done()
			return "", &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		}
	}
	c.expects(1, "", "authdeck: interrupted\n", "save", path)
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestWhatCannotBeSaidOfAnInventoryIsSaidToBeLost has standard output on a full disk. What is
// written by then stays, and that is said.
func TestWhatCannotBeSaidOfAnInventoryIsSaidToBeLost(t *testing.T) {
	disk, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no full disk here")
	}
	defer disk.Close()
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	path := filepath.Join(t.TempDir(), "x")
	c.expects(0, ".*", "", "save", path, "--system", "idp")
	c.change = func(w *command.World) { w.Stdout = disk }
	const lost = "authdeck: .*no space left on device\n"
	c.expects(1, "", lost, "verify", path)
	c.expects(1, "", lost, "verify", "--json", path)
	c.expects(1, "", lost, "diff", path, path)
	c.expects(1, "", lost, "diff", "--json", path, path)
	c.expects(1, "", lost, "save", "-", "--system", "idp")
	c.expects(4, "", "authdeck: "+path+"2 is written.*no space left on device\n", "save", path+"2", "--system", "idp")
	c.change = nil
	c.expects(0, ".*", "", "verify", path+"2")
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }
