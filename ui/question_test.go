package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/keyboard"
	"authdeck/ui/order"
)

func TestRegeneratingAsksWorksShowsTheKeyAndReadsTheListAgain(t *testing.T) {
	d := start(t, company(newClock()))
	d.hold()
	d.press("r")
	d.sees("Regenerate token #100 of sara?", "Whatever uses the old key is signed out.", "owner sara (Full sara), number 1")
	d.wrote()
	d.press("y")
	d.sees("Regenerating token #100 of sara", "waiting for the answer")
	reads := d.systems[0].count("tokens")
	d.release()
	d.sees("The new key of token #100 of sara", "••••")
	d.wrote("regenerate 100")
	if d.systems[0].count("tokens") != reads+1 {
		t.Error("the list was not read again")
	}
	d.press("v")
	d.pressKey(tea.KeyEsc)
	d.seesNot("The new key", canary)
	d.pointsAt("sara")
}

func TestTheAnswerToAQuestionIsNoUnlessItIsYes(t *testing.T) {
	for name, answer := range map[string]func(*driver){
		"n":     func(d *driver) { d.press("n") },
		"esc":   func(d *driver) { d.pressKey(tea.KeyEsc) },
		"enter": func(d *driver) { d.pressKey(tea.KeyEnter) },
		"q":     func(d *driver) { d.press("q") },
	} {
		for _, ask := range []string{"r", "d"} {
			t.Run(ask+" "+name, func(t *testing.T) {
				d := start(t, company(newClock()))
				d.press(ask)
				d.sees("token #100 of sara?")
				answer(d)
				d.sees("Nothing was done.")
				d.seesNot("token #100 of sara?")
				d.press("y")
				d.wrote()
				d.ended(false)
			})
		}
	}
}

func TestAnyOtherKeyLeavesTheQuestionStanding(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("r")
	d.press("x12j0?")
	d.pressKey(tea.KeyTab, tea.KeyDown)
	d.sees("Regenerate token #100 of sara?")
	d.wrote()
}

func TestKeysTypedBeforeTheQuestionWasThereDoNotAnswerIt(t *testing.T) {
	c := newClock()
	c.instant = false
	d := start(t, company(c))
	d.press("d")
	d.press("y")
	d.sees("Delete token #100 of sara?")
	d.pass(order.Arming - time.Millisecond)
	d.press("yn")
	d.pressKey(tea.KeyEnter, tea.KeyEsc)
	d.sees("Delete token #100 of sara?")
	d.wrote()
	d.pass(time.Millisecond)
	d.press("y")
	d.wrote("delete 100")
}

func TestADoubledYesNeitherSendsNorLosesTheKey(t *testing.T) {
	c := newClock()
	c.instant = false
	d := start(t, company(c))
	d.press("r")
	d.pass(order.Arming)
	d.press("yy")
	d.wrote("regenerate 100")
	if len(d.sent) != 0 {
		t.Error("the second y sent the key to the clipboard")
	}
	d.pass(order.Arming)
	d.pressKey(tea.KeyEsc)
	d.pass(order.Arming)
	d.press("yy")
	d.sees("The new key of token #100 of sara")
	if len(d.sent) != 0 {
		t.Error("the second y sent the key to the clipboard")
	}
}

func TestAKeyIsNotLostByLettersTypedBeforeTheQuestionWasThere(t *testing.T) {
	d := holding(t)
	d.clock.instant = false
	d.pressKey(tea.KeyEsc)
	d.pass(order.Arming - time.Millisecond)
	d.press("l")
	d.sees("Close, and lose the key?")
	d.pass(time.Millisecond)
	d.press("l")
	d.sees("The key is gone")
}

func TestCtrlCPressedTwiceInABreathDoesNotLoseTheKey(t *testing.T) {
	d := holding(t)
	d.clock.instant = false
	d.pressKey(tea.KeyCtrlC, tea.KeyCtrlC)
	d.pass(order.Arming - time.Millisecond)
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("ctrl+c again loses the new key")
	d.pass(time.Millisecond)
	d.pressKey(tea.KeyCtrlC)
	d.ended(true)
}

