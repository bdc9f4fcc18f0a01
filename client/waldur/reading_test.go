package waldur_test

import (
	"slices"
	"testing"

	"authdeck/model"
)

func TestOneReadingServesEveryKeyThatNarrowsOrSorts(t *testing.T) {
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	ask := func(q model.Query) int {
		t.Helper()
		before := len(f.lines())
		q.Size = 50
		if _, err := api.Tokens(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		return len(f.lines()) - before
	}
	if first := ask(model.Query{}); first == 0 {
		t.Fatal("nothing was read")
	}
	for name, q := range map[string]model.Query{
		"/": {Search: "mari"}, "s": {Sort: "expires"}, "f": {Filter: model.Filter{Choice: "never"}},
		"t": {Filter: model.Filter{Only: model.User{ID: mari}}},
	} {
		if n := ask(q); n != 0 {
			t.Errorf("%s costs %d requests, want none", name, n)
		}
	}
	if n := ask(model.Query{Fresh: true}); n == 0 {
		t.Error("ctrl+r reads nothing")
	}
	page, _ := api.Tokens(t.Context(), model.Query{Size: 50})
	i := slices.IndexFunc(page.Items, func(t model.Token) bool { return t.Owner.ID == mari })
	_, _ = api.Do(t.Context(), model.Order{Action: model.Delete, Token: page.Items[i]})
	if n := ask(model.Query{Sort: "expires"}); n == 0 {
		t.Error("after a write the list is not read again")
	}
}
