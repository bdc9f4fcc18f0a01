package terminal

import (
	"context"
	"encoding/base64"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"authdeck/model"
)

func TestARealTmuxPassesTheSecretOnAndKeepsNothing(t *testing.T) {
	tmux, err := exec.LookPath("tmux")
	if err != nil {
		t.Skip("tmux is not installed")
	}
	socket := filepath.Join(t.TempDir(), "s")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // only so that a failure ends
	defer cancel()
	far := attach(ctx, t, tmux, "-S", socket, "-f", os.DevNull, "new-session", "echo ready; exec cat")
	t.Cleanup(func() { _ = exec.Command(tmux, "-S", socket, "kill-server").Run() })
	readUntil(t, far, "ready")

	private := func(ctx context.Context, stdin []byte, argv ...string) error {
		return Exec(ctx, stdin, append([]string{tmux, "-S", socket}, argv[1:]...)...)
	}
	if _, err := NewClipboard(environment("TMUX=x"), &tape{}, private).Send(ctx, model.NewSecret(key)); err != nil {
		t.Fatal(err)
	}
	readUntil(t, far, base64.StdEncoding.EncodeToString([]byte(key)))
	left, err := exec.CommandContext(ctx, tmux, "-S", socket, "list-buffers").CombinedOutput()
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func attach(ctx context.Context, t *testing.T, argv ...string) *os.File {
	t.Helper()
	client := exec.CommandContext(ctx, argv[0], argv[1:]...)
	client.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "TMUX=")
	far, err := pty.StartWithSize(client, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = far.Close(); _ = client.Wait() })
	return far
}

func readUntil(t *testing.T, far io.Reader, words string) {
	t.Helper()
	var seen strings.Builder
	p := make([]byte, 4096)
	for !strings.Contains(seen.String(), words) {
		n, err := far.Read(p)
		if err != nil {
			t.Fatalf("%q never came: %v after %q", words, err, seen.String())
		}
		seen.Write(p[:n])
	}
}

func TestAProgramThatFailsIsQuotedInOneCleanLine(t *testing.T) {
	err := Exec(t.Context(), nil, "sh", "-c", `printf 'bad\033[2J flag\nusage: much more\n' >&2; exit 1`)
	if err == nil || err.Error() != "bad␛[2J flag (exit status 1)" {
		t.Errorf("%v", err)
	}
	if err := Exec(t.Context(), nil, "/no/such/program"); err == nil {
		t.Error("no error")
	}
	if err := Exec(t.Context(), []byte("x"), "sh", "-c", `test "$(cat)" = x`); err != nil {
		t.Errorf("stdin did not arrive: %v", err)
	}
}
