package e2e_test

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v3/vt"
	"golang.org/x/sys/unix"
)

const (
	beginFrame = "\x1b[?2026h"
	endFrame   = "\x1b[?2026l"
)

func newTerm(t *testing.T, width, height int) vt.MockTerm {
	t.Helper()
	term := vt.NewMockTerm(vt.MockOptSize{X: vt.Col(width), Y: vt.Row(height)})
	if err := term.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = term.Stop() })
	go func() { _, _ = io.Copy(io.Discard, term) }() // answers nobody gets
	return term
}

func (c *console) listen() {
	defer close(c.ended)
	buf := make([]byte, 32<<10)
	for {
		c.hear()
		n, err := c.line.Read(buf)
		c.take(buf[:n])
		if err != nil {
			_ = c.cmd.Wait()
			return
		}
	}
}

// hear waits while nobody reads.
func (c *console) hear() {
	c.mu.Lock()
	deaf := c.deaf
	c.mu.Unlock()
	if deaf != nil {
		<-deaf
	}
}

// take draws what came, whole frames only, as a terminal does that knows
// synchronized output.
func (c *console) take(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw = append(c.raw, b...)
	c.held = append(c.held, b...)
	whole := len(c.held)
	if begin := bytes.LastIndex(c.held, []byte(beginFrame)); begin > bytes.LastIndex(c.held, []byte(endFrame)) {
		whole = begin
	}
	for _, frame := range bytes.SplitAfter(c.held[:whole], []byte(endFrame)) {
		_, _ = c.term.Write(frame)
		c.remember(len(c.raw))
	}
	c.held = c.held[whole:]
	close(c.news)
	c.news = make(chan struct{})
}

// remember keeps what there was to see, with how many bytes had come by then.
func (c *console) remember(at int) {
	text := c.picture().String()
	if len(c.seen) == 0 || c.seen[len(c.seen)-1].text != text {
		c.seen = append(c.seen, sight{at, text})
	}
}

// shown is all that came to the terminal after so many bytes: as bytes, and as the screens
// that it drew. A painter writes the cells that changed, so that a key may stand on the
// screen that never came in one piece.
func (c *console) shown(after int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := string(c.raw[after:])
	for _, s := range c.seen {
		if s.at > after {
			all += "\n" + s.text
		}
	}
	return all
}

// sight is what there was to see when so many bytes had come.
type sight struct {
	at   int
	text string
}

// screen is the lines that a person sees.
type screen []string

func (s screen) String() string { return strings.Join(s, "\n") }

// words is the screen with one blank where there are some: a key and its word stand further
// apart in a box than on the last line.
func (s screen) words() string { return blanks.ReplaceAllString(s.String(), " ") }

var blanks = regexp.MustCompile(` +`)

func (s screen) shows(words ...string) bool {
	for _, w := range words {
		if !strings.Contains(s.words(), blanks.ReplaceAllString(w, " ")) {
			return false
		}
	}
	return true
}

// selected is the row of the page that the cursor is on; empty if there is none.
func (s screen) selected() string {
	for _, line := range s {
		if row, found := strings.CutPrefix(line, "› "); found {
			return row
		}
	}
	return ""
}

// chosen is the row that the cursor is on in the list of a box over the page, or of one that
// has the window for itself; empty if there is none yet.
func (s screen) chosen() string {
	if !s.shows("╭") {
		return s.selected()
	}
	for _, line := range s {
		if _, row, found := strings.Cut(line, "│  › "); found {
			return strings.TrimRight(row, " │")
		}
	}
	return ""
}

// look is the screen, and what is closed when there is more to see.
func (c *console) look() (screen, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.picture(), c.news
}

// picture is the screen, for who holds the lock.
func (c *console) picture() screen {
	size, _ := c.term.WindowSize()
	var s screen
	for y := range size.Height {
		var line strings.Builder
		for x := 0; x < size.Width; x++ {
			cell := c.term.GetCell(vt.Coord{X: vt.Col(x), Y: vt.Row(y)})
			line.WriteString(cell.C)
			if cell.C == "" {
				line.WriteByte(' ')
			}
			x += max(0, cell.W-1)
		}
		s = append(s, strings.TrimRight(line.String(), " "))
	}
	return s
}

