package ui

import (
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/ui/order"
	"authdeck/ui/paint"
)

func TestThePickerLiesOverItsListWhereThereIsRoom(t *testing.T) {
	for size, framed := range map[[2]int]bool{{120, 36}: true, {80, 24}: true, {60, 20}: true, {60, 15}: false, {40, 10}: false} {
		d := prepare(t, termenv.Ascii, company(newClock()))
		d.begin(size[0], size[1])
		d.press("c")
		_ = d.app.View()
		if d.app.front.Framed() != framed {
			t.Errorf("at %v it stands in a box: %v, want %v", size, !framed, framed)
		}
		d.sees("for which user?", "nika", "zoe", "enter choose", "/ search", "esc leave")
	}
}

func TestTheBoxOfThePickerStandsStill(t *testing.T) {
	d := prepare(t, termenv.Ascii, company(newClock()))
	d.begin(80, 24)
	d.hold()
	d.press("c")
	frame := func() string {
		box := boxed(ansi.Strip(d.app.View()))
		return d.edge() + strings.Repeat("\n", len(box))
	}
	title := strings.Index(ansi.Strip(d.app.View()), "Create a token")
	d.release()
	if now := strings.Index(ansi.Strip(d.app.View()), "Create a token"); now != title {
		t.Errorf("with the answer the title moves by %d", now-title)
	}
	was := frame()
	for _, keys := range []string{"", "j", "/zz", "\r", "/ni\r"} {
		perform(d, []byte(keys))
		if now := frame(); now != was {
			t.Errorf("after %q it was\n%s\nand is\n%s", keys, was, now)
		}
	}
}

func TestAMoveInThePickerWritesTwoMarkersAndNothingElse(t *testing.T) {
	d := prepare(t, termenv.ANSI, company(newClock()))
	d.begin(120, 36)
	d.press("c")
	painter := paint.New(paint.AbilitiesOf("xterm-256color"))
	painter.Paint(d.app.View(), 120, 36)
	before := strings.Split(d.app.View(), "\n")
	d.press("j")
	d.pointsInBox("zoe")
	changed := 0
	for i, line := range strings.Split(d.app.View(), "\n") {
		if line != before[i] {
			changed++
		}
	}
	if wrote := painter.Paint(d.app.View(), 120, 36); changed != 2 || len(wrote) > 64 {
		t.Errorf("%d lines changed, and %q was written", changed, wrote)
	}
}

func TestNoKeyOfThePickerIsOfferedBeforeItWorks(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("c")
	d.app.tokens.ready = order.Unarmed
	d.seesNot("enter choose")
	d.app.tokens.ready = order.Armed
	d.sees("enter choose")
}

func TestEscShowsAllUsersBeforeItLeavesThem(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("c/zoe")
	d.pressKey(tea.KeyEnter)
	d.sees("search “zoe”, esc shows all", "esc show all")
	d.seesNot("nika")
	d.pressKey(tea.KeyEsc)
	d.sees("nika", "zoe", "esc leave")
	d.pressKey(tea.KeyEsc)
	d.sees("Nothing was done.")
}

// pointsInBox holds the row under the cursor in a box to a text.
func (d *driver) pointsInBox(name string) {
	d.t.Helper()
	for _, line := range boxed(ansi.Strip(d.app.View())) {
		if strings.HasPrefix(line, "│  › "+name) {
			return
		}
	}
	d.t.Errorf("the cursor is not on %s:\n%s", name, ansi.Strip(d.app.View()))
}

func TestTheBoxOfThePickerIsAsHighAsFewUsersNeed(t *testing.T) {
	many := company(newClock())
	for i := range 60 {
		u := many.users[len(many.users)-1]
		u.ID = strconv.Itoa(100 + i)
		many.users = append(many.users, u)
	}
	for most, r := range map[int]*remote{12: company(newClock()), 22: many} {
		d := prepare(t, termenv.Ascii, r)
		d.begin(120, 36)
		d.press("c")
		if high := len(boxed(ansi.Strip(d.app.View()))); high > most || high < most-2 {
			t.Errorf("the box is %d lines high, not about %d", high, most)
		}
	}
}
