package ui

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"authdeck/model"
)

// anew is the screen when nothing is kept of those before it.
func (d *driver) anew() string {
	d.app.head, d.app.pageTabs, d.app.foot = kept[headWords, string]{}, kept[tabWords, string]{}, kept[footWords, string]{}
	d.app.resize()
	return d.app.View()
}

// lively is a company whose tokens change by themselves: they end soon, ended, or are new.
func lively() *remote {
	r := company(newClock())
	for i := range r.tokens {
		r.tokens[i].Created = since(r.clock, time.Duration(i)*7*time.Minute)
		r.tokens[i].Updated = r.tokens[i].Created
		r.tokens[i].Expires = since(r.clock, time.Duration(i*i-8)*11*time.Minute)
	}
	return r
}

func TestAScreenIsTheSameAsOneDrawnAnew(t *testing.T) {
	const often = "jjjkkknpGgrdcut12sf/0?vwy\r\x1b\x12 *mM "
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 11))
		d := prepare(t, termenv.ANSI, lively())
		if seed%2 == 1 {
			d = prepare(t, termenv.ANSI, crowd(newClock()))
		}
		d.begin(120, 12+random.IntN(20))
		for step := range 80 {
			switch random.IntN(8) {
			case 0:
				d.pass(time.Duration(random.IntN(5400)) * time.Second)
			case 1:
				perform(d, []byte{byte(random.Uint32())})
			default:
				perform(d, []byte{often[random.IntN(len(often))]})
			}
			if random.IntN(4) > 0 {
				continue
			}
			if shown, drawn := d.app.View(), d.anew(); shown != drawn {
				t.Fatalf("seed %d, step %d: shown is\n%s\nand drawn anew\n%s", seed, step, shown, drawn)
			}
		}
	}
}

func TestATokenThatWasDeletedIsCalledSoBeforeTheListIsReadAgain(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jd")
	d.hold()
	d.press("y")
	answer := d.held
	d.held = nil
	for _, msg := range answer {
		d.give(msg)
	}
	d.sees("#101 Full omid 2025-12-23 2026-03-01 1 hour deleted")
	d.release()
	d.seesNot("omid #101")
}

func TestTheKeysStayAtTheBottomWhateverIsSaidAboveThem(t *testing.T) {
	r := company(newClock())
	r.remark = strings.Repeat("What has to be known of this list takes more lines than one. ", 4)
	d := start(t, r)
	for _, width := range []int{100, 60, 140} {
		d.resize(width, 20)
		for _, key := range []string{"z", "/", "\x1b", "?", "?", "j"} {
			perform(d, []byte(key))
			lines := strings.Split(d.app.View(), "\n")
			if last := lines[len(lines)-1]; len(lines) != 20 || !strings.Contains(last, "? help") && !strings.Contains(last, "esc") {
				t.Errorf("%d lines after %q at %d, and the last one is %q", len(lines), key, width, last)
			}
		}
	}
}

func TestNoAgeIsStale(t *testing.T) {
	r := company(newClock())
	r.tokens = r.tokens[:1]
	r.tokens[0].Updated, r.tokens[0].Expires = model.At(r.clock.now), model.At(r.clock.now.Add(3*time.Hour))
	d := prepare(t, termenv.Ascii, r)
	d.begin(140, 20)
	d.pass(time.Second)
	for _, c := range []struct {
		later time.Duration
		words string
	}{
		{0, "new in 2 hours"},
		{time.Minute, "1 minute in 2 hours"},
		{8 * time.Minute, "9 minutes in 2 hours"},
		{time.Minute, "10 minutes in 2 hours"},
		{50 * time.Minute, "1 hour in 1 hour"},
		{61 * time.Minute, "2 hours in 58 minutes"},
		{8 * time.Hour, "10 hours 7 hours ago"},
		{90 * 24 * time.Hour, "3 months 2026-"},
	} {
		d.clock.now = d.clock.now.Add(c.later)
		if row := d.sight(); !strings.Contains(row, c.words) {
			t.Errorf("%s is not in\n%s", c.words, row)
		}
	}
}

// TestAFrameThatIsDrawnAgainAllocatesLittle counts what no clock can blur: a held key draws
// thirty frames a second.
func TestAFrameThatIsDrawnAgainAllocatesLittle(t *testing.T) {
	d := start(t, crowd(newClock()))
	if n := testing.AllocsPerRun(20, func() { _ = d.app.View() }); n > 40 {
		t.Errorf("a frame makes %v allocations", n)
	}
}
