package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// apart3 are three systems, of which the second does not let its tokens be read and the
// third is a production system.
func apart3() []*remote {
	systems := three()
	systems[1].fail["tokens"] = refused()
	systems[2].info.ReadOnly = false
	return systems
}

// everySystem is the console of three systems as one.
func everySystem(t *testing.T) (*driver, *joint) {
	t.Helper()
	d := start(t, apart3()...)
	d.press("9")
	return d, d.app.world.All.(*joint)
}

func TestKey9ShowsAllSystemsAsOne(t *testing.T) {
	d, _ := everySystem(t)
	d.sees("authdeck all PRODUCTION 3 systems", "10 tokens", "system owner", "shop sara", "live sara", "✗ lab: connection refused; nothing of it is here.")
	d.seesNot("you:")
	d.press("2")
	d.sees("21 users", "system username", "lab sara")
	d.press("09")
	d.sees("10 tokens")
	d.press("0")
	d.pressKey(tea.KeyEnter)
	d.sees("authdeck shop hamgam", "you: reza", "5 tokens")
	d.seesNot("system owner")
}

func TestThePagesOfAllSystemsAreToldFromThoseOfOne(t *testing.T) {
	d, _ := everySystem(t)
	for width, want := range map[int]string{120: "›1 Tokens 2 Users ›9 All 0 Systems", 60: "›1 Tokens 2 Users ›9 All page 1", 40: "›1 Tokens 2 Users ›9 All page 1 of 1"} {
		d.resize(width, 24)
		d.sees(want)
	}
	d.resize(40, 24)
	d.press("0")
	d.sees("1 Tokens 2 Users ›0 Systems")
	d.pressKey(tea.KeyEnter)
	d.sees("›1 Tokens 2 Users 0 Systems")
	d.resize(120, 24)
	d.sees("›1 Tokens 2 Users 9 All 0 Systems")
	d = start(t, company(newClock()))
	d.sees("›1 Tokens 2 Users 0 Systems")
}

func TestWhereThereIsOneSystemThereIsNoOtherList(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("9")
	d.sees("There is one system only.", "authdeck shop")
	d.press("?")
	d.seesNot("all systems")
}

// TestAQuestionAboutATokenNamesItsOwnSystem is about safety: among the tokens of all systems
// are those of production.
func TestAQuestionAboutATokenNamesItsOwnSystem(t *testing.T) {
	d, _ := everySystem(t)
	d.press("d")
	d.sees("Delete token #100 of sara?", "system shop, hamgam at shop", "y delete")
	d.seesNot("production system")
	d.pressKey(tea.KeyEsc)
	d.press("Gggjjjjj")
	d.press("d")
	d.sees("Delete token #100 of sara?", "system PRODUCTION live, hamgam at live.example.com", "This is a production system. To go on, type #100")
	d.press("y")
	d.pressKey(tea.KeyEnter)
	d.sees("That is not #100")
	for _, s := range d.systems {
		if len(s.writes) > 0 {
			t.Errorf("%s was written to: %q", s.info.Name, s.writes)
		}
	}
}

func TestWhatIsDoneToATokenIsDoneInItsOwnSystem(t *testing.T) {
	d, j := everySystem(t)
	d.press("Gggjjjjjd#100")
	d.pressKey(tea.KeyPgDown, tea.KeyPgDown, tea.KeyPgDown)
	reads := len(j.asked)
	d.pressKey(tea.KeyEnter)
	d.sees("Deleted: token #100 of sara.", "9 tokens")
	if s := d.systems; len(s[0].writes) > 0 || len(s[1].writes) > 0 || len(s[2].writes) != 1 || s[2].writes[0] != "delete 100" {
		t.Errorf("written: %q, %q, %q", s[0].writes, s[1].writes, s[2].writes)
	}
	if o := d.systems[2].orders[0]; o.Token.System != "" || o.Token.Owner.System != "" || strings.Contains(o.Token.Owner.ID, "/") {
		t.Errorf("the order is %+v", o)
	}
	if len(j.asked) != reads+1 || !j.asked[reads].Fresh {
		t.Errorf("the list was read %d times more", len(j.asked)-reads)
	}
}

