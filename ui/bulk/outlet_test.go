package bulk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/order"
)

// offers opens a plan whose keys can go to a file in clear, to one that is sealed, and to a
// command; each key is sealed as it comes, as the safe does it.
func offers(t *testing.T, n int) (r *reader, left *[]string) {
	t.Helper()
	r, left = reads(t, model.Regenerate, tokens(n)...), &[]string{}
	r.desk.Making.AtOnce = 1
	r.system.do = func(id string) (model.Issued, error) {
		return model.Issued{Key: model.NewSecret("newkey-" + id), Kept: model.Kept{
			Later: ":keys shows it.", Drop: func() error { return nil }, Leave: func() { *left = append(*left, id) },
		}}, nil
	}
	r.shelf.outlets = []plan.Outlet{
		{Way: plan.Sealed, Says: "2 recipients", Check: r.shelf.whole, Open: r.shelf.as(plan.Sealed, "")},
		{Way: plan.ByCommand, Says: "vault kv put secret/ci/{name} token=-", Open: r.shelf.as(plan.ByCommand, "vault kv put"), Unfit: func(l *plan.Line) string {
			if strings.HasPrefix(l.Token.Name.String(), "-") {
				return "the name of the token begins with “-”"
			}
			return ""
		}},
	}
	return r, left
}

func TestWhereTheNewKeysGoIsChosenBeforeAnythingIsSent(t *testing.T) {
	for presses, want := range map[string][]string{
		"⏎":   {"keys go to /home/sara/authdeck-keys-", ", sealed to 2"},
		" ⏎":  {"keys go to vault kv put secret/ci/{name} token=-"},
		"  ⏎": {"keys go to /home/sara/authdeck-keys-", ".jsonl"},
	} {
		r, _ := offers(t, 2)
		r.press("a")
		r.sees("Where do the new keys go?", "new keys ‹ sealed to 2 recipients ›", "The command has the key on its standard input: vault kv put")
		r.press(presses)
		if !strings.Contains(r.view(100, 30), "Regenerate 2 tokens?") {
			r.press("⏎") // the field of the path
		}
		r.sees(append(want, "Regenerate 2 tokens?")...)
		if in := strings.Contains(r.view(100, 30), "sealed"); in != (presses == "⏎") {
			t.Errorf("%q: sealed is %v", presses, in)
		}
		r.sent()
	}
}

// bySealed and byCommand are what is pressed to go on with one of the ways.
const (
	bySealed  = "a⏎⏎"
	byCommand = "a ⏎"
)

func TestOnlyTheLinesWhoseKeyTheCommandTakesAreSent(t *testing.T) {
	r, _ := offers(t, 3)
	s, _ := r.front.(*sheet)
	s.plan.Lines[1].Token.Name = model.Clean("--help")
	s.survey()
	r.press(byCommand)
	r.sees("Regenerate 2 tokens?", "systems shop 2", "left out 1 line; of one, the name of the token begins with “-”")
	r.press("2⏎")
	r.sent("1", "3")
	r.sees("2 done", "2 done · 1 can be sent; the new keys were taken by vault kv put.", "not begun: the name of the token begins")
	r, _ = offers(t, 1)
	s, _ = r.front.(*sheet)
	s.plan.Lines[0].Token.Name = model.Clean("--help")
	s.survey()
	r.press(byCommand)
	r.sees("Nothing is sent", "the name of the token begins with “-”", "Plan: regenerate 1 token")
}

func TestAKeyThatTheCommandDidNotTakeWaitsAndThePlanGoesOn(t *testing.T) {
	r, left := offers(t, 3)
	r.shelf.refuses = func(id string) error {
		if id == "2" {
			return &plan.NotTakenError{Why: errors.New("the command failed: it ended with exit status 2; it said: permission denied")}
		}
		return nil
	}
	r.press(byCommand + "3⏎")
	r.sent("1", "2", "3")
	r.sees("1 key was not handed over", "1 key not handed over", "done, key waits", "permission denied; it is kept sealed: :keys shows it.")
	if !slices.Equal(*left, []string{"2"}) || len(r.kept) != 0 || strings.Contains(r.view(100, 30), "newkey") {
		t.Errorf("left %v, kept %v", *left, r.kept)
	}
}

func TestAKeyThatNeitherTheCommandNorTheSafeHasIsShownAndNothingMoreIsBegun(t *testing.T) {
	r, _ := offers(t, 3)
	came := r.system.do
	r.system.do = func(id string) (model.Issued, error) {
		issued, err := came(id)
		issued.Kept = model.Kept{Err: errors.New("the disk is full")}
		return issued, err
	}
	r.shelf.refuses = func(string) error { return &plan.NotTakenError{Why: errors.New("the command failed")} }
	r.press(byCommand + "3⏎")
	r.sent("1")
	r.sees("The new key of token ci-1 of sara")
	if len(r.kept) != 0 || r.front.Holds() != order.NewKey {
		t.Errorf("kept %v, holds %v", r.kept, r.front.Holds())
	}
}

// TestWhereKeysAreSealedNoneIsWrittenInClear is about a file that takes no more.
func TestWhereKeysAreSealedNoneIsWrittenInClear(t *testing.T) {
	r, left := offers(t, 3)
	full := &plan.NotTakenError{Why: errors.New("the disk is full"), Last: true}
	r.shelf.refuses = func(string) error { return full }
	r.press(bySealed + "3⏎")
	r.sent("1")
	r.sees("Stopped: the disk is full", "1 key was not handed over", "2 can be sent")
	if !slices.Equal(*left, []string{"1"}) || len(r.kept) != 0 {
		t.Errorf("left %v, kept %v", *left, r.kept)
	}
	r, _ = offers(t, 1)
	r.shelf.refuses = func(string) error { return full }
	r.system.do = func(string) (model.Issued, error) { return model.Issued{Key: model.NewSecret("newkey")}, nil }
	r.press(bySealed + "y")
	r.sees("The new key of token ci-1 of sara")
	r.press("w")
	r.sees("are to be on no disk in clear")
	if len(r.kept) != 0 {
		t.Errorf("kept %v", r.kept)
	}
}
