package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"authdeck/client/demo"
)

const ctrlS = "\x13"

// rotatedOn is a console on idp in which a successor of a token was made, and its key is in
// hand.
func rotatedOn(t *testing.T, l launch) *console {
	t.Helper()
	c := l.start(t)
	c.waitFor("170 tokens")
	c.press("/ci-juergen-mueller42" + enter)
	c.waitFor("search “ci-juergen-mueller42”", "1 token")
	c.press("R")
	c.waitFor("Create a successor of token ci-juergen-mueller42", "ci-juergen-mueller42-2")
	c.press(ctrlS)
	c.confirm("Create a successor of token ci-juergen-mueller42 of juergen.mueller42?")
	c.waitFor("The successor of token ci-juergen-mueller42", "••••••••", "w write")
	return c
}

// remembered is what is in the files of rotations.
func remembered(t *testing.T, home string) (content string, files int) {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(home, "state", "authdeck", "rotations", "*.jsonl"))
	for _, path := range found {
		read, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
			t.Errorf("its mode is %v", info.Mode())
		}
		content += string(read)
	}
	return content, len(found)
}

func TestARotationOutlivesTheProgramAndEndsTheOldTokenWhenToldTo(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Calm: true})
	l := everySystem(t, server)
	l.args = []string{"--system", "idp"}
	c := rotatedOn(t, l)
	c.press("w")
	c.waitFor("written to a file", "Handed over.")
	c.kill(c.cmd.Process.Pid, unix.SIGKILL)
	c.exit()
	keys, _ := filepath.Glob(filepath.Join(l.home, "state", "authdeck", "keys", "*.key"))
	if len(keys) != 1 {
		t.Fatalf("the keys are %q", keys)
	}
	key, err := os.ReadFile(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	if content, files := remembered(t, l.home); files != 1 || strings.Contains(content, strings.TrimSpace(string(key))) || !strings.Contains(content, `"handed-over"`) {
		t.Errorf("remembered in %d files is %s", files, content)
	}

	next := l.start(t)
	next.waitFor("171 tokens", "1 rotation is under way: :rotations shows it.")
	next.press(":rotations" + enter)
	next.waitFor("Rotation of token ci-juergen-mueller42 of juergen.mueller42", "ci-juergen-mueller42-2", "written to a file", "idp does not tell when a token was used", "d end the old one")
	next.press("d")
	next.confirm("Delete token ci-juergen-mueller42 of juergen.mueller42?")
	next.waitFor("Deleted: token ci-juergen-mueller42 of juergen.mueller42. The rotation is over: ci-juergen-mueller42-2")
	next.press("/ci-juergen-mueller42" + enter)
	next.waitFor("ci-juergen-mueller42-2", "1 token")
	if _, files := remembered(t, l.home); files != 0 {
		t.Errorf("%d files are left", files)
	}
	l.audited(t, 0, "list", "create", "delete", "plan: ")
}

func TestAKeyOfASuccessorThatNobodyTookCountsWhenTheNextConsoleOrTheCommandHandsItOver(t *testing.T) {
	t.Parallel()
	l := everySystem(t, serve(t, demo.Options{Calm: true}))
	l.args = []string{"--system", "idp"}
	c := rotatedOn(t, l)
	c.kill(c.cmd.Process.Pid, unix.SIGKILL)
	c.exit()
	l.args = []string{"keys", "take"}
	if _, stderr, code := l.plain(t); code != 0 || !strings.Contains(stderr, "the old token, ci-juergen-mueller42, still opens") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	if content, files := remembered(t, l.home); files != 1 || !strings.Contains(content, `"handed-over"`) {
		t.Errorf("remembered in %d files is %s", files, content)
	}
}

func TestADemoLeavesNothingOfARotation(t *testing.T) {
	t.Parallel()
	l := launch{args: []string{"demo", "--system", "idp"}, home: t.TempDir(), width: 120, height: 30}
	c := rotatedOn(t, l)
	c.press("v")
	c.waitFor("v hide")
	c.press(esc)
	c.waitFor("Handed over.")
	c.press("q")
	c.exit()
	for path := range filesUnder(t, l.home) {
		t.Errorf("%s is left", path)
	}
}
