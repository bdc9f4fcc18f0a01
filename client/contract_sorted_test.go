package client_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// byNumber are the orders that stand for when something was made and go by its number. The
// demo's service accounts have numbers after those of people, and were made before.
func byNumber() []string { return []string{"authentik pk", "authentik -pk"} }

// TestAnOrderOfTheSystemIsThatOfAQuestionThatSortsByTheSame reads a list in the order of the
// system, and here for a question. Rows that are equal may change places, and those that have
// nothing to go by stand at either end: a question has them last, and docs/query.md says so.
func TestAnOrderOfTheSystemIsThatOfAQuestionThatSortsByTheSame(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		info, finder, compared := w.api.Info(), find.New(w.api, review.Usual()), 0
		reading := model.At(time.Now().Add(-time.Hour))
		for _, s := range info.TokenSorts {
			field := map[model.Fact]string{
				model.ByName: "name", model.ByOwner: "owner", model.ByKind: "kind", model.ByDescription: "description",
				model.ByCreated: "created", model.ByUpdated: "updated", model.ByExpires: "expires", model.ByLastUsed: "used",
			}[s.By.Fact]
			compared += sameOrder(t, w.subject.name, field, s, exactly(tokenText(s.By.Fact), tokenFact(s.By.Fact)), func(q model.Query) []model.Token {
				return slices.DeleteFunc(everyToken(t, finder, q), func(t model.Token) bool { return since(t.LastUsed, reading) })
			})
		}
		for _, s := range info.UserSorts {
			field := map[model.Fact]string{
				model.ByName: "user", model.ByFullName: "name", model.ByEmail: "email", model.ByCreated: "created", model.ByLastLogin: "seen",
			}[s.By.Fact]
			compared += sameOrder(t, w.subject.name, field, s, exactly(userText(s.By.Fact), userFact(s.By.Fact)), func(q model.Query) []model.User {
				return everyUser(t, finder, q)
			})
		}
		t.Logf("%d orders compared", compared)
	})
}

// since reports whether a moment is later, as of what this very reading uses.
func since(a, b model.When) bool {
	at, known := a.Time()
	other, _ := b.Time()
	return known && at.After(other)
}

// exactly is a text as it is, or a moment.
func exactly[T any](text func(T) model.Text, moment func(T) string) func(T) string {
	if text == nil {
		return moment
	}
	return func(row T) string { return unaltered(text(row)) }
}

// sameOrder compares what rows go by, place by place. Of texts these are the plain ones:
// systems have their own ways with capitals, marks and letters that are not of ASCII.
func sameOrder[T any](t *testing.T, system, field string, s model.Sort, fact func(T) string, ask func(model.Query) []T) (compared int) {
	t.Helper()
	order := system + " " + s.Key
	if field == "" || slices.Contains(byNumber(), order) {
		return 0
	}
	where := "sort:" + field
	if s.By.Falls {
		where = "sort:-" + field
	}
	plain := regexp.MustCompile(`^[a-z0-9.@_-]+$|^\d{4}-\d\d-\d\dT`)
	server, here := names(ask(model.Query{Size: 100, Sort: s.Key}), fact), names(ask(model.Query{Size: 100, Where: where}), fact)
	if s.By.Fact >= model.ByCreated && s.By.Fact <= model.ByLastLogin {
		if !atOneEnd(server) || !atOneEnd(here) || len(here) > 0 && here[0] == "" && here[len(here)-1] != "" {
			t.Errorf("%s: what has no moment stands among what has one, or %s has it on top", order, where)
		}
	}
	pick := func(all []string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(f string) bool { return !plain.MatchString(f) })
	}
	if a, b := pick(server), pick(here); !slices.Equal(a, b) {
		t.Errorf("%s goes by\n%q and %s by\n%q", order, a, where, b)
	}
	return 1
}

// atOneEnd reports whether what is empty stands together, and on top or at the end.
func atOneEnd(facts []string) bool {
	turns := 0
	for i := range facts[min(1, len(facts)):] {
		if (facts[i] == "") != (facts[i+1] == "") {
			turns++
		}
	}
	return turns <= 1
}
