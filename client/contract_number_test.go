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
