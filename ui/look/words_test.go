package look

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func before(d time.Duration) model.When { return model.At(noon.Add(-d)) }

const day = 24 * time.Hour

func TestNeverUnknownAndNotApplicableAreThreeWords(t *testing.T) {
	for _, c := range []struct {
		when  model.When
		short string
		last  string
	}{
		{model.When{}, "unknown", "this system does not say: last used"},
		{model.At(time.Time{}), "unknown", "this system does not say: last used"},
		{model.Not(model.Never), "never", "last used  never"},
		{model.Not(model.NotApplicable), "not applicable", "not applicable: last used"},
	} {
		for name, got := range map[string]string{
			"moment": Date(c.when), "exact": exact(c.when, noon), "ago": ago(c.when, noon), "age": Age(c.when, noon),
		} {
			if got != c.short {
				t.Errorf("%s of %v says %q, want %q", name, c.when.Knowledge(), got, c.short)
			}
		}
		if got := strings.Join(Styles{}.Describe([]Field{TimeField("last used", c.when, noon)}, 80), "\n"); got != c.last {
			t.Errorf("last used of %v says %q, want %q", c.when.Knowledge(), got, c.last)
		}
	}
}

func TestHowLongAgoInTheLargestUnit(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want string
	}{
		{0, "just now"},
		{59 * time.Second, "just now"},
		{time.Minute, "1 minute ago"},
		{59 * time.Minute, "59 minutes ago"},
		{time.Hour, "1 hour ago"},
		{23*time.Hour + 59*time.Minute, "23 hours ago"},
		{day, "1 day ago"},
		{59 * day, "59 days ago"},
		{60 * day, "2 months ago"},
		{729 * day, "24 months ago"},
		{730 * day, "2 years ago"},
		{-90 * day, "in 3 months"},
		{-time.Minute, "in 1 minute"},
	} {
		if got := ago(before(c.d), noon); got != c.want {
			t.Errorf("%v ago is %q, want %q", c.d, got, c.want)
		}
	}
}

func TestNoTimeIsZeroMinutesAway(t *testing.T) {
	for d := -2 * time.Minute; d < 2*time.Minute; d += time.Second {
		if got := ago(before(d), noon); strings.Contains(got, "0 minutes") {
			t.Fatalf("%v from now is %q", -d, got)
		}
	}
}

func TestTheAgeOfAKey(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "new", -day: "in the future", -30 * time.Second: "new", time.Hour: "1 hour", 800 * day: "2 years"} {
		if got := Age(before(d), noon); got != want {
			t.Errorf("%v old is %q, want %q", d, got, want)
		}
	}
}

func TestATimeThatSaysSomethingElseHasAnotherBeat(t *testing.T) {
	at := before(0)
	say := func(now time.Time) string { return Age(at, now) + ", " + Deadline(at, now) }
	for _, around := range []time.Duration{0, time.Minute, 2 * time.Minute, 59 * time.Minute, time.Hour, day, 2 * day, 60 * day, 720 * day, 730 * day, 735 * day} {
		for _, mid := range []time.Duration{around, -around} {
			last := noon.Add(mid - 90*time.Second)
			for now := last; now.Before(noon.Add(mid + 90*time.Second)); now = now.Add(time.Second) {
				for _, now := range []time.Time{now.Add(-1), now, now.Add(1)} {
					if say(now) != say(last) && Beat(at, now) == Beat(at, last) {
						t.Fatalf("%v from then it is %q and at %v %q, and the beat is the same", last.Sub(noon), say(last), now.Sub(noon), say(now))
					}
					last = now
				}
			}
		}
	}
	for _, w := range []model.When{{}, model.Not(model.Never)} {
		if Beat(w, noon) != Beat(w, noon.Add(day)) {
			t.Errorf("%v has a beat", w)
		}
	}
}

