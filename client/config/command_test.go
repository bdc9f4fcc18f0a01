package config_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Commands that give a credential, as password managers are: the first call
// leaves an agent behind, which has the command's output open as long as it runs.

func TestACommandThatLeavesItsAgentRunningGivesItsKey(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{
		"the agent first":              "sleep 60 & echo $! >%s; echo canary-key",
		"the agent last":               "echo canary-key; sleep 60 & echo $! >%s",
		"an agent that complains only": "sleep 60 >/dev/null & echo $! >%s; echo canary-key",
	} {
		for _, key := range []string{"token_command", "username = \"x\"\npassword_command"} {
			pid := filepath.Join(t.TempDir(), "pid")
			s := from(t, key+` = ["`+program(t, strings.ReplaceAll(script, "%s", pid))+`"]`)
			started := time.Now()
			secret, err := s.Read(t.Context(), vars(nil))
			endsAgent(t, pid)
			if err != nil || secret.Reveal() != "canary-key" {
				t.Errorf("%s: read %q, %v", name, secret.Reveal(), err)
			}
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("%s: the agent was waited for, %s", name, took)
			}
		}
	}
}

func TestAnAgentDoesNotMakeAFailureASuccess(t *testing.T) {
	t.Parallel()
	pid := filepath.Join(t.TempDir(), "pid")
	refused(t, from(t, `token_command = ["`+program(t, "sleep 60 & echo $! >"+pid+"; echo "+canary+"key; exit 3")+`"]`), vars(nil), "exit status 3")
	endsAgent(t, pid)
}

// endsAgent ends what a command has left behind.
func endsAgent(t *testing.T, file string) {
	t.Helper()
	out, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ends(t, strings.TrimSpace(string(out)))
}

func TestACommandThatPrintsWithoutEndIsStoppedAndFillsNoMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	refused(t, from(t, `token_command = ["`+program(t, "echo "+canary+"key; exec cat /dev/zero")+`"]`), vars(nil), "more than a credential", "64 KiB")
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 64 {
		t.Errorf("%d MiB were allocated", grown)
	}
}

func TestACommandMayPrintAsMuchAsACredentialIsLong(t *testing.T) {
	t.Parallel()
	s := from(t, `token_command = ["`+program(t, "echo canary-key; head -c 60000 /dev/zero | tr '\\\\0' x")+`"]`)
	secret, err := s.Read(t.Context(), vars(nil))
	if err != nil || secret.Reveal() != "canary-key" {
		t.Errorf("read %q, %v", secret.Reveal(), err)
	}
}

func TestBehindTheScreenACommandGetsNothingOfTheTerminal(t *testing.T) {
	t.Setenv("GPG_TTY", "/dev/pts/7")
	s := from(t, `token_command = ["`+program(t, `
read -r line && exit 4
(echo x >/dev/tty) 2>/dev/null && exit 5
[ -z "$GPG_TTY" ] || exit 6
echo noise >&2
echo canary-key`)+`"]`)
	secret, err := s.Reread(t.Context())
	if err != nil || secret.Reveal() != "canary-key" {
		t.Errorf("read %q, %v", secret.Reveal(), err)
	}
}

// ends kills a process by its number.
func ends(t *testing.T, number string) {
	t.Helper()
	pid, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
}
