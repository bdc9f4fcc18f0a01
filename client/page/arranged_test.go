package page

import (
	"slices"
	"testing"

	"authdeck/model"
)

// TestAListIsArrangedOnceForAllOfItsPages counts how often two rows are compared: a list of 10,000
// that was sorted anew for each of its pages took twenty times as long as its reading.
func TestAListIsArrangedOnceForAllOfItsPages(t *testing.T) {
	l, _ := numbers(10)
	compared := 0
	up := l.Sorts["up"]
	l.Sorts["up"] = func(a, b int) int { compared++; return up(a, b) }
	first, err := l.Page(t.Context(), model.Query{Size: 4})
	if err != nil || compared == 0 {
		t.Fatal(err, compared)
	}
	compared = 0
	if next, err := l.Page(t.Context(), model.Query{Size: 4, At: first.Next}); err != nil || compared != 0 || !slices.Equal(next.Items, []int{104, 105, 106, 107}) {
		t.Errorf("%v, %v: the next page was compared %d times", next.Items, err, compared)
	}
	for name, q := range map[string]model.Query{
		"another order":  {Size: 4, At: first.Next, Sort: "down"},
		"another search": {Size: 1, At: "1@1", Search: "10"},
		"a new reading":  {Size: 4, Fresh: true},
	} {
		before, err := l.Page(t.Context(), model.Query{Size: 4, At: first.Next})
		after, bad := l.Page(t.Context(), q)
		if err != nil || bad != nil || slices.Equal(before.Items, after.Items) {
			t.Errorf("%s: %v and %v, %v, %v", name, before.Items, after.Items, err, bad)
		}
	}
}
