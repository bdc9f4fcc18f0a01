package list

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

// signs are marks of rows by what they say.
type signs struct {
	of      map[string]bool
	changes int
	asked   int
}

func (s *signs) Changes() int        { return s.changes }
func (s *signs) Has(row string) bool { s.asked++; return s.of[row] }
func (s *signs) turn(row string) {
	s.of[row] = !s.of[row]
	s.changes++
}

func TestAMarkStandsBesideTheCursorAndTakesNoRoomOfTheRow(t *testing.T) {
	s := &signs{of: map[string]bool{}}
	m := sheet(clean("one", "two", "three"))
	m.opt.Marks = s
	m.SetSize(30, 5)
	before := strings.Split(ansi.Strip(m.View()), "\n")
	s.turn("one")
	s.turn("three")
	for i, line := range strings.Split(strings.ReplaceAll(ansi.Strip(m.View()), caret.Here, ""), "\n")[1:4] {
		was := strings.ReplaceAll(before[i+1], caret.Here, "")
		if got, want := line, []string{"›*", "  ", " *"}[i]+string([]rune(was)[2:]); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestWhatIsKeptOfAFrameNeverShowsWhereRowsAreMarked(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 13))
		s := &signs{of: map[string]bool{}}
		rows := clean(texts()...)
		m := sheet(rows)
		m.opt.Marks = s
		m.SetSize(60, 9)
		for step := range 60 {
			switch random.IntN(4) {
			case 0:
				m.SetSize(random.IntN(90), random.IntN(20))
			case 1:
				m.Onward()
			case 2:
				m.Put(rows[:random.IntN(len(rows)+1)])
			default:
				s.turn(rows[random.IntN(len(rows))])
			}
			if kept, drawn := m.View(), anew(m); kept != drawn {
				t.Fatalf("seed %d, step %d: the view is\n%q\nand drawn anew\n%q", seed, step, kept, drawn)
			}
		}
	}
}

func TestMarksAreAskedForWhenTheyChangeAndNotForEveryFrame(t *testing.T) {
	s := &signs{of: map[string]bool{}}
	m := sheet(clean("one", "two", "three"))
	m.opt.Marks = s
	m.SetSize(30, 5)
	s.turn("two")
	_ = m.View()
	before := s.asked
	for range 10 {
		m.Onward()
		_ = m.View()
	}
	if s.asked != before {
		t.Errorf("asked %d times in ten frames", s.asked-before)
	}
}
