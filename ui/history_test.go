package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestATokenWhoseDeletionShowsLaterDoesNotStandHereAgain(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = lost()
	r.finding = model.Finding{End: model.Unseen}
	d := start(t, r)
	d.press("dy")
	d.pressKey(tea.KeyEnter)
	r.finding, r.fail["tokens"] = model.Finding{End: model.Visible}, model.Fail(model.Unavailable, "refused")
	d.pass(5 * time.Second)
	d.sees("it shows", "deleted", "ctrl+r asks again")
	d.seesNot("stands here again", "active again")
	d.press("d")
	d.sees("delete: it was deleted at 12:00 UTC; ctrl+r reads the list again")
	r.fail["tokens"] = nil
	d.pass(time.Second)
	d.pressKey(tea.KeyCtrlR)
	d.sees("Token #100 of sara was deleted at 12:00 UTC and stands here again, or still.")
}

func TestWhatShowsAtOnceIsFollowedByAListThatIsReadAfterIt(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = lost()
	r.finding = model.Finding{End: model.Visible}
	d := start(t, r)
	d.press("d")
	reads := r.count("tokens")
	d.press("y")
	if n := r.count("tokens") - reads; n != 2 {
		t.Errorf("the list was read %d times: with the answer, and after it was seen", n)
	}
}

func TestADeletedRowIsNotActiveWhenTheListCannotBeReadAgain(t *testing.T) {
	for row, active := range map[string]string{"g": "2025-12-24 2 months active", "G": "active, used here"} {
		t.Run(row, func(t *testing.T) {
			r := company(newClock())
			d := start(t, r)
			d.sees(active)
			d.press(row + "d")
			r.fail["tokens"] = model.Fail(model.Unauthorized, "Invalid token.")
			d.pass(2 * time.Minute)
			d.press("y")
			d.sees("Deleted: token", "deleted", "as of 12:00 UTC, before the change", "These rows are from before the change.", "Invalid token. ctrl+r asks again (tried once, at 12:02 UTC).")
			d.seesNot(active)
			d.press("d")
			d.sees("delete: it was deleted at 12:02 UTC; ctrl+r reads the list again", "These rows are from before the change")
			d.seesNot("Delete token")
			d.pressKey(tea.KeyEnter)
			d.sees("state deleted")
			d.pressKey(tea.KeyEsc)
			delete(r.fail, "tokens")
			d.pressKey(tea.KeyCtrlR)
			d.sees("4 tokens")
			d.seesNot("before the change", "deleted")
		})
	}
}

func TestRowsAreNotFromBeforeAChangeWhereAKeyWasOnlyLookedAt(t *testing.T) {
	r := company(newClock())
	delete(r.info.Missing, model.Reveal)
	d := start(t, r)
	d.press("v")
	r.fail["tokens"] = model.Fail(model.Unavailable, "refused")
	d.press("y")
	d.sees("The key of token #100 of sara")
	d.pressKey(tea.KeyEsc)
	d.sees("refused")
	d.seesNot("before the change")
}

func TestADeletedTokenThatIsThereAgainDoesNotPassUnnoticed(t *testing.T) {
	r := crowd(newClock())
	back := r.tokens[0]
	d := start(t, r)
	said := "Token #101 of user01 was deleted at 12:00 UTC and stands here again, or still."
	d.press("dy")
	d.seesNot(said)
	r.tokens = append([]model.Token{back}, r.tokens...)
	d.pressKey(tea.KeyCtrlR)
	d.sees(said, "active again")
	d.press("j")
	d.sees(said)
	d.press("n")
	d.sees("page 2 of 3")
	d.seesNot(said)
	d.pass(time.Hour)
	d.press("N")
	d.sees(said)
	d.press("gd")
	d.sees("Delete token #101 of user01?")
}

func TestATokenThatASystemKeepsAsRevokedIsWhereItBelongs(t *testing.T) {
	r := company(newClock())
	kept := r.tokens[0]
	d := start(t, r)
	d.press("dy")
	kept.State = model.Revoked
	r.tokens = append([]model.Token{kept}, r.tokens...)
	d.pressKey(tea.KeyCtrlR)
	d.sees("revoked")
	d.seesNot("stands here again", "again")
}

func TestADeletionThatShowedLaterIsRememberedToo(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = lost()
	r.finding = model.Finding{End: model.Visible}
	d := start(t, r)
	d.press("dy")
	d.sees("Looked at 12:00:00 UTC: it shows. This did it, or somebody else in this moment.")
	d.pressKey(tea.KeyEnter)
	d.sees("Token #100 of sara was deleted at 12:00 UTC and stands here again, or still.")
}

func TestATokenThatAuthdeckMadeUnderTheSameNumberIsNoRevenant(t *testing.T) {
	r := company(newClock())
	for i := range r.tokens {
		r.tokens[i].ID = r.tokens[i].Owner.ID // as where a token has no number but its owner's
	}
	d := start(t, r)
	d.press("dy")
	r.users[0].HasToken = model.No
	d.press("c")
	d.pressKey(tea.KeyEnter)
	d.press("yv")
	d.pressKey(tea.KeyEsc)
	d.wrote("delete 1", "create 1")
	d.sees("5 tokens")
	d.seesNot("again, or still")
}

func TestTheTokensThatAProxyMadeOfOneYesAreSaid(t *testing.T) {
	for _, c := range []struct {
		copies int
		said   string
	}{
		{1, "Another token like #96 was made since: #900. A proxy in between may have sent the order twice, or somebody else made it."},
		{3, "3 more tokens like #96 were made since: #900, #901, #902. A proxy in between may have sent the order more than once"},
	} {
		r := company(newClock())
		r.copies = c.copies
		d := start(t, r)
		d.press("c")
		d.pressKey(tea.KeyEnter)
		d.press("yv")
		d.pressKey(tea.KeyEsc)
		d.sees(c.said)
		d.pressKey(tea.KeyCtrlR)
		d.sees(c.said)
		d.press("dy")
		d.seesNot("made since")
	}
}

func TestATokenThatWasThereBeforeTheYesIsNoCopy(t *testing.T) {
	r := company(newClock())
	twin := model.Token{ID: "77", Name: model.Clean("#77"), Owner: r.users[5], State: model.Active, Created: model.At(r.clock.now)}
	r.tokens = append(r.tokens, twin)
	d := start(t, r)
	d.press("c")
	d.pressKey(tea.KeyEnter)
	d.press("yv")
	d.pressKey(tea.KeyEsc)
	d.sees("#77", "#96")
	d.seesNot("made since")
}

func TestTheOnlyRowOfTheLastPageTakesThePageWithIt(t *testing.T) {
	for name, strict := range map[string]bool{"the server says so": true, "the page has no rows": false} {
		t.Run(name, func(t *testing.T) {
			r := crowd(newClock())
			r.tokens, r.strict = r.tokens[:21], strict
			d := start(t, r)
			d.press("nn")
			d.sees("page 3 of 3", "user21")
			d.press("dy")
			d.sees("Deleted: token #121 of user21.", "page 2 of 2", "20 tokens",
				"The cursor is on token #120 of user20 now.")
			d.seesNot("cannot", "in this page any more", "has no token", "fewer")
			d.pointsAt("user20")
		})
	}
}
