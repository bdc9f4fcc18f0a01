package terminal

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
)

// plain is a program that shows how many keys it has heard, and what the last one did. It
// comes to every end there is.
type plain struct {
	session *Session
	size    tea.WindowSizeMsg
	keys    int
	did     string
	breaks  bool // its view
}

func (p *plain) Init() tea.Cmd { return p.session.Hangup() }

func (p *plain) View() string {
	if p.breaks {
		panic("in View\x1b[31m")
	}
	rows := []string{"plain", fmt.Sprintf("%d keys, %d×%d", p.keys, p.size.Width, p.size.Height), p.did}
	for len(rows) < p.size.Height-1 {
		rows = append(rows, strings.Repeat(string(rune('a'+p.keys%26)), p.size.Width))
	}
	return "\x1b[1;36m" + strings.Join(rows, "\n") + "\nthe end\x1b[m"
}

func (p *plain) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.size = msg
	case Hangup:
		return p, tea.Quit
	case Stranded:
		p.did = "no shell"
	case keyboard.Press:
		p.keys++
		p.did = "heard " + msg.Key.String()
		return p, p.press(msg.Key.String())
	}
	return p, nil
}

func (p *plain) press(key string) tea.Cmd {
	switch key {
	case "q":
		return tea.Quit
	case "u":
		panic("in Update\x1b[31m")
	case "v":
		p.breaks = true
	case "c":
		return func() tea.Msg { panic("in a command\x1b[31m") }
	case "p":
		return p.breakPainting
	case "r":
		return p.breakReading
	case "ctrl+z":
		return p.session.Suspend
	case "ctrl+l":
		return p.session.Redraw
	}
	return nil
}

// breakPainting has the goroutine that paints panic at the next frame.
func (p *plain) breakPainting() tea.Msg {
	p.session.screen.hand.Lock()
	defer p.session.screen.hand.Unlock()
	p.session.screen.painter = nil
	return nil
}

// breakReading has the goroutine that reads keys panic at the next one.
func (p *plain) breakReading() tea.Msg {
	p.session.in.mu.Lock()
	defer p.session.in.mu.Unlock()
	p.session.in.now = func() time.Time { panic("in the reading\x1b[31m") }
	return nil
}
