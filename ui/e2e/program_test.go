package e2e_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"github.com/gdamore/tcell/v3/vt"
	"golang.org/x/sys/unix"

	// The tests call nothing of these. They are named so that go test does not take a
	// result for one of today after the program has changed.
	_ "authdeck/client"
	_ "authdeck/ui/command"

	"authdeck/ui/terminal/terminaltest"
)

// The tests of this package use the program as a person does: they build it,
// start it in a pseudo-terminal, press keys and wait for words on the screen.
// The terminal never answers anything, as the worst of them do.

// patience is the longest wait for words. It only ends tests that fail.
const patience = 20 * time.Second

// keys as a terminal sends them.
const (
	enter     = "\r"
	esc       = "\x1b"
	ctrlR     = "\x12"
	ctrlC     = "\x03"
	arrowUp   = "\x1b[A"
	arrowDown = "\x1b[B"
)

func TestMain(m *testing.M) { os.Exit(runAndTidy(m)) }

func runAndTidy(m *testing.M) int {
	defer func() { _ = os.RemoveAll(buildFolder) }()
	crowd()
	return m.Run()
}

// crowd lets three tests go on at once for each processor, unless somebody says how
// many: they mostly wait for the program and for the pauses of a person.
func crowd() {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		_ = flag.Set("test.parallel", strconv.Itoa(3*runtime.GOMAXPROCS(0)))
	}
}

var buildFolder, errBuildFolder = os.MkdirTemp("", "authdeck-e2e-")

// program builds the program once; with the race detector, if the tests have it.
var program = sync.OnceValues(func() (string, error) {
	if errBuildFolder != nil {
		return "", errBuildFolder
	}
	if _, err := os.Stat("../../main.go"); err != nil { // go test remembers what was looked at, as with the imports
		return "", err
	}
	path := filepath.Join(buildFolder, "authdeck")
	args := []string{"build", "-o", path}
	if raced() {
		args = append(args, "-race")
	}
	if out, err := exec.Command("go", append(args, "authdeck")...).CombinedOutput(); err != nil {
		return path, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// raced reports whether the tests have the race detector.
func raced() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// launch is how the program is started.
type launch struct {
	args   []string
	env    []string // beside the private folders and TERM
	under  []string // what starts it, if it is not started itself
	shell  bool     // a person's shell is started instead, with the program as a command
	aloud  bool     // what it says beside the screen is said at the terminal too
	home   string   // a new one unless given
	width  int      // 100 unless given
	height int      // 30 unless given
}

// command is the program in a world of its own: folders that are new, no
// variables but those given.
func (l *launch) command(t *testing.T) *exec.Cmd {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	if l.home == "" {
		l.home = t.TempDir()
	}
	argv := slices.Concat(l.under, []string{path}, l.args)
	if l.shell {
		argv = []string{"bash", "--norc", "--noprofile", "-i"}
		l.env = append(l.env, "PATH="+filepath.Dir(path)+":"+os.Getenv("PATH"), "PS1=shell> ", "HISTFILE=")
	}
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir = l.home
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "TERM=xterm-256color", "HOME=" + l.home,
		"XDG_CONFIG_HOME=" + filepath.Join(l.home, "config"), "XDG_STATE_HOME=" + filepath.Join(l.home, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(l.home, "cache"), "TMPDIR=" + l.home,
		"GORACE=atexit_sleep_ms=0", // the race detector would linger a second at every end
	}, l.env...)
	return cmd
}

// console is the program in a pseudo-terminal, and what a person sees of it.
type console struct {
	t      *testing.T
	cmd    *exec.Cmd
	home   string
	line   *os.File // our end of the terminal's line
	tty    string   // the terminal's name
	before *term.State
	stderr bytes.Buffer
	heard  bool          // the test looks at stderr itself
	shared bool          // others write to the terminal too
	deaf   chan struct{} // while nobody reads what is written to the terminal: closed when somebody does again
	ended  chan struct{} // closed when the program has ended and all it wrote is here

	mu   sync.Mutex
	term vt.MockTerm
	raw  []byte        // every byte that was written to the terminal
	held []byte        // the part of them that does not make a frame yet
	seen []sight       // every screen that they drew
	news chan struct{} // closed and replaced when something was written
}

// start opens the program in a terminal. When the test ends, the line is cut,
// and everything that was ever written is held against the grammar of frames.
func (l launch) start(t *testing.T) *console {
	t.Helper()
	if l.width == 0 {
		l.width, l.height = 100, 30
	}
	c := &console{
		t: t, cmd: l.command(t), home: l.home,
		ended: make(chan struct{}), news: make(chan struct{}), term: newTerm(t, l.width, l.height),
	}
	c.cmd.Stderr = &c.stderr
	if l.shell || l.aloud {
		c.cmd.Stderr, c.shared = nil, true
	}
	c.open(l.width, l.height)
	go c.listen()
	t.Cleanup(c.close)
	return c
}

// open begins the program at a terminal of its own.
func (c *console) open(width, height int) {
	c.t.Helper()
	line, tty, err := pty.Open()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		c.t.Skipf("no pseudo-terminal is possible here: %v", err)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	defer tty.Close()
	c.line, c.tty = terminaltest.Closable(c.t, line), tty.Name()
	c.tell(width, height)
	c.before = c.state()
	c.cmd.Stdin, c.cmd.Stdout = tty, tty
	if c.cmd.Stderr == nil {
		c.cmd.Stderr = tty
	}
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
}

// state is what the kernel makes of the terminal's bytes.
func (c *console) state() (state *term.State) {
	c.t.Helper()
	tty, err := os.OpenFile(c.tty, os.O_RDWR|unix.O_NOCTTY, 0)
	if err == nil {
		defer tty.Close()
		state, err = term.GetState(tty.Fd())
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return state
}

// taken waits until the line has taken what was pressed, as a key is long before anything
// else can happen at a desk. Linux takes it in a while after the write, and would echo one
// that a program has given the line back before: to poll the other end is to wait for that.
func (c *console) taken() {
	c.t.Helper()
	tty, err := os.OpenFile(c.tty, os.O_RDWR|unix.O_NOCTTY, 0)
	if err == nil {
		defer tty.Close()
		_, err = unix.Poll([]unix.PollFd{{Fd: int32(tty.Fd()), Events: unix.POLLIN}}, 0)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// onDemo opens the program's own demo.
func onDemo(t *testing.T, flags ...string) *console {
	t.Helper()
	c := launch{args: append([]string{"demo"}, flags...)}.start(t)
	c.waitFor("170 tokens", "root.admin")
	return c
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
