package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

func TestWhatWouldBeLostIsSaidInAWindowThatIsTooSmall(t *testing.T) {
	for _, size := range []tea.WindowSizeMsg{{Width: 0, Height: 0}, {Width: 30, Height: 8}, {Width: 200, Height: 1}} {
		d := holding(t)
		d.app.Update(size)
		d.app.Update(alone(tea.KeyMsg{Type: tea.KeyCtrlC}))
		words := strings.Join(strings.Fields(ansi.Strip(d.app.View())), " ")
		if !strings.HasPrefix(words, "ctrl+c again loses the new key, which nobody has.") {
			t.Errorf("%v: %q", size, words)
		}
	}
}

func TestATerminalWithoutASizeIsToldWhatIsWaitedFor(t *testing.T) {
	for _, size := range []tea.WindowSizeMsg{{Width: 0, Height: 0}, {Width: 0, Height: 24}, {Width: 80, Height: 0}} {
		d := prepare(t, termenv.Ascii, company(newClock()))
		if view := d.app.View(); view != "" {
			t.Errorf("before the terminal was asked: %q", view)
		}
		d.run(d.app.Init())
		d.app.Update(size)
		want := map[tea.WindowSizeMsg]string{
			{Width: 0, Height: 0}:  "authdeck waits for a size: the terminal says 0×0",
			{Width: 0, Height: 24}: "authdeck waits for a size: the terminal says 0×24",
			{Width: 80, Height: 0}: "authdeck waits for a size: the terminal says 80×0",
		}[size]
		if view := ansi.Strip(d.app.View()); view != want {
			t.Errorf("%v: %q", size, view)
		}
		d.app.Update(alone(letter('d')))
		d.app.Update(alone(letter('y')))
		d.wrote()
		d.resize(100, 30)
		d.sees("sara", "5 tokens")
		d.seesNot("Delete token")
	}
}
