package client_test

import (
	"cmp"
	"slices"
	"testing"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// asked are the filters of the systems in the language of questions.
func asked() map[string]string {
	return map[string]string{
		"authentik tokens api": "kind=api", "authentik tokens app_password": "kind=app_password", "authentik tokens recovery": "kind=recovery", "authentik tokens verification": "kind=verification",
		"awx tokens personal": "kind=personal", "awx tokens application": "kind=application", "awx tokens never-used": "used:never", "awx tokens owner-off": "is:inactive-owner",
		"awx users superusers": "is:admin", "awx users others": "-is:admin", "awx users switched-off": "is:inactive",
		"hamgam users with-token": "is:token", "hamgam users without-token": "-is:token",
		"saymon users with-token": "is:token", "saymon users without-token": "-is:token",
		"waldur tokens session": "kind=session", "waldur tokens personal": `kind="personal access"`, "waldur tokens never": "expires:never", "waldur tokens inactive": "is:inactive-owner", "waldur tokens ended": "is:over",
		"waldur users active": "is:active", "waldur users inactive": "is:inactive", "waldur users staff": "is:staff",
	}
}

// TestAQuestionFindsWhatTheSystemItselfFinds asks for the same twice: the system, and here
// over all that it gives. What is here a yes the system has found too, and what the system
// has found is here no no.
func TestAQuestionFindsWhatTheSystemItselfFinds(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		info, finder := w.api.Info(), find.New(w.api, review.Usual())
		tokens := func(q model.Query) []string {
			return names(everyToken(t, finder, q), func(t model.Token) string { return t.ID })
		}
		users := func(q model.Query) []string {
			return names(everyUser(t, finder, q), func(u model.User) string { return u.ID })
		}
		compared := 0
		for _, f := range info.TokenFilters {
			compared += sameRows(t, tokens, model.Query{Size: 100, Filter: model.Filter{Choice: f.Value}}, asked()[info.Kind+" tokens "+f.Value])
		}
		for _, f := range info.UserFilters {
			compared += sameRows(t, users, model.Query{Size: 100, Filter: model.Filter{Choice: f.Value}}, asked()[info.Kind+" users "+f.Value])
		}
		for _, f := range info.TokenRanges {
			compared += sameRanges(t, tokens, f, values(everyToken(t, w.api, model.Query{Size: 100}), w.subject.dialect.tokenValue[f.Name]))
		}
		for _, f := range info.UserRanges {
			compared += sameRanges(t, users, f, values(everyUser(t, w.api, model.Query{Size: 100}), w.subject.dialect.userValue[f.Name]))
		}
		t.Logf("%d questions compared", compared)
	})
}

func names[T any](rows []T, name func(T) string) []string {
	var all []string
	for _, row := range rows {
		all = append(all, name(row))
	}
	return all
}

// values are what rows have in a field, in order; none where it cannot be seen.
func values[T any](rows []T, value func(T) string) []string {
	if value == nil {
		return nil
	}
	all := slices.DeleteFunc(names(rows, value), func(v string) bool { return v == "" })
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
	return all
}

// sameRanges compares from, up to, and exactly the value in the middle.
func sameRanges(t *testing.T, ask func(model.Query) []string, f model.RangeField, all []string) (compared int) {
	t.Helper()
	if len(all) == 0 {
		return 0
	}
	v := all[len(all)/2]
	for where, r := range map[string]model.Range{f.Name + ":" + v + "..": {From: v}, f.Name + ":.." + v: {To: v}, f.Name + ":" + v: {From: v, To: v}} {
		r.Field = f.Name
		compared += sameRows(t, ask, model.Query{Size: 100, Ranges: []model.Range{r}}, where)
	}
	return compared
}

func sameRows(t *testing.T, ask func(model.Query) []string, ofServer model.Query, where string) (compared int) {
	t.Helper()
	if where == "" {
		return 0 // no condition of the language says the same
	}
	server := ask(ofServer)
	yes, untold := ask(model.Query{Size: 100, Where: where}), ask(model.Query{Size: 100, Where: where, Untold: true})
	for _, id := range yes {
		if !slices.Contains(server, id) {
			t.Errorf("%s is a yes of %s, which the system did not find", where, id)
		}
	}
	for _, id := range server {
		if !slices.Contains(yes, id) && !slices.Contains(untold, id) {
			t.Errorf("%s is a no of %s, which the system has found", where, id)
		}
	}
	if len(server) == 0 {
		t.Errorf("%s: the system has found nothing; so there is nothing to compare", where)
	}
	return 1
}
