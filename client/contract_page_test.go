package client_test

import (
	"testing"

	"authdeck/model"
)

// steadily are the subjects whose first order of the tokens is paged after a row.
func steadily(s subject) bool { return s.dialect.steady && !s.variant }

func TestWhatComesAndGoesBetweenTwoPagesHidesNoRowAndDoublesNone(t *testing.T) {
	forThose(t, steadily, func(t *testing.T, w *world) {
		for _, sort := range w.api.Info().TokenSorts[:2] { // newest first, oldest first
			q := model.Query{Size: 7, Sort: sort.Key}
			before := everyToken(t, w.api, model.Query{Size: 100, Sort: sort.Key})
			first := must(w.api.Tokens(t.Context(), q))(t)
			second := must(w.api.Tokens(t.Context(), model.Query{Size: 7, Sort: sort.Key, At: first.Next}))(t)
			for _, token := range append(first.Items[2:5:5], second.Items[1], second.Items[6]) {
				w.does(t, model.Delete, token)
			}
			for range 3 {
				w.creates(t)
			}
			seen := map[string]int{}
			for _, token := range append(first.Items, second.Items...) {
				seen[token.ID]++
			}
			for at := second.Next; at != ""; {
				page := must(w.api.Tokens(t.Context(), model.Query{Size: 7, Sort: sort.Key, At: at}))(t)
				for _, token := range page.Items {
					seen[token.ID]++
				}
				if !page.Steady {
					t.Errorf("%s: a page is not said to be steady", sort.Label)
				}
				at = page.Next
			}
			for _, token := range before {
				if seen[token.ID] != 1 {
					t.Errorf("%s: token %s came %d times", sort.Label, token.ID, seen[token.ID])
				}
			}
		}
	})
}

func TestTheCountOfALaterPageIsThatOfTheWholeList(t *testing.T) {
	forThose(t, steadily, func(t *testing.T, w *world) {
		first := must(w.api.Tokens(t.Context(), model.Query{Size: 7}))(t)
		second := must(w.api.Tokens(t.Context(), model.Query{Size: 7, At: first.Next}))(t)
		if first.Total != second.Total || first.Total < 15 {
			t.Errorf("of %d tokens on the first page there are %d on the second", first.Total, second.Total)
		}
		w.does(t, model.Delete, second.Items[3])
		again := must(w.api.Tokens(t.Context(), model.Query{Size: 7, At: first.Next, Fresh: true}))(t)
		if again.Total != first.Total-1 {
			t.Errorf("after one of %d was deleted there are %d", first.Total, again.Total)
		}
	})
}
