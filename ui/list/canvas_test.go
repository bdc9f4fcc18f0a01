package list

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
)

// aging is a sheet with a column that says another thing as time passes, of some of its
// rows alone.
func aging(now *int64, rows []string) *Model[string] {
	m := sheet(rows)
	born := func(s string) int64 { return int64(len(s)) }
	m.opt.Columns = append(m.opt.Columns, Column[string]{
		Title: "age", Max: 12, Rank: 1,
		Cell:  func(s string) string { return fmt.Sprint((*now - born(s)) / 3 * 3) },
		Beat:  func(s string) int64 { return (*now - born(s)) / 3 },
		Style: func(s string) (lipgloss.Style, bool) { return m.opt.Styles.Title, len(s) == 1 },
		Bare:  func(s string) bool { return s == "" },
	})
	m.Put(rows)
	return m
}

// anew is a view of which nothing was kept.
func anew[T any](m *Model[T]) string {
	other := *m
	other.arrange()
	return other.View()
}

func TestWhatIsKeptOfAFrameNeverShows(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 10))
		var now int64
		m := aging(&now, clean(texts()...))
		m.SetSize(60, 9)
		for step := range 120 {
			switch random.IntN(6) {
			case 0:
				now += random.Int64N(40)
			case 1:
				now = random.Int64N(20_000)
			case 2:
				m.SetSize(random.IntN(90), random.IntN(20))
			case 3:
				rows := clean(texts()...)
				random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
				m.Put(rows[:random.IntN(len(rows)+1)])
			default:
				keys := []tea.KeyType{tea.KeyDown, tea.KeyUp, tea.KeyPgDown, tea.KeyPgUp, tea.KeyHome, tea.KeyEnd}
				m.Press(tea.KeyMsg{Type: keys[random.IntN(len(keys))]})
			}
			if kept, drawn := m.View(), anew(m); kept != drawn {
				t.Fatalf("seed %d, step %d: the view is\n%q\nand drawn anew\n%q", seed, step, kept, drawn)
			}
		}
	}
}

func TestAnAgeThatGrowsLongerIsNotCut(t *testing.T) {
	now := int64(9)
	m := aging(&now, []string{""})
	m.Put([]string{"a"})
	m.SetSize(60, 3)
	for _, now = range []int64{10, 100, 1_000, 100_000} {
		if want := fmt.Sprint((now - 1) / 3 * 3); !strings.Contains(m.View(), want) {
			t.Errorf("the age is %s, and the view\n%s", want, m.View())
		}
	}
}

func TestARowThatDidNotChangeIsTheSameText(t *testing.T) {
	m := sheet(clean(texts()...))
	m.SetSize(80, 20)
	before := strings.Split(m.View(), "\n")
	m.Press(tea.KeyMsg{Type: tea.KeyDown})
	for i, line := range strings.Split(m.View(), "\n") {
		if changed := line != before[i]; changed != (i == 1 || i == 2) {
			t.Errorf("line %d was %q and is %q", i, before[i], line)
		}
	}
}
