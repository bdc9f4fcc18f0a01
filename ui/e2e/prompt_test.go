package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"authdeck/client/demo"
)

// A command that gives a credential, as a password manager that is locked: it fails without a
// terminal, and asks on it for a pass phrase.

// locked is a system whose credential comes from such a command, and the folder of its notes.
func locked(t *testing.T, server *demo.Server) (launch, string) {
	t.Helper()
	system, folder := server.Systems()[0], t.TempDir()
	script := filepath.Join(folder, "manager")
	if err := os.WriteFile(script, []byte(`#!/bin/sh
echo run >>`+folder+`/runs
exec 3<>/dev/tty || exit 2
trap 'echo interrupted >>`+folder+`/runs' INT
printf 'Pass phrase: ' >&3
read -r phrase <&3
echo "[$phrase]" >>`+folder+`/phrases
[ "$phrase" = sesame ] || exit 3
printf '%s\n' '`+system.Token+`'
`), 0o700); err != nil {
		t.Fatal(err)
	}
	l := launch{home: t.TempDir()}
	l.configure(t, strings.Join([]string{
		"[[system]]", `name = "shop"`, `kind = "hamgam"`, fmt.Sprintf("url = %q", system.URL), fmt.Sprintf("token_command = [\"sh\", %q]", script),
	}, "\n"))
	return l, folder
}

// What gives and takes the screen.
const (
	screenTaken = "\x1b[?1049h"
	screenGiven = "\x1b[?1049l"
)

const wantsTheTerminal = "the credential of shop comes from a command sh"

func TestThePromptOfACommandStandsAloneOnTheTerminalAndTheConsoleGoesOnAfterIt(t *testing.T) {
	t.Parallel()
	l, folder := locked(t, serve(t, demo.Options{}))
	c := l.start(t)
	c.shared = true
	c.waitFor(wantsTheTerminal, "enter lets it")
	c.press(enter)
	s := c.waitFor("Pass phrase:")
	before, _, _ := bytes.Cut(c.bytes(), []byte(wantsTheTerminal))
	if bytes.LastIndex(before, []byte(screenTaken)) > bytes.LastIndex(before, []byte(screenGiven)) || s.shows("1 Tokens") {
		t.Errorf("the console has the screen yet:\n%s", s)
	}
	c.resize(90, 28) // and whatever would have it draw now
	c.press("sesame" + enter)
	c.waitFor("170 tokens", "root.admin")
	if got := read(t, filepath.Join(folder, "phrases")); got != "[sesame]\n" {
		t.Errorf("it was told %q", got)
	}
	_, after, _ := bytes.Cut(c.bytes(), []byte("Pass phrase: "))
	if drawn, _, _ := bytes.Cut(after, []byte(screenTaken)); strings.Trim(string(drawn), "\r\n") != "sesame" && strings.TrimSuffix(strings.TrimSpace(string(drawn)), beginFrame) != "sesame\r\n" {
		t.Errorf("beside the prompt there was written %q", drawn)
	}
	c.press("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d: %s", code, c.stderr.String())
	}
}

func TestWhatIsPressedForTheConsoleIsNoAnswerToAPrompt(t *testing.T) {
	t.Parallel()
	l, folder := locked(t, serve(t, demo.Options{}))
	c := l.start(t)
	c.shared = true
	c.press("jj" + enter + "jdy" + enter)
	c.waitFor(wantsTheTerminal, "enter lets it")
	c.press("jjxyd" + arrowDown)
	if strings.Contains(string(c.bytes()), "Pass phrase") {
		t.Error("the prompt has come without a person's word")
	}
	c.press(esc)
	c.waitFor("could not be opened", "was not let")
	if _, err := os.Stat(filepath.Join(folder, "phrases")); err == nil {
		t.Errorf("it was told %q", read(t, filepath.Join(folder, "phrases")))
	}
	c.press("q")
	c.exit()
}

func TestAPassPhraseThatIsWrongIsAskedForAgainWhenAPersonWantsIt(t *testing.T) {
	t.Parallel()
	l, _ := locked(t, serve(t, demo.Options{}))
	c := l.start(t)
	c.shared = true
	c.waitFor(wantsTheTerminal, "enter lets it")
	c.press(enter)
	c.waitFor("Pass phrase:")
	c.press("wrong" + enter)
	c.waitFor("exit status 3", "enter goes back")
	c.press("dyq") // what a person still types for the command
	c.press(enter)
	c.waitFor("could not be opened", "exit status 3", "ctrl+r tries once more")
	c.press(ctrlR)
	c.waitFor(wantsTheTerminal, "enter lets it")
	c.press(enter)
	c.waitFor("Pass phrase:")
	c.press("sesame" + enter)
	c.waitFor("170 tokens")
	c.press("q")
	c.exit()
}

