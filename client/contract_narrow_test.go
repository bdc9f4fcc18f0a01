package client_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestASearchForATokenNarrows(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		all := everyToken(t, w.api, model.Query{Size: 100})
		wanted := w.plainlyNamed(t, all)
		word := w.subject.dialect.words(wanted).String()
		found := everyToken(t, w.api, model.Query{Size: 7, Search: word})
		if len(found) == 0 || len(found) >= max(2, len(all)) || !slices.ContainsFunc(found, func(x model.Token) bool { return x.ID == wanted.ID }) {
			t.Errorf("the search for %q found %d of %d tokens", word, len(found), len(all))
		}
		nobody := must(w.api.Tokens(t.Context(), model.Query{Size: 7, Search: "nobody & is=called?this #1"}))(t)
		if len(nobody.Items) != 0 || nobody.Next != "" || nobody.Total > 0 {
			t.Errorf("nobody was found %d times", len(nobody.Items))
		}
	})
}

func TestASearchForAUserNarrows(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		user := w.someone(t, model.Filter{})
		users := everyUser(t, w.api, model.Query{Size: 7, Search: user.Username.String()})
		if len(users) == 0 || len(users) > 20 || !slices.ContainsFunc(users, func(u model.User) bool { return u.ID == user.ID }) {
			t.Errorf("the search for %q found %d users", user.Username, len(users))
		}
	})
}

func (w *world) plainlyNamed(t *testing.T, tokens []model.Token) model.Token {
	t.Helper()
	for _, token := range tokens {
		if name := w.subject.dialect.words(token); !name.Changed() && len(name.String()) > 5 {
			return token
		}
	}
	t.Fatal("nobody has a plain name")
	return model.Token{}
}

func TestEveryFilterNarrowsAndItsRowsFit(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		info, d := w.api.Info(), w.subject.dialect
		for _, f := range info.TokenFilters {
			ask := func(only model.Filter) ([]model.Token, string) {
				q := model.Query{Size: 50, Filter: only}
				return everyToken(t, w.api, q), must(w.api.Tokens(t.Context(), q))(t).Note
			}
			if slices.Contains(d.unseen, f.Value) {
				narrowed(t, f, ask)
				continue
			}
			filtered(t, f, d.tokenFits[f.Value], ask)
		}
		for _, f := range info.UserFilters {
			ask := func(only model.Filter) ([]model.User, string) {
				q := model.Query{Size: 50, Filter: only}
				return everyUser(t, w.api, q), must(w.api.Users(t.Context(), q))(t).Note
			}
			if slices.Contains(d.unseen, f.Value) {
				narrowed(t, f, ask)
				continue
			}
			filtered(t, f, d.userFits[f.Value], ask)
		}
	})
}

// narrowed wants some of the rows, where nobody can see whether they fit.
func narrowed[T any](t *testing.T, f model.Choice, ask func(model.Filter) ([]T, string)) {
	t.Helper()
	all, _ := ask(model.Filter{})
	if some, _ := ask(model.Filter{Choice: f.Value}); f.Label == "" || len(some) == 0 || len(some) >= len(all) {
		t.Errorf("filter %q has the label %q and gave %d rows of %d", f.Value, f.Label, len(some), len(all))
	}
}

// filtered wants all rows that fit, or to be told that there may be more, and none
// else.
func filtered[T any](t *testing.T, f model.Choice, fits func(T) bool, ask func(model.Filter) ([]T, string)) {
	t.Helper()
	if f.Label == "" || fits == nil {
		t.Errorf("filter %q has the label %q, and this test knows what fits: %t", f.Value, f.Label, fits != nil)
		return
	}
	all, _ := ask(model.Filter{})
	want := 0
	for _, row := range all {
		if fits(row) {
			want++
		}
	}
	found, leavesOut := ask(model.Filter{Choice: f.Value})
	for _, row := range found {
		if !fits(row) {
			t.Errorf("filter %q let through %+v", f.Value, row)
		}
	}
	if len(found) == 0 || len(found) > want || len(found) < want && leavesOut == "" || want == len(all) {
		t.Errorf("filter %q gave %d rows; %d of %d fit", f.Value, len(found), want, len(all))
	}
}

func TestAFilterThatIsNotOfferedIsRefused(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		q := model.Query{Size: 7, Filter: model.Filter{Choice: "no-such-filter"}}
		if withTokens(w.subject) {
			_, err := w.api.Tokens(t.Context(), q)
			redacttest.FailsAs(t, err, model.Invalid)
		}
		_, err := w.api.Users(t.Context(), q)
		redacttest.FailsAs(t, err, model.Invalid)
	})
}

func TestEveryRangeNarrowsAndItsRowsLieWithin(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		info, d := w.api.Info(), w.subject.dialect
		for _, f := range info.TokenRanges {
			ranged(t, f, d.tokenValue[f.Name], func(within []model.Range) []model.Token {
				return everyToken(t, w.api, model.Query{Size: 100, Ranges: within})
			})
		}
		for _, f := range info.UserRanges {
			ranged(t, f, d.userValue[f.Name], func(within []model.Range) []model.User {
				return everyUser(t, w.api, model.Query{Size: 100, Ranges: within})
			})
		}
	})
}

// ranged asks from, up to, and for exactly the value in the middle.
func ranged[T any](t *testing.T, f model.RangeField, value func(T) string, ask func([]model.Range) []T) {
	t.Helper()
	all := ask(nil)
	if value == nil { // it cannot be seen in the row; that it is understood can
		if n := len(ask([]model.Range{{Field: f.Name, From: "2099-01-01"}})); n != 0 {
			t.Errorf("range %q from a far day on gave %d of %d rows", f.Name, n, len(all))
		}
		return
	}
	values := distinct(f, all, value)
	middle := values[len(values)/2]
	for _, r := range []model.Range{
		{Field: f.Name, From: middle}, {Field: f.Name, To: middle}, {Field: f.Name, From: middle, To: middle},
	} {
		lies := func(row T) bool {
			v := value(row)
			return v != "" && (r.From == "" || compared(f, v, r.From) >= 0) && (r.To == "" || compared(f, v, r.To) <= 0)
		}
		want := len(slices.DeleteFunc(slices.Clone(all), func(row T) bool { return !lies(row) }))
		found := ask([]model.Range{r})
		if len(found) != want || len(values) > 2 && want == len(all) || slices.ContainsFunc(found, func(row T) bool { return !lies(row) }) {
			t.Errorf("range %+v gave %d rows; %d of %d lie within", r, len(found), want, len(all))
		}
	}
}

// distinct are the values that rows have, in their order.
func distinct[T any](f model.RangeField, rows []T, value func(T) string) []string {
	var values []string
	for _, row := range rows {
		if v := value(row); v != "" {
			values = append(values, v)
		}
	}
	slices.SortFunc(values, func(a, b string) int { return compared(f, a, b) })
	return slices.Compact(values)
}

func compared(f model.RangeField, a, b string) int {
	if f.Kind != model.Numbers {
		return strings.Compare(a, b)
	}
	first, _ := strconv.Atoi(a)
	second, _ := strconv.Atoi(b)
	return cmp.Compare(first, second)
}
