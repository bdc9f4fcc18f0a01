package terminal

import (
	"bytes"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"authdeck/ui/terminal/terminaltest"
)

// patience is the longest wait for words. It only ends tests that fail.
const patience = 20 * time.Second

// child is a program at a terminal of its own.
type child struct {
	t      *testing.T
	cmd    *exec.Cmd
	far    *os.File // our end of the line
	tty    *os.File // the terminal itself
	before *term.State
	stderr bytes.Buffer
	heard  sync.WaitGroup

	mu   sync.Mutex
	raw  []byte        // all that was written to the terminal
	news chan struct{} // closed and replaced when something was
	deaf sync.Mutex    // locked while nobody reads
}

// start opens a terminal of 60×12 and begins a program at it.
func start(t *testing.T, name string) *child {
	t.Helper()
	far, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{t: t, far: terminaltest.Closable(t, far), tty: tty, news: make(chan struct{})}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: 60, Rows: 12}); err != nil {
		t.Fatal(err)
	}
	c.before = c.line()
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = []string{played + "=" + name, "TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0"}
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = tty, tty, &c.stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.cmd.Process.Kill(); _ = c.tty.Close(); _ = c.far.Close() })
	c.heard.Go(c.listen)
	c.waitFor("the end")
	return c
}

// line is how the kernel treats the terminal's bytes.
func (c *child) line() *term.State {
	c.t.Helper()
	state, err := term.GetState(c.tty.Fd())
	if err != nil {
		c.t.Fatal(err)
	}
	return state
}

// asBefore reports whether the kernel treats them as it did before the program began.
func (c *child) asBefore() bool { return reflect.DeepEqual(c.line(), c.before) }

func (c *child) listen() {
	buf := make([]byte, 32<<10)
	for {
		c.deaf.Lock()
		n, err := c.far.Read(buf)
		c.deaf.Unlock()
		c.mu.Lock()
		c.raw = append(c.raw, buf[:n]...)
		close(c.news)
		c.news = make(chan struct{})
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// written is all that was written to the terminal, and what is closed when there is more.
func (c *child) written() ([]byte, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Clone(c.raw), c.news
}

// waitFor waits until the words are written, after all that was waited for.
func (c *child) waitFor(words string) {
	c.t.Helper()
	limit := time.After(patience)
	for {
		raw, news := c.written()
		if strings.Contains(string(raw), words) {
			return
		}
		select {
		case <-news:
		case <-limit:
			c.t.Fatalf("waited in vain for %q in %q; stderr: %s", words, raw, c.stderr.String())
		}
	}
}

func (c *child) press(keys string) {
	c.t.Helper()
	send(c.t, c.far, keys)
}

func (c *child) signal(s unix.Signal) {
	c.t.Helper()
	if err := c.cmd.Process.Signal(s); err != nil {
		c.t.Fatal(err)
	}
}

// end waits for the end of the program, and gives its exit code and all that it wrote.
func (c *child) end() (code int, written []byte) {
	c.t.Helper()
	stuck := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
	defer stuck.Stop()
	_ = c.cmd.Wait()
	if c.cmd.ProcessState.ExitCode() < 0 {
		c.t.Errorf("ended by %v", c.cmd.ProcessState)
	}
	if !c.asBefore() {
		c.t.Errorf("the line is %+v, and was %+v", c.line(), c.before)
	}
	_ = c.tty.Close()
	c.heard.Wait()
	written, _ = c.written()
	return c.cmd.ProcessState.ExitCode(), written
}
