package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// audited runs authdeck audit beside a console, and wants an exit code and words.
func (l launch) audited(t *testing.T, code int, command string, words ...string) {
	t.Helper()
	l.args = append([]string{"audit"}, strings.Fields(command)...)
	stdout, stderr, got := l.plain(t)
	if got != code {
		t.Errorf("audit %s: exit code %d\nstdout: %s\nstderr: %s", command, got, stdout, stderr)
	}
	for _, w := range words {
		if !strings.Contains(stdout, w) {
			t.Errorf("audit %s lacks %q: %s", command, w, stdout)
		}
	}
}

func TestWhatIsDoneIsRecordedWithItsReasonAndTheRecordTellsWhoWasAtIt(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings})
	l := against(t, server.Systems()[0].URL, server.Systems()[0].Token, "[audit]", "require_reason = true")
	l.env = append(l.env, "SSH_CONNECTION=192.0.2.7 50022 10.0.0.1 22")
	l.audited(t, 0, "verify", "GOOD: nothing is recorded yet")
	c := l.start(t)
	c.waitFor("170 tokens")
	c.press("d")
	c.waitFor("not possible", "A rule forbids it, and nothing was sent: a reason has to be given", ":reason", "enter close")
	c.press(esc)
	c.waitGone("not possible")
	c.press(":reason TICKET-123" + enter)
	c.waitFor("recorded with the reason TICKET-123")
	c.press("r")
	c.waitFor("reason", "TICKET-123")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	c.press("v")
	c.waitFor("v hide")
	c.press(esc)
	c.waitGone("v hide")
	c.press("d")
	c.confirm("Delete token")
	c.waitFor("Deleted: token", "169 tokens")
	l.audited(t, 0, "verify", "GOOD: 4 entries, the last one is 4 with the hash ")
	l.audited(t, 0, "list --since 1h --system shop", " from 192.0.2.7  about-to  regenerate token ", "in shop  reason: TICKET-123", "outcome  delete token", "of 3: done")
	l.audited(t, 0, "list --json --until 2020-01-01")
	l.audited(t, 0, "list --json", `"ssh_client":"192.0.2.7"`, `"action":"delete"`)
	l.audited(t, 2, "list --since yesterday")
	path := filepath.Join(l.home, "state", "authdeck", "audit.jsonl")
	whole := read(t, path)
	if strings.Contains(whole, sings) {
		t.Error("a key is in the record")
	}
	for what, text := range map[string]string{
		"line 2: entry 2 was changed":               strings.Replace(whole, `"outcome":"done"`, `"outcome":"fine"`, 1),
		"line 1: entry 1 is missing before it":      whole[strings.Index(whole, "\n")+1:],
		"at the end: entry 4 is missing at the end": whole[:strings.LastIndex(strings.TrimSuffix(whole, "\n"), "\n")+1],
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l.audited(t, 3, "verify", what, "TAMPERED WITH")
		l.audited(t, 3, "verify "+path, what)
	}
}

// TestTheDemoRecordsNowhereUnlessItIsTold looks at everything that is there after it.
func TestTheDemoRecordsNowhereUnlessItIsTold(t *testing.T) {
	t.Parallel()
	for _, kept := range []bool{false, true} {
		l := launch{args: []string{"demo", "--reason", "TICKET-7"}, home: t.TempDir()}
		if kept {
			l.args = append(l.args, "--record", "here")
		}
		c := l.start(t)
		c.waitFor("170 tokens")
		c.press("d")
		c.waitFor("reason", "TICKET-7")
		c.confirm("Delete token")
		c.waitFor("Deleted: token", "169 tokens")
		c.press("q")
		if code := c.exit(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		files := filesUnder(t, l.home)
		if !kept && len(files) != 0 {
			t.Errorf("it has left %d files", len(files))
		}
		if kept {
			l.audited(t, 0, "verify here/audit.jsonl", "GOOD: 2 entries")
			l.audited(t, 0, "list --file here/audit.jsonl", "reason: TICKET-7")
		}
	}
}
