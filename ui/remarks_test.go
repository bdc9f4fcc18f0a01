package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
)

const moved = "The cursor is on token #101 of omid: token #100 of sara is not in this page any more."

func TestACursorThatMovedByItselfSaysWhereItIs(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	gone := r.tokens[0]
	r.remove("100")
	d.pressKey(tea.KeyCtrlR)
	d.pointsAt("omid")
	d.sees(moved)
	d.pressKey(tea.KeyCtrlR)
	d.sees(moved)
	d.press("j")
	d.seesNot("is not in this page any more")
	r.tokens = nil
	d.pressKey(tea.KeyCtrlR)
	d.sees("Token #102 of лев is not in this page any more.")
	r.tokens = []model.Token{gone}
	d.pressKey(tea.KeyCtrlR)
	d.sees("The cursor is on token #100 of sara: token #102")
}

func TestACursorGoesBackToTheTokenThatThePersonChose(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	all := r.tokens
	r.tokens = all[1:]
	d.pressKey(tea.KeyCtrlR)
	r.tokens = all
	d.pressKey(tea.KeyCtrlR)
	d.pointsAt("sara")
	d.seesNot("is not in this page any more")
}

func TestTheCursorGoesWithATokenThatGotAnotherNumber(t *testing.T) {
	r := company(newClock())
	r.heir = "200"
	d := start(t, r)
	d.press("ryv")
	d.pressKey(tea.KeyEsc)
	d.seesNot("is not in this page any more")
	d.press("d")
	d.sees("Delete token #200 of sara?")
}

func TestAKeyRightAfterTheCursorMovedByItselfActsOnNothing(t *testing.T) {
	for _, k := range []string{"d", "r"} {
		r := company(newClock())
		d := start(t, r)
		d.clock.instant = false
		r.remove("100")
		d.pressKey(tea.KeyCtrlR)
		d.press(k)
		d.sees("the cursor has only now come to token #101 of omid; press again if that is the one", moved)
		d.seesNot("Delete token", "Regenerate token")
		d.pass(order.Arming)
		d.press(k)
		d.sees("token #101 of omid?")
	}
}

func TestAKeyAfterTheCursorWasMovedByHandActsAtOnce(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.clock.instant = false
	r.remove("100")
	d.pressKey(tea.KeyCtrlR)
	d.press("jd")
	d.sees("Delete token #102 of лев?")
}

func TestWhatMovedBehindADialogIsSeenBeforeAKeyActsOnIt(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = lost()
	d := start(t, r)
	d.clock.instant = false
	d.press("r")
	d.pass(order.Arming)
	d.press("y")
	r.remove("100")
	d.pass(5*time.Second + 100*time.Millisecond) // the look after 5 s reads the list
	d.pressKey(tea.KeyEnter)
	d.sees(moved)
	d.press("d")
	d.sees("the cursor has only now come to token #101 of omid")
	d.pass(order.Arming - time.Millisecond)
	d.press("d")
	d.seesNot("Delete token")
	d.pass(time.Millisecond)
	d.press("d")
	d.sees("Delete token #101 of omid?")
}

func TestWhatMovedOnAnotherPageIsSeenBeforeAKeyActsOnIt(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.clock.instant = false
	d.hold()
	r.remove("100")
	d.pressKey(tea.KeyCtrlR)
	d.press("2")
	d.release()
	d.pass(time.Minute)
	d.press("1")
	d.press("d")
	d.sees(moved, "the cursor has only now come")
}

func TestAUserUnderACursorThatMovedByItselfIsNotGivenAToken(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("2")
	d.clock.instant = false
	r.users = r.users[1:]
	d.pressKey(tea.KeyCtrlR)
	d.sees("The cursor is on user omid: user sara is not in this page any more.")
	d.press("c")
	d.sees("create token: the cursor has only now come to user omid")
}

func TestAPickersCursorThatMovedByItselfSaysWhereItIs(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("c")
	r.users = append(r.users[:5], r.users[6:]...)
	d.pressKey(tea.KeyCtrlR)
	d.sees("The cursor is on user zoe: user nika is not in this page any more.")
	d.press("k")
	d.seesNot("is not in this page any more")
}

func TestAListThatChangesWhileItIsTurnedSaysSo(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.pass(2 * time.Minute)
	r.tokens = r.tokens[3:]
	d.press("n")
	d.sees("page 2 of 3", "3 fewer than on the page before: rows may be missed; N goes back, ctrl+r reads again.")
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("fewer")
	d.pass(2 * time.Minute)
	r.tokens = append([]model.Token{token(90, r.users[0]), token(91, r.users[1])}, r.tokens...)
	d.press("n")
	d.sees("page 3 of 3", "2 rows of this page stood on an earlier one: the list has changed meanwhile.")
	d.seesNot("fewer")
	d.press("sj⏎")
	d.seesNot("stood on an earlier one")
}

func TestAListOfWhichNoRowIsMissedIsNotSaidToMissAny(t *testing.T) {
	r := crowd(newClock())
	r.steady = true
	d := start(t, r)
	d.pass(2 * time.Minute)
	r.tokens = r.tokens[:len(r.tokens)-3]
	d.press("n")
	d.sees("page 2 of 3")
	d.seesNot("fewer")
}

func TestALowWindowKeepsItsRowsAndTheBeginningOfEachRemark(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = lost()
	d := start(t, r)
	d.resize(40, 10)
	d.press("r")
	d.pressKey(tea.KeyPgDown, tea.KeyPgDown)
	r.remove("100")
	d.press("y")
	d.pressKey(tea.KeyEnter)
	d.sees("The cursor is on token #101 of omid", "Regenerate token #100 of sara: Looked", "› omid")
}

// TestWhereWordsWereLookedForIsSaidBesideWhatWasFound has a word alone, and beside a condition.
func TestWhereWordsWereLookedForIsSaidBesideWhatWasFound(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("/om⏎")
	d.sees("omid", "Looked for words in: owner, number.")
	d.press("/ -is:over⏎")
	d.sees("“om -is:over”", "Looked for words in: owner, number.")
	d.pressKey(tea.KeyEsc)
	d.press("/owner:om⏎")
	d.sees("“owner:om”")
	d.seesNot("Looked for words")
	d, _ = openSystems(t, three())
	d.press("9/om⏎")
	d.sees("omid", "Each system looked in texts of its own.")
}
