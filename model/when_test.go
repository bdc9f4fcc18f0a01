package model_test

import (
	"testing"
	"time"

	"authdeck/model"
)

func TestAMomentIsKnownInUTC(t *testing.T) {
	tehran := time.FixedZone("+0330", 3*3600+1800)
	moment := time.Date(2026, 1, 15, 13, 0, 0, 120345000, tehran)
	w := model.At(moment)
	got, known := w.Time()
	if !known || !got.Equal(moment) || got.Location() != time.UTC {
		t.Errorf("got %v and %t", got, known)
	}
	if !w.Equal(model.At(moment.UTC())) {
		t.Error("one moment in two zones is two moments")
	}
}

func TestTheFourAnswersAreNeverTheSame(t *testing.T) {
	answers := map[string]model.When{
		"known": model.At(time.Unix(1, 0)), "unknown": {},
		"never": model.Not(model.Never), "not applicable": model.Not(model.NotApplicable),
	}
	for a, one := range answers {
		if _, known := one.Time(); known != (a == "known") {
			t.Errorf("%s has a time: %t", a, known)
		}
		for b, other := range answers {
			if one.Equal(other) != (a == b) {
				t.Errorf("%s equals %s: %t", a, b, one.Equal(other))
			}
		}
	}
}

func TestTheZeroTimeIsUnknown(t *testing.T) {
	for name, w := range map[string]model.When{"zero When": {}, "zero time": model.At(time.Time{}), "not unknown": model.Not(model.Unknown)} {
		if _, known := w.Time(); known || w.Knowledge() != model.Unknown {
			t.Errorf("%s has knowledge %d", name, w.Knowledge())
		}
	}
}

func TestTwoMomentsDiffer(t *testing.T) {
	at := time.Unix(1700000000, 1000)
	if model.At(at).Equal(model.At(at.Add(time.Microsecond))) {
		t.Error("a microsecond is lost")
	}
}

func TestAnAnswerIsYesNoOrUnsaid(t *testing.T) {
	var unsaid model.Answer
	if unsaid != model.Unsaid || model.AnswerOf(true) != model.Yes || model.AnswerOf(false) != model.No {
		t.Error("the answers are mixed up")
	}
}

// TestUnknownNeverAndNotApplicableAreThreeWords holds what is written for other programs.
func TestUnknownNeverAndNotApplicableAreThreeWords(t *testing.T) {
	at := time.Date(2026, 11, 30, 13, 0, 0, 7, time.FixedZone("", 3600))
	for word, w := range map[string]model.When{
		"unknown": {}, "never": model.Not(model.Never), "n/a": model.Not(model.NotApplicable), "2026-11-30T12:00:00Z": model.At(at),
	} {
		if got := w.Word(); got != word {
			t.Errorf("%q; want %q", got, word)
		}
	}
	for word, a := range map[string]model.Answer{"yes": model.Yes, "no": model.No, "unknown": model.Unsaid} {
		if got := a.Word(); got != word {
			t.Errorf("%q; want %q", got, word)
		}
	}
	for word, s := range map[string]model.State{"active": model.Active, "expired": model.Expired, "revoked": model.Revoked, "unknown": model.Unclear} {
		if got := s.Word(); got != word {
			t.Errorf("%q; want %q", got, word)
		}
	}
}
