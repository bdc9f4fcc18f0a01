package plan_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

func TestMakingAPlanSendsNothing(t *testing.T) {
	s := named("mars")
	p := made(t, s, model.Delete, some(40))
	if len(s.sent) != 0 || s.asked != 40 {
		t.Errorf("%d were sent and %d asked for", len(s.sent), s.asked)
	}
	if c := p.Count(); c != (plan.Count{Lines: 40, Sent: 40}) {
		t.Errorf("it counts %+v", c)
	}
	if said := p.Lines[0].Says; !slices.Equal(said, []string{"The key stops working at once."}) {
		t.Errorf("it says %q", said)
	}
}

func TestWhatASystemDoesNotOfferItIsNotAskedFor(t *testing.T) {
	s := named("mars")
	s.info.Missing = model.Caps{model.Delete: "it has no such method"}
	p := made(t, s, model.Delete, some(3))
	if s.asked != 0 || p.Lines[2].Cannot != "it has no such method" || p.Count().Cannot != 3 {
		t.Errorf("asked %d times: %+v", s.asked, p.Count())
	}
}

func TestAfterARefusedCredentialASystemIsAskedForNothingMore(t *testing.T) {
	s := named("mars")
	s.prepare = func(model.Token) (model.Form, error) {
		return model.Form{}, model.Fail(model.Unauthorized, "the key is not accepted")
	}
	p, err := plan.Make(t.Context(), s, model.Delete, some(9), plan.Making{AtOnce: 1})
	if err != nil || s.asked != 1 || p.Count().Cannot != 9 || p.Lines[8].Cannot != "the key is not accepted" {
		t.Errorf("asked %d times: %v %+v", s.asked, err, p.Lines[8])
	}
}

func TestASystemThatWantsToBeLeftAloneIsAskedLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, began := named("mars"), time.Now()
		s.prepare = func(model.Token) (model.Form, error) {
			if time.Since(began) < 30*time.Second {
				return model.Form{}, &model.Error{Kind: model.RateLimited, RetryAfter: 30 * time.Second}
			}
			return model.Form{}, nil
		}
		p := made(t, s, model.Delete, some(2))
		if p.Count().Cannot != 0 || s.asked != 4 || time.Since(began) != 30*time.Second {
			t.Errorf("asked %d times in %v: %+v", s.asked, time.Since(began), p.Count())
		}
	})
}

func TestWhatHasToBeFilledInIsNotForAPlan(t *testing.T) {
	s := named("mars")
	s.prepare = func(model.Token) (model.Form, error) {
		return model.Form{Fields: []model.Field{{Label: "password"}}}, nil
	}
	if p := made(t, s, model.Delete, some(1)); !strings.Contains(p.Lines[0].Cannot, "password") {
		t.Errorf("it says %q", p.Lines[0].Cannot)
	}
	for _, a := range []model.Action{model.Create, model.Revoke, model.Reveal, model.Nothing} {
		if _, err := plan.Make(t.Context(), s, a, some(1), plan.Making{}); model.KindOf(err) != model.Unsupported {
			t.Errorf("%v: %v", a, err)
		}
	}
}

func TestNoSystemIsAskedMoreThanAFewThingsAtOnceAndAllAreAskedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow, quick := named("mars"), named("venus")
		slow.late, quick.late = time.Second, time.Second
		var tokens []model.Token
		for _, s := range []string{"mars", "venus"} {
			for _, token := range some(20) {
				token.System = s
				tokens = append(tokens, token)
			}
		}
		var told atomic.Int64
		began := time.Now()
		p, err := plan.Make(t.Context(), union{members: []model.API{slow, quick}}, model.Delete, tokens, plan.Making{
			AtOnce: 4, Told: func(n int) { told.Store(max(told.Load(), int64(n))) },
		})
		if err != nil || slow.most != 4 || quick.most != 4 || time.Since(began) != 5*time.Second || told.Load() != 40 {
			t.Errorf("%d and %d at once, in %v, told %d: %v", slow.most, quick.most, time.Since(began), told.Load(), err)
		}
		if l := p.Lines[20]; l.System != "venus" || l.Token.System != "" || l.Token.ID != "t1" {
			t.Errorf("line 21 is %+v", l)
		}
	})
}

