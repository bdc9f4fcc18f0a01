package list

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/quick"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/caret"
)

// sheet is a list of texts; each row is one of them in every column.
func sheet(rows []string) *Model[string] {
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(termenv.ANSI)
	bold := renderer.NewStyle().Bold(true)
	text := func(s string) string { return s }
	m := New(Options[string]{
		Columns: []Column[string]{
			{Title: "first", Max: 20, Cell: text},
			{Title: "second", Max: 12, Rank: 2, Cell: text, Style: func(s string) (lipgloss.Style, bool) { return bold, len(s)%2 == 0 }},
			{Title: "third", Max: 40, Rank: 1, Cell: text},
		},
		Key:    text,
		Styles: Styles{Title: bold, Marker: renderer.NewStyle().Reverse(true), Faint: bold},
		Empty:  "Nothing is here.",
	})
	m.Put(rows)
	return m
}

// measure holds a view to its window.
func measure(t *testing.T, m *Model[string], width, height int) {
	t.Helper()
	m.SetSize(width, height)
	lines := strings.Split(m.View(), "\n")
	if len(lines) != height {
		t.Errorf("%d lines in a window of %d×%d", len(lines), width, height)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Errorf("a line of %d in a window of %d×%d: %q", w, width, height, line)
		}
	}
}

func texts() []string {
	return []string{
		"", "a", "سلام", "שלום", "李小明", "👩‍👩‍👧‍👦", "e\u0301", strings.Repeat("long ", 20), strings.Repeat("世", 30), "ﷺ", "a\x1b[2Jb", "a\nb", "\u202eabc",
	}
}

// clean makes rows as the console does: a cell is a text of one line.
func clean(foreign ...string) []string {
	rows := make([]string, len(foreign))
	for i, f := range foreign {
		rows[i] = model.Clean(f).String()
	}
	return rows
}

func TestAnyTextFitsAnyWindow(t *testing.T) {
	m := sheet(clean(texts()...))
	for width := 1; width <= 100; width++ {
		measure(t, m, width, 1+width%20)
	}
	measure(t, sheet(nil), 1, 1)
	measure(t, sheet(nil), 9, 5)
}

func FuzzAnyTextFitsAnyWindow(f *testing.F) {
	for i, text := range texts() {
		f.Add(text, uint8(i*9), uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, width, height uint8) {
		measure(t, sheet(clean(text, "beside", text+text)), 1+int(width), 1+int(height))
	})
}

func FuzzACellIsAsWideAsItsColumn(f *testing.F) {
	for i, text := range texts() {
		f.Add(text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, width uint8) {
		if got := ansi.StringWidth(cell(model.Clean(text).String(), int(width))); got != int(width) {
			t.Errorf("a cell of %d is %d wide: %q", width, got, text)
		}
	})
}

func TestACellIsAsWideAsItsColumn(t *testing.T) {
	exact := func(text string, width uint8) bool {
		return ansi.StringWidth(cell(model.Clean(text).String(), int(width%60))) == int(width%60)
	}
	if err := quick.Check(exact, &quick.Config{MaxCount: 500}); err != nil {
		t.Error(err)
	}
}

func TestTextFromRightToLeftEndsBeforeTheNextColumn(t *testing.T) {
	for text, want := range map[string]string{"سلام": "سلام\u200e  ", "abc": "abc   ", "שלום": "שלום\u200e  "} {
		if got := cell(text, 6); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestTheSelectedRowIsNeverHidden(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var rows []string
	for i := range 60 {
		rows = append(rows, fmt.Sprintf("row%02d", i))
	}
	m := sheet(rows)
	for range 3000 {
		switch random.IntN(4) {
		case 0:
			m.SetSize(10+random.IntN(60), 2+random.IntN(30))
		case 1:
			m.moveTo(random.IntN(60))
		case 2:
			m.moveTo(m.cursor + random.IntN(5) - 2)
		case 3:
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			m.Put(rows[:1+random.IntN(60)])
		}
		selected, _ := m.Selected()
		if !strings.Contains(ansi.Strip(m.View()), "› "+selected) {
			t.Fatalf("%s is selected and not in\n%s", selected, m.View())
		}
	}
}

func TestAWindowThatGrowsIsFilled(t *testing.T) {
	m := sheet(strings.Fields("a b c d e f g h i j"))
	m.SetSize(30, 4)
	m.moveTo(9)
	m.SetSize(30, 11)
	if view := ansi.Strip(m.View()); !strings.Contains(view, "  a") || !strings.Contains(view, "› j") {
		t.Errorf("there is room for all rows, and the view is\n%s", view)
	}
}

func TestTheColumnOfTheHighestRankLeavesFirst(t *testing.T) {
	m := sheet([]string{"12345678"})
	for width, want := range map[int]string{40: "first second third", 28: "first third", 14: "first"} {
		m.SetSize(width, 3)
		title, _, _ := strings.Cut(ansi.Strip(m.View()), "\n")
		if got := strings.Join(strings.Fields(title), " "); got != want {
			t.Errorf("at %d the columns are %q, want %q", width, got, want)
		}
	}
}

func TestColumnsStandStillUnderAMovingCursor(t *testing.T) {
	m := sheet([]string{"short", "a much longer text", "mid sized"})
	m.SetSize(60, 5)
	before, _, _ := strings.Cut(m.View(), "\n")
	m.moveTo(2)
	if after, _, _ := strings.Cut(m.View(), "\n"); after != before {
		t.Errorf("the titles moved:\n%q\n%q", before, after)
	}
}

func TestAMoveChangesTheMarkerAloneOfTwoRows(t *testing.T) {
	m := sheet([]string{"ab", "cd", "a longer one", "李小明", "سلام"})
	m.SetSize(60, 7)
	rows := func() []string { return strings.Split(m.View(), "\n")[1:6] }
	const marked = caret.Here + "\x1b[7m› \x1b[0m"
	before := rows()
	for at := range 4 {
		m.press(tea.KeyMsg{Type: tea.KeyDown})
		after := rows()
		for i := range after {
			old, was := strings.CutPrefix(before[i], marked)
			now, is := strings.CutPrefix(after[i], marked)
			if was != (i == at) || is != (i == at+1) {
				t.Errorf("from row %d on: row %d is %q and was %q", at, i, after[i], before[i])
			}
			if strings.TrimPrefix(old, resting) != strings.TrimPrefix(now, resting) {
				t.Errorf("from row %d on: row %d became %q, and was %q", at, i, after[i], before[i])
			}
		}
		before = after
	}
	if !strings.Contains(before[0], "\x1b[1mab\x1b[0m") {
		t.Errorf("a cell has lost its style: %q", before[0])
	}
	m.press(tea.KeyMsg{Type: tea.KeyHome})
	if first := rows()[0]; !strings.Contains(first, "\x1b[1mab\x1b[0m") {
		t.Errorf("a cell of the marked row has lost its style: %q", first)
	}
}

func TestAnEmptyListSaysSoAndAnIdleOneDoesNot(t *testing.T) {
	empty := sheet(nil)
	empty.SetSize(40, 5)
	if !strings.Contains(empty.View(), "Nothing is here.") {
		t.Errorf("an empty list is\n%s", empty.View())
	}
	idle := New(empty.opt)
	idle.SetSize(40, 5)
	if strings.Contains(idle.View(), "Nothing is here.") {
		t.Error("a list that was not asked says that it is empty")
	}
}
