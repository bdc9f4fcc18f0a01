package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"authdeck/model"
)

// identifiers is a system whose tokens people know by an identifier, as authentik's are.
func identifiers(c *clock) *remote {
	r := company(c)
	r.info.TokenWord = "identifier"
	for i := range r.tokens {
		r.tokens[i].Owner.Username = model.Clean("rene.schroeder1970@shop.ex")
		r.tokens[i].Name = model.Clean("recovery-rene.schroeder197")
		r.tokens[i].Kind = model.Clean("app_password")
		r.tokens[i].Description = model.Clean("for the nightly export of all orders")
		r.tokens[i].Created, r.tokens[i].Updated = model.When{}, model.When{}
		r.tokens[i].Expires = since(c, -30*24*time.Hour)
	}
	return r
}

func TestWhatIsActedOnKeepsItsNameBeforeAnythingElseIsShown(t *testing.T) {
	for width, wants := range map[int][]string{
		120: {"identifier", "recovery-rene.schroeder197", "rene.schroeder1970@shop.ex", "description", "app_password", "expires", "state"},
		80:  {"identifier", "recovery-rene.schroeder197", "rene.schroeder1970…", "expires", "state"},
		60:  {"identifier", "recovery-rene.schroede", "rene.schroeder1", "expires"},
		40:  {"identifier", "recovery-rene.schro", "rene.schroeder1"},
	} {
		d := start(t, identifiers(newClock()))
		d.resize(width, 24)
		d.sees(wants...)
	}
}

func TestTheHeadingOfAColumnSaysByWhatTheListIsSortedAndWhichWay(t *testing.T) {
	d := start(t, company(newClock()))
	d.sees("created ↓")
	d.seesNot("newest first")
	before := d.app.View()
	d.press("S")
	d.sees("created ↑")
	if a, b := strings.Index(before, "key age"), strings.Index(d.app.View(), "key age"); a != b {
		t.Errorf("the columns moved from %d to %d", a, b)
	}
	d.press("sj⏎")
	d.sees("no. ↑", "created")
	d.seesNot("by name", "created ↑", "created ↓")
	d.resize(68, 24) // without room for the column the words stay
	d.press("skk⏎")
	d.sees("newest first", "key since")
}

func TestProductionAndReadOnlyAreMarksBesideTheNameInEveryWindow(t *testing.T) {
	r := company(newClock())
	r.info.Name, r.info.Production, r.info.ReadOnly = "shop-in-frankfurt-of-2024", true, true
	d := start(t, r)
	for _, width := range []int{120, 80, 60, 40} {
		d.resize(width, 24)
		d.sees("PRODUCTION READ-ONLY", "shop-in-frankf")
	}
	d.seesNot("you: ", "hamgam") // which yield
	r.info.Name = "shop"
	d = start(t, r)
	d.resize(60, 24)
	d.sees("authdeck shop PRODUCTION READ-ONLY hamgam you: reza")
	r.info.Generation, r.info.Production, r.info.ReadOnly = "a generation with a long name", false, false
	d = start(t, r)
	d.resize(60, 24)
	d.sees("authdeck shop hamgam you: reza")
	d.resize(80, 24)
	d.sees("authdeck shop hamgam · a generation with a long name you: reza")
}

// looks finds how a text is drawn.
func (d *driver) looks(text, sequence string) {
	d.t.Helper()
	if want := sequence + text; !strings.Contains(d.app.View(), want) {
		d.t.Errorf("%q is not drawn as %q: %q", text, sequence, d.app.View())
	}
}

func TestColourSaysWhatToLookAtAndFaintWhatIsOver(t *testing.T) {
	const yellow, faint, accent = "\x1b[33m", "\x1b[2m", "\x1b[36m"
	r := company(newClock())
	for i := range r.tokens {
		r.tokens[i].Expires = since(r.clock, -90*24*time.Hour)
	}
	r.tokens[0].Expires = since(r.clock, -3*24*time.Hour)
	r.tokens[1].Expires = model.Not(model.Never)
	r.tokens[2].Expires = since(r.clock, 24*time.Hour)
	r.tokens[3].LastUsed, r.tokens[3].State = since(r.clock, 400*24*time.Hour), model.Active
	r.tokens[3].Owner.Active = model.No
	d := prepare(t, termenv.ANSI, r)
	d.begin(120, 30)
	d.looks("2026-03-04", yellow)
	d.looks("  never", "")
	if strings.Contains(d.app.View(), faint+"never") {
		t.Error("what never expires is drawn as what is over")
	}
	d.looks("2025-01-25", yellow)
	d.looks("owner off", yellow)
	d.looks("лев", faint)
	d.looks("expired", faint)
	d.looks("active, used here", accent)
	if strings.Contains(d.app.View(), "\x1b[32m") || strings.Contains(d.app.View(), "\x1b[31m") {
		t.Error("something is green or red")
	}
	d.press("2")
	d.looks("no", faint)
	if strings.Contains(d.app.View(), "\x1b[32m") {
		t.Error("something is green")
	}
}

func TestADeadlineTurnsYellowWhileItIsLookedAt(t *testing.T) {
	r := company(newClock())
	r.tokens[0].Expires = since(r.clock, -14*24*time.Hour-time.Minute)
	d := prepare(t, termenv.ANSI, r)
	d.begin(120, 30)
	d.seesNot("look")
	if strings.Contains(d.app.View(), "\x1b[33m") {
		t.Error("something is yellow")
	}
	d.pass(2 * time.Minute)
	d.looks("2026-03-15", "\x1b[33m")
	d.looks("ends soon", "\x1b[33m")
}