func TestALetterOfAFolderIsNotLostToHaste(t *testing.T) {
	d := holding(t)
	d.keepErr = errBroken
	d.press("w")
	d.clock.instant = false
	d.press("o/mnt")
	d.sees("folder: /mnt")
}

// stranger is another question.
type stranger struct{ order.Modal }

func TestAQuestionIsArmedByItsOwnTimeOnly(t *testing.T) {
	c := newClock()
	c.instant = false
	d := start(t, company(c))
	d.press("r")
	d.give(armNow{modal: stranger{}})
	d.press("y")
	d.wrote()
}

func TestProductionWantsTheTokensNameTyped(t *testing.T) {
	r := company(newClock())
	r.info.Production = true
	d := start(t, r)
	d.sees("PRODUCTION")
	d.press("r")
	d.sees("type #100 and press enter")
	d.press("y")
	d.pressKey(tea.KeyEnter)
	d.sees("That is not #100")
	d.wrote()
	d.pressKey(tea.KeyBackspace)
	d.press("#100")
	d.wrote()
	d.pressKey(tea.KeyEnter)
	d.wrote("regenerate 100")
}

func TestEscLeavesAProductionTokenAlone(t *testing.T) {
	r := company(newClock())
	r.info.Production = true
	d := start(t, r)
	d.press("d")
	d.press("#100")
	d.pressKey(tea.KeyEsc)
	d.sees("Nothing was done.")
	d.wrote()
}

func TestAProductionTokenWithoutANameIsNotChangedByAPlainYes(t *testing.T) {
	r := company(newClock())
	r.info.Production = true
	r.tokens[0].Name = model.Text{}
	d := start(t, r)
	d.press("dy")
	d.pressKey(tea.KeyEnter)
	d.wrote()
}

func TestDeletingTakesTheRowAway(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jd")
	d.sees("Delete token #101 of omid?", "last used never")
	d.press("y")
	d.wrote("delete 101")
	d.sees("Deleted: token #101 of omid.", "4 tokens")
	d.pointsAt("лев")
}

func TestTheQuestionSaysWhenTheSystemDoesNotTellTheLastUse(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("d")
	d.sees("this system does not say: last used")
}

func TestADeleteThatTheServerDoesNotOfferBecomesARegenerate(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = &model.Error{Kind: model.Unsupported, Message: model.Clean("this version cannot"), Instead: model.Regenerate}
	d := start(t, r)
	d.press("dy")
	d.sees("Deleting token #100 of sara: failed", "Not offered here: this version cannot", "Nothing was changed.", "r regenerate instead")
	d.press("r")
	d.sees("Regenerate token #100 of sara?")
	d.press("y")
	d.wrote("delete 100", "regenerate 100")
	d.sees("The new key of token #100 of sara")
}

func TestAFailureStaysUntilItIsRead(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = model.Fail(model.Forbidden, "staff only")
	d := start(t, r)
	d.press("ry")
	d.press("rjk1")
	d.sees("not allowed to do this: staff only", "Nothing was changed.")
	d.pressKey(tea.KeyEnter)
	d.pointsAt("sara")
	d.wrote("regenerate 100")
}

func TestASentenceThatNothingIsHeardGoesWhenKeysAreHeardAgain(t *testing.T) {
	d := start(t, company(newClock()))
	d.give(keyboard.Unheard{})
	d.sees("Press esc: what you type")
	d.give(keyboard.Heard{})
	d.seesNot("Press esc: what you type")
	d.sees("What you type is heard again.")
}

// TestAQuestionSaysWhatTheMarkBeforeAnAlteredNameMeans is about who is asked, and reads no help.
func TestAQuestionSaysWhatTheMarkBeforeAnAlteredNameMeans(t *testing.T) {
	const words = "a ! before it is altered for the screen"
	d := start(t, company(newClock()))
	d.press("r")
	d.seesNot(words)
	d.press("n")
	d.press("jjj")
	d.press("r")
	d.sees("!wei", words)
}
