package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/model"
)

// inTerminal is what the program writes to a terminal of which it takes no
// screen.
func (l launch) inTerminal(t *testing.T) (stdout, stderr string, code int) {
	t.Helper()
	c := l.start(t)
	code = c.exit()
	stdout, stderr = strings.ReplaceAll(string(c.bytes()), "\r\n", "\n"), c.stderr.String()
	c.stderr.Reset()
	c.raw = nil // it is not of the grammar of frames, and the caller looks at it
	return stdout, stderr, code
}

// plain is what the program writes where there is no terminal.
func (l launch) plain(t *testing.T) (stdout, stderr string, code int) {
	t.Helper()
	cmd := l.command(t)
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), complaints.String(), cmd.ProcessState.ExitCode()
}

func expectMisuse(t *testing.T, l launch, words ...string) {
	t.Helper()
	stdout, stderr, code := l.plain(t)
	if code != 2 || stdout != "" || !strings.HasPrefix(stderr, "authdeck: ") {
		t.Errorf("%q: exit code %d\nstdout: %s\nstderr: %s", l.args, code, stdout, stderr)
	}
	for _, w := range words {
		if !strings.Contains(stderr, w) {
			t.Errorf("%q: stderr lacks %q: %s", l.args, w, stderr)
		}
	}
}

func TestWithoutATerminalOneClearLineIsSaid(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"demo"}} {
		expectMisuse(t, launch{args: args}, "the input is not a terminal", "ssh -t")
		_, stderr, _ := launch{args: args}.plain(t)
		if strings.Count(stderr, "\n") != 1 {
			t.Errorf("more than a line: %q", stderr)
		}
	}
}

func TestATerminalWithoutAScreenIsNotDrawnOn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dumb", ""} {
		l := launch{args: []string{"demo"}, env: []string{"TERM=" + name}}
		stdout, stderr, code := l.inTerminal(t)
		if code != 2 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "TERM") {
			t.Errorf("TERM=%q: exit code %d, %q, %q", name, code, stdout, stderr)
		}
	}
}

func TestWithoutAConfigurationItSaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	l := launch{home: t.TempDir()}
	_, stderr, code := l.inTerminal(t)
	for _, w := range []string{
		filepath.Join(l.home, "config", "authdeck", "config.toml"), "[[system]]", "token_env", "authdeck demo",
	} {
		if code != 2 || !strings.Contains(stderr, w) {
			t.Errorf("exit code %d, no %q in %s", code, w, stderr)
		}
	}
}

func TestAMistakeInTheConfigurationHasFileAndLine(t *testing.T) {
	t.Parallel()
	for config, words := range map[string][]string{
		"[[system]]\nname = \"shop\"\ntoken = \"x\"\n":  {":3: ", "token\"", "token_env"},
		"[[system]]\nname = \"shop\"\nkind = \"vax\"\n": {":3: ", "vax", "hamgam"},
		"[[system]\n": {":1: "},
		"\n[[system]]\nname = \"a\"\nkind = \"hamgam\"\nurl = \"http://x.example\"\n":      {":5: ", "in the clear"},
		"[[system]]\nname = \"a\"\nkind = \"hamgam\"\nurl = \"https://u:p@x.example\"\n\n": {":4: ", "no user name or password"},
	} {
		l := launch{home: t.TempDir(), args: []string{"doctor"}}
		path := l.configure(t, config)
		expectMisuse(t, l, append(words, path)...)
	}
}