func TestAnActionThatATokensSystemDoesNotOfferIsRefusedWithItsReason(t *testing.T) {
	d := start(t, apart3()...)
	d.systems[2].info.Missing = model.Caps{model.Delete: "live keeps every token"}
	d.press("9Gd")
	d.sees("delete: live keeps every token")
	d.press("ggd")
	d.sees("Delete token #100 of sara?")
	d.pressKey(tea.KeyEsc)
	d.press("c")
	d.sees("create: go to the system in which it is to be: 0 shows them")
}

func TestTheCursorGoesWithANewKeysNumberInItsOwnSystem(t *testing.T) {
	d := start(t, apart3()...)
	d.systems[2].info.Production, d.systems[2].heir = false, "777"
	d.press("9Gggjjjjjr")
	agree(d)
	d.sees("The new key of token")
	d.press("v")
	d.pressKey(tea.KeyEsc)
	if row, _ := d.app.tokens.list.Selected(); row.ID != "live/777" {
		t.Errorf("the cursor is on %s", row.ID)
	}
}

func TestOneOwnersTokensAreThoseInTheOwnersSystem(t *testing.T) {
	d, j := everySystem(t)
	d.press("G")
	row, _ := d.app.tokens.list.Selected()
	d.press("u")
	d.press("t")
	if only := j.asked[len(j.asked)-1].Filter.Only; only.System == "" || only.ID != only.System+"/"+strings.TrimPrefix(only.ID, only.System+"/") || row.System != "live" {
		t.Errorf("asked for those of %+v", only)
	}
	d.sees("only ")
}

func TestTheDetailsNameTheSystemAndTheNumberThere(t *testing.T) {
	d, _ := everySystem(t)
	d.press("G")
	d.pressKey(tea.KeyEnter)
	d.sees("system PRODUCTION live, hamgam at", "owner's no. ")
	d.seesNot("live/")
}

func TestTheRestOfAListComesByItself(t *testing.T) {
	d := start(t, apart3()...)
	j := d.app.world.All.(*joint)
	j.missing = map[string]bool{"shop": true}
	d.press("9j")
	d.sees("5 tokens", "shop: asking…")
	before, _ := d.app.tokens.list.Selected()
	d.pass(1500 * time.Millisecond)
	d.sees("5 tokens", "shop: asking…")
	j.missing = nil
	d.pass(time.Second)
	d.sees("10 tokens")
	d.seesNot("asking…")
	if after, _ := d.app.tokens.list.Selected(); after.ID != before.ID || before.ID == "" {
		t.Errorf("the cursor has gone from %s to %s", before.ID, after.ID)
	}
	asked := len(j.asked)
	if d.pass(time.Minute); len(j.asked) != asked || j.asked[asked-1].Fresh {
		t.Errorf("a whole list is asked for %d times more", len(j.asked)-asked)
	}
}

func TestEscGivesUpTheRestOfAListOfAllSystemsAndSaysWhatIsNotHere(t *testing.T) {
	d := start(t, apart3()...)
	j := d.app.world.All.(*joint)
	j.missing = map[string]bool{"shop": true}
	d.press("9")
	d.pass(1500 * time.Millisecond)
	d.sees("shop: asking…", "esc gives up")
	d.pressKey(tea.KeyEnter)
	d.pressKey(tea.KeyEsc) // closes the details alone
	d.sees("shop: asking…", "esc gives up")
	d.pressKey(tea.KeyEsc)
	d.sees("Given up; what had come is here, and no more. ctrl+r asks again.", "✗ shop: given up; nothing of it is here.", "5 tokens")
	d.seesNot("asking…", "esc gives up")
	asked := len(j.asked)
	if d.pass(time.Minute); len(j.asked) != asked {
		t.Errorf("it is asked for %d times more", len(j.asked)-asked)
	}
}

func TestAnEmptyListOfAllSystemsIsOfThoseThatAnswered(t *testing.T) {
	d := start(t, apart3()...)
	d.systems[0].tokens, d.systems[2].tokens = nil, nil
	d.press("9")
	d.sees("The systems that have answered have no token that these credentials can see.", "✗ lab: connection refused")
}

func TestWhereNoSystemHasAnsweredNoneIsSaidToHaveNoTokens(t *testing.T) {
	systems := apart3()
	for _, s := range systems {
		s.fail["tokens"] = refused()
	}
	d := start(t, systems...)
	d.press("9")
	d.sees("No system has answered.", "✗ shop: connection refused")
	d.seesNot("have no token")
}
