package fleet_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client/find"
	"authdeck/client/fleet"
	"authdeck/model"
	"authdeck/model/review"
)

// counts are the counts of a system, of some systems.
func counts(t *testing.T, each []review.Counted, system string) review.Counted {
	t.Helper()
	i := slices.IndexFunc(each, func(c review.Counted) bool { return c.System == system })
	if i < 0 {
		t.Fatalf("nothing is counted of %s: %+v", system, each)
	}
	return each[i]
}

func TestTheListAndTheCountsAreReadOnce(t *testing.T) {
	for name, first := range map[string]func(*testing.T, *fleet.Fleet){
		"the list first":   func(t *testing.T, f *fleet.Fleet) { list(t, f, model.Query{}) },
		"the counts first": func(t *testing.T, f *fleet.Fleet) { f.Count(t.Context(), false) },
		"the list in another order, and a question": func(t *testing.T, f *fleet.Fleet) {
			list(t, f, model.Query{Sort: "owner"})
			list(t, f, model.Query{Where: "name:#1", Filter: model.Filter{Choice: "idp"}})
		},
	} {
		together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
			s[0].tokens[1].Expires = model.Not(model.Never)
			first(t, f)
			each := f.Count(t.Context(), false)
			list(t, f, model.Query{})
			if n := s[0].reads() + s[1].reads(); n != 2 {
				t.Errorf("%s: two systems were asked %d times", name, n)
			}
			shop := counts(t, each, "shop")
			if len(each) != 3 || shop.All != 3 || shop.Total != 3 || shop.Never != (review.Tally{Yes: 1}) || shop.Stage != review.Whole || shop.Heard.IsZero() {
				t.Errorf("%s: %+v", name, shop)
			}
			time.Sleep(5 * time.Minute)
			if f.Count(t.Context(), false); s[0].reads() != 1 {
				t.Errorf("%s: counts of five minutes are read again", name)
			}
			if f.Count(t.Context(), true); s[0].reads() != 2 {
				t.Errorf("%s: whoever asks anew has what was there", name)
			}
		})
	}
}

func TestASlowSystemHoldsNoCountsUp(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late, s[2].fails = 5*time.Second, model.Fail(model.Unavailable, "connection refused")
		began := time.Now()
		each := f.Count(t.Context(), false)
		if took := time.Since(began); took > time.Second || counts(t, each, "shop").Stage != review.Whole || counts(t, each, "tower").Stage != review.Coming || !counts(t, each, "tower").Heard.IsZero() {
			t.Errorf("after %v: %+v", took, each)
		}
		if idp := counts(t, each, "idp"); idp.Stage != review.Broken || model.KindOf(idp.Err) != model.Unavailable || !idp.Heard.IsZero() || idp.Total != model.Uncounted {
			t.Errorf("%+v", idp)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if tower := counts(t, f.Count(t.Context(), false), "tower"); tower.Stage != review.Whole || tower.All != 3 || tower.Took != 5*time.Second || s[1].reads() != 1 {
			t.Errorf("%+v after %d questions", tower, s[1].reads())
		}
	})
}

func TestARefusalIsAnAnswerAndADeadLineIsNone(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[0].late, s[0].fails = 100*time.Millisecond, model.Fail(model.Unauthorized, "no")
		s[1].fails = model.Fail(model.Unavailable, "connection refused")
		each := f.Count(t.Context(), false)
		if shop, tower := counts(t, each, "shop"), counts(t, each, "tower"); shop.Heard.IsZero() || shop.Took != 100*time.Millisecond || !tower.Heard.IsZero() {
			t.Errorf("%+v, %+v", shop, tower)
		}
	})
}

func TestWhatWasReadIsKeptWhenNobodyAsksForTheRest(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = time.Hour
		f.Count(t.Context(), false)
		time.Sleep(16 * time.Second)
		synctest.Wait()
		if s[1].running() != 0 {
			t.Error("the slow one is still asked")
		}
		s[1].late = 0
		if each := f.Count(t.Context(), false); s[0].reads() != 1 || s[1].reads() != 2 || counts(t, each, "tower").Stage != review.Whole {
			t.Errorf("the fast one was asked %d times, the slow one %d times", s[0].reads(), s[1].reads())
		}
	})
}