func (c *console) screen() screen {
	s, _ := c.look()
	return s
}

func (c *console) wait(what string, seen func(screen) bool) screen {
	c.t.Helper()
	limit := time.After(patience)
	for {
		s, news := c.look()
		if seen(s) {
			return s
		}
		select {
		case <-news:
		case <-c.ended:
			if s = c.screen(); seen(s) {
				return s
			}
			c.t.Fatalf("the program ended before there was %s; stderr: %s\n%v", what, c.stderr.String(), s)
		case <-limit:
			c.t.Fatalf("waited in vain for %s; the screen is\n%v", what, s)
		}
	}
}

// waitFor waits until all of the words are on the screen at once.
func (c *console) waitFor(words ...string) screen {
	c.t.Helper()
	return c.wait(strings.Join(words, " + "), func(s screen) bool { return s.shows(words...) })
}

// waitGone waits until none of the words is on the screen.
func (c *console) waitGone(words ...string) {
	c.t.Helper()
	c.wait("no "+strings.Join(words, ", no "), func(s screen) bool {
		for _, w := range words {
			if s.shows(w) {
				return false
			}
		}
		return true
	})
}

// waitOn waits until the cursor is on a row with those words.
func (c *console) waitOn(words string) {
	c.t.Helper()
	c.wait("the cursor on "+words, func(s screen) bool { return strings.Contains(s.selected(), words) })
}

// press sends keys in one packet.
func (c *console) press(keys string) {
	c.t.Helper()
	if _, err := io.WriteString(c.line, keys); err != nil {
		c.t.Fatal(err)
	}
}

// paste sends text as a terminal does when a person pastes it.
func (c *console) paste(text string) {
	c.t.Helper()
	c.press("\x1b[200~" + text + "\x1b[201~")
}

func (c *console) resize(width, height int) {
	c.t.Helper()
	c.mu.Lock()
	c.term.SetSize(vt.Coord{X: vt.Col(width), Y: vt.Row(height)})
	c.mu.Unlock()
	c.tell(width, height)
}

// tell gives the line a size, and not the screen that we see.
func (c *console) tell(width, height int) {
	c.t.Helper()
	control, err := c.line.SyscallConn()
	if err != nil {
		c.t.Fatal(err)
	}
	err = control.Control(func(fd uintptr) {
		size := unix.Winsize{Col: uint16(width), Row: uint16(height)}
		if err := unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &size); err != nil {
			c.t.Error(err)
		}
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *console) bytes() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Clone(c.raw)
}

// exit waits for the end of the program and gives its exit code.
func (c *console) exit() int {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Fatalf("the program does not end; the screen is\n%v", c.screen())
	}
	return c.cmd.ProcessState.ExitCode()
}

// told is what the program said beside the screen, once it has ended.
func (c *console) told() string {
	c.t.Helper()
	c.exit()
	c.heard = true
	return c.stderr.String()
}

// keptTold is what the program says of a key that stays sealed, as it does whenever a line
// is cut with a key in hand.
var keptTold = regexp.MustCompile(`(?m)^authdeck: The .+ was not handed over, and is kept, sealed:\nauthdeck: (authdeck keys shows it, and so does the next start|it goes with the demo)\.\n`)

// close cuts the line, which ends the program, and looks at all that it wrote.
func (c *console) close() {
	_ = c.line.Close()
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Error("the program outlives its terminal")
		_ = c.cmd.Process.Kill()
		<-c.ended
	}
	if said := strings.TrimSpace(keptTold.ReplaceAllString(c.stderr.String(), "")); said != "" && !c.heard {
		c.t.Errorf("stderr: %s", said)
	}
	if !c.shared {
		c.expectHarmless()
	}
}