func TestAPlanThatNobodyWaitsForIsNone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := plan.Make(ctx, named("mars"), model.Delete, some(3), plan.Making{}); model.KindOf(err) != model.Cancelled {
		t.Errorf("the error is %v", err)
	}
}

func TestATokenThatIsChosenTwiceIsOneLine(t *testing.T) {
	if p := made(t, named("mars"), model.Delete, append(some(2), some(1)...)); len(p.Lines) != 2 {
		t.Errorf("it has %d lines", len(p.Lines))
	}
}

func TestTheRisksOfALine(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		change func(*model.Token, *model.Info)
		want   []plan.Risk
	}{
		"harmless":      {func(*model.Token, *model.Info) {}, nil},
		"own":           {func(t *model.Token, _ *model.Info) { t.Own = true }, []plan.Risk{plan.Own}},
		"own account":   {func(t *model.Token, _ *model.Info) { t.Owner.ID = "1" }, []plan.Risk{plan.OwnAccount}},
		"managed":       {func(t *model.Token, _ *model.Info) { t.Managed = model.Clean("outpost") }, []plan.Risk{plan.Managed}},
		"production":    {func(_ *model.Token, i *model.Info) { i.Production = true }, []plan.Risk{plan.Production}},
		"used today":    {func(t *model.Token, _ *model.Info) { t.LastUsed = model.At(now) }, []plan.Risk{plan.UsedLately}},
		"used long ago": {func(t *model.Token, _ *model.Info) { t.LastUsed = model.At(now.AddDate(0, -3, 0)) }, nil},
		"nobody knows":  {func(t *model.Token, _ *model.Info) { t.LastUsed = model.When{} }, []plan.Risk{plan.UseUnknown}},
		"no such word":  {func(t *model.Token, _ *model.Info) { t.LastUsed = model.Not(model.NotApplicable) }, []plan.Risk{plan.UseUnknown}},
		"over":          {func(t *model.Token, _ *model.Info) { t.State, t.LastUsed = model.Expired, model.At(now) }, nil},
		"all at once": {func(t *model.Token, i *model.Info) {
			t.Own, t.Managed, t.LastUsed, i.Production = true, model.Clean("x"), model.At(now), true
		}, []plan.Risk{plan.Own, plan.Production, plan.Managed, plan.UsedLately}},
	} {
		s, tokens := named("mars"), some(1)
		s.me.ID = "1"
		c.change(&tokens[0], &s.info)
		if got := made(t, s, model.Delete, tokens).Lines[0].Risks; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAPlanSaysWhatOfItCannotBeDoneHere(t *testing.T) {
	p := made(t, named("mars"), model.Delete, some(1))
	other := named("mars")
	other.info.Host = "elsewhere.example"
	read := named("mars")
	read.info.Missing = model.Caps{model.Delete: "read-only"}
	earnest := named("mars")
	earnest.info.Production = true
	for _, c := range []struct {
		here   model.API
		cannot string
		risks  int
	}{
		{named("venus"), "no system here is called mars", 0},
		{other, "elsewhere.example", 0},
		{read, "read-only", 0},
		{earnest, "", 1},
		{named("mars"), "", 0},
	} {
		l := p.Here(c.here).Lines[0]
		if !strings.Contains(l.Cannot, c.cannot) || (c.cannot == "") != (l.Cannot == "") || len(l.Risks) != c.risks {
			t.Errorf("%+v: cannot %q, risks %v", c, l.Cannot, l.Risks)
		}
	}
	if l := p.Lines[0]; l.Cannot != "" || len(l.Risks) != 0 {
		t.Errorf("the plan itself was changed: %+v", l)
	}
}
