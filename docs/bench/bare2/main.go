// Command bare2 is what a bare program of Bubble Tea v2 costs: the program of bare1. With
// the word "by-one" behind "mixed" or "ascii" its list scrolls by one row at the edge,
// since this painter can move what stands on the screen.
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"authdeck/docs/bench/rows"
)

type list struct {
	rows                []string
	cursor, top, height int
	byOne               bool
}

func (l list) Init() tea.Cmd { return nil }

func (l list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.height = msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "ctrl+c":
			return l, tea.Quit
		case "j", "down":
			l.cursor = min(l.cursor+1, len(l.rows)-1)
		case "k", "up":
			l.cursor = max(l.cursor-1, 0)
		}
	}
	switch {
	case l.byOne:
		l.top = max(min(l.top, l.cursor), l.cursor-l.height+1, 0)
	case l.cursor < l.top:
		l.top = max(l.cursor-l.height/2, 0)
	case l.cursor >= l.top+l.height:
		l.top = l.cursor - l.height/2
	}
	return l, nil
}

func (l list) View() tea.View {
	shown := make([]string, 0, l.height)
	for i := l.top; i < min(l.top+l.height, len(l.rows)); i++ {
		marker := "  "
		if i == l.cursor {
			marker = "> "
		}
		shown = append(shown, marker+l.rows[i])
	}
	view := tea.NewView(strings.Join(shown, "\n"))
	view.AltScreen = true
	return view
}

func main() {
	l := list{rows: rows.List(slices.Contains(os.Args, "mixed")), byOne: slices.Contains(os.Args, "by-one")}
	if _, err := tea.NewProgram(l, tea.WithFPS(30)).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