func TestATimeIsShownInUTC(t *testing.T) {
	tehran := time.FixedZone("", 12600)
	w := model.At(time.Date(2026, 1, 2, 1, 0, 0, 0, tehran))
	if got := Date(w); got != "2026-01-01" {
		t.Errorf("the day is %s", got)
	}
	if got := exact(w, noon); got != "2026-01-01 21:30:00 UTC, 58 days ago" {
		t.Errorf("the moment is %s", got)
	}
}

func TestOneIsNotMany(t *testing.T) {
	for n, want := range map[int]string{0: "0 tokens", 1: "1 token", 2: "2 tokens", 170: "170 tokens"} {
		if got := Plural(n, "token"); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

func TestEveryKindOfErrorHasASentenceOfItsOwn(t *testing.T) {
	seen := map[string]model.Kind{}
	for kind := model.Internal; kind <= model.Cancelled; kind++ {
		s := Sentence(model.Fail(kind, ""))
		if s == "" || s == kind.String() {
			t.Errorf("%v has no sentence", kind)
		}
		if other, twice := seen[s]; twice {
			t.Errorf("%v and %v say the same: %s", kind, other, s)
		}
		seen[s] = kind
	}
}

func TestTheServersWordsFollowTheSentence(t *testing.T) {
	err := fmt.Errorf("around: %w", model.Fail(model.Invalid, "no\x1b[2J such user"))
	if got := Sentence(err); got != "Refused: no␛[2J such user" {
		t.Errorf("it says %q", got)
	}
	if got := Sentence(errors.New("/home/me/secret")); got != "authdeck itself failed" {
		t.Errorf("a stranger's error says %q", got)
	}
}

func TestOnlyAWriteThatCertainlyFailedIsSaidToHaveChangedNothing(t *testing.T) {
	for kind := model.Internal; kind <= model.Cancelled; kind++ {
		sure := kind != model.Internal && kind != model.Uncertain && kind != model.Partial && kind != model.Contradicted
		said := Aftermath(model.Fail(kind, ""))
		if got := strings.HasPrefix(said, "Nothing was changed.") || strings.HasPrefix(said, "Nothing was sent."); got != sure {
			t.Errorf("%v: nothing was changed: %v", kind, got)
		}
		if kind == model.NotFound || kind == model.Conflict {
			if said := Aftermath(&model.Error{Kind: kind, Sent: true}); strings.Contains(said, "Nothing was") {
				t.Errorf("%v, after the write was sent: %s", kind, said)
			}
		}
	}
}

func TestYesNoAndUnknownAreThreeWords(t *testing.T) {
	for a, want := range map[model.Answer]string{model.Yes: "yes", model.No: "no", model.Unsaid: "unknown"} {
		if got := YesNo(a); got != want {
			t.Errorf("%v is %q", a, got)
		}
	}
}

func TestATokenWhoseOwnerIsSwitchedOffIsNotCalledActive(t *testing.T) {
	off := model.User{Active: model.No}
	for s, want := range map[model.State]string{model.Active: "owner off", model.Expired: "expired", model.Unclear: "unknown"} {
		if got := TokenState(model.Token{State: s, Owner: off}); got != want {
			t.Errorf("%v is %q", s, got)
		}
	}
}

func TestEveryStateHasAWord(t *testing.T) {
	for s, want := range map[model.State]string{
		model.Unclear: "unknown", model.Active: "active", model.Expired: "expired", model.Revoked: "revoked",
	} {
		if got := TokenState(model.Token{State: s}); got != want {
			t.Errorf("%v is %q", s, got)
		}
		if got := TokenState(model.Token{State: s, Own: true}); got != want+", used here" {
			t.Errorf("one's own %v is %q", s, got)
		}
	}
}

func TestAlteredAndMissingTextIsMarked(t *testing.T) {
	for foreign, want := range map[string]string{"": "–", "sara": "sara", "a\x1bb": "!a␛b"} {
		if got := Marked(model.Clean(foreign)); got != want {
			t.Errorf("%q is shown as %q, want %q", foreign, got, want)
		}
	}
}
