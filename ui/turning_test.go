package ui

import (
	"testing"
	"time"

	"authdeck/model"
)

func TestAFailedNextPageLeavesTheReaderWhereTheyWere(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.pass(2 * time.Minute)
	r.fail["tokens"] = model.Fail(model.Unavailable, "refused")
	d.press("jjn")
	d.pointsAt("user03")
	d.sees("page 1 of 3", "✗ The system is not available: refused. ctrl+r asks again (tried once, at 12:02 UTC).")
	delete(r.fail, "tokens")
	d.press("n")
	d.pointsAt("user11")
}

func TestTheNextPageIsThereAtOnceAndTheOneAfterItIsAskedFor(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.pass(time.Second)
	reads := r.count("tokens")
	d.hold()
	d.press("n")
	d.pointsAt("user11")
	d.sees("page 2 of 3 · 25 tokens")
	if n := r.count("tokens") - reads; n != 0 {
		t.Errorf("turning asked %d times at once", n)
	}
	d.pass(time.Second)
	if n := r.count("tokens") - reads; n != 1 {
		t.Errorf("turning asked %d times, want only for the page after", n)
	}
}

func TestNPressedWhileThePageIsOnItsWayWaitsForIt(t *testing.T) {
	r := crowd(newClock())
	d := prepare(t, 0, r)
	d.resize(100, 30)
	d.hold()
	d.run(d.app.Init())
	first := d.held
	d.held = nil
	for _, msg := range first { // the first page arrives, the one ahead stays away
		d.give(msg)
	}
	reads := r.count("tokens")
	d.pass(time.Second) // the page ahead is asked for
	d.press("nn")
	d.pointsAt("user01")
	d.release()
	d.pointsAt("user11")
	if n := r.count("tokens") - reads; n != 1 {
		t.Errorf("asked %d times, want once for the page ahead", n)
	}
}

func TestImpatienceDoesNotAskTwice(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.pass(2 * time.Minute) // the page ahead is stale
	d.hold()
	reads := r.count("tokens")
	d.press("nnn")
	if n := r.count("tokens") - reads; n != 1 {
		t.Errorf("n three times asked %d times", n)
	}
	d.release()
	d.pointsAt("user11")
}

func TestTurningThePageNeverMixesTwoLists(t *testing.T) {
	for name, turn := range map[string]string{"next": "n", "down": "Gj", "previous": "nN"} {
		t.Run(name, func(t *testing.T) {
			r := crowd(newClock())
			d := start(t, r)
			d.press("n")
			d.hold()
			d.press("sj⏎")
			d.press(turn)
			d.release()
			if n := r.mixed(); n != 0 {
				t.Errorf("%d questions were asked with another list's cursor", n)
			}
			d.sees("page 1 of 3", "created ↑")
		})
	}
}

func TestThePageAfterAFailedQuestionIsOfTheRowsThatAreShown(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.pass(2 * time.Minute)
	r.fail["tokens"] = errBroken
	d.press("sj⏎")
	delete(r.fail, "tokens")
	d.press("n")
	if n := r.mixed(); n != 0 {
		t.Errorf("%d questions were asked with another list's cursor", n)
	}
}
