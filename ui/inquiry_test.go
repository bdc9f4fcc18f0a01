package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// doubtful is a console whose regenerate has ended in doubt.
func doubtful(t *testing.T, err error) (*driver, *remote) {
	t.Helper()
	r := company(newClock())
	r.fail["regenerate"] = err
	r.finding = model.Finding{End: model.Unseen}
	d := start(t, r)
	d.press("ry")
	return d, r
}

func lost() error { return model.Fail(model.Uncertain, "the answer was lost") }

func (r *remote) lookedFor(t *testing.T, want int) {
	t.Helper()
	if n := r.count("look"); n != want {
		t.Errorf("it was looked for %d times, want %d", n, want)
	}
}

func TestWhatIsInDoubtIsLookedForAgainByItself(t *testing.T) {
	d, r := doubtful(t, lost())
	d.sees("nobody knows", "Looked at 12:00:00 UTC: nothing shows of it yet. authdeck looks again at 12:00:05.", "The server may still be at it.")
	r.lookedFor(t, 1)
	reads := r.count("tokens")
	r.finding = model.Finding{End: model.Visible, Words: "Token #100 has a new key."}
	d.pass(4 * time.Second)
	r.lookedFor(t, 1)
	d.pass(time.Second)
	d.sees("Regenerating token #100 of sara: it shows", "Looked at 12:00:05 UTC: it shows. Token #100 has a new key.")
	d.sees("The new key did not come, and no system shows it again.")
	d.seesNot("nothing shows", "looks again", "still be at it", "nobody knows", "If it happened")
	if n := r.count("tokens") - reads; n != 1 {
		t.Errorf("the list was read %d times with the second look", n)
	}
	d.pass(time.Hour)
	r.lookedFor(t, 2)
	d.wrote("regenerate 100")
}

func TestTheAdviceAfterADoubtIsToWaitAndLookAndNotToDoItAgain(t *testing.T) {
	d, r := doubtful(t, lost())
	d.pass(5 * time.Second)
	d.sees("authdeck looks again at 12:00:15.")
	d.seesNot("Before you do it again")
	d.pass(10 * time.Second)
	d.sees("Looked at 12:00:15 UTC: nothing shows of it yet. Before you do it again: wait a minute, ctrl+r, then look.")
	d.seesNot("look there whether it happened", "looks again")
	d.pass(time.Hour)
	r.lookedFor(t, 3)
}

func TestALookSeesTheOrderAndTheMomentOfTheYes(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = lost()
	d := start(t, r)
	d.press("d")
	d.pass(time.Minute)
	said := d.clock.now
	d.hold()
	d.press("y")
	d.pass(3 * time.Second)
	d.release()
	if o := r.orders[0]; !o.At.Equal(said) {
		t.Errorf("the order was said yes to at %v, want %v", o.At, said)
	}
	if o := r.looked[0]; o.Action != model.Delete || o.Token.ID != "100" || !o.At.Equal(said) {
		t.Errorf("looked for %+v", o)
	}
}

func TestALookGoesOnWhenItsDialogIsClosed(t *testing.T) {
	d, r := doubtful(t, lost())
	d.pressKey(tea.KeyEnter)
	d.press("j")
	d.sees("Regenerate token #100 of sara: Looked at 12:00:00 UTC: nothing shows of it yet. authdeck looks again at 12:00:05.")
	d.pass(5 * time.Second)
	r.finding = model.Finding{End: model.Visible, Words: "It has a new key."}
	d.pass(10 * time.Second)
	d.sees("Looked at 12:00:15 UTC: it shows. It has a new key.")
	d.press("jk")
	d.sees("It has a new key.")
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("It has a new key.", "Regenerate token #100")
}

func TestWhatWasFoundStandsUntilAnotherOrderChangesSomething(t *testing.T) {
	const said = "Looked at 12:00:15 UTC: nothing shows of it yet."
	d, r := doubtful(t, lost())
	delete(r.info.Missing, model.Reveal)
	d.pressKey(tea.KeyEnter)
	d.pass(time.Minute)
	d.sees(said)
	d.press("vy")
	d.sees("The key of token #100 of sara")
	d.pressKey(tea.KeyEsc)
	d.sees(said)
	d.press("dy")
	d.seesNot(said)
}

func TestWhatStoodInTheDialogIsNotSaidOnceMore(t *testing.T) {
	d, _ := doubtful(t, lost())
	d.pass(time.Minute)
	d.sees("Looked at 12:00:15")
	d.pressKey(tea.KeyEnter)
	d.seesNot("Looked at")
}

func TestLeavingIsNotHeldByALook(t *testing.T) {
	d, _ := doubtful(t, lost())
	d.pressKey(tea.KeyEnter)
	d.press("q")
	d.ended(true)
}

