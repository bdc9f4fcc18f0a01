package client_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"authdeck/client/redact"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestTheTokensOfOneUserAreFoundByID(t *testing.T) {
	forThose(t, withTokensInEarnest, func(t *testing.T, w *world) {
		asked, altered, want := 0, 0, map[string][]string{}
		all := everyToken(t, w.api, model.Query{Size: 100})
		for _, token := range all {
			want[token.Owner.ID] = append(want[token.Owner.ID], token.ID)
		}
		for i, token := range all {
			name, several := token.Owner.Username, len(want[token.Owner.ID]) > 1
			switch {
			case name.Changed() && altered > 2, !name.Changed() && i%10 != 0 && (!several || asked > 4):
				continue
			case name.Changed():
				altered++
			}
			asked++
			if w.unfindable(t, token.Owner) {
				continue
			}
			got := idsOf(everyToken(t, w.api, model.Query{Size: 3, Filter: model.Filter{Only: token.Owner}}))
			if slices.Sort(want[token.Owner.ID]); !slices.Equal(got, want[token.Owner.ID]) {
				t.Errorf("asked for the tokens of %s (%s), got %q, want %q", token.Owner.ID, name, got, want[token.Owner.ID])
			}
		}
		if asked < w.subject.least()/10 || altered == 0 && asked > 5 {
			t.Errorf("asked for %d users, of whom %d have an altered name", asked, altered)
		}
	})
}

// unfindable wants a user who cannot be asked for to be refused, and never to be
// shown as one without tokens.
func (w *world) unfindable(t *testing.T, owner model.User) bool {
	t.Helper()
	if is := w.subject.dialect.unfindable; is == nil || !is(owner) {
		return false
	}
	_, err := w.api.Tokens(t.Context(), model.Query{Size: 3, Filter: model.Filter{Only: owner}})
	redacttest.FailsAs(t, err, model.Unsupported)
	return true
}

func idsOf(tokens []model.Token) []string {
	var ids []string
	for _, token := range tokens {
		ids = append(ids, token.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestAUserWithoutATokenHasNone(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		holders := map[string]bool{}
		for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
			holders[token.Owner.ID] = true
		}
		users := everyUser(t, w.api, model.Query{Size: 100})
		i := slices.IndexFunc(users, func(u model.User) bool { return !holders[u.ID] && !u.Username.Changed() })
		if i < 0 {
			t.Skip("everybody holds a token here")
		}
		page := must(w.api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: users[i]}}))(t)
		if len(page.Items) != 0 || page.Total > 0 || page.Next != "" {
			t.Errorf("a user without a token has %d", len(page.Items))
		}
	})
}

func TestOneUserIsFoundByID(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		altered, plain := 0, 0
		for _, user := range everyUser(t, w.api, model.Query{Size: 100}) {
			if user.Username.Changed() {
				altered++
			} else if plain++; plain > 3 {
				continue
			}
			page := must(w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: user}}))(t)
			if len(page.Items) != 1 || page.Items[0] != user || page.Total > 1 || page.Next != "" {
				t.Errorf("asked for %+v, got %+v", user, page)
			}
		}
		if altered == 0 {
			t.Error("nobody has an altered name")
		}
		_, err := w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: "987654"}}})
		redacttest.FailsAs(t, err, model.NotFound)
	})
}

func TestTheTokensOfOneUserAreNarrowedAndOrderedFurtherWhereThatIsSaid(t *testing.T) {
	forThose(t, withTokensInEarnest, func(t *testing.T, w *world) {
		info := w.api.Info()
		all := everyToken(t, w.api, model.Query{Size: 100})
		if !w.api.Info().OwnerAndMore {
			t.Skip("it does not say that")
		}
		many := map[string]int{}
		for _, token := range all {
			many[token.Owner.ID]++
		}
		i := slices.IndexFunc(all, func(t model.Token) bool { return many[t.Owner.ID] > 1 && !t.Owner.Username.Changed() })
		owner := all[max(0, i)].Owner
		of := func(q model.Query) []model.Token {
			return slices.DeleteFunc(everyToken(t, w.api, q), func(t model.Token) bool { return t.Owner.ID != owner.ID })
		}
		for _, filter := range info.TokenFilters {
			apart := idsOf(of(model.Query{Size: 100, Filter: model.Filter{Choice: filter.Value}}))
			both := idsOf(everyToken(t, w.api, model.Query{Size: 2, Filter: model.Filter{Choice: filter.Value, Only: owner}}))
			if !slices.Equal(apart, both) {
				t.Errorf("%s of %s: %q, and %q of everybody", filter.Label, owner.Username, both, apart)
			}
		}
		for _, sort := range info.TokenSorts {
			apart := of(model.Query{Size: 100, Sort: sort.Key})
			both := everyToken(t, w.api, model.Query{Size: 2, Sort: sort.Key, Filter: model.Filter{Only: owner}})
			if !slices.EqualFunc(apart, both, func(a, b model.Token) bool { return a.ID == b.ID }) {
				t.Errorf("%s: the tokens of %s stand in another order than among those of everybody", sort.Label, owner.Username)
			}
		}
		search := model.Query{Size: 100, Search: owner.Username.String()}
		apart := idsOf(of(search))
		search.Filter.Only = owner
		if both := idsOf(everyToken(t, w.api, search)); !slices.Equal(apart, both) {
			t.Errorf("a search among the tokens of %s: %q, and %q of everybody", owner.Username, both, apart)
		}
	})
}

func TestASearchThatLooksLikeAKeyIsNotSent(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		for _, search := range []string{
			"0123456789abcdef0123456789abcdef01234567", "  0123456789ABCDEF01234567  ", "Token 0123456789abcdef0123456789",
			"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", "w_1787120000_aB3-x", "11111111-2222-4333-8444-555555555555",
			strings.Repeat("aB3", 10), strings.Repeat("aB3", 20), w.system.Token, w.system.Weak,
		} {
			q, before := model.Query{Size: 7, Search: search}, w.now()
			if redact.CheckSearch(search) == nil {
				continue // with the canary before it, it does not look like a key any more
			}
			_, users := w.api.Users(t.Context(), q)
			_, tokens := w.api.Tokens(t.Context(), q)
			for what, err := range map[string]error{"users": users, "tokens": tokens} {
				w.keptBack(t, what, search, err, before)
			}
		}
	})
}

// keptBack wants a search to be refused, or to be made here and not there.
func (w *world) keptBack(t *testing.T, what, search string, err error, before int) {
	t.Helper()
	if err != nil && strings.Contains(err.Error(), search) {
		t.Errorf("the error of %s quotes the search: %v", what, err)
	}
	for _, r := range w.since(before) {
		query, _ := url.ParseQuery(r.RawQuery)
		query.Del(w.subject.dialect.inQuery)
		for name, values := range query {
			if slices.Contains(values, search) {
				t.Errorf("%s sent the search as %s", what, name)
			}
		}
	}
}
