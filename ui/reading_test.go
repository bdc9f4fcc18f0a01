package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestAfterAReloadTheCursorIsOnItsObject(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("j")
	d.pointsAt("omid")
	r.tokens[0], r.tokens[1], r.tokens[4] = r.tokens[4], r.tokens[0], r.tokens[1]
	d.pressKey(tea.KeyCtrlR)
	d.pointsAt("omid")
}

func TestAfterAReloadWithoutItsObjectTheCursorKeepsItsRow(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("j")
	r.remove("101")
	d.pressKey(tea.KeyCtrlR)
	d.pointsAt("лев")
}

func TestEscGivesUpAReadAndKeepsTheRows(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("j")
	d.hold()
	d.pressKey(tea.KeyCtrlR)
	d.pass(time.Second)
	d.sees("asking… 1 s, esc gives up")
	d.pressKey(tea.KeyEsc)
	if r.given[len(r.given)-1].Err() == nil {
		t.Error("the request was not cancelled")
	}
	d.sees("Given up; the rows are as they were.")
	d.pointsAt("omid")
	r.remove("101")
	d.release()
	d.pointsAt("omid")
}

func TestAnAnswerThatWasGivenUpDoesNotComeBack(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.hold()
	r.tokens = r.tokens[3:]
	d.pressKey(tea.KeyCtrlR, tea.KeyEsc)
	d.release()
	d.pointsAt("sara")
	d.sees("5 tokens")
}

func TestAReadIsCancelledWhenAnotherTakesItsPlace(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.hold()
	d.press("sj⏎")
	first := r.given[len(r.given)-1]
	d.press("sj⏎")
	if first.Err() == nil || r.given[len(r.given)-1].Err() != nil {
		t.Error("the first request lives on, or the second does not")
	}
}

func TestAnEarlierAnswerDoesNotReplaceALaterOne(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.hold()
	d.press("sj⏎")
	d.press("sj⏎")
	d.held[0], d.held[1] = d.held[1], d.held[0]
	d.release()
	d.sees("no. ↑")
	d.pointsAt("omid")
}

func TestTheSystemsWishToBeLeftAloneIsCountedDown(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	r.fail["tokens"] = &model.Error{Kind: model.RateLimited, RetryAfter: 20 * time.Second}
	d.pressKey(tea.KeyCtrlR)
	d.sees("ctrl+r asks again in 20 s", "The system asks to be left alone for a while")
	d.pass(5 * time.Second)
	d.sees("ctrl+r asks again in 15 s")
	delete(r.fail, "tokens")
	reads := r.count("tokens")
	d.pressKey(tea.KeyCtrlR)
	d.sees("ask again: the system wants to be left alone for another 15 s")
	if r.count("tokens") != reads {
		t.Error("it was asked all the same")
	}
	d.pass(15 * time.Second)
	d.seesNot("in 0 s")
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("asks again")
	if r.count("tokens") != reads+1 {
		t.Error("it was not asked after the rest")
	}
}

func TestAListThatFailedFromTheStartSaysHowAndWhatToDo(t *testing.T) {
	r := company(newClock())
	r.fail["tokens"] = model.Fail(model.Unauthorized, "")
	d := start(t, r)
	d.sees("The system does not accept this credential", "authdeck doctor says more.")
	d.press("r")
	d.sees("regenerate: there is no token under the cursor")
	delete(r.fail, "tokens")
	d.pressKey(tea.KeyCtrlR)
	d.pointsAt("sara")
}

func TestASlowListSaysNothingOfItsPages(t *testing.T) {
	d := prepare(t, 0, company(newClock()))
	d.resize(100, 30)
	d.hold()
	d.run(d.app.Init())
	d.press("n")
	d.seesNot("page", "no token")
	d.release()
	d.sees("page 1 of 1")
}

func TestRowsAreNotShownUnderTheNameOfAQuestionThatFailed(t *testing.T) {
	for name, end := range map[string]func(*driver){
		"failed":   func(*driver) {},
		"given up": func(d *driver) { d.pressKey(tea.KeyEsc) },
	} {
		t.Run(name, func(t *testing.T) {
			r := crowd(newClock())
			d := start(t, r)
			if name == "failed" {
				r.fail["tokens"] = errBroken
			} else {
				d.hold()
			}
			d.press("/7")
			d.pressKey(tea.KeyEnter)
			d.seesNot("search “7”")
			end(d)
			d.release()
			d.sees("page 1 of 3 · 25 tokens")
			d.seesNot("search “7”")
		})
	}
}

func TestCtrlRAsksTheQuestionThatFailedOnceMore(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.hold()
	d.press("/07")
	d.pressKey(tea.KeyEnter, tea.KeyEsc)
	d.release()
	d.sees("25 tokens", "ctrl+r asks again")
	d.pressKey(tea.KeyCtrlR)
	d.sees("search “07” · page 1 of 1 · 1 token")
	d.pointsAt("user07")
}

func TestWhatCtrlRCannotMendIsNotPromised(t *testing.T) {
	r := company(newClock())
	r.fail["tokens"] = &model.Error{Kind: model.Unauthorized, Message: model.Clean("refused; start it again to try once more"), Lasting: true}
	d := start(t, r)
	d.sees("refused; start it again to try once more", "Every try counts")
	d.seesNot("ctrl+r asks again")
	d.press("2")
	d.press("1")
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("ctrl+r asks again", "doctor says more")
}
