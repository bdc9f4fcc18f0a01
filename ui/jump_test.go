package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

func TestUGoesToTheOwnerAndEscComesBack(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("ju")
	d.sees("only omid", "1 user")
	d.pointsAt("omid")
	if q := r.last("users"); q.Filter.Only.ID != "2" {
		t.Errorf("asked for %+v", q.Filter.Only)
	}
	d.pressKey(tea.KeyEsc)
	d.sees("5 tokens")
	d.pointsAt("omid")
	d.press("2")
	d.seesNot("only omid")
}

func TestTGoesToTheTokenAndEscComesBack(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("2jt")
	d.sees("only omid · page 1 of 1 · 1 token")
	if q := r.last("tokens"); q.Filter.Only.ID != "2" {
		t.Errorf("asked for %+v", q.Filter.Only)
	}
	d.pressKey(tea.KeyEsc)
	d.sees("7 users")
	d.pointsAt("omid")
	d.press("1")
	d.sees("5 tokens")
}

func TestTheTokenOfAUserWithoutOneIsNotLookedFor(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("2Gt")
	d.sees("token: this user has none")
	d.pointsAt("zoe")
}

func TestAJumpLeavesNoNarrowListBehind(t *testing.T) {
	d := start(t, company(newClock()))
	d.resize(120, 30)
	d.press("2")
	d.sees("last login")
	d.pressKey(tea.KeyEnter)
	d.press("1u")
	d.sees("mobile active")
}

func TestEnterShowsTheDetailsAndEnterHidesThem(t *testing.T) {
	for _, width := range []int{80, 120} {
		d := start(t, company(newClock()))
		d.resize(width, 30)
		d.press("jjj")
		d.pressKey(tea.KeyEnter)
		d.sees("owner's no. 4", "altered; it came as", `"wei\x1b[2J"`, "not applicable: expires", "this system does not say: key since, last used")
		d.press("k")
		d.sees("expires never", "state expired")
		d.pressKey(tea.KeyEnter)
		d.seesNot("owner's no.")
	}
}

func TestDetailsThatAreTooLongAreScrolled(t *testing.T) {
	d := start(t, company(newClock()))
	d.resize(60, 10)
	d.pressKey(tea.KeyEnter)
	d.seesNot("last used")
	d.pressKey(tea.KeyPgDown, tea.KeyPgDown, tea.KeyPgDown)
	d.sees("this system does not say: last used")
	d.seesNot("full name")
	d.pressKey(tea.KeyPgUp, tea.KeyPgUp, tea.KeyPgUp)
	d.sees("full name")
}

func TestTheNameIsCopied(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jy")
	if len(d.sent) != 1 || d.sent[0] != "omid" {
		t.Errorf("sent: %q", d.sent)
	}
	d.sees("“omid”", "sent to the clipboard")
}

func TestTheEndsOfTheListAreSaid(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press("N")
	d.sees("This is the first page.")
	d.press("nnn")
	d.sees("This is the last page.", "page 3 of 3")
	d.pointsAt("user21")
}

func TestTheCursorWalksFromPageToPage(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press("Gj")
	d.pointsAt("user11")
	d.press("k")
	d.pointsAt("user10")
}

func TestEscAtTheTopSaysThatThereIsNothingToGoBackTo(t *testing.T) {
	d := start(t, company(newClock()))
	d.pressKey(tea.KeyEsc)
	d.sees("There is nothing to go back to; q quits.")
}

func TestAWindowThatIsTooSmallSaysSoAndComesBack(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("j")
	d.resize(39, 30)
	d.sees("authdeck needs 40×10, not 39×30")
	d.resize(100, 30)
	d.pointsAt("omid")
}

func TestTheMarkOfAlteredTextIsOnItsRow(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jjj")
	d.pointsAt("!wei␛[2J")
	if view := caret.Without(d.app.View()); ansi.Strip(view) != view {
		t.Error("a view without colours has escape sequences")
	}
}

func TestEscGoesBackByTheWholeWay(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("ut")
	d.sees("only sara · page 1 of 1 · 1 token")
	d.pressKey(tea.KeyEsc)
	d.sees("›2 Users", "only sara")
	d.pressKey(tea.KeyEsc)
	d.sees("›1 Tokens", "5 tokens")
	d.seesNot("only sara")
}

func TestANameThatTheScreenAltersIsNotCopiedAsIfItWereTheName(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jjjy")
	d.sees("“wei␛[2J”, which is the name as it is shown and not as the system has it")
}

// TestWhoComesBackToAPlaceFindsTheirQuestionThere is about all systems as one, and one system
// alike: the question, the order, and the row under the cursor.
func TestWhoComesBackToAPlaceFindsTheirQuestionThere(t *testing.T) {
	for place, other := range map[string]string{"9": "4", "3": "9"} {
		d := start(t, three()...)
		d.press(other + place + ":sort by name⏎/is:fine⏎")
		d.sees("“is:fine”")
		d.press("jjj")
		row, asked := d.under(), d.app.tokens.list.Query()
		d.press("2/user0⏎")
		d.press(other)
		d.seesNot("user0")
		d.press("1")
		d.seesNot("is:fine")
		d.press(place)
		d.sees("“is:fine”")
		if now, again := d.under(), d.app.tokens.list.Query(); now != row || again.Sort == "" || again.Sort != asked.Sort || again.Where != asked.Where {
			t.Errorf("%s: the cursor was on %q, and is on %q; asked for was %+v, and is %+v", place, row, now, asked, again)
		}
		d.press("2")
		d.sees("search “user0”")
		d.press("1")
		d.pressKey(tea.KeyEsc)
		d.press(other + place)
		d.seesNot("is:fine")
	}
}

// TestAPersonIsComeBackToAsWell is about a page that is left for a system, and opened again.
func TestAPersonIsComeBackToAsWell(t *testing.T) {
	d := start(t, kin3()...)
	d.press("jp/is:fine⏎j")
	row := d.under()
	d.press("4" + "3")
	d.pointsAt("omid") // from which the person was opened
	d.press("p")
	d.sees("authdeck omid", "“is:fine”")
	if now := d.under(); now != row {
		t.Errorf("the cursor was on %q, and is on %q", row, now)
	}
	d.pressKey(tea.KeyEsc, tea.KeyEsc)
	d.press("p")
	d.sees("authdeck omid")
	d.seesNot("is:fine")
}

// TestOnALaterPageOneComesBackToThatPage wants no walk for what was in sight.
func TestOnALaterPageOneComesBackToThatPage(t *testing.T) {
	systems := three()
	systems[0].page = 2
	d := start(t, systems...)
	d.press("nnjj")
	d.sees("page 3")
	row := d.under()
	d.press("43")
	d.sees("page 3")
	if now := d.under(); now != row {
		t.Errorf("the cursor was on %q, and is on %q", row, now)
	}
	d.press("N")
	d.sees("page 2")
}

// under is the row under the cursor.
func (d *driver) under() string {
	for line := range strings.SplitSeq(ansi.Strip(d.app.View()), "\n") {
		if strings.HasPrefix(line, "› ") {
			return line
		}
	}
	return "no row"
}
