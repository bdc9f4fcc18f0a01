package client_test

import (
	"reflect"
	"testing"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// TestAPageThatIsGoneToAtOnceIsTheOneThatIsComeToPageByPage goes by every order of a system,
// and for a question.
func TestAPageThatIsGoneToAtOnceIsTheOneThatIsComeToPageByPage(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		info, finder, leaps := w.api.Info(), find.New(w.api, review.Usual()), 0
		tokens := func(q model.Query) (model.Page[model.Token], error) { return finder.Tokens(t.Context(), q) }
		users := func(q model.Query) (model.Page[model.User], error) { return finder.Users(t.Context(), q) }
		if withTokens(w.subject) {
			for _, s := range info.TokenSorts {
				leaps += sameByLeap(t, model.Query{Size: 20, Sort: s.Key}, tokens, func(t model.Token) string { return t.ID })
			}
			leaps += sameByLeap(t, model.Query{Size: 20, Where: "-nobody"}, tokens, func(t model.Token) string { return t.ID })
		}
		for _, s := range info.UserSorts {
			leaps += sameByLeap(t, model.Query{Size: 20, Sort: s.Key}, users, func(u model.User) string { return u.ID })
		}
		if leaps == 0 {
			t.Error("there is no list in which a page is gone to at once")
		}
	})
}

// sameByLeap counts the pages that were gone to at once.
func sameByLeap[T any](t *testing.T, q model.Query, ask func(model.Query) (model.Page[T], error), id func(T) string) (leaps int) {
	t.Helper()
	first := must(ask(q))(t)
	if first.Onward == nil {
		return 0
	}
	if first.Onward(1) != first.Next {
		t.Errorf("%+v: one page on is %q, and the next one %q", q, first.Onward(1), first.Next)
	}
	for at := first; at.Next != ""; {
		leaps++
		q.At = at.Next
		at = must(ask(q))(t)
		q.At = first.Onward(leaps)
		if leapt := must(ask(q))(t); !reflect.DeepEqual(names(leapt.Items, id), names(at.Items, id)) {
			t.Errorf("%+v: %d pages on are %q, and page by page %q", q, leaps, names(leapt.Items, id), names(at.Items, id))
		}
	}
	return leaps
}
