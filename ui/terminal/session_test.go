package terminal_test

import (
	"os"
	"os/exec"
	"testing"

	"authdeck/ui/terminal"
)

// TestWhatTheConsoleStartsMayEndByABrokenPipe asks a process of its own, because a
// session takes the signals for good. A command that brings a key is often a pipe.
func TestWhatTheConsoleStartsMayEndByABrokenPipe(t *testing.T) {
	const child = "AUTHDECK_TEST_PIPE"
	if os.Getenv(child) != "" {
		terminal.NewSession(os.Getenv, os.Stdin, os.Stdout)
		if out, err := exec.Command("sh", "-c", "kill -PIPE $$; echo it goes on").CombinedOutput(); err == nil {
			t.Fatalf("a broken pipe is nothing to what the console starts: %s", out)
		}
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), child+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
