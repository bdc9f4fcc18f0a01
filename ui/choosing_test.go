package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/goldentest"
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

// TestTheOrderOfAListIsSeenInEveryWindow is about rows that would read as if they had another
// order: each order has its arrow, or its words.
func TestTheOrderOfAListIsSeenInEveryWindow(t *testing.T) {
	for _, size := range goldentest.Sizes() {
		for _, page := range []string{"1", "2", "9"} {
			d := prepare(t, termenv.Ascii, apart3()...)
			d.begin(size[0], size[1])
			d.press(page)
			for _, s := range d.app.front.(interface{ sortChoices() []model.Choice }).sortChoices() {
				d.press(":sort " + s.Label + "⏎")
				lines := strings.Split(ansi.Strip(d.app.View()), "\n")
				if titles := lines[2]; !strings.ContainsAny(titles, "↑↓") && !strings.Contains(lines[1], s.Label) && !strings.Contains(strings.Join(lines, " "), "Order: "+s.Label+".") {
					t.Errorf("at %v on page %s nothing says %q:\n%s", size, page, s.Label, strings.Join(lines, "\n"))
				}
			}
		}
	}
}

func TestTheOrderOfAQuestionIsTheOneThatIsSaid(t *testing.T) {
	for question, want := range map[string]string{
		"sort:-age": "key age ↓", "sort:age": "key age ↑", "sort:created": "created ↑", "sort:-owner sort:age": "owner ↓", "sort:id": "· sort:id owner",
	} {
		d := start(t, company(newClock()))
		d.press("/" + question + "⏎")
		d.sees("created", want)
		if want != "created ↑" {
			d.seesNot("created ↓", "created ↑")
		}
	}
}

// TestTheOrderOfAQuestionIsTurnedRound is about sort:age, which is sort:-age the other way round.
func TestTheOrderOfAQuestionIsTurnedRound(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("/owner:a sort:age sort:-owner⏎")
	d.sees("key age ↑")
	for _, want := range []struct{ arrow, where string }{{"key age ↓", "owner:a sort:-age sort:owner"}, {"key age ↑", "owner:a sort:age sort:-owner"}} {
		d.press("S")
		d.sees(want.arrow)
		if got := r.last("tokens").Where; got != want.where {
			t.Errorf("asked for %q, want %q", got, want.where)
		}
	}
}

func TestAnotherOrderTakesTheOneOfTheQuestionOut(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("/owner:a sort:-age⏎")
	d.press("s")
	d.sees("Sort the tokens", "It takes the place of sort:-age.", "› newest first")
	d.seesNot("first now")
	d.pressKey(tea.KeyEnter)
	d.sees("“owner:a”", "created ↓")
	if q := r.last("tokens"); q.Where != "owner:a" || q.Sort != "" {
		t.Errorf("%+v", q)
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

func TestNoSingleSystemIsBlamedWhereAllAreOne(t *testing.T) {
	d, _ := everySystem(t)
	d.press("2S")
	d.seesNot("this system")
	d.sees("all systems as one do not have")
}
