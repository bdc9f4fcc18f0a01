package review_test

import (
	"slices"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

func now() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }

func in(days int) model.When { return model.At(now().AddDate(0, 0, days)) }

func at() review.Moment { return review.Moment{Now: now(), Limits: review.Usual()} }

// sound is a token of which every reason is known not to be.
func sound() model.Token {
	return model.Token{
		ID: "1", Owner: model.User{ID: "7", Username: model.Clean("ali"), Active: model.Yes}, Scope: model.Clean("read"),
		Created: in(-10), LastUsed: in(-1), Expires: in(100), State: model.Active,
	}
}

// TestEachReasonHasItsThreeAnswers changes one thing of a token at a time. What is not said
// is a no nowhere.
func TestEachReasonHasItsThreeAnswers(t *testing.T) {
	never, unknown, none := model.Not(model.Never), model.Not(model.Unknown), model.Not(model.NotApplicable)
	for _, c := range []struct {
		name   string
		change func(*model.Token)
		reason review.Reason
		want   model.Answer
	}{
		{"no expiry", func(t *model.Token) { t.Expires = never }, review.NeverExpires, model.Yes},
		{"expiry unknown", func(t *model.Token) { t.Expires = unknown }, review.NeverExpires, model.Unsaid},
		{"expiry does not apply", func(t *model.Token) { t.Expires = none }, review.NeverExpires, model.No},
		{"the year 3000", func(t *model.Token) { t.Expires = model.At(now().AddDate(1000, 0, 0)) }, review.FarFuture, model.Yes},
		{"expiry unknown", func(t *model.Token) { t.Expires = unknown }, review.FarFuture, model.Unsaid},
		{"in two weeks less a day", func(t *model.Token) { t.Expires = in(13) }, review.Expiring, model.Yes},
		{"in two weeks and a day", func(t *model.Token) { t.Expires = in(15) }, review.Expiring, model.No},
		{"yesterday", func(t *model.Token) { t.Expires = in(-1) }, review.Expiring, model.No},
		{"expiry unknown", func(t *model.Token) { t.Expires = unknown }, review.Expiring, model.Unsaid},
		{"old", func(t *model.Token) { t.Created = in(-366) }, review.Old, model.Yes},
		{"old with a young key", func(t *model.Token) { t.Created, t.Updated = in(-900), in(-3) }, review.Old, model.No},
		{"age unknown", func(t *model.Token) { t.Created = unknown }, review.Old, model.Unsaid},
		{"unused", func(t *model.Token) { t.LastUsed = in(-91) }, review.Unused, model.Yes},
		{"never used, and young", func(t *model.Token) { t.LastUsed = never }, review.Unused, model.No},
		{"never used, and old", func(t *model.Token) { t.LastUsed, t.Created = never, in(-91) }, review.Unused, model.Yes},
		{"never used, who knows since when", func(t *model.Token) { t.LastUsed, t.Created = never, unknown }, review.Unused, model.Unsaid},
		{"use unknown", func(t *model.Token) { t.LastUsed = unknown }, review.Unused, model.Unsaid},
		{"owner off", func(t *model.Token) { t.Owner.Active = model.No }, review.InactiveOwner, model.Yes},
		{"owner unsaid", func(t *model.Token) { t.Owner.Active = model.Unsaid }, review.InactiveOwner, model.Unsaid},
		{"nobody's", func(t *model.Token) { t.Owner = model.User{} }, review.UnknownOwner, model.Yes},
		{"may write", func(t *model.Token) { t.Scope = model.Clean("write") }, review.Broad, model.Yes},
		{"no word of a scope", func(t *model.Token) { t.Scope = model.Text{} }, review.Broad, model.Unsaid},
		{"over", func(t *model.Token) { t.State = model.Expired }, review.Expired, model.Yes},
		{"revoked", func(t *model.Token) { t.State = model.Revoked }, review.Expired, model.Yes},
		{"active as it was read, and over since", func(t *model.Token) { t.Expires = in(-1) }, review.Expired, model.Yes},
		{"nothing said", func(t *model.Token) { t.State, t.Expires = model.Unclear, unknown }, review.Expired, model.Unsaid},
		{"nothing said, and it never ends", func(t *model.Token) { t.State, t.Expires = model.Unclear, never }, review.Expired, model.Unsaid},
		{"nothing said, and there are no ends", func(t *model.Token) { t.State, t.Expires = model.Unclear, none }, review.Expired, model.Unsaid},
		{"nothing said, and its end is to come", func(t *model.Token) { t.State = model.Unclear }, review.Expired, model.Unsaid},
		{"nothing said, and its end has come", func(t *model.Token) { t.State, t.Expires = model.Unclear, in(-1) }, review.Expired, model.Yes},
		{"called active, nothing else said", func(t *model.Token) { t.Expires = unknown }, review.Expired, model.No},
	} {
		token := sound()
		before := review.Is(&token, c.reason, at())
		c.change(&token)
		if got := review.Is(&token, c.reason, at()); before != model.No || got != c.want {
			t.Errorf("%s: %s is %v, want %v (and %v before, want no)", c.name, c.reason, got, c.want, before)
		}
	}
}

