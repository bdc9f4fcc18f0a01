package e2e_test

import (
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// TestAllThatALeaverHasEndsWithNineteenKeysAndIsOnRecord is the day somebody leaves: who it is,
// all their tokens, a plan that is read, and what was done, on file and on record.
func TestAllThatALeaverHasEndsWithTwentyKeysAndIsOnRecord(t *testing.T) {
	t.Parallel()
	l := everySystem(t, serve(t, demo.Options{Calm: true}))
	c := counted{console: l.start(t)}
	c.waitFor("170 tokens")
	c.keys(letters("/chloe"), "/chloe")
	c.keys([]string{enter}, "search “chloe”")
	c.keys([]string{"p"}, "5 accounts in 5 systems", "3 tokens")
	c.keys([]string{"D"}, "Plan: delete 3 tokens", "3 can be sent", "Nothing has been sent")
	c.keys([]string{"a"}, "Delete 3 tokens?", "type delete 3 and press enter", "enter  delete")
	c.keys(letters("delete 3"), "> delete 3")
	c.keys([]string{enter}, "3 done")
	c.expectAtMost(19)
	c.press(esc)
	c.waitFor("0 tokens")

	l.audited(t, 0, "verify", "GOOD: 6 entries")
	l.audited(t, 0, "list", "in shop", "in cloud", "in pult", "plan: ")
	plans, _ := filepath.Glob(filepath.Join(l.home, "state", "authdeck", "plans", "*.json"))
	if len(plans) != 1 {
		t.Fatalf("the plans are %q", plans)
	}
	l.args = []string{"report", "person", "chloe.dupre@shop.example"}
	if stdout, stderr, code := l.plain(t); code != 0 || !strings.Contains(stdout, "## Left: 0") || !strings.Contains(stdout, "## Done: 3") || strings.Contains(stdout, "ot sure") {
		t.Errorf("exit code %d: %s%s", code, stdout, stderr)
	}
	l.args = append(l.args, "--record", "nowhere.jsonl")
	if _, stderr, code := l.plain(t); code != 2 || !strings.Contains(stderr, "--record: ") {
		t.Errorf("of a record that is not there: exit code %d: %s", code, stderr)
	}
	l.args = []string{"plan", "show", plans[0]}
	if stdout, stderr, code := l.plain(t); code != 0 || strings.Count(stdout, "done") < 3 {
		t.Errorf("exit code %d: %s%s", code, stdout, stderr)
	}
}

func TestADemoLeavesNothingOfAPlan(t *testing.T) {
	t.Parallel()
	l := launch{args: []string{"demo"}, home: t.TempDir(), width: 120, height: 30}
	l.env = append(l.env, "TMPDIR="+t.TempDir())
	c := l.start(t)
	c.waitFor("170 tokens")
	c.press(" d")
	c.waitFor("Plan: delete 1 token")
	c.press("a")
	c.waitFor("Delete 1 token?", "n/enter  back to the plan")
	c.press("y")
	c.waitFor("1 done")
	c.press(esc)
	c.waitGone("1 done")
	c.press("q")
	c.exit()
	for _, folder := range []string{l.home, strings.TrimPrefix(l.env[len(l.env)-1], "TMPDIR=")} {
		for path := range filesUnder(t, folder) {
			t.Errorf("%s is left", path)
		}
	}
}
