package terminal_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
	"authdeck/ui/terminal"
)

const poison = "\x1b]52;c;c3RvbGVu\a\x1b[2Jbad\r\nnews\u202e"

// script is a model that does what the test says.
type script struct {
	init   tea.Cmd
	update func(tea.Msg) tea.Cmd
	view   func() string
}

func (s script) Init() tea.Cmd { return s.init }

func (s script) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if s.update == nil {
		return s, nil
	}
	return s, s.update(msg)
}

func (s script) View() string {
	if s.view == nil {
		return "all is well"
	}
	return s.view()
}

type initPanics struct{ script }

func (initPanics) Init() tea.Cmd { panic(poison) }

func panics() tea.Msg { panic(poison) }
func quiet() tea.Msg  { return nil }

func TestAPanicEndsTheProgramWithOneCleanLine(t *testing.T) {
	onStart := func(then func() tea.Cmd) func(tea.Msg) tea.Cmd {
		return func(msg tea.Msg) tea.Cmd {
			if msg == "start" {
				return then()
			}
			return nil
		}
	}
	start := func() tea.Msg { return "start" }
	for name, m := range map[string]tea.Model{
		"Init":                    initPanics{},
		"Update":                  script{init: start, update: onStart(func() tea.Cmd { panic(poison) })},
		"first View":              script{view: func() string { panic(poison) }},
		"later View":              script{init: start, view: secondTime(func() { panic(poison) })},
		"command":                 script{init: panics},
		"command of Update":       script{init: start, update: onStart(func() tea.Cmd { return panics })},
		"command of a batch":      script{init: tea.Batch(quiet, panics)},
		"batch in a batch":        script{init: tea.Batch(quiet, tea.Batch(quiet, panics))},
		"command of a sequence":   script{init: tea.Sequence(quiet, panics)},
		"batch made by a command": script{init: func() tea.Msg { return tea.BatchMsg{nil, panics} }},
		"several at once":         script{init: tea.Batch(panics, panics, panics)},
	} {
		t.Run(name, func(t *testing.T) {
			g := terminal.Guard(m)
			p := tea.NewProgram(g, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutCatchPanics(), tea.WithoutSignals())
			if _, err := p.Run(); err != nil {
				t.Fatal(err)
			}
			expectClean(t, g)
		})
	}
}

func secondTime(do func()) func() string {
	calls := 0
	return func() string {
		if calls++; calls == 2 {
			do()
		}
		return "all is well"
	}
}

func expectClean(t *testing.T, g *terminal.Guarded) {
	t.Helper()
	if g.Crash() == nil {
		t.Fatal("no crash is remembered")
	}
	line := g.Crash().Error()
	if !strings.HasPrefix(line, "panic at guard_test.go:") || !strings.Contains(line, "bad␍␊news") {
		t.Errorf("the line is %q", line)
	}
	if strings.ContainsFunc(line, unprintable) || strings.ContainsFunc(strings.ReplaceAll(g.Trace(), "\n", ""), unprintable) {
		t.Errorf("a control character is left in %q or its trace", line)
	}
	if !strings.Contains(g.Trace(), "guard_test.go:") || strings.Contains(g.Trace(), "␉") || strings.Count(g.Trace(), "\n") < 5 {
		t.Errorf("the trace is %q", g.Trace())
	}
	if g.View() != "" {
		t.Errorf("still shows %q", g.View())
	}
}

func unprintable(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' }

func TestTheFirstPanicIsRemembered(t *testing.T) {
	g := terminal.Guard(script{update: func(msg tea.Msg) tea.Cmd {
		return func() tea.Msg { panic(msg) }
	}})
	_, first := g.Update("first")
	_, second := g.Update("second")
	for _, msg := range []tea.Msg{first(), second()} {
		if _, cmd := g.Update(msg); cmd == nil || cmd() != tea.Quit() {
			t.Error("the program goes on")
		}
	}
	if !strings.HasSuffix(g.Crash().Error(), ": first") {
		t.Error(g.Crash())
	}
}

func TestARuntimeErrorNamesItsOwnLine(t *testing.T) {
	var none []int
	g := terminal.Guard(script{update: func(tea.Msg) tea.Cmd { none[3]++; return nil }})
	g.Update(nil)
	if line := g.Crash().Error(); !strings.HasPrefix(line, "panic at guard_test.go:") || !strings.Contains(line, "out of range") {
		t.Error(line)
	}
}

func TestWithoutAPanicNothingIsNoted(t *testing.T) {
	g := terminal.Guard(script{})
	if g.Init() != nil {
		t.Error("a command out of nothing")
	}
	if _, cmd := g.Update("hello"); cmd != nil || g.View() != "all is well" || g.Crash() != nil || g.Trace() != "" {
		t.Errorf("view %q, crash %v", g.View(), g.Crash())
	}
}

func TestEachKeyOfAPacketIsOneAndItsCommandIsRun(t *testing.T) {
	var got []string
	g := terminal.Guard(script{update: func(msg tea.Msg) tea.Cmd {
		got = append(got, msg.(keyboard.Press).Key.String())
		return quiet
	}})
	_, cmd := g.Update(terminal.Packet("j\x1bkک\x1b[200~jk\x1b[201~\r"))
	if want := []string{"j", "alt+k", "ک", "[jk]", "enter"}; !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
	if batch, ok := cmd().(tea.BatchMsg); !ok || len(batch) != 5 {
		t.Errorf("commands %v", batch)
	}
}
