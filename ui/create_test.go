package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

func TestATokenIsCreatedForAUserWhoWasPicked(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("c")
	d.sees("Create a token: for which user?", "Only users without a token.", "nika", "zoe", "2 users")
	if box := strings.Join(boxed(ansi.Strip(d.app.View())), "\n"); strings.Contains(box, "omid") {
		t.Errorf("a user who has a token can be picked:\n%s", box)
	}
	d.press("j")
	d.pressKey(tea.KeyEnter)
	d.sees("Create a token for zoe?", "owner zoe (Full zoe), number 7", "system shop, hamgam at shop.example.com")
	d.press("y")
	d.wrote("create 7")
	d.sees("The new token of zoe")
	d.press("v")
	d.sees(canary)
	d.pressKey(tea.KeyEnter)
	d.sees("6 tokens")
}

func TestThePickerSearches(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("c/zo")
	d.sees("/zo")
	d.pressKey(tea.KeyEnter)
	if q := r.last("users"); q.Search != "zo" || q.Filter.Choice != "without" {
		t.Errorf("asked for %+v", q)
	}
	d.sees("1 user")
	d.pressKey(tea.KeyEnter)
	d.sees("Create a token for zoe?")
}

func TestEscInThePickersSearchKeepsThePicker(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("c/zo")
	d.pressKey(tea.KeyEsc)
	d.sees("for which user?", "2 users")
	d.pressKey(tea.KeyEsc)
	d.seesNot("for which user?")
	d.sees("Nothing was done.")
	d.wrote()
}

func TestEscGivesUpThePickersQuestion(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.hold()
	d.press("c")
	d.pressKey(tea.KeyEsc)
	if r.given[len(r.given)-1].Err() == nil {
		t.Error("the users are still waited for")
	}
	d.release()
	d.pointsAt("sara")
}

func TestNobodyToPickIsSaid(t *testing.T) {
	r := company(newClock())
	r.users = r.users[:5]
	d := start(t, r)
	d.press("c")
	d.sees("There is no user to choose")
	d.press("/zzz")
	d.pressKey(tea.KeyEnter)
	d.sees("No user fits “zzz”. esc shows all of them, / searches anew.", "esc show all")
	d.pressKey(tea.KeyEsc)
	d.sees("There is no user to choose", "esc leave")
	d.pressKey(tea.KeyEnter)
	d.sees("for which user?")
	d.wrote()
}

func TestAFailedPickerSaysSoAndAsksAgain(t *testing.T) {
	r := company(newClock())
	r.fail["users"] = model.Fail(model.Forbidden, "")
	d := start(t, r)
	d.press("c")
	d.sees("not allowed to do this", "ctrl+r asks again")
	delete(r.fail, "users")
	d.pressKey(tea.KeyCtrlR)
	d.sees("nika")
}

func TestATokenIsCreatedFromTheUsersPage(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("2Gc")
	d.sees("Create a token for zoe?")
	d.press("y")
	d.wrote("create 7")
	d.sees("The new token of zoe")
}

func TestWhatASystemSaysBeforeAnActionCanEndIt(t *testing.T) {
	r := company(newClock())
	r.fail["prepare"] = model.Fail(model.Conflict, "this user has a token already; t shows it")
	d := start(t, r)
	d.press("2c")
	d.sees("Create a token for sara: not possible", "Nothing was done: this user has a token already; t shows it")
	d.seesNot("read again")
	d.press("y")
	d.wrote()
}

func TestASystemThatCannotNarrowAListSaysSo(t *testing.T) {
	r := company(newClock())
	r.info.UserFilters = nil
	d := start(t, r)
	d.press("2f")
	d.sees("filter: this system cannot narrow this list but by a search", "7 users")
}

func TestTheCursorGoesToTheTokenThatWasMade(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("cj⏎yv⏎")
	d.sees("6 tokens")
	d.pointsAt("zoe")
	d.press("g")
	d.pressKey(tea.KeyCtrlR)
	d.pointsAt("sara") // it is sought once
}

func TestATokenThatWasMadeAndIsOnAnotherPageIsNamedWithTheWayToIt(t *testing.T) {
	r := company(newClock())
	r.page = 2
	d := start(t, r)
	d.press("cj⏎yv⏎")
	d.sees("Token #97 of zoe was made, and is not on this page: :search zoe looks for it.")
	d.press("j")
	d.seesNot("was made, and is not")
}