func TestAServerThatWantsToBeLeftAloneIsNotLookedAtBefore(t *testing.T) {
	d, r := doubtful(t, &model.Error{Kind: model.Uncertain, RetryAfter: 30 * time.Second})
	r.lookedFor(t, 0)
	d.sees("authdeck looks again at 12:00:30.")
	d.pass(30 * time.Second)
	r.lookedFor(t, 1)
}

func TestALookThatFailsSaysSoAndTheNextOneIsMade(t *testing.T) {
	d, r := doubtful(t, lost())
	r.fail["look"] = model.Fail(model.Unavailable, "the connection broke off")
	d.pass(5 * time.Second)
	d.sees("Looked at 12:00:05 UTC: that failed. The system is not available: the connection broke off. authdeck looks again at 12:00:15.")
	delete(r.fail, "look")
	d.pass(10 * time.Second)
	d.sees("Looked at 12:00:15 UTC: nothing shows of it yet.")
}

func TestAKeyThatCameWithTroubleIsLookedForToo(t *testing.T) {
	r := company(newClock())
	r.keyAnyway, r.fail["regenerate"] = true, lost()
	d := start(t, r)
	d.press("ry")
	d.sees("Regenerating token #100 of sara: nobody knows", "It may have happened, or not: the answer was lost", "Looked at 12:00:00 UTC: what can be read does not tell. authdeck looks again at 12:00:05.")
	r.finding = model.Finding{End: model.Visible, Words: "This is its key."}
	d.pass(5 * time.Second)
	d.sees("The new key of token #100 of sara", "This is its key.")
	d.seesNot("The server may still be at it.")
}

func TestAKeyThatIsDeniedIsNotCalledTheNewOne(t *testing.T) {
	r := company(newClock())
	r.keyAnyway, r.fail["regenerate"] = true, model.Fail(model.Contradicted, "the token has another key")
	d := start(t, r)
	d.press("ry")
	d.sees("Regenerating token #100 of sara: said, and not so", "the token has another key")
	d.seesNot("The new key of")
	r.fail["regenerate"] = model.Fail(model.Partial, "the old one is still there")
	d = start(t, r)
	d.press("ry")
	d.sees("The new key of token #100 of sara", "the old one is still there")
}

func TestAFailureThatIsCertainIsNotLookedFor(t *testing.T) {
	for _, kind := range []model.Kind{model.Invalid, model.Forbidden, model.Unavailable, model.NotFound, model.Conflict} {
		d, r := doubtful(t, model.Fail(kind, "no"))
		d.sees("failed")
		d.seesNot("looks again")
		r.lookedFor(t, 0)
	}
}

func TestANotThereProvesNothingAsTheAnswerToTheWriteItself(t *testing.T) {
	for _, kind := range []model.Kind{model.NotFound, model.Conflict} {
		d, r := doubtful(t, &model.Error{Kind: kind, Sent: true})
		d.sees("nobody knows", "It was sent, and this is the answer.", "the first time may have done it.", "Looked at 12:00:00")
		d.seesNot("Nothing was")
		r.lookedFor(t, 1)
	}
}

func TestANotThereBeforeTheWriteSaysThatNothingWasSent(t *testing.T) {
	d, _ := doubtful(t, model.Fail(model.NotFound, ""))
	d.sees("It is not there (any more), or hidden from this credential", "Nothing was sent. The list is read again")
	d.seesNot("Nothing was changed")
}

func TestASystemThatContradictsItselfIsQuotedAndHeldToIt(t *testing.T) {
	d, r := doubtful(t, model.Fail(model.Contradicted, "token #100 still opens"))
	d.sees("said, and not so", "The server said that it is done, but what is read afterwards says otherwise: token #100 still opens", "authdeck does not repeat it")
	d.seesNot("Nothing was changed")
	r.lookedFor(t, 1)
	r.finding = model.Finding{End: model.Visible, Words: "Token #100 is gone now."}
	d.pass(5 * time.Second)
	d.sees("Regenerating token #100 of sara: it shows", "Token #100 is gone now.")
	d.seesNot("not so", "look there")
}

func TestALookOfAnotherSystemNamesItAndReadsNoOtherList(t *testing.T) {
	clock := newClock()
	shop, other := company(clock), company(clock)
	other.info.Name = "depot"
	shop.fail["regenerate"] = lost()
	d := start(t, shop, other)
	d.press("ry")
	d.pressKey(tea.KeyEnter)
	d.press("0j")
	d.pressKey(tea.KeyEnter)
	d.sees("depot", "In shop, regenerate token #100 of sara: Looked at 12:00:00 UTC")
	reads := other.count("tokens")
	d.pass(time.Minute)
	shop.lookedFor(t, 3)
	d.sees("In shop, regenerate token #100 of sara: Looked at 12:00:15 UTC")
	if other.count("tokens") != reads {
		t.Error("the list of another system was read for it")
	}
}
