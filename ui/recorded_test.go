package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestAReasonStaysUntilItIsChangedAndStandsInTheQuestion(t *testing.T) {
	d := start(t, company(newClock()))
	d.press(":reason⏎")
	d.sees("What is done is recorded without a reason; :reason TICKET-123 gives one.")
	d.press(":reason TICKET-123⏎")
	d.sees("recorded with the reason TICKET-123; :reason - takes it back")
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		d.resize(size[0], size[1])
		d.press("r")
		d.sees("Regenerate token #100 of sara?", "reason TICKET-123")
		d.press("n")
	}
	d.press("dy:reason 7 and more⏎dy:reason -⏎")
	d.sees("recorded without a reason")
	d.press("d")
	d.sees("Delete token")
	d.seesNot("reason")
	d.press("y")
	want := []string{"TICKET-123", "7 and more", ""}
	orders := d.systems[0].orders
	if len(orders) != len(want) {
		t.Fatalf("%d orders", len(orders))
	}
	for i, o := range orders {
		if o.Reason.String() != want[i] {
			t.Errorf("order %d has the reason %q, want %q", i, o.Reason, want[i])
		}
	}
}

func TestWhereAReasonIsWantedItIsSaidBeforeAnythingElseHowOneIsGiven(t *testing.T) {
	for _, size := range [][2]int{{100, 30}, {40, 10}} {
		s := company(newClock())
		s.info.WantsReason = true
		d := start(t, s)
		d.resize(size[0], size[1])
		for _, key := range []string{"r", "d", "c"} {
			d.press(key)
			d.sees("not possible", "a reason has to be given first")
			d.pressKey(tea.KeyEsc)
		}
		d.wrote()
		d.press(":reason \u2800⏎r") // a letter of which nothing shows
		d.sees("a reason has to be given first")
		d.pressKey(tea.KeyEsc)
		d.press(":reason TICKET-123⏎r")
		d.sees("Regenerate token #100 of sara?")
	}
}

func TestWhatCouldNotBeRecordedIsSaidAndWasNotSent(t *testing.T) {
	d := start(t, company(newClock()))
	d.systems[0].fail["regenerate"] = model.Fail(model.Unrecorded, "/home/sara/.local/state/authdeck/audit.jsonl: no space left on device")
	d.press("ry")
	d.sees("Regenerating token #100 of sara: failed", "It cannot be recorded, so nothing was sent: /home/sara/.local/state/authdeck/audit.jsonl: no space left on device", "Nothing was changed.")
}