func TestAQuestionDoesNotWaitForTheCounts(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = 10 * time.Second
		f.Count(t.Context(), false)
		synctest.Wait()
		s[1].late = 0
		if page := list(t, f, model.Query{Where: "system:tower"}); page.Total != 3 {
			t.Errorf("it has %d rows", page.Total)
		}
	})
}

func TestWhoeverGivesTheListUpKeepsWhatWasCounted(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = time.Minute
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if _, err := f.Tokens(ctx, model.Query{Size: 50}); model.KindOf(err) != model.Cancelled {
			t.Errorf("%v", err)
		}
		synctest.Wait()
		if each := f.Count(t.Context(), false); s[0].reads() != 1 || counts(t, each, "shop").Stage != review.Whole {
			t.Errorf("%+v; the fast one was asked %d times", each, s[0].reads())
		}
	})
}

// TestWhatWasGivenUpInTheListIsReadAgainForTheCounts is about a person who did not want to wait:
// the system has not failed.
func TestWhatWasGivenUpInTheListIsReadAgainForTheCounts(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = 5 * time.Second
		list(t, f, model.Query{}).Stop()
		synctest.Wait()
		if tower := counts(t, f.Count(t.Context(), false), "tower"); tower.Stage != review.Coming || tower.Err != nil {
			t.Errorf("%+v", tower)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if tower := counts(t, f.Count(t.Context(), false), "tower"); tower.Stage != review.Whole || tower.All != 3 || s[0].reads() != 1 {
			t.Errorf("%+v, and shop was asked %d times", tower, s[0].reads())
		}
	})
}

func TestOfAVastSystemTheFirstRowsAreCounted(t *testing.T) {
	many := func() []*stub { return []*stub{system("shop", 3, 1), system("tower", 4321, 2)} }
	together(t, many, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		f.Count(t.Context(), false)
		if tower := counts(t, f.Count(t.Context(), false), "tower"); tower.Stage != review.First || tower.All != 2000 || tower.Total != 4321 {
			t.Errorf("%+v", tower)
		}
		list(t, f, model.Query{Sort: "owner"})
		asked := s[1].reads()
		if f.Count(t.Context(), false); s[1].reads() != asked {
			t.Error("the first by one order are read again to be counted by another")
		}
	})
}

func TestAWriteFromASystemsOwnPageIsCountedToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, tower := system("shop", 3, 1), system("tower", 3, 2)
		own := find.New(shop, review.Usual())
		f := fleet.New([]model.API{own, tower}, review.Usual())
		f.Count(t.Context(), false)
		if _, err := own.Do(t.Context(), model.Order{Action: model.Delete, Token: model.Token{ID: "1"}}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		f.Count(t.Context(), false)
		synctest.Wait()
		if each := f.Count(t.Context(), false); counts(t, each, "shop").All != 2 || tower.reads() != 1 {
			t.Errorf("%+v; the other one was read %d times", each, tower.reads())
		}
		if page := list(t, f, model.Query{}); strings.Contains(shown(page), "shop#1") {
			t.Errorf("%s", shown(page))
		}
		if err := f.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestOfAVastSystemThatCanBeAskedItIsToldHowManyNeverExpire has the tokens that never expire behind
// those that are read.
func TestOfAVastSystemThatCanBeAskedItIsToldHowManyNeverExpire(t *testing.T) {
	vast := func() []*stub {
		s := system("idp", 4321, 2)
		for i := 3000; i < 3042; i++ {
			s.tokens[i].Expires = model.Not(model.Never)
		}
		return []*stub{system("shop", 3, 1), s}
	}
	count := func(t *testing.T, f *fleet.Fleet) review.Counted {
		t.Helper()
		f.Count(t.Context(), true)
		time.Sleep(time.Minute)
		return counts(t, f.Count(t.Context(), false), "idp")
	}
	together(t, vast, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		if idp := count(t, f); idp.NeverTold || idp.Never.Yes != 0 || !idp.Partial() {
			t.Errorf("of one that cannot be asked: %+v", idp)
		}
		s[1].info.NeverFilter = "never"
		if idp := count(t, f); idp.NeverTold {
			t.Errorf("of one that passes over what it is asked: %+v", idp)
		}
		s[1].narrows = true
		if idp := count(t, f); !idp.NeverTold || idp.Never != (review.Tally{Yes: 42}) || idp.Stage != review.First || idp.All != 2000 {
			t.Errorf("%+v", idp)
		}
	})
}