func TestAWrongCommandLineIsSaidAndNothingElseHappens(t *testing.T) {
	t.Parallel()
	l := against(t, "http://127.0.0.1:1", "x", "[[system]]", `name = "barn"`, `kind = "hamgam"`,
		`url = "http://127.0.0.1:1"`, `token_env = "SHOP_TOKEN"`)
	l.args = []string{"--system", "shed"}
	if _, stderr, code := l.inTerminal(t); code != 2 || !strings.Contains(stderr, "shop, barn") || !strings.Contains(stderr, "shed") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	l.args = []string{"doctor", "shed"}
	expectMisuse(t, l, "shed", "shop, barn")
	expectMisuse(t, launch{args: []string{"--colour"}}, "unknown flag: --colour")
	expectMisuse(t, launch{args: []string{"frobnicate"}}, "frobnicate")
	expectMisuse(t, launch{args: []string{"demo", "--serve", "--fault", "tokens:explode"}}, "explode", "429")
	l.args = []string{"--fps", "0"}
	if _, stderr, code := l.inTerminal(t); code != 2 || !strings.Contains(stderr, "--fps 0") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// TestWhatIsNoScreenIsPlainLetters matters because Bubble Tea asks the terminal
// for its colours as it is loaded, whatever the command line says.
func TestWhatIsNoScreenIsPlainLetters(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--version"}, {"--help"}, {"demo", "--help"}, {"doctor"}, {"doctor", "--json"}, {"nonsense"}} {
		l := launch{args: args}
		stdout, stderr, _ := l.inTerminal(t)
		if strings.Contains(stdout+stderr, "\x1b") || stdout+stderr == "" {
			t.Errorf("%q writes %q %q", args, stdout, stderr)
		}
	}
}

func TestDoctorTellsAHealthySystemFromASickOne(t *testing.T) {
	t.Parallel()
	system := serve(t, demo.Options{}).Systems()[0]
	l := against(t, system.URL, system.Token)
	l.args = []string{"doctor", "--json"}
	stdout, stderr, code := l.inTerminal(t)
	var said struct {
		Checks []struct {
			Subject, What, Found, Advice string
			Verdict                      model.Verdict
		}
	}
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || code != 0 || stderr != "" || len(said.Checks) < 6 {
		t.Errorf("exit code %d, %v\n%s%s", code, err, stdout, stderr)
	}
	l.args = []string{"doctor", "shop"}
	if stdout, _, code = l.inTerminal(t); code != 0 || !strings.Contains(stdout, "root.admin") {
		t.Errorf("exit code %d\n%s", code, stdout)
	}
	l.env = []string{"SHOP_TOKEN=wrong"}
	stdout, stderr, code = l.inTerminal(t)
	if code != 3 || !strings.Contains(stdout, "FAILED") || !strings.Contains(stdout, "→") || strings.Contains(stdout+stderr, "wrong") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

func TestDemoServePrintsJSONAnswersAndEndsInPeace(t *testing.T) {
	t.Parallel()
	system, end := served(t)
	if status, body := ask(t, system.URL+"/api/users/me/", system.Token); status != 200 || !strings.Contains(body, system.Username) {
		t.Errorf("%d %s", status, body)
	}
	if code := end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestDemoServeGivesEachSystemAPortOfItsOwnForWhoDropsThePath(t *testing.T) {
	t.Parallel()
	system, end := served(t, "--ports")
	if system.RootURL == "" || strings.Count(system.RootURL, "/") != 2 || strings.HasPrefix(system.URL, system.RootURL+"/") {
		t.Errorf("%s is at %s, and at %s", system.Name, system.URL, system.RootURL)
	}
	for _, base := range []string{system.RootURL, system.URL} {
		if status, body := ask(t, base+"/api/users/me/", system.Token); status != 200 || !strings.Contains(body, system.Username) {
			t.Errorf("%s: %d %s", base, status, body)
		}
	}
	if code := end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestAConfigurationThatOthersCanChangeIsTold is about a file that says which command is run for a
// credential, and where tokens are sent.
func TestAConfigurationThatOthersCanChangeIsTold(t *testing.T) {
	t.Parallel()
	system := serve(t, demo.Options{Tokens: 5, Users: 5}).Systems()[0]
	l := against(t, system.URL, system.Token)
	l.args = []string{"tokens", "--jsonl", "--limit", "1"}
	if _, stderr, code := l.plain(t); code != 0 || stderr != "" {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	if err := os.Chmod(filepath.Join(l.home, "config", "authdeck", "config.toml"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := l.plain(t); code != 0 || !strings.Contains(stderr, "config.toml: the file can be changed by others (mode 0666)") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}
