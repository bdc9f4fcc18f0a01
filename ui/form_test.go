package ui

import (
	"errors"
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// formed is a company whose tokens have more to them than an owner.
func formed(c *clock) *remote {
	r := company(c)
	r.info.Missing = model.Caps{model.Replace: "no need", model.Regenerate: "the old one ends by itself"}
	r.forms[model.Create] = model.Form{
		Warnings: []string{"A token lives for a day."},
		Fields: []model.Field{
			{Key: "name", Label: "identifier", Help: "letters and digits", Check: func(v string) error {
				if v == "bad" {
					return errors.New("it is taken")
				}
				return nil
			}},
			{Key: "user", Label: "user", Kind: model.AskUser, Optional: true},
			{Key: "intent", Label: "intent", Kind: model.AskChoice, Choices: []model.Choice{{Value: "api", Label: "API"}, {Value: "app", Label: "app password"}}},
			{Key: "expiring", Label: "expiring", Kind: model.AskYesNo, Value: "yes"},
			{Key: "scopes", Label: "scopes", Kind: model.AskChoices, Choices: []model.Choice{{Value: "read", Label: "read"}, {Value: "write", Label: "write"}, {Value: "admin", Label: "admin"}}},
			{Key: "expires", Label: "expires", Kind: model.AskTime, Optional: true},
			{Key: "password", Label: "password", Kind: model.AskSecret},
		},
	}
	r.forms[model.Edit] = model.Form{Fields: []model.Field{{Key: "about", Label: "description", Value: "old words", Optional: true}}}
	r.forms[model.Revoke] = model.Form{Danger: true, Fields: []model.Field{{Key: "key", Label: "key", Kind: model.AskSecret}}}
	return r
}

// fillIn goes through the form of formed, from the picker of users on.
func fillIn(d *driver) {
	d.press("c")
	d.pressKey(tea.KeyTab) // for yourself
	d.press("ci")
	d.pressKey(tea.KeyEnter, tea.KeySpace, tea.KeyEnter, tea.KeyRight, tea.KeyEnter)
	d.pressKey(tea.KeySpace, tea.KeyDown, tea.KeyDown, tea.KeySpace, tea.KeyEnter)
	d.press("30d")
	d.pressKey(tea.KeyEnter)
	d.press(canary)
}

func TestAFormAsksForWhatASystemWantsToKnow(t *testing.T) {
	r := formed(newClock())
	d := start(t, r)
	fillIn(d)
	d.seesNot(canary)
	d.pressKey(tea.KeyEnter)
	d.sees("Create a token?", "owner yourself", "A token lives for a day.", "identifier ci", "intent app password",
		"expiring no", "scopes read admin", "password as typed")
	d.press("y")
	o := r.orders[0]
	want := map[string]string{
		"name": "ci", "intent": "app", "expiring": "no", "scopes": "read admin",
		"expires": d.clock.now.UTC().Add(30 * 24 * time.Hour).Format(time.RFC3339),
	}
	for key, value := range want {
		if o.Values[key] != value {
			t.Errorf("%s is %q, want %q", key, o.Values[key], value)
		}
	}
	if o.Owner.ID != "" {
		t.Errorf("the owner is %s", o.Owner.ID)
	}
}

func TestWhatIsWrongInAFormStandsAtItsField(t *testing.T) {
	d := start(t, formed(newClock()))
	d.press("c")
	d.pressKey(tea.KeyTab)
	d.press("bad")
	d.pressKey(tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyEnter)
	d.press("soon")
	d.pressKey(tea.KeyEnter, tea.KeyEnter)
	d.sees("✗ it is taken", "✗ this is no time", "✗ a value is needed here")
	d.press("x")
	d.seesNot("it is taken")
	d.wrote()
}

func TestARefusedFormComesBackAsItWas(t *testing.T) {
	r := formed(newClock())
	r.fail["create"] = model.Fail(model.Invalid, "identifier: it exists")
	d := start(t, r)
	fillIn(d)
	d.pressKey(tea.KeyEnter)
	d.press("y")
	d.sees("Refused: identifier: it exists", "enter back to the form")
	d.pressKey(tea.KeyEnter)
	d.sees("› identifier", "ci", "app password", "[x] read [ ] write [x] admin")
	d.seesNot(canary)
}

func TestEscLeavesAForm(t *testing.T) {
	d := start(t, formed(newClock()))
	d.press("e")
	d.sees("Change token #100 of sara", "old words")
	d.pressKey(tea.KeyEsc)
	d.sees("Nothing was done.")
	d.pointsAt("sara")
	d.wrote()
}

func TestAnEditSaysWhatTheServerMadeOfIt(t *testing.T) {
	r := formed(newClock())
	r.notes = []string{"The server set another expiry: 2026-01-01."}
	d := start(t, r)
	d.press("e")
	d.press(" and new")
	d.pressKey(tea.KeyEnter)
	d.sees("Change token #100 of sara?", "description old words and new")
	d.press("y")
	d.wrote("edit 100")
	d.sees("Change token #100 of sara: the answer", "The server set another expiry")
	d.pressKey(tea.KeyEnter)
	d.pointsAt("sara")
}

func TestAKeyThatIsShownAgainSaysSo(t *testing.T) {
	r := formed(newClock())
	r.forms[model.Reveal] = model.Form{Warnings: []string{"The server logs who looked."}}
	d := start(t, r)
	d.press("v")
	d.sees("Show the key of token #100 of sara?", "The server logs who looked.")
	d.press("y")
	d.sees("The key of token #100 of sara", "the system shows it again")
	d.seesNot(canary)
	d.pressKey(tea.KeyEsc)
	d.pointsAt("sara")
}

func TestALongPreparationSaysSoAndCanBeLeft(t *testing.T) {
	r := company(newClock())
	r.hesitates = true
	d := start(t, r)
	d.hold()
	d.press("r")
	d.pointsAt("sara")
	d.pass(2 * time.Second)
	d.sees("asking the system what to know before", "2 s")
	d.pressKey(tea.KeyEsc)
	d.release()
	d.pointsAt("sara")
	d.wrote()
}

func TestAFilterNarrowsTheTokens(t *testing.T) {
	r := company(newClock())
	r.info.TokenFilters = []model.Choice{{Value: "with", Label: "of people"}}
	d := start(t, r)
	d.press("fj⏎")
	d.sees("of people")
	if q := r.last("tokens"); q.Filter.Choice != "with" {
		t.Errorf("asked for %+v", q)
	}
	d.press("fk⏎")
	d.seesNot("of people")
}

func TestAKeyThatComesWithAFailureIsNotLost(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = model.Fail(model.Partial, "the old token is still there")
	r.keyAnyway = true
	d := start(t, r)
	d.press("ry")
	d.sees("The new key of token #100 of sara", "It half happened: the old token is still there")
	d.press("v")
	d.sees(canary)
}

func TestNoGoesBackToTheForm(t *testing.T) {
	d := start(t, formed(newClock()))
	fillIn(d)
	d.pressKey(tea.KeyEnter)
	d.sees("Create a token?", "back to the form")
	d.press("n")
	d.sees("› identifier", "ci", "app password")
	d.pressKey(tea.KeyEsc)
	d.sees("Nothing was done.")
	d.wrote()
}

func TestAFailureThatChangedNothingKeepsTheForm(t *testing.T) {
	r := formed(newClock())
	r.fail["edit"] = model.Fail(model.Unavailable, "no answer in time")
	d := start(t, r)
	d.press("e")
	d.press("!")
	d.pressKey(tea.KeyEnter)
	d.press("y")
	d.sees("is not available", "enter back to the form")
	d.pressKey(tea.KeyEnter)
	d.sees("old words!")
	r.fail["edit"] = model.Fail(model.Uncertain, "")
	d.pressKey(tea.KeyEnter)
	d.press("y")
	d.sees("nobody knows")
	d.seesNot("back to the form")
}

func TestWhatIsOfferedInsteadHasItsOwnKey(t *testing.T) {
	r := formed(newClock())
	r.info.Missing = nil
	r.fail["regenerate"] = &model.Error{Kind: model.Unsupported, Message: model.Clean("it has none"), Instead: model.Delete}
	d := start(t, r)
	d.press("ry")
	d.sees("it has none", "d delete instead")
	d.press("ry")
	d.wrote("regenerate 100")
	d.press("d")
	d.sees("Delete token #100 of sara?")
}

func TestTheChoiceUnderTheCursorIsOnTheScreen(t *testing.T) {
	r := formed(newClock())
	var many []model.Choice
	for i := range 12 {
		many = append(many, model.Choice{Value: fmt.Sprint("v", i), Label: fmt.Sprint("choice ", i)})
	}
	r.forms[model.Edit] = model.Form{Fields: []model.Field{{Key: "scopes", Label: "scopes", Kind: model.AskChoices, Choices: many, Help: "what it may do"}}}
	d := start(t, r)
	for _, size := range [][2]int{{40, 10}, {60, 15}, {100, 30}} {
		d.resize(size[0], size[1])
		d.press("e")
		for i := range many {
			d.sees(fmt.Sprint("▸ [ ] choice ", i))
			d.pressKey(tea.KeyDown)
		}
		d.pressKey(tea.KeyEsc)
	}
}

func TestTheQuestionSaysWhatWillBecomeOfWhatWasFilledIn(t *testing.T) {
	r := formed(newClock())
	form := r.forms[model.Edit]
	form.Review = func(d model.Draft) []string {
		return []string{"The server will not keep “" + d.Values["about"] + "”."}
	}
	r.forms[model.Edit] = form
	d := start(t, r)
	d.press("e")
	d.press("!")
	d.pressKey(tea.KeyEnter)
	d.sees("The server will not keep “old words!”.")
}

func TestAFormTakesTheFirstLettersToo(t *testing.T) {
	r := formed(newClock())
	d := start(t, r)
	d.clock.instant = false
	d.press("exyz")
	d.sees("old wordsxyz")
}
