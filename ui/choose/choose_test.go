package choose

import (
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/look"
)

func asked(choices ...string) *Model {
	q := Question{Title: "Which?", Current: "second"}
	for _, c := range choices {
		q.Choices = append(q.Choices, model.Choice{Value: c, Label: c})
	}
	return New(look.NewKeys(), look.NewStyles(lipgloss.NewRenderer(io.Discard), model.Theme{}), q)
}

// typed presses letters, and then keys that are none; the last key's end counts.
func (m *Model) typed(letters string, keys ...tea.KeyType) (end End) {
	for _, r := range letters {
		end = m.Key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	for _, k := range keys {
		end = m.Key(tea.KeyMsg{Type: k})
	}
	return end
}

func TestTheCursorIsOnWhatHoldsAndMovesFromThere(t *testing.T) {
	for letters, want := range map[string]string{"": "second", "j": "third", "jj": "third", "k": "first", "kkkj": "second"} {
		m := asked("first", "second", "third")
		if end := m.typed(letters, tea.KeyEnter); end != Taken {
			t.Errorf("%q ends as %d", letters, end)
		}
		if c, _ := m.Chosen(); c.Value != want {
			t.Errorf("%q chooses %q, want %q", letters, c.Value, want)
		}
	}
}

func TestTypedLettersNarrowAndNothingIsTakenOfNone(t *testing.T) {
	for letters, want := range map[string]string{"th": "third", "IR": "first", "/j": "jackdaw", "c d": "second", "ackj": ""} {
		m := asked("first", "second", "third", "jackdaw")
		end := m.typed(letters, tea.KeyEnter)
		if c, some := m.Chosen(); some != (want != "") || c.Value != want || (end == Taken) != some {
			t.Errorf("%q chooses %q and ends as %d, want %q", letters, c.Value, end, want)
		}
	}
	m := asked("first", "second", "third")
	m.typed("x")
	if view := drawn(m, 80, 20); !strings.Contains(view, "Nothing fits “x”.") {
		t.Error(view)
	}
	m.typed("", tea.KeyBackspace)
	m.typed("j")
	if c, _ := m.Chosen(); c.Value != "second" {
		t.Errorf("after everything was deleted j is on %q", c.Value)
	}
}

func TestEscTakesNothing(t *testing.T) {
	for _, letters := range []string{"", "j", "th", "/"} {
		if end := asked("first", "second", "third").typed(letters, tea.KeyEsc); end != Left {
			t.Errorf("%q and esc end as %d", letters, end)
		}
	}
}

// drawn is the question as words, drawn twice: a box keeps its place.
func drawn(m *Model, width, height int) string {
	m.View(width, height)
	box := m.View(width, height)
	return box.Over(m.styles.Fade(strings.Repeat("\n", height-1), width), width, height)
}

func TestAQuestionFitsEveryWindowAndShowsItsCursorAndWhatHolds(t *testing.T) {
	many := []string{"first", "second", "a long one that no narrow window has room for, not even half of it"}
	for range 37 {
		many = append(many, "more")
	}
	for _, size := range [][2]int{{120, 32}, {80, 20}, {60, 11}, {40, 6}, {100, 5}} {
		m := asked(many...)
		view := drawn(m, size[0], size[1])
		if n := strings.Count(view, caret.Here); n != 1 {
			t.Errorf("at %v there are %d cursors", size, n)
		}
		lines := strings.Split(ansi.Strip(caret.Without(view)), "\n")
		if len(lines) != size[1] {
			t.Errorf("at %v it has %d lines", size, len(lines))
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > size[0] {
				t.Errorf("at %v: %q", size, line)
			}
		}
		for _, want := range []string{"Which?", "› second", "now", "2 of 40"} {
			if !strings.Contains(strings.Join(lines, "\n"), want) {
				t.Errorf("at %v there is no %q:\n%s", size, want, strings.Join(lines, "\n"))
			}
		}
	}
}