func TestToInterruptAPromptIsNotToEndTheConsole(t *testing.T) {
	t.Parallel()
	l, folder := locked(t, serve(t, demo.Options{}))
	c := l.start(t)
	c.shared = true
	c.waitFor(wantsTheTerminal, "enter lets it")
	c.press(enter)
	c.waitFor("Pass phrase:")
	c.press(ctrlC)
	c.waitFor("enter goes back")
	c.press(enter)
	c.waitFor("could not be opened")
	if got := read(t, filepath.Join(folder, "runs")); strings.Count(got, "run") != 2 { // without the terminal, and with it
		t.Errorf("it ran %q", got)
	}
	c.press("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d: %s", code, c.stderr.String())
	}
}

func TestAConsoleThatIsToldToEndWhileAPromptIsUpEndsWithThePrompt(t *testing.T) {
	t.Parallel()
	l, _ := locked(t, serve(t, demo.Options{}))
	c := l.start(t)
	c.shared = true
	c.waitFor(wantsTheTerminal, "enter lets it")
	c.press(enter)
	c.waitFor("Pass phrase:")
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	c.exit()
}

func TestACommandOfASystemThatNobodyLooksAtDoesNotRun(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	other := server.Systems()[0]
	seen := filepath.Join(t.TempDir(), "seen")
	l := against(t, other.URL, other.Token, "[[system]]", `name = "barn"`, `kind = "hamgam"`, fmt.Sprintf("url = %q", other.URL),
		fmt.Sprintf(`token_command = ["sh", "-c", "echo \"ran$SHOP_TOKEN\" >>%s; echo %s"]`, seen, other.Token))
	c := l.start(t)
	c.waitFor("170 tokens", "root.admin")
	if _, err := os.Stat(seen); err == nil {
		t.Error("the command of barn has run at the start")
	}
	c.press("0")
	c.waitFor("barn", "root.admin")
	c.wait("the command of barn", func(screen) bool { _, err := os.Stat(seen); return err == nil })
	c.press("q")
	c.exit()
	if got := read(t, seen); got != "ran\n" { // once, and without the credential of shop
		t.Errorf("the command of barn %q", got)
	}
}

func TestACommandDoesNotReadWhatIsMeantForAuthdeck(t *testing.T) {
	t.Parallel()
	l := launch{args: []string{"doctor"}, home: t.TempDir()}
	l.configure(t, strings.Join([]string{"[[system]]", `name = "shop"`, `kind = "hamgam"`, `url = "http://127.0.0.1:1"`, `token_command = ["cat"]`}, "\n"))
	cmd := l.command(t)
	cmd.Stdin = strings.NewReader("canary-of-a-pipe\n")
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "authdeck: the credential of shop") || !strings.Contains(string(out), "command cat is empty") { // nobody who reads a mail can answer
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAPageOfKeepersHoldsInTheConsole(t *testing.T) {
	t.Parallel()
	keepers, err := filepath.Abs("../../client/config/testdata/keepers")
	if err != nil {
		t.Fatal(err)
	}
	server := serve(t, demo.Options{})
	system := server.Systems()[0]
	for name, prompt := range map[string]string{"pass": "Passphrase:", "bw": "Master password:"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := launch{home: t.TempDir(), aloud: true, env: []string{"KEY=" + system.Token, "PATH=" + keepers + ":" + os.Getenv("PATH")}}
			command := map[string]string{"pass": `["pass", "show", "shop"]`, "bw": `["bw", "get", "password", "shop"]`}[name]
			l.configure(t, strings.Join([]string{"[[system]]", `name = "shop"`, `kind = "hamgam"`, fmt.Sprintf("url = %q", system.URL), "token_command = " + command}, "\n"))
			c := l.start(t)
			c.waitFor("comes from a command "+name, "enter lets it")
			c.press(enter)
			c.waitFor(prompt)
			c.press("sesame" + enter)
			c.waitFor("170 tokens", "root.admin")
			c.press("q")
			c.exit()
		})
	}
}
