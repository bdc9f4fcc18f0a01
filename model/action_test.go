package model_test

import (
	"errors"
	"testing"

	"authdeck/model"
)

func TestOnlyARevealChangesNothing(t *testing.T) {
	for _, a := range model.Actions() {
		if a.Writes() != (a != model.Reveal) {
			t.Errorf("%s writes: %t", a, a.Writes())
		}
	}
	if model.Nothing.Writes() {
		t.Error("nothing writes")
	}
}

func TestWhatIsNotThereYetIsNotAboutAToken(t *testing.T) {
	for _, a := range model.Actions() {
		if a.AboutOne() != (a != model.Create && a != model.Revoke) {
			t.Errorf("%s is about a token: %t", a, a.AboutOne())
		}
	}
}

func TestTheReasonOfAnErrorStandsWithinASentence(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{model.Fail(model.Invalid, "the name is taken."), "the name is taken"},
		{model.Fail(model.Forbidden, ""), "forbidden"},
		{errors.New("bad\x1b[2J"), "bad␛[2J"},
	} {
		if got := model.Reason(c.err); got != c.want {
			t.Errorf("%v says %q, want %q", c.err, got, c.want)
		}
	}
}

func TestAReasonThatSaysNothingIsNone(t *testing.T) {
	for words, want := range map[string]string{
		"": "", "   ": "", "\t": "", "\n \n": "", "\u00a0": "", "\u200b \u200b": "", "\u2800": "", "\u3164": "", "\u200b\t\u200b": "", "\xff": "",
		" OPS-1 ": "OPS-1", "7": "7", "دلیل": "دلیل", "?": "?",
	} {
		if got := model.Because(words); got.String() != want {
			t.Errorf("%q is the reason %q, want %q", words, got, want)
		}
	}
}
