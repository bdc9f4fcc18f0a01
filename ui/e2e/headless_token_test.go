package e2e_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/ui/batch/batchtest"
)

// script is the program without a terminal, on a system as "shop", whose keys all begin alike.
func script(t *testing.T, more ...string) (*demo.Server, launch) {
	t.Helper()
	server := serve(t, demo.Options{KeyPrefix: sings})
	return server, against(t, server.Systems()[0].URL, server.Systems()[0].Token, more...)
}

// headless runs a command, and wants an exit code, and words on the standard error.
func (l launch) headless(t *testing.T, code int, command string, words ...string) (stdout string) {
	t.Helper()
	l.args = strings.Fields(command)
	stdout, stderr, got := l.plain(t)
	if got != code {
		t.Errorf("%s: exit code %d, want %d\nstdout: %s\nstderr: %s", command, got, code, stdout, stderr)
	}
	for _, w := range words {
		if !strings.Contains(stderr, w) {
			t.Errorf("%s: stderr lacks %q: %s", command, w, stderr)
		}
	}
	if strings.Contains(stderr, sings) || strings.Contains(stdout+stderr, "\x1b") {
		t.Errorf("%s: a key or an ESC is on it: %q %q", command, stdout, stderr)
	}
	return stdout
}

// someone is the id of a token that is not our own.
func (l launch) someone(t *testing.T) string {
	t.Helper()
	for line := range strings.Lines(l.headless(t, 0, "tokens --jsonl")) {
		var row struct{ ID, Own string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Own == "no" {
			return row.ID
		}
	}
	t.Fatal("there is none")
	return ""
}

// silentBut wants a key nowhere on the disk but in one file.
func (l launch) silentBut(t *testing.T, path string) {
	t.Helper()
	for at, content := range filesUnder(t, l.home) {
		if at != path && strings.Contains(content, sings) {
			t.Errorf("a key is in %s", at)
		}
	}
}

func TestAScriptRotatesATokenAndTheKeyIsInItsFileAlone(t *testing.T) {
	t.Parallel()
	server, l := script(t)
	id, log := l.someone(t), filepath.Join(l.home, "log")
	path := filepath.Join(l.home, "new.key")
	l.headless(t, 2, "token rotate shop "+id+" --yes", "--key-to FILE")
	l.headless(t, 2, "token rotate shop "+id+" --key-to "+path, "authdeck token rotate shop "+id+" --yes")
	out := l.headless(t, 0, "token rotate shop "+id+" --yes --json --reason OPS-1 --log "+log+" --key-to "+path, "rotated by regenerate")
	batchtest.Holds(t, []byte(out))
	key := strings.TrimSpace(read(t, path))
	if status, _ := ask(t, server.Systems()[0].URL+"/api/users/auth_tokens/?limit=1", key); !strings.HasPrefix(key, sings) || status == http.StatusUnauthorized || strings.Contains(out, key) {
		t.Errorf("the key of %d letters is answered with %d; it wrote %s", len(key), status, out)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v, %v", info.Mode(), err)
	}
	l.silentBut(t, path)
	l.headless(t, 2, "token rotate shop "+id+" --yes --key-to "+path, "there already")
	l.audited(t, 0, "list", "about-to  regenerate", "reason: OPS-1", "of 1: done")
	l.audited(t, 0, "verify", "GOOD: 2 entries")
}

func TestAKeyWhosePipeNobodyReadsIsKeptUntilItIsTaken(t *testing.T) {
	t.Parallel()
	_, l := script(t)
	id := l.someone(t)
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	l.args = []string{"token", "rotate", "shop", id, "--yes", "--key-to", "-"}
	cmd := l.command(t)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = out, &said
	_ = cmd.Run()
	_ = out.Close()
	if code := cmd.ProcessState.ExitCode(); code != 4 || strings.Contains(said.String(), sings) {
		t.Errorf("exit code %d: %s", code, said.String())
	}
	_, take, is := strings.Cut(said.String(), "authdeck keys take ")
	if !is {
		t.Fatalf("it does not say how to have it: %s", said.String())
	}
	take, _, _ = strings.Cut(take, "\n")
	if key := l.headless(t, 0, "keys take "+take+" --print"); !strings.HasPrefix(key, sings) {
		t.Error("it is not given")
	}
	l.silentBut(t, "")
}

func TestAKeyGoesIntoAPipeToACommandAndToARecipient(t *testing.T) {
	t.Parallel()
	_, l := script(t)
	id := l.someone(t)
	if out := l.headless(t, 0, "token rotate shop "+id+" --yes --key-to -"); !strings.HasPrefix(out, sings) || strings.Count(out, "\n") != 1 {
		t.Errorf("the pipe gets %d bytes", len(out))
	}
	const nobody = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
	if out := l.headless(t, 0, "token rotate shop "+id+" --yes --key-to age:"+nobody); !strings.HasPrefix(out, "-----BEGIN AGE ENCRYPTED FILE-----\n") || strings.Contains(out, sings) {
		t.Errorf("sealed it is %q", out)
	}
	kept := filepath.Join(l.home, "kept")
	l.headless(t, 0, "token rotate shop "+id+" --yes --key-to-command -- tee "+kept)
	if !strings.HasPrefix(read(t, kept), sings) {
		t.Error("the command did not get it")
	}
	l.silentBut(t, kept)
	l.headless(t, 4, "token rotate shop "+id+" --yes --key-to-command -- false", "it is kept sealed", "authdeck keys take ")
}

func TestALostAnswerIsUncertainAndSaysHowToLook(t *testing.T) {
	t.Parallel()
	server, l := script(t)
	id := l.someone(t)
	breakIt(t, server, "delete:lost:once")
	out := l.headless(t, 4, "token delete shop "+id+" --yes --json", "it shows", "authdeck token show shop "+id)
	batchtest.Holds(t, []byte(out))
	l.headless(t, 1, "token show shop "+id, "no token of that id")
	l.audited(t, 0, "list", "uncertain")
}

func TestAShopThatWantsReasonsGetsThemAndAReadOnlyOneNothing(t *testing.T) {
	t.Parallel()
	_, l := script(t, "[audit]", "require_reason = true")
	id := l.someone(t)
	l.headless(t, 5, "token delete shop "+id+" --yes", "--reason WORDS")
	l.headless(t, 5, "token delete shop "+id+" --yes --dry-run", "--reason WORDS") // as without it
	if out := l.headless(t, 0, "token delete shop "+id+" --yes --dry-run --json --reason OPS-2"); out == "" {
		t.Error("a dry run says nothing")
	} else {
		batchtest.Holds(t, []byte(out))
	}
	l.headless(t, 0, "token delete shop "+id+" --yes --reason OPS-2")
	_, l = script(t, "read_only = true")
	l.headless(t, 5, "token delete shop "+l.someone(t)+" --yes", "read-only")
}

func TestWhoseKeyItIsIsToldAScriptAndNothingIsEnded(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{}) // whose keys look as they do everywhere
	l := against(t, server.Systems()[0].URL, server.Systems()[0].Token)
	id, path := l.someone(t), filepath.Join(t.TempDir(), "key")
	l.headless(t, 0, "token rotate shop "+id+" --yes --key-to "+path)
	whose := func(code int, key string, args ...string) string {
		l.args = append([]string{"whose"}, args...)
		cmd := l.command(t)
		var out, said bytes.Buffer
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(key), &out, &said
		_ = cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != code || len(key) > 12 && holds(out.String()+said.String(), strings.TrimSpace(key)) {
			t.Errorf("exit code %d, want %d: %s%s", got, code, out.String(), said.String())
		}
		return out.String()
	}
	if out := whose(3, read(t, path), "--json"); !strings.Contains(out, `"ends": "authdeck token delete shop `+id+`"`) {
		t.Errorf("it says %s", out)
	} else {
		batchtest.Holds(t, []byte(out))
	}
	whose(3, read(t, path)) // it opens as before
	whose(0, strings.Repeat("0123456789", 4))
	whose(2, "", strings.TrimSpace(read(t, path)))
	for at, content := range filesUnder(t, l.home) {
		if holds(content, strings.TrimSpace(read(t, path))) {
			t.Errorf("the key is in %s", at)
		}
	}
}