// TestAnEndIsNewsUnlessTheWholeLifeIsShorter has keys that live for an hour from each use on.
func TestAnEndIsNewsUnlessTheWholeLifeIsShorter(t *testing.T) {
	for name, c := range map[string]struct {
		token model.Token
		want  model.Answer
	}{
		"of unknown age":              {model.Token{State: model.Active, Expires: in(1)}, model.Yes},
		"an hour from each use on":    {model.Token{State: model.Active, Expires: model.At(now().Add(50 * time.Minute)), LastUsed: model.At(now().Add(-10 * time.Minute)), Rolls: true}, model.No},
		"a month from each use, late": {model.Token{State: model.Active, Expires: in(2), LastUsed: in(-28), Rolls: true}, model.Yes},
		"used daily, with an end":     {model.Token{State: model.Active, Expires: in(2), LastUsed: in(-1), Created: in(-90)}, model.Yes},
		"a week from its making":      {model.Token{State: model.Active, Expires: in(3), Created: in(-4)}, model.No},
	} {
		if got := review.Is(&c.token, review.Expiring, at()); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestWhereNoKeyEndsThatOneDoesNotIsNoNews holds the three apart: a reason, whether there are
// any, and what is true.
func TestWhereNoKeyEndsThatOneDoesNotIsNoNews(t *testing.T) {
	token, m := sound(), at()
	token.Expires, m.Census = model.Not(model.Never), review.NewCensus()
	if reasons, _ := review.Of(&token, m); !slices.Equal(reasons, []review.Reason{review.NeverExpires}) || review.Looked(&token, m) != model.Yes {
		t.Errorf("where others end it wants a look for %v", reasons)
	}
	m.Endless = true
	reasons, severity := review.Of(&token, m)
	if len(reasons) > 0 || severity != review.Fine || review.Looked(&token, m) != model.No || review.Is(&token, review.NeverExpires, m) != model.Yes {
		t.Errorf("it wants a look for %v", reasons)
	}
}

func TestWhatIsCountedIsNotOver(t *testing.T) {
	old, silent, over, fine, unclear := sound(), sound(), sound(), sound(), sound()
	unclear.Created, unclear.Expires, unclear.State = in(-400), model.When{}, model.Unclear // old, and over who knows
	old.Created, old.Expires = in(-400), model.Not(model.Never)
	silent.Created, silent.LastUsed, silent.Expires = model.When{}, model.When{}, model.When{}
	over.Created, over.Expires, over.State = in(-400), in(-30), model.Expired
	got := review.Count([]model.Token{old, silent, over, fine, unclear}, at())
	if want := (review.Counts{All: 5, Never: review.Tally{Yes: 1, Unsaid: 2}, Stale: review.Tally{Yes: 1, Unsaid: 2}}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestSeveralIsToldOnlyWhereAllWereRead(t *testing.T) {
	one, two, other := sound(), sound(), sound()
	two.ID, other.ID, other.Kind = "2", "3", model.Clean("api")
	m := at()
	if got := review.Is(&one, review.Several, m); got != model.Unsaid {
		t.Errorf("without a census it is %v", got)
	}
	m.Census = review.NewCensus()
	for _, token := range []model.Token{one, two, other} {
		m.Census.Count(&token)
	}
	if one, other := review.Is(&one, review.Several, m), review.Is(&other, review.Several, m); one != model.Yes || other != model.No {
		t.Errorf("two of a kind are %v, another one is %v", one, other)
	}
}

func TestWhatIsOverHasNoOtherReason(t *testing.T) {
	token := sound()
	token.State, token.Created, token.Owner.Active = model.Expired, in(-900), model.No
	reasons, severity := review.Of(&token, at())
	if !slices.Equal(reasons, []review.Reason{review.Expired}) || severity != review.Over || review.Looked(&token, at()) != model.No {
		t.Errorf("it is %v for %v, and wants a look: %v", severity, reasons, review.Looked(&token, at()))
	}
}

// TestWhatMayBeOverIsNotKnownToWantALook has a key of a blocked owner, as SAYMON tells it. What
// there is no reason to look at wants none, over or not.
func TestWhatMayBeOverIsNotKnownToWantALook(t *testing.T) {
	m := at()
	m.Census, m.Endless = review.NewCensus(), true
	for active, want := range map[model.Answer]model.Answer{model.No: model.Unsaid, model.Yes: model.No} {
		token := sound()
		token.State, token.Expires, token.Owner.Active = model.Unclear, model.Not(model.Never), active
		if got := review.Looked(&token, m); got != want {
			t.Errorf("where its owner may sign in (%v), it wants a look: %v, want %v", active, got, want)
		}
	}
}

func TestWhatIsNotSaidIsNoAllClear(t *testing.T) {
	m, silent, fine := at(), model.Token{ID: "1", State: model.Active, Owner: model.User{ID: "7"}}, sound()
	m.Census = review.NewCensus()
	if got := review.Looked(&silent, m); got != model.Unsaid {
		t.Errorf("a token of which nothing is said wants a look: %v", got)
	}
	if got := review.Looked(&fine, m); got != model.No {
		t.Errorf("a token of which everything is said wants a look: %v", got)
	}
	fine.Created = in(-400)
	if got := review.Looked(&fine, m); got != model.Yes || review.Stale(&fine, m) != model.Yes {
		t.Errorf("an old one wants a look: %v", got)
	}
}
