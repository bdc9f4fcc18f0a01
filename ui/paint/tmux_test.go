package paint_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/paint"
	"authdeck/ui/paint/painttest"
)

// tmux is a real terminal: a server of its own, that ends with the test.
type tmux struct {
	t      *testing.T
	socket string
	frames int
}

// pane is one of its windows, that shows what is written to its line.
type pane struct {
	*tmux
	name string
	line *os.File
}

func newTmux(t *testing.T) *tmux {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	m := &tmux{t: t, socket: filepath.Join(t.TempDir(), "tmux")}
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", m.socket, "kill-server").Run() })
	return m
}

func (m *tmux) do(args ...string) string {
	m.t.Helper()
	out, err := exec.CommandContext(m.t.Context(), "tmux", append([]string{"-u", "-S", m.socket, "-f", "/dev/null"}, args...)...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("tmux %q: %v: %s", args, err, out)
	}
	return string(out)
}

// window opens one that nothing is done to but what is painted.
func (m *tmux) window(name string) *pane {
	m.t.Helper()
	m.do("new-session", "-d", "-s", name, "-x", "80", "-y", "24", "stty raw -echo; printf '\\033]2;ready\\033\\\\'; exec sleep 1000")
	p := &pane{tmux: m, name: name}
	p.wait("ready")
	line, err := os.OpenFile(strings.TrimSpace(m.do("display", "-p", "-t", name, "#{pane_tty}")), os.O_WRONLY, 0)
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = line.Close() })
	p.line = line
	return p
}

// wait waits until everything before a title has been drawn, and gives the cursor and the cells.
func (p *pane) wait(title string) string {
	p.t.Helper()
	for limit := time.Now().Add(time.Minute); time.Now().Before(limit); {
		shown := p.do("display", "-p", "-t", p.name, "#{pane_title}\n#{cursor_flag} #{cursor_x} #{cursor_y}", ";", "capture-pane", "-p", "-e", "-N", "-t", p.name)
		if is, rest, _ := strings.Cut(shown, "\n"); is == title {
			return rest
		}
	}
	p.t.Fatalf("%s was not drawn within a minute", title)
	return ""
}

// draw gives what a person sees after a frame.
func (p *pane) draw(frame []byte) string {
	p.t.Helper()
	p.frames++
	title := strconv.Itoa(p.frames)
	if _, err := p.line.Write(append(bytes.Clone(frame), "\x1b]2;"+title+"\x1b\\"...)); err != nil {
		p.t.Fatal(err)
	}
	return p.wait(title)
}

// seen is the cursor if it is there to see, and the cells as a person sees them: in what
// style a blank was written that shows none of it is not told.
func seen(shown string, width, height int) *painttest.Screen {
	cursor, cells, _ := strings.Cut(shown, "\n")
	lines, style := strings.Split(cells, "\n"), ""
	for i, line := range lines { // a style lasts beyond the end of a line there
		lines[i] = style + line
		for _, order := range orders(line) {
			style += order
			if order == "\x1b[0m" {
				style = ""
			}
		}
	}
	s := painttest.Shown(painttest.Kind{}, strings.Join(lines, "\n"), width, height)
	var flag int
	_, _ = fmt.Sscan(cursor, &flag, &s.X, &s.Y)
	s.X, s.Visible = min(s.X, width-1), flag == 1
	return s
}

// orders are the styles that a line switches on and off.
func orders(line string) (found []string) {
	for len(line) > 0 {
		sequence, _, n, _ := ansi.DecodeSequence(line, ansi.NormalState, nil)
		if sequence[0] == '\x1b' {
			found = append(found, sequence)
		}
		line = line[n:]
	}
	return found
}

// TestTmuxShowsTheView paints random sessions in tmux: after every frame it shows what it
// does when the view is painted whole, and what the strict screen of the other tests shows.
func TestTmuxShowsTheView(t *testing.T) {
	t.Parallel()
	m := newTmux(t)
	one, other := m.window("one"), m.window("other")
	first := *seed
	for i := range uint64(8) {
		c := seeded{rand.New(rand.NewPCG(first+i, 10))}
		s := newSession(c)
		if s.page.raw { // tmux joins a letter to one in another row if there was a joiner at its end
			continue
		}
		s.is = painttest.Kind{NoRegions: !s.can.Regions}
		s.painter.Forget()
		for frame := range 30 {
			lost := frame == 0 || s.page.change(c)
			width, height, view := max(1, s.page.width), max(1, s.page.height), s.page.view()
			if lost {
				for _, p := range []*pane{one, other} {
					p.draw([]byte("\x1b[m\x1b[r\x1b[H\x1b[2J")) // tmux 3.3a may end when it makes lines with wide letters narrow
					m.do("clear-history", "-t", p.name, ";", "resize-window", "-t", p.name, "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
				}
				s.painter.Forget()
				s.lose(c)
				s.screen.Scramble(width, height, 1)
			}
			told := bytes.Clone(s.painter.Paint(view, width, height))
			is := seen(one.draw(told), width, height)
			want := seen(other.draw(paint.New(s.can).Paint(view, width, height)), width, height)
			if differs := is.Differs(want); differs != "" {
				t.Fatalf("seed %d, frame %d of %d×%d: otherwise than painted whole:\n%safter %q\nof %q", first+i, frame, width, height, differs, told, view)
			}
			if err := s.screen.Frame(told); err != nil {
				t.Fatalf("seed %d, frame %d: %v", first+i, frame, err)
			}
			if differs := is.Differs(s.screen); s.page.sure && differs != "" {
				t.Fatalf("seed %d, frame %d of %d×%d: otherwise than the strict screen:\n%safter %q\nof %q", first+i, frame, width, height, differs, told, view)
			}
		}
	}
}