func TestAtATerminalAQuestionIsAnsweredOrLeft(t *testing.T) {
	t.Parallel()
	_, l := script(t)
	id := l.someone(t)
	c := l.atShell(t)
	c.command("authdeck token delete shop "+id, "Yes? [y/N]")
	c.press(ctrlC)
	c.waitFor("authdeck: interrupted")
	c.command("echo code $?", "code 1")
	c.command("clear; echo e'mpty'", "empty")
	c.command("authdeck token delete shop "+id, "Yes? [y/N]")
	c.press(enter)
	c.waitFor("authdeck: nothing was done")
	c.command("clear; echo e'mpty'", "empty")
	c.command("authdeck token rotate shop "+id, "Yes? [y/N]", "folder for keys")
	c.press("y" + enter)
	c.waitFor("outcome", "done", ".key")
	c.command("clear; authdeck token rotate shop "+id+" --yes --key-to -", "the standard output is a terminal")
	c.command("clear; authdeck whose", "which is not shown")
	c.press(strings.Repeat("0123456789", 4) + enter)
	c.waitFor("SYSTEM", "in a header")
	if bytes.Contains(c.bytes(), []byte("0123456789")) || bytes.Contains(c.bytes(), []byte(sings)) {
		t.Error("a key was shown")
	}
	c.expectShell()
	l.audited(t, 0, "list --json", `"action":"regenerate"`)
}

