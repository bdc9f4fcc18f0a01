package paint_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"authdeck/ui/caret"
	"authdeck/ui/paint"
)

// gnuScreen is a session of GNU screen that shows what is written to its line.
type gnuScreen struct {
	t          *testing.T
	name, room string
	line       *os.File
	frames     int
}

func newGNUScreen(t *testing.T, room, name string) *gnuScreen {
	t.Helper()
	s := &gnuScreen{t: t, name: name, room: room}
	tty := filepath.Join(room, name+".tty")
	s.do("-U", "-dm", "-S", name, "sh", "-c", "stty raw -echo; tty > "+tty+".part; mv "+tty+".part "+tty+"; exec sleep 1000")
	t.Cleanup(func() { _ = s.command("-S", name, "-X", "quit").Run() })
	for limit := time.Now().Add(time.Minute); s.line == nil && time.Now().Before(limit); {
		path, err := os.ReadFile(tty)
		if err != nil {
			continue
		}
		if s.line, err = os.OpenFile(strings.TrimSpace(string(path)), os.O_WRONLY, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.line.Close() })
	}
	return s
}

func (s *gnuScreen) command(args ...string) *exec.Cmd {
	c := exec.Command("screen", append([]string{"-c", filepath.Join(s.room, "rc")}, args...)...)
	c.Env = append(os.Environ(), "SCREENDIR="+s.room, "LC_ALL=C.UTF-8", "TERM=xterm-256color")
	return c
}

func (s *gnuScreen) do(args ...string) string {
	s.t.Helper()
	out, err := s.command(args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("screen %q: %v: %s", args, err, out)
	}
	return string(out)
}

// draw gives what can be had of the cells after a frame, and the cursor. Nothing of
// styles, and of a letter beyond ASCII no more than its last byte.
func (s *gnuScreen) draw(frame []byte) (letters, at string) {
	s.t.Helper()
	s.frames++
	title, copied := "f"+strconv.Itoa(s.frames), filepath.Join(s.room, s.name+".copy")
	if _, err := s.line.Write(append(bytes.Clone(frame), "\x1bk"+title+"\x1b\\"...)); err != nil {
		s.t.Fatal(err)
	}
	for limit := time.Now().Add(time.Minute); time.Now().Before(limit); {
		if s.do("-S", s.name, "-Q", "title") == title {
			s.do("-S", s.name, "-X", "hardcopy", copied)
			at, _, _ = strings.Cut(s.do("-S", s.name, "-Q", "info"), "/")
			cells, err := os.ReadFile(copied)
			if err != nil {
				s.t.Fatal(err)
			}
			return string(cells), at
		}
	}
	s.t.Fatal("a frame was not drawn within a minute")
	return "", ""
}

// TestGNUScreenShowsTheView paints random sessions in GNU screen: after every frame it has
// the letters that it has when the view is painted whole, as far as it tells.
func TestGNUScreenShowsTheView(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("screen"); err != nil {
		t.Skip("GNU screen is not installed")
	}
	room, err := os.MkdirTemp("", "s") //nolint:usetesting // a short name: it is that of a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(room) })
	if err := os.WriteFile(filepath.Join(room, "rc"), []byte("defutf8 on\nstartup_message off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	one, other := newGNUScreen(t, room, "one"), newGNUScreen(t, room, "other")
	can, first := paint.AbilitiesOf("screen-256color"), *seed
	for i, played := uint64(0), 0; played < 4; i++ {
		c := seeded{rand.New(rand.NewPCG(first+i, 10))}
		page := newPage(c)
		if !page.sure { // where letters are wider than we know, screen 4.9 wraps the row although wrapping is off
			continue
		}
		played++
		painter := paint.New(can)
		for frame := range 20 {
			page.change(c)
			page.width, page.height = 80, 24
			view := page.view()
			told := bytes.Clone(painter.Paint(view, 80, 24))
			is, at := one.draw(told)
			want, place := other.draw(paint.New(can).Paint(view, 80, 24))
			if is != want || at != place && strings.Contains(view, caret.Here) {
				t.Fatalf("seed %d, frame %d:\n%q %s\ninstead of\n%q %s\nafter %q\nof %q", first+i, frame, is, at, want, place, told, view)
			}
		}
	}
}
