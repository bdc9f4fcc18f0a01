package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"authdeck/ui/terminal/terminaltest"
)

// asked has the program ask at a terminal, and answers each question that has those words in it.
// It returns all that stood there, and the exit code.
func (l launch) asked(t *testing.T, answers ...[2]string) (screen string, code int) {
	t.Helper()
	cmd := l.command(t)
	line, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	line = terminaltest.Closable(t, line)
	defer func() { _ = line.Close() }()
	late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	part, from := make([]byte, 1024), 0
	for {
		n, err := line.Read(part)
		screen += string(part[:n])
		if len(answers) > 0 && strings.Contains(screen[from:], answers[0][0]) {
			from = len(screen)
			if _, err := line.WriteString(answers[0][1]); err != nil {
				t.Fatal(err)
			}
			answers = answers[1:]
		}
		if err != nil { // Linux says so where the other end is closed
			break
		}
	}
	_ = cmd.Wait()
	if len(answers) > 0 {
		t.Fatalf("%q was not asked:\n%s", answers[0][0], screen)
	}
	return screen, cmd.ProcessState.ExitCode()
}

func TestAFirstConfigurationIsAskedForAndThenWorks(t *testing.T) {
	t.Parallel()
	l := launch{home: t.TempDir(), args: []string{"config", "init"}, env: []string{"SHOP_TOKEN=canaryValue"}}
	screen, code := l.asked(
		t, [2]string{"called", "shop\r"}, [2]string{"Its kind", "hamgam\r"}, [2]string{"Its address", "http://127.0.0.1:1\r"}, [2]string{"user name", "\r"},
		[2]string{"comes from", "\r"}, [2]string{"[SHOP_TOKEN]", "\r"}, [2]string{"production", "y\r"}, [2]string{"Another", "\r"},
	)
	path := filepath.Join(l.home, "config", "authdeck", "config.toml")
	if code != 0 || !strings.Contains(screen, path) || strings.Contains(screen, "\x1b") {
		t.Fatalf("exit code %d\n%s", code, screen)
	}
	l.args = []string{"config", "show"}
	shown, complaints, code := l.plain(t)
	if code != 0 || complaints != "" || !strings.Contains(shown, "system.shop.token_env\tenvironment variable SHOP_TOKEN\t"+path+":") || strings.Contains(shown, "canary") {
		t.Errorf("exit code %d: %s%s", code, shown, complaints)
	}
	l.args = []string{"config", "check"}
	if found, _, code := l.plain(t); code != 0 || found != path+": it is as it must be\n" {
		t.Errorf("exit code %d: %s", code, found)
	}
}

func TestControlCBetweenTwoQuestionsLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	l := launch{home: t.TempDir(), args: []string{"config", "init"}}
	screen, code := l.asked(t, [2]string{"called", "shop\r"}, [2]string{"Its kind", ctrlC})
	if code != 1 || !strings.HasSuffix(screen, "\r\nauthdeck: interrupted, and nothing was written\r\n") {
		t.Errorf("exit code %d\n%s", code, screen)
	}
	if left, err := os.ReadDir(l.home); err != nil || len(left) != 0 {
		t.Errorf("there is %v, %v", left, err)
	}
}
