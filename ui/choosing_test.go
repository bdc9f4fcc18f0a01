package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
)

func TestTheOrderIsTurnedRoundOrItIsSaidWhyNot(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	for _, want := range []struct{ arrow, key string }{{"created ↑", "old"}, {"created ↓", ""}} {
		d.press("S")
		d.sees(want.arrow)
		if q := r.last("tokens").Sort; q != want.key {
			t.Errorf("asked for order %q, want %q", q, want.key)
		}
	}
	asked := r.count("tokens")
	d.press("sjj⏎S")
	d.sees("turn the order: this system does not have “by name” the other way round; s shows its orders")
	d.press("2S")
	d.sees("turn the order: this system does not have “by number” the other way round")
	if n := r.count("tokens"); n != asked+1 {
		t.Errorf("the tokens were asked for %d times more, want once", n-asked)
	}
}

func TestAChoiceThatHoldsAlreadyAsksNothingAndEscLeavesEverythingAsItIs(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("jj")
	asked := r.count("tokens")
	d.press("s⏎")
	d.press("sjj")
	d.sees("Sort the tokens", "newest first now", "› by name")
	d.pressKey(tea.KeyEsc)
	d.seesNot("Sort the tokens")
	d.pointsAt("лев")
	if n := r.count("tokens"); n != asked {
		t.Errorf("the tokens were asked for %d times more", n-asked)
	}
}

func TestOverAQuestionToTheWholeListItIsSaidWhatAChoiceCosts(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("/owner:a⏎s")
	d.sees("For “owner:a” the whole list is read again.")
	d.press("by")
	d.seesNot("is read again")
}

func TestWhatATokenIsCalledIsCopied(t *testing.T) {
	c := newClock()
	for _, want := range []struct {
		of   *remote
		keys string
		said string
	}{
		{company(c), "jY", "#101"},
		{identifiers(c), "Y", identifiers(c).tokens[0].Name.String()},
		{company(c), "2jY", "2"},
		{company(c), "jy", "omid"},
	} {
		d := start(t, want.of)
		d.press(want.keys)
		if len(d.sent) != 1 || d.sent[0] != want.said {
			t.Errorf("%s sends %q, want %q", want.keys, d.sent, want.said)
		}
		d.sees("“" + want.said + "”")
	}
}

func TestASearchIsCompletedAndRememberedInEverySystemButNotAKey(t *testing.T) {
	d := start(t, three()...)
	d.press("/own")
	d.sees("owner:")
	d.pressKey(tea.KeyTab)
	d.press("sara⏎")
	d.sees("“owner:sara”")
	d.press("/Zk9vX2pQ7rT4wY8uB3nM6cV1⏎0j⏎/")
	d.pressKey(tea.KeyUp)
	d.sees("/owner:sara")
	d.seesNot("Zk9vX2pQ7rT4wY8uB3nM6cV1")
}

func TestWhatWasSearchedForInSessionsBeforeStandsBehindWhatIsTypedNow(t *testing.T) {
	d := prepare(t, termenv.Ascii, three()...)
	var kept []string
	d.app.world.Recall = func() []string { return []string{"is:old", "Zk9vX2pQ7rT4wY8uB3nM6cV1", "owner:omid"} }
	d.app.world.Remember = func(line string) { kept = append(kept, line) }
	d.begin(100, 30)
	d.press("/owner:sara⏎:search is:stale⏎/Zk9vX2pQ7rT4wY8uB3nM6cV1⏎/")
	for _, line := range []string{"is:stale", "owner:sara", "owner:omid", "is:old", "is:old"} {
		d.pressKey(tea.KeyUp)
		d.sees("/" + line)
	}
	d.pressKey(tea.KeyEsc)
	d.press("/age>⏎") // which cannot be read
	if got := strings.Join(kept, " "); got != "owner:sara is:stale" {
		t.Errorf("for later sessions there is %q", got)
	}
}
