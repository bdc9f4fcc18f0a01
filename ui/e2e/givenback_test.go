package e2e_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v3/vt"
	"golang.org/x/sys/unix"

	"authdeck/client/demo"
	"authdeck/ui/terminal/terminaltest"
)

// expectAsItWas holds the terminal to what it was before the program came: what the kernel
// makes of its bytes, and what the terminal itself was told.
func (c *console) expectAsItWas() {
	c.t.Helper()
	if now := c.state(); !reflect.DeepEqual(now, c.before) {
		c.t.Errorf("the line is %+v, and was %+v", now, c.before)
	}
	if left := terminaltest.Left(c.bytes()); len(left) > 0 {
		c.t.Errorf("%q", left)
	}
}

func TestTheTerminalIsAsItWasAfterEveryEnd(t *testing.T) {
	t.Parallel()
	signal := func(which unix.Signal) func(*console, int) {
		return func(c *console, pid int) { c.kill(pid, which) }
	}
	for name, end := range map[string]func(c *console, pid int){
		"q":      func(c *console, _ int) { c.press("q") },
		"ctrl+c": func(c *console, _ int) { c.press(ctrlC) },
		"TERM":   signal(unix.SIGTERM),
		"INT":    signal(unix.SIGINT),
		"QUIT":   signal(unix.SIGQUIT),
		"HUP":    signal(unix.SIGHUP),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A script starts it: at the end of the first program of a terminal the kernel
			// itself makes the line what it was.
			l := launch{args: []string{"demo"}, aloud: true, under: []string{
				"sh", "-c", `sh -c 'echo $$ >pid; exec "$@"' sh "$@"; echo left with $?; read x`, "sh",
			}}
			c := l.start(t)
			c.waitFor("170 tokens", "root.admin")
			pid, err := strconv.Atoi(strings.TrimSpace(read(t, filepath.Join(c.home, "pid"))))
			if err != nil {
				t.Fatal(err)
			}
			if len(terminaltest.Left(c.bytes())) < 2 || reflect.DeepEqual(c.state(), c.before) {
				t.Error("the terminal is not the program's")
			}
			end(c, pid)
			c.waitFor("left with 0")
			c.expectAsItWas()
		})
	}
}

func TestAThousandResizesLeaveAWholeScreen(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	dice := rand.New(rand.NewPCG(10, 1000))
	c.resize(250, 90)
	c.wait("a large screen", func(s screen) bool { return s.whole(90, "? help") })
	before := 0
	for i := range 1000 {
		if i == 300 { // what it has then is what frames and their garbage take at most
			before = memory(t, c.cmd.Process.Pid)
		}
		c.resize(1+dice.IntN(250), 1+dice.IntN(90))
	}
	c.resize(100, 30)
	c.wait("a whole screen", func(s screen) bool { return s.whole(30, "? help") && s.shows("170 tokens") && s.selected() != "" })
	if after := memory(t, c.cmd.Process.Pid); after > before+32<<10 {
		t.Errorf("it had %d KiB, and has %d", before, after)
	}
	row := c.expectWhole().selected()
	c.press("j")
	c.wait("another row", func(s screen) bool { return s.selected() != "" && s.selected() != row })
	c.expectWhole()
}

// memory is how much of it a process has, in KiB.
func memory(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0 // this system does not say it so
	}
	size, err := strconv.Atoi(string(regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// TestAWindowThatWasSmallerForAMomentIsPaintedWhole shows the program the size that it had
// before, as when a person drags an edge back: a terminal loses what it does not show.
func TestAWindowThatWasSmallerForAMomentIsPaintedWhole(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	before := c.screen()
	c.mu.Lock()
	for _, size := range []vt.Coord{{X: 40, Y: 10}, {X: 100, Y: 30}} {
		c.term.SetSize(size)
		_, _ = c.term.WindowSize() // it cuts its cells when it is looked at
	}
	c.mu.Unlock()
	if c.screen().shows("? help") {
		t.Fatal("nothing was lost")
	}
	c.kill(c.cmd.Process.Pid, unix.SIGWINCH)
	c.wait("the whole screen", func(s screen) bool { return s.String() == before.String() })
}

func TestWhatOthersWroteOverTheScreenGoesWithCtrlL(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.shared = true
	before := c.screen()
	tty, err := os.OpenFile(c.tty, os.O_WRONLY|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	_, err = tty.WriteString("\x1b[H\r\nBroadcast message from root: \x1b[7mthe system is going down\x1b[J\x1b[5;20r\x1b[?25h")
	if err != nil {
		t.Fatal(err)
	}
	c.waitFor("Broadcast message")
	c.press(ctrlL)
	c.wait("the screen as it was", func(s screen) bool { return s.String() == before.String() })
	c.press("G")
	c.wait("another row", func(s screen) bool { return s.selected() != "" && s.selected() != before.selected() })
	c.expectWhole()
}

// Nobody takes what is written where a connection has stalled, though the line is there; nor
// what is said on the way out.

func TestATerminalThatDoesNotReadHoldsUpNoKeyAndNoEnd(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens", "? help")
	keep := c.fill()
	defer keep.Close()
	for range 3 {
		before := server.Served("tokens")
		c.press(ctrlR)
		until(t, "a list that is read again", func() bool { return server.Served("tokens") > before })
	}
	c.press("q")
	c.expectEndUnread()
}

func TestATerminalThatDoesNotReadHoldsUpNoRescue(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings, Users: 12, Tokens: 5})
	system := server.Systems()[0]
	way := newRelay(t, system)
	l := launch{home: t.TempDir(), env: []string{"SECRET=" + system.Token}, aloud: true}
	l.configure(t, "[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = \""+way.at(system)+"\"\ntoken_env = \"SECRET\"\n")
	c := l.start(t)
	c.waitFor("5 tokens", "? help")
	c.press("r")
	way.arm()
	c.confirm("Regenerate token")
	await(t, "the write", way.asked)
	keep := c.fill()
	defer keep.Close()
	blow("TERM").strike(c)
	way.letGo()
	c.expectEndUnread()
	if key, err := l.takeKey(t); err != nil || way.key == "" || key != way.key+"\n" {
		t.Errorf("authdeck keys take gives %d letters, %v", len(key), err)
	}
}

// expectEndUnread holds the program to an end before anybody reads again, and to a line
// that is as it was then.
func (c *console) expectEndUnread() {
	c.t.Helper()
	c.awaitEnd()
	if now := c.state(); !reflect.DeepEqual(now, c.before) {
		c.t.Errorf("the line is %+v, and was %+v", now, c.before)
	}
}

// fill has nobody read any more, and the terminal full. The terminal, which it opens too,
// stays as it is while that is open.
func (c *console) fill() *os.File {
	c.t.Helper()
	tty, err := os.OpenFile(c.tty, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	c.mu.Lock()
	c.deaf = make(chan struct{})
	c.mu.Unlock()
	c.t.Cleanup(func() { close(c.deaf) }) // one read was under way, and is the last
	poll := []unix.PollFd{{Fd: int32(tty.Fd()), Events: unix.POLLOUT}}
	for limit := time.Now().Add(patience); time.Now().Before(limit); {
		if n, err := unix.Poll(poll, 0); n == 0 && err == nil {
			return tty
		}
		c.press(ctrlL)
		time.Sleep(time.Millisecond)
	}
	c.t.Fatal("the terminal takes everything")
	return nil
}

// until waits for something that is seen nowhere else.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for limit := time.Now().Add(patience); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
