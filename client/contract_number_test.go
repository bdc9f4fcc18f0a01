package client_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// TestTheTokenThatTheScreenCallsByANumberIsFoundByIt asks each system alone, and all as one.
func TestTheTokenThatTheScreenCallsByANumberIsFoundByIt(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		alone := find.New(w.api, review.Usual())
		all := everyToken(t, w.api, model.Query{Size: 100})
		one := all[len(all)/2]
		if !strings.HasPrefix(one.Name.String(), "#") {
			return // it has a name, or its owner's
		}
		for how, api := range map[string]model.API{"alone": alone, "among all": client.Together([]model.API{alone})} {
			for _, words := range []string{one.Name.String(), one.Owner.Username.String() + " " + one.Name.String()} {
				found := names(everyToken(t, api, model.Query{Size: 100, Search: words}), func(t model.Token) string { return t.Name.String() })
				if !slices.Equal(found, []string{one.Name.String()}) {
					t.Errorf("%s: %q finds %q", how, words, found)
				}
			}
			if found := everyToken(t, api, model.Query{Size: 100, Search: "#98765432"}); len(found) > 0 {
				t.Errorf("%s: a number that nobody has is that of %s", how, found[0].Name)
			}
		}
	})
}

// TestTheTokensOfAgentsAreToldFromOthersAndFound is for authentik of 2026.8 and later.
func TestTheTokensOfAgentsAreToldFromOthersAndFound(t *testing.T) {
	newest := func(s subject) bool { return s.name == "authentik of 2026.8" }
	forThose(t, newest, func(t *testing.T, w *world) {
		agents := func(q model.Query) []string {
			rows := slices.DeleteFunc(everyToken(t, find.New(w.api, review.Usual()), q), func(t model.Token) bool { return t.Owner.Kind.String() != "agent" })
			return names(rows, func(t model.Token) string { return t.ID })
		}
		all := agents(model.Query{Size: 100})
		found := everyToken(t, find.New(w.api, review.Usual()), model.Query{Size: 100, Where: "note:agent"})
		if ids := names(found, func(t model.Token) string { return t.ID }); len(all) != 3 || !slices.Equal(ids, all) {
			t.Errorf("of %q there is found %q", all, ids)
		}
	})
}