func TestATokenIsMadeChangedAndDeletedInASystemWithAForm(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings})
	var idp demo.System
	for _, s := range server.Systems() {
		if s.Kind == "authentik" {
			idp = s
		}
	}
	l := launch{home: t.TempDir(), env: []string{"IDP_TOKEN=" + idp.Token}}
	l.configure(t, "[[system]]\nname = \"idp\"\nkind = \"authentik\"\nurl = \""+idp.URL+"\"\ntoken_env = \"IDP_TOKEN\"\n")
	path := filepath.Join(l.home, "key")
	batchtest.Holds(t, []byte(l.headless(t, 0, "token create idp --fields --json")))
	l.headless(t, 2, "token create idp --yes --key-to "+path, "--set identifier=VALUE")
	l.headless(t, 2, "token create idp --yes --key-to "+path+" --set identifier=a/b", "only letters")
	batchtest.Holds(t, []byte(l.headless(t, 0, "token create idp --yes --json --set identifier=ci-7 --key-to "+path)))
	l.headless(t, 0, "token edit idp ci-7 --yes --set description=nightly")
	if out := l.headless(t, 0, "token show idp ci-7 --json"); !strings.Contains(out, `"description": "nightly"`) {
		t.Errorf("it is %s", out)
	} else {
		batchtest.Holds(t, []byte(out))
	}
	l.headless(t, 0, "token delete idp ci-7 --yes")
	l.headless(t, 1, "token show idp ci-7", "no token of that id")
	l.silentBut(t, path)
}

// TestNoCommandAboutATokenNeedsATerminal is about one without any, not even the session's own.
func TestNoCommandAboutATokenNeedsATerminal(t *testing.T) {
	t.Parallel()
	setsid, err := exec.LookPath("setsid")
	if err != nil {
		t.Skip("there is no setsid here")
	}
	_, l := script(t)
	id := l.someone(t)
	l.under = []string{setsid, "-w"}
	l.headless(t, 0, "token show shop "+id)
	l.headless(t, 0, "token delete shop "+id+" --yes")
}
