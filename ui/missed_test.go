package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
)

// refusedJump is a console whose jump to one owner's tokens was refused: the rows are
// still everybody's.
func refusedJump(t *testing.T) (*driver, *remote) {
	t.Helper()
	r := company(newClock())
	r.info.TokenFilters = []model.Choice{{Value: "with", Label: "of people"}}
	r.info.OwnerAndMore = true
	d := start(t, r)
	r.fail["tokens"] = model.Fail(model.Unsupported, "not by this name")
	d.press("2jt")
	d.sees("not by this name")
	return d, r
}

func TestAJumpThatWasRefusedIsNotTakenForOneThatCame(t *testing.T) {
	for _, key := range []string{"fj⏎", "sj⏎", "/a"} {
		d, r := refusedJump(t)
		r.fail["tokens"] = nil
		d.press(key)
		if key[0] == '/' {
			d.pressKey(tea.KeyEnter)
		}
		d.sees("tokens, not only omid: ")
		if q := r.last("tokens"); q.Filter.Only.ID != "" {
			t.Errorf("%s asks for %+v", key, q)
		}
	}
}

func TestEscAndAnEmptySearchAfterARefusedJumpSayWhoseListItIs(t *testing.T) {
	for _, keys := range map[string][]tea.KeyType{"esc": {tea.KeyEsc}, "an emptied search": {tea.KeyCtrlU, tea.KeyEnter}} {
		r := company(newClock())
		r.info.OwnerAndMore = true
		d := start(t, r)
		d.press("/a")
		d.pressKey(tea.KeyEnter)
		r.fail["tokens"] = model.Fail(model.Unsupported, "not by this name")
		d.press("2jt")
		r.fail["tokens"] = nil
		if len(keys) > 1 {
			d.press("/")
		}
		d.pressKey(keys...)
		d.sees("5 tokens", "All tokens, not only omid: that list did not come.")
	}
}

func TestWhatIsDroppedIsNotSaidToBeShownBeforeItIs(t *testing.T) {
	d, r := ofOmid(t, false)
	r.fail["tokens"] = errBroken
	d.press("fj⏎")
	d.sees("only omid · page 1")
	d.seesNot("All tokens again")
	d.sees("ctrl+r asks again")
	d.press("j")
	r.fail["tokens"] = nil
	d.pressKey(tea.KeyCtrlR)
	d.sees("of people · page 1", "All tokens again, not only omid")
	d.press("j")
	d.seesNot("All tokens again")
}

func TestAnotherOwnersListThatDidNotComeIsNotTakenForTheOneThatStands(t *testing.T) {
	d, r := ofOmid(t, true)
	r.fail["tokens"] = model.Fail(model.Unsupported, "not by this name")
	d.pressKey(tea.KeyEsc)
	d.press("kt")
	r.fail["tokens"] = nil
	d.press("fj⏎")
	d.sees("only omid · of people", "Still only omid: the list of sara did not come.")
}

func TestKeysPressedMeanwhileDoNotSilenceWhatIsDropped(t *testing.T) {
	d, r := ofOmid(t, false)
	r.info.TokenFilters = append(r.info.TokenFilters, model.Choice{Value: "without", Label: "of robots"})
	d.hold()
	d.press("fj⏎fj⏎jk")
	d.release()
	d.sees("of robots", "All tokens again, not only omid")
}

func TestAListThatNeverCameIsAskedForAsItWasMeant(t *testing.T) {
	r := company(newClock())
	r.info.TokenFilters = []model.Choice{{Value: "with", Label: "of people"}}
	r.fail["tokens"] = errBroken
	d := start(t, r)
	r.fail["tokens"] = nil
	d.press("fj⏎")
	if q := r.last("tokens"); q.Size != look.PageSize || q.Filter.Choice != "with" {
		t.Errorf("it asks for %+v", q)
	}
}

func TestAPickerThatFailedKeepsWhomItMayOffer(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	r.fail["users"] = errBroken
	d.press("c")
	d.sees("ctrl+r asks again")
	r.fail["users"] = nil
	d.press("/a")
	d.pressKey(tea.KeyEnter)
	if q := r.last("users"); q.Size != look.PageSize || q.Filter.Choice != "without" || q.Search != "a" {
		t.Errorf("it asks for %+v", q)
	}
}

func TestASystemThatIsEnteredAgainIsReadAnew(t *testing.T) {
	d := start(t, company(newClock()))
	r := d.systems[0]
	d.press("0")
	d.pressKey(tea.KeyEnter)
	d.sees("5 tokens")
	if q := r.last("tokens"); r.count("tokens") != 2 || !q.Fresh {
		t.Errorf("after %d questions it asks for %+v", r.count("tokens"), q)
	}
}

func TestAPickerSaysWhenItCanBeAskedAgainAlsoInANarrowWindow(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.resize(40, 12)
	r.fail["users"] = &model.Error{Kind: model.RateLimited, RetryAfter: 20 * time.Second}
	d.press("c")
	d.sees("✗ ctrl+r asks again in 20 s")
	asked := r.count("users")
	d.pressKey(tea.KeyCtrlR)
	d.sees("ctrl+r asks again in 20 s")
	if r.count("users") != asked {
		t.Error("the system was not left alone")
	}
	d.pass(21 * time.Second)
	r.fail["users"] = errBroken
	d.pressKey(tea.KeyCtrlR)
	d.sees("✗ ctrl+r asks again ·")
}

func TestEscComesBackToTheOneOwnersListThatWasLeft(t *testing.T) {
	d, _ := ofOmid(t, true)
	d.press("fj⏎ut")
	d.sees("only omid · page")
	d.pressKey(tea.KeyEsc)
	d.sees("›2 Users", "only omid")
	d.pressKey(tea.KeyEsc)
	d.sees("›1 Tokens", "only omid · of people")
	d.pressKey(tea.KeyEsc, tea.KeyEsc)
	d.sees("›2 Users", "7 users")
	d.press("1")
	d.sees("5 tokens")
}

func TestALongNameLeavesRoomForTheCount(t *testing.T) {
	r := company(newClock())
	r.users[1].Username = model.Clean(strings.Repeat("omid", 12))
	r.tokens[1].Owner = r.users[1]
	d := start(t, r)
	d.resize(100, 30)
	d.press("2jt")
	d.sees("only omidomid", "1 token")
}
