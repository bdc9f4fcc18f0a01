// Command bare1 is what a bare program of Bubble Tea v1 costs: a measure that the
// console is held against. It uses nothing of the console. With the word "mixed" its
// rows are not of ASCII alone.
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/docs/bench/rows"
)

type list struct {
	rows                []string
	cursor, top, height int
}

func (l list) Init() tea.Cmd { return nil }

func (l list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.height = msg.Height
	case tea.KeyMsg:
		switch msg.String() {
		case "q", "ctrl+c":
			return l, tea.Quit
		case "j", "down":
			l.cursor = min(l.cursor+1, len(l.rows)-1)
		case "k", "up":
			l.cursor = max(l.cursor-1, 0)
		}
	}
	switch { // half a page at the edge, because a scroll by one changes every line
	case l.cursor < l.top:
		l.top = max(l.cursor-l.height/2, 0)
	case l.cursor >= l.top+l.height:
		l.top = l.cursor - l.height/2
	}
	return l, nil
}

func (l list) View() string {
	shown := make([]string, 0, l.height)
	for i := l.top; i < min(l.top+l.height, len(l.rows)); i++ {
		marker := "  "
		if i == l.cursor {
			marker = "> "
		}
		shown = append(shown, marker+l.rows[i])
	}
	return strings.Join(shown, "\n")
}

func main() {
	l := list{rows: rows.List(slices.Contains(os.Args, "mixed"))}
	if _, err := tea.NewProgram(l, tea.WithAltScreen(), tea.WithFPS(30)).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
