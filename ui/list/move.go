package list

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// KeyMap are the keys that move within and between pages.
type KeyMap struct{ Down, Up, PageDown, PageUp, Top, Bottom, Next, Previous key.Binding }

// Keys are the keys of every list.
func Keys() KeyMap {
	bind := func(help, what string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
	}
	return KeyMap{
		Down:     bind("j/↓", "down", "j", "down"),
		Up:       bind("k/↑", "up", "k", "up"),
		PageDown: bind("pgdn", "a screen down", "pgdown", "ctrl+f", " "),
		PageUp:   bind("pgup", "a screen up", "pgup", "ctrl+b"),
		Top:      bind("g", "first row", "g", "home"),
		Bottom:   bind("G", "last row", "G", "end"),
		Next:     bind("n", "next page", "n", "right"),
		Previous: bind("N", "previous page", "N", "left"),
	}
}

// Bindings are all of them, in the order of a help.
func (k KeyMap) Bindings() []key.Binding {
	return []key.Binding{k.Down, k.Up, k.PageDown, k.PageUp, k.Top, k.Bottom, k.Next, k.Previous}
}

// Keys are the keys of this list.
func (m *Model[T]) Keys() KeyMap { return m.keys }

// Press moves by a key; handled is false for a key that is not the list's.
func (m *Model[T]) Press(msg tea.KeyMsg) (cmd tea.Cmd, handled bool) {
	cmd, handled = m.press(msg)
	if handled {
		m.chose()
	}
	return cmd, handled
}

func (m *Model[T]) press(msg tea.KeyMsg) (cmd tea.Cmd, handled bool) {
	keys := m.keys
	last := len(m.page.Items) - 1
	switch {
	case key.Matches(msg, keys.Down):
		return m.down(), true
	case key.Matches(msg, keys.Up):
		return m.up(), true
	case key.Matches(msg, keys.PageDown):
		m.turnTo(min(m.cursor+m.rows(), last))
	case key.Matches(msg, keys.PageUp):
		m.turnTo(max(m.cursor-m.rows(), 0))
	case key.Matches(msg, keys.Top):
		m.moveTo(0)
	case key.Matches(msg, keys.Bottom):
		m.moveTo(last)
	case key.Matches(msg, keys.Next):
		return m.Next(), true
	case key.Matches(msg, keys.Previous):
		return m.Previous(), true
	default:
		return nil, false
	}
	return nil, true
}

// Onward moves as the key down does.
func (m *Model[T]) Onward() tea.Cmd {
	m.chose()
	return m.down()
}

// chose says that from here on the reader has chosen where the cursor is.
func (m *Model[T]) chose() { m.sought, m.stray = sought{}, stray[T]{} }

// down goes on to the next page at the last row, as a reader would.
func (m *Model[T]) down() tea.Cmd {
	if m.cursor >= len(m.page.Items)-1 {
		return m.Next()
	}
	m.moveTo(m.cursor + 1)
	return nil
}

func (m *Model[T]) up() tea.Cmd {
	if m.cursor <= 0 {
		return m.back(onLast)
	}
	m.moveTo(m.cursor - 1)
	return nil
}

// moveTo puts the cursor on a row. At the edge the rows go by as little as it takes: what
// the reader looks at stays in sight, and a terminal shifts it by itself.
func (m *Model[T]) moveTo(row int) {
	m.cursor = max(0, min(row, len(m.page.Items)-1))
	switch rows := m.rows(); {
	case m.cursor >= m.top+rows:
		m.top = m.cursor - rows + 1
	case m.cursor < m.top:
		m.top = m.cursor
	}
	m.top = max(0, min(m.top, len(m.page.Items)-m.rows()))
}

// turnTo puts the cursor on a row a screen away, and that into the middle of the window: a
// reader who turns on looks at what is around it.
func (m *Model[T]) turnTo(row int) {
	rows, half := m.rows(), max(1, m.rows()/2)
	switch {
	case row >= m.top+rows:
		m.top = row - rows + half
	case row < m.top:
		m.top = row - half + 1
	}
	m.top = max(0, min(m.top, len(m.page.Items)-rows))
	m.moveTo(row)
}

// rows is how many rows the window shows, under the titles.
func (m *Model[T]) rows() int { return max(1, m.height-1) }
