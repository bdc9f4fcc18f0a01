package client_test

import (
	"context"
	"slices"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/find"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// besideTokens and besideUsers are conditions as people put them beside a word.
func besideTokens() []string {
	return []string{"-is:over", "sort:owner", "-expires:never", "id>=0", "(kind:a or -kind:a)", "-(no such words)"}
}

func besideUsers() []string {
	return []string{"-is:admin", "sort:user", "id>=0", "(kind:a or -kind:a)", "-(no such words)"}
}

// TestAConditionBesideAWordNeverWidensIt asks each system for words that stand in its rows, and
// then for each of them with a condition: what comes then has come without it.
func TestAConditionBesideAWordNeverWidensIt(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		finder := find.New(w.api, review.Usual())
		if withTokens(w.subject) {
			conjoined(t, besideTokens(), someWords(query.Tokens(), everyToken(t, w.api, model.Query{Size: 100})), func(q model.Query) []string {
				return names(everyToken(t, finder, q), func(row model.Token) string { return row.ID })
			})
		}
		conjoined(t, besideUsers(), someWords(query.Users(), everyUser(t, w.api, model.Query{Size: 100})), func(q model.Query) []string {
			return names(everyUser(t, finder, q), func(row model.User) string { return row.ID })
		})
	})
}

// TestAConditionBesideAWordNeverWidensItInAllSystems is the same of all of them at once. The
// word "it" stands in what authdeck itself says of tokens.
func TestAConditionBesideAWordNeverWidensItInAllSystems(t *testing.T) {
	t.Parallel()
	_, _, all := allOf(t, demo.Options{Tokens: 20, Users: 30}, nil, record.Nowhere())
	rows, _ := whole(t, all.Tokens)
	words := append(someWords(query.Tokens(), rows)[:20], "ali", "it", "token")
	conjoined(t, besideTokens(), words, func(asked model.Query) []string {
		found, lacks := whole(t, func(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
			q.Search, q.Where = asked.Search, asked.Where
			return all.Tokens(ctx, q)
		})
		if lacks != "" {
			t.Fatal(lacks)
		}
		return names(found, func(row model.Token) string { return row.ID })
	})
}

// conjoined asks for each word, and for it with each condition.
func conjoined(t *testing.T, beside, words []string, ask func(model.Query) []string) {
	t.Helper()
	found := 0
	for i, word := range words {
		alone := ask(model.Query{Size: 100, Search: word})
		typed := query.Word{Text: word}.String()
		condition := beside[i%len(beside)]
		both := ask(model.Query{Size: 100, Where: typed + " " + condition})
		found += len(both)
		for _, id := range both {
			if !slices.Contains(alone, id) {
				t.Errorf("%s finds %d, and not %s, which %s %s does", typed, len(alone), id, typed, condition)
				break
			}
		}
	}
	if found == 0 {
		t.Error("no row was found")
	}
}
