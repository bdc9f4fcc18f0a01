package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestAnEmptyListSaysWhatItWasNarrowedToAndWhichKeyShowsMore(t *testing.T) {
	r := company(newClock())
	r.info.TokenFilters, r.info.OwnerAndMore = []model.Choice{{Value: "with", Label: "of people"}}, true
	d := start(t, r)
	d.press("/zzz")
	d.pressKey(tea.KeyEnter)
	d.sees("No token of shop matches “zzz” (looked at: owner, number). esc shows all 5.")
	d.pressKey(tea.KeyEsc)
	d.sees("5 tokens")
	d.press("fj⏎/zzz")
	d.pressKey(tea.KeyEnter)
	d.sees("No token of shop among “of people” matches “zzz” (looked at: owner, number). esc searches no more.")
	d.press("2/zzz")
	d.pressKey(tea.KeyEnter)
	d.sees("No user of shop matches “zzz” (looked at: username, full name). esc shows all 7.")
	d.pressKey(tea.KeyEsc)
	r.tokens = r.tokens[:1]
	d.press("jt")
	d.sees("omid in shop has no token that this credential can see. esc goes back.")
	d.resize(40, 10)
	d.sees("can see. esc goes back.")
}

func TestASystemWithoutTokensSaysWhichKeyMakesOneIfThereIsOne(t *testing.T) {
	for missing, want := range map[string]string{"": "can see. c creates one.", "only staff may": "that this credential can see."} {
		r := company(newClock())
		r.tokens = nil
		if missing != "" {
			r.info.Missing[model.Create] = missing
		}
		d := start(t, r)
		d.sees("shop has no token that this credential can see.", want)
		if missing != "" {
			d.seesNot("creates one", "newest first")
		}
	}
}

// said counts how often a text stands on the screen.
func (d *driver) said(text string) int { return strings.Count(d.app.View(), text) }

func TestWhyNoListCameIsSaidOnceWithHowOftenItWasTried(t *testing.T) {
	r := company(newClock())
	r.fail["tokens"] = model.Fail(model.Unavailable, "connection refused")
	d := start(t, r)
	d.sees("Tried once, at 12:00 UTC.")
	d.pass(time.Minute)
	d.pressKey(tea.KeyCtrlR, tea.KeyCtrlR)
	d.sees("Tried 3 times, last at 12:01 UTC.", "ctrl+r asks again")
	if n := d.said("connection refused"); n != 1 {
		t.Errorf("it is said %d times", n)
	}
	d.resize(40, 10)
	d.sees("refused", "ctrl+r asks again", "Tried 3 times, last at 12:01 UTC.")
	delete(r.fail, "tokens")
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("Tried", "as of")
	r.fail["tokens"] = model.Fail(model.Unavailable, "connection refused")
	d.pressKey(tea.KeyCtrlR)
	d.resize(100, 30)
	d.sees("tried once") // counted anew
}

func TestAListThatNeverCameOffersNoKeyThatCannotWork(t *testing.T) {
	for kind, offered := range map[model.Kind]string{model.Unauthorized: "? help ctrl+r ask again", model.Unavailable: "? help / search ctrl+r ask again"} {
		r := company(newClock())
		r.fail["tokens"] = model.Fail(kind, "connection refused")
		d := start(t, r)
		d.sees(offered)
		d.press("s")
		d.sees("sort: the list has not come; ctrl+r asks again")
		d.press("c")
		d.sees("create: the list has not come; ctrl+r asks again")
		d.press("?")
		d.sees("create: the list has not come;")
	}
}

func TestOldRowsSayWhyNoOthersCameAndOfWhenTheyAre(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.pass(14 * time.Minute)
	const reason = "the server answered 503 with a page of its proxy, which says that nobody is at home"
	r.fail["tokens"] = model.Fail(model.Unavailable, reason)
	d.pressKey(tea.KeyCtrlR)
	d.sees("as of 12:00 UTC", "tried once, at 12:14 UTC")
	d.resize(60, 15)
	d.sees("✗ The system is not available: the server answered 503 with", "ctrl+r asks again (tried once, at 12:14 UTC).", "as of 12:00 UTC")
	if n := d.said("is not available"); n != 1 {
		t.Errorf("it is said %d times", n)
	}
	d.resize(40, 10)
	d.sees("✗ The system is not available: the", "…")
	if heading := d.lines()[1]; !strings.HasSuffix(strings.TrimSpace(heading), "as of 12:00") {
		t.Errorf("at 40 columns the time is cut: %q", heading)
	}
	d.press("G")
	d.pointsAt("reza")
}

func TestASentenceThatIsLongerThanALineIsWrappedAndTheCursorStaysInSight(t *testing.T) {
	r := company(newClock())
	r.info.Missing[model.Create] = "this server has no token endpoints any more, and the way to make tokens is in another application"
	d := start(t, r)
	d.resize(40, 10)
	d.press("G")
	d.press("c")
	d.sees("create: this server has no token", "endpoints any more")
	d.pointsAt("reza")
	d.press("k")
	d.seesNot("endpoints")
}
