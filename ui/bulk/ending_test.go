package bulk

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/order"
)

// dated is what a system asks whose tokens end when somebody says, but for those of a kind.
func dated(t model.Token) model.Form {
	if t.Kind.String() == "fixed" {
		return model.Form{NoEnd: "the server alone sets it"}
	}
	return model.Form{
		Fields: []model.Field{
			{Key: "flag", Kind: model.AskYesNo, Means: model.MeansEnds, Value: "yes"}, {Key: "until", Label: "until", Kind: model.AskTime, Means: model.MeansEnd},
		},
		Warnings: []string{"It may be refused."},
	}
}

// renewals are three tokens: one that never ends, one that ends then already, and one whose end
// nobody sets.
func renewals() []model.Token {
	all := tokens(3)
	all[0].Expires = model.Not(model.Never)
	all[1].Expires = model.At(time.Date(2199, 3, 1, 0, 0, 0, 0, time.UTC))
	all[2].Kind = model.Clean("fixed")
	return all
}

func TestANewEndIsAskedForOnceAndThePlanSaysOfEachTokenWhatBecomesOfIts(t *testing.T) {
	r := reads(t, model.Edit, renewals()...)
	r.system.form = dated
	r.sees("A plan for a new end", "new end", "or never: without an end", "30d, 12h")
	r.press("soon⏎")
	r.sees("this is no time", "or never")
	r.press("⎋")
	if r.front != nil || len(r.system.sent) > 0 {
		t.Fatal("it cannot be left")
	}
	r.open(model.Edit, renewals())
	r.press("2199-03-01⏎")
	r.sees("Plan: a new end for 3 tokens: 2199-03-01 00:00:00 UTC", "1 can be sent · 2 cannot", "Nothing has been sent", "never → 2199-03-01, ends sooner",
		"cannot: no change: it ends then already", "cannot: the server alone sets it", "Line 1, on shop: it never ends as it is, and is to end 2199-03-01 00:00:00 UTC. It may be refused.")
	r.sent()
	r.press("a")
	r.sees("A new end for 1 token?", "new end 2199-03-01 00:00:00 UTC", "y set the end")
	r.press("y")
	r.sees("1 done · 2 cannot")
	r.sent("1")
}

func TestOfAGraveTokenTheNewEndIsTyped(t *testing.T) {
	all := tokens(2)
	all[0].Managed = model.Clean("outpost")
	r := reads(t, model.Edit, all...)
	r.system.form = dated
	r.press("never⏎")
	r.sees("Plan: a new end for 2 tokens: never", "unknown → never, managed")
	r.press("a")
	r.sees("A second look is due: managed 1.", "This decides when keys end.", "type expiry 2 and press enter")
	r.press("2⏎")
	r.sent()
	r.press("⎋")
	if shown := ansi.Strip(r.view(44, 12)); !strings.Contains(shown, "managed, u") {
		t.Errorf("where there is little room the risk is not seen:\n%s", shown)
	}
	r.press("aexpiry 2⏎")
	r.sees("2 done")
}

func TestAPlanWhoseEndHasComeIsNotBegun(t *testing.T) {
	r := reads(t, model.Edit, tokens(1)...)
	r.system.form = dated
	r.press("12h⏎a")
	r.sees("A new end for 1 token?")
	r.desk.Clock.Now = func() time.Time { return time.Now().Add(13 * time.Hour) }
	r.press("y") // it was asked before
	r.sees("Nothing was sent: the end that the plan sets, ", "has come since it was made: make it anew")
	r.press("a")
	r.sees("Nothing is sent: the end that the plan sets, ", "has come since it was made: make it anew")
	r.sent()
}

func TestAPlanForANewEndFitsIntoEveryWindow(t *testing.T) {
	r := reads(t, model.Edit, renewals()...)
	r.system.form = dated
	r.press("2199-03-01 14:30⏎")
	for size, wants := range map[[2]int]string{
		{120, 36}: "never → 2199-03-01 14:30, ends sooner", {80, 24}: "never → 2199-03-01, ends sooner", {60, 15}: "never → 2199-03-01", {40, 10}: "was never",
	} {
		shown := ansi.Strip(r.view(size[0], size[1]))
		if !strings.Contains(shown, wants) {
			t.Errorf("%v: there is no “%s” in\n%s", size, wants, shown)
		}
		for line := range strings.Lines(shown) {
			if ansi.StringWidth(strings.TrimSuffix(line, "\n")) > size[0] {
				t.Errorf("%v: “%s” is too long", size, line)
			}
		}
	}
}

func TestAPlanForANewEndIsTypedWithItsEnd(t *testing.T) {
	r := reads(t, model.Delete, tokens(1)...)
	for words, want := range map[string]string{"expiry soon": "no time", "delete 90d": "nothing follows :plan delete", "edit": "such as :plan delete", "": "such as :plan delete"} {
		if _, _, err := Named(r.desk, r.system, words, model.Query{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", words, err)
		}
	}
	if can := Offer("ex"); len(can.Words) != 1 || can.Words[0] != plan.Expiry {
		t.Errorf("offered are %q", can.Words)
	}
	if m, _, err := Named(r.desk, r.system, "expiry", model.Query{}); err != nil || m.Focus() != order.Typing {
		t.Errorf("without an end it is not asked for: %v", err)
	}
	if m, _, err := Named(r.desk, r.system, "expiry 90d", model.Query{}); err != nil || m.Focus() == order.Typing {
		t.Errorf("it is asked for again: %v", err)
	}
	r.system.info.Missing = model.Caps{model.Edit: "it has no such thing"}
	if _, _, err := Named(r.desk, r.system, "expiry 90d", model.Query{}); err == nil || err.Error() != "it has no such thing" {
		t.Errorf("the reason is %v", err)
	}
}

func TestWhatHasToBeKnownOfAListIsSaidBesideItsPlan(t *testing.T) {
	r := reads(t, model.Delete, tokens(1)...)
	m, cmd := Open(r.desk, r.system, model.Delete, func(context.Context, func(int)) ([]model.Token, string, error) {
		return tokens(1), "Of personal tokens you see your own.", nil
	})
	r.front = m
	r.run(cmd)
	r.sees("Plan: delete 1 token", "Of personal tokens you see your own.")
}
