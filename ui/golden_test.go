package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/caret"
)

var update = flag.Bool("update", false, "write the golden files anew")

// scene is a screen that a few keys lead to.
type scene struct {
	name string
	set  func(*remote)
	keys func(*driver)
}

func press(keys string) func(*driver) { return func(d *driver) { d.press(keys) } }

func scenes() []scene {
	unreachable := func(what string) func(*remote) {
		return func(r *remote) { r.fail[what] = model.Fail(model.Unavailable, "connection refused") }
	}
	return []scene{
		{"tokens", nil, press("j")},
		{"users", nil, press("2j")},
		{"search", nil, func(d *driver) { d.press("/om"); d.pressKey(tea.KeyLeft) }},
		{"form", func(r *remote) { r.forms, r.info.Missing = formed(r.clock).forms, nil }, func(d *driver) {
			d.press("c")
			d.pressKey(tea.KeyTab)
			d.press("ci")
			d.pressKey(tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyDown)
		}},
		{"details", nil, func(d *driver) { d.press("jjj"); d.pressKey(tea.KeyEnter) }},
		{"question", nil, press("d")},
		{"production", func(r *remote) { r.info.Production = true }, press("Gr#10")},
		{"picker", nil, press("c")},
		{"busy", nil, func(d *driver) { d.press("r"); d.hold(); d.press("y"); d.pass(2 * time.Second) }},
		{"reveal", nil, press("ry")},
		{"failure", unreachable("regenerate"), press("ry")},
		{"help", func(r *remote) { r.info.Missing[model.Delete] = "this Hamgam is too old" }, press("?")},
		{"systems", unreachable("who"), press("0")},
		{"empty", func(r *remote) { r.tokens = nil }, press("r")},
		{"failed", unreachable("tokens"), press("")},
	}
}

func TestScreensLookAsTheyDid(t *testing.T) {
	for _, s := range scenes() {
		for suffix, profile := range map[string]termenv.Profile{"": termenv.Ascii, "-colour": termenv.ANSI} {
			t.Run(s.name+suffix, func(t *testing.T) {
				var b strings.Builder
				for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
					fmt.Fprintf(&b, "── %d×%d\n%s\n", size[0], size[1], s.draw(t, profile, size))
				}
				compare(t, s.name+suffix, b.String())
			})
		}
	}
}

// draw is the screen as a file shows it: escape sequences are visible, ‸ is where the
// terminal's own cursor stands, and a line ends with its last letter.
func (s scene) draw(t *testing.T, profile termenv.Profile, size [2]int) string {
	t.Helper()
	r := company(newClock())
	r.slow = 12 * time.Millisecond
	if s.set != nil {
		s.set(r)
	}
	d := prepare(t, profile, r)
	d.begin(size[0], size[1])
	s.keys(d)
	lines := strings.Split(strings.NewReplacer(caret.Here, "‸", "\x1b", "␛").Replace(d.app.View()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted, lines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wanted), len(lines)) {
		if i >= len(wanted) || i >= len(lines) || wanted[i] != lines[i] {
			t.Fatalf("%s differs from line %d on; got\n%s", path, i+1, got)
		}
	}
}
