package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// keptByKill is a new key whose console was killed while the key was in hand, as dots.
func keptByKill(t *testing.T) *victim {
	t.Helper()
	q := cell{deeds()[1], asDots, "KILL", writable}
	v := q.begin(t)
	q.advance(v)
	if listed := v.keys("list"); strings.Contains(listed, "not handed over") {
		t.Errorf("while a living console has it in hand, it is offered to others: %s", listed)
	}
	q.strike(v.console)
	v.exit()
	return v
}

// keys is what authdeck keys says.
func (v *victim) keys(args ...string) string {
	v.t.Helper()
	l := launch{home: v.home, args: append([]string{"keys"}, args...)}
	out, err := l.command(v.t).CombinedOutput()
	if err != nil {
		v.t.Fatalf("keys %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func TestAKeyOfAKilledConsoleIsOfferedByTheNextOneAndGoesOnceItIsTaken(t *testing.T) {
	t.Parallel()
	v := keptByKill(t)
	if listed := v.keys(); !strings.Contains(listed, "not handed over: token ") || !strings.Contains(listed, "desk.staff in shop") || strings.Contains(listed, sings) {
		t.Errorf("listed is %s", listed)
	}
	next := launch{home: v.home, args: v.cmd.Args[1:], env: []string{"SECRET=" + secretOf(v)}}.start(t)
	next.waitFor("1 key was not handed over: :keys shows it.")
	next.press(":keys" + enter)
	next.waitFor("Keys on this machine", "desk.staff in shop")
	next.press(enter)
	next.waitFor("take it")
	next.press(enter)
	next.waitFor("The kept key of", "••••••••", "v show")
	next.press("v")
	next.waitFor(v.relay.key, "v hide")
	next.press(esc)
	next.waitGone(v.relay.key)
	next.press(":keys" + enter)
	next.waitFor("No key waits to be handed over")
	if left := v.sealedKeys(); len(left) > 0 {
		t.Errorf("%d are sealed still", len(left))
	}
}

// secretOf is the credential that the console was started with.
func secretOf(v *victim) string {
	for _, set := range v.cmd.Env {
		if value, is := strings.CutPrefix(set, "SECRET="); is {
			return value
		}
	}
	return ""
}

func TestAKeyThatIsTakenIntoAFileAndRemovedLeavesNothing(t *testing.T) {
	t.Parallel()
	v := keptByKill(t)
	path, said, _ := strings.Cut(v.keys("take"), "\n")
	if !strings.HasPrefix(filepath.Base(path), "shop-1002-") || !strings.Contains(said, "this is the key of token #1002 of desk.staff in shop") {
		t.Errorf("nobody can tell whose key %s is: %q", path, said)
	}
	content, err := os.ReadFile(path)
	if err != nil || string(content) != v.relay.key+"\n" {
		t.Errorf("%s holds %d letters, %v", path, len(content), err)
	}
	if listed := v.keys(); !strings.Contains(listed, filepath.Base(path)) || strings.Contains(listed, "not handed over") {
		t.Errorf("listed is %s", listed)
	}
	v.keys("remove", filepath.Base(path))
	if len(v.keyFiles()) > 0 || len(v.sealedKeys()) > 0 {
		t.Error("there are keys still")
	}
}

func TestADemoLeavesNoKeyBehind(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	c.press(ctrlC)
	if code := c.exit(); code != 0 || !strings.Contains(c.told(), "it goes with the demo") {
		t.Errorf("exit code %d; said %q", code, c.told())
	}
	for path := range filesUnder(t, c.home) {
		t.Errorf("there is %s", path)
	}
}
