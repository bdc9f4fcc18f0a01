package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/model/review"
)

const oneDay = 24 * time.Hour

// TestTheListSaysWhyATokenWantsALook has the reasons in words, and none twice: what the state
// says is not said again.
func TestTheListSaysWhyATokenWantsALook(t *testing.T) {
	r := company(newClock())
	for i := range r.tokens {
		r.tokens[i].Created, r.tokens[i].Updated = since(r.clock, 20*oneDay), since(r.clock, 20*oneDay)
		r.tokens[i].Expires = since(r.clock, -90*oneDay)
	}
	r.tokens[0].Updated, r.tokens[0].Expires = since(r.clock, 400*oneDay), model.Not(model.Never)
	r.tokens[1].Owner.Active, r.tokens[1].LastUsed = model.No, since(r.clock, 100*oneDay)
	d := start(t, r)
	d.resize(120, 24)
	d.sees("state", "look", "active old, no expiry", "owner off unused", "1 never expires", "2 stale")
	d.seesNot("expired over", "owner off owner off")
}

// TestWhatNoTokenOfASystemCanHelpIsNoReason keeps a column from saying the same in every row.
func TestWhatNoTokenOfASystemCanHelpIsNoReason(t *testing.T) {
	r := company(newClock())
	for i := range r.tokens {
		r.tokens[i].Expires = model.Not(model.Never)
	}
	d := start(t, r)
	d.sees("no expiry", "at least 3 never expire")
	r.info.Endless = true
	d = start(t, r)
	d.seesNot("no expiry", "never expire")
}

// TestWhatWantsALookIsAsItWasSet is about the settings.
func TestWhatWantsALookIsAsItWasSet(t *testing.T) {
	r := company(newClock())
	r.tokens[0].LastUsed = since(r.clock, 30*oneDay)
	d := start(t, r)
	d.seesNot("unused")
	d.pressKey(tea.KeyEnter)
	d.seesNot("look at this")
	d = prepare(t, termenv.Ascii, r)
	d.app.world.Limits = review.Limits{Soon: oneDay, Old: 400 * oneDay, Unused: 20 * oneDay}
	d.app.enter(0)
	d.begin(100, 30)
	d.sees("unused", "at least 1 stale")
	d.pressKey(tea.KeyEnter)
	d.sees("look at this", "unused (last used 30 days ago)")
}

// TestNothingIsCountedOfAPart has a list of which only a page has come.
func TestNothingIsCountedOfAPart(t *testing.T) {
	r := company(newClock())
	for i := range r.tokens {
		r.tokens[i].Expires = model.Not(model.Never)
	}
	r.page = 2
	d := start(t, r)
	d.sees("no expiry", "page 1")
	d.seesNot("never expire")
}

// TestWhatIsOverIsFaintAndWhatWantsALookIsYellow has words beside each colour.
func TestWhatIsOverIsFaintAndWhatWantsALookIsYellow(t *testing.T) {
	r := company(newClock())
	r.tokens[0].Expires = since(r.clock, oneDay)
	r.tokens[1].Expires = model.Not(model.Never)
	d := prepare(t, termenv.ANSI, r)
	d.begin(120, 30)
	d.looks("over", "\x1b[2m")
	d.looks("no expiry", "\x1b[33m")
}

// TestWhoHasSeveralIsToldBesideTheRowsOfAQuestionOrSaidNotToBe is about a column in which no word
// is read as an all-clear.
func TestWhoHasSeveralIsToldBesideTheRowsOfAQuestionOrSaidNotToBe(t *testing.T) {
	const not = "Not told here: whether an owner has several of a kind; that takes all rows."
	r := company(newClock())
	r.sifted = &model.Sifted{Read: 5, Total: 5, Alike: func(row *model.Token) int {
		return map[string]int{"100": 3, "101": 1}[row.ID] // and of the others it is not known
	}}
	d := start(t, r)
	d.press("/name:#⏎")
	d.sees("look", "several")
	d.seesNot(not)
	d.pressKey(tea.KeyEnter)
	d.sees("look at this", "several (3 of this kind for sara)")
	d.press("jjj")
	d.sees("cannot be told: unused, several")
	d.pressKey(tea.KeyEsc)
	r.sifted.Alike = nil
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("several (", "look at this")
	d.sees(not)
	d.press("/sara⏎")
	d.sees(not)
	d.pressKey(tea.KeyEsc)
	d.seesNot(not)
}
