package page

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"authdeck/model"
)

// numbers is a list of so many, of which each reading has another hundred.
func numbers(n int) (*InMemory[int], *int) {
	var mu sync.Mutex
	readings := 0
	return &InMemory[int]{
		Read: func(context.Context) ([]int, string, error) {
			mu.Lock()
			defer mu.Unlock()
			readings++
			var items []int
			for i := range n {
				items = append(items, readings*100+(i*7)%n)
			}
			return items, fmt.Sprintf("reading %d", readings), nil
		},
		ID: strconv.Itoa, Text: strconv.Itoa, Order: "up",
		Sorts: map[string]func(a, b int) int{
			"up":   func(a, b int) int { return a - b },
			"down": func(a, b int) int { return b - a },
		},
	}, &readings
}

func TestThePagesOfAWholeListFitTogether(t *testing.T) {
	l, readings := numbers(10)
	q := model.Query{Size: 4}
	var seen []int
	for {
		page, err := l.Page(t.Context(), q)
		if err != nil || page.Total != 10 || page.Note != "reading 1" {
			t.Fatalf("%+v, %v", page, err)
		}
		seen = append(seen, page.Items...)
		if q.At = page.Next; q.At == "" {
			break
		}
	}
	if !slices.Equal(seen, []int{100, 101, 102, 103, 104, 105, 106, 107, 108, 109}) || *readings != 1 {
		t.Errorf("%v after %d readings", seen, *readings)
	}
}

func TestAWholeListIsReadAnewWhenThatIsWanted(t *testing.T) {
	l, readings := numbers(10)
	first, _ := l.Page(t.Context(), model.Query{Size: 4})
	again, _ := l.Page(t.Context(), model.Query{Size: 4, At: first.Next, Fresh: true})
	if *readings != 2 || again.Items[0] != 204 {
		t.Errorf("%d readings, %v", *readings, again.Items)
	}
	other, _ := l.Page(t.Context(), model.Query{Size: 4, Sort: "down"})
	if *readings != 3 || other.Items[0] != 309 {
		t.Errorf("a list that costs nothing is kept: %d readings, %v", *readings, other.Items)
	}
	if old, _ := l.Page(t.Context(), model.Query{Size: 4, At: first.Next}); old.Items[0] != 404 {
		t.Errorf("a page of an older reading gives %v", old.Items)
	}
}

func TestOneReadingServesSearchFilterAndSort(t *testing.T) {
	l, readings := numbers(10)
	l.Lasts = time.Hour
	l.Keep = func(item int, f model.Filter) bool { return f.Choice == "" || item%2 == 0 }
	first, _ := l.Page(t.Context(), model.Query{Size: 4})
	for name, c := range map[string]struct {
		query model.Query
		want  []int
	}{
		"the same":  {model.Query{Size: 2}, []int{100, 101}},
		"a search":  {model.Query{Size: 2, Search: "7"}, []int{107}},
		"an order":  {model.Query{Size: 2, Sort: "down"}, []int{109, 108}},
		"a filter":  {model.Query{Size: 2, Filter: model.Filter{Choice: "even"}}, []int{100, 102}},
		"the pages": {model.Query{Size: 4, At: first.Next}, []int{104, 105, 106, 107}},
	} {
		page, err := l.Page(t.Context(), c.query)
		if err != nil || !slices.Equal(page.Items, c.want) || page.Age <= 0 {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
	if *readings != 1 || first.Age != 0 {
		t.Errorf("%d readings, the first of the age %s", *readings, first.Age)
	}
	anew, _ := l.Page(t.Context(), model.Query{Size: 4, Fresh: true})
	before, _ := l.Page(t.Context(), model.Query{Size: 4, At: first.Next})
	if *readings != 2 || anew.Items[0] != 200 || anew.Age != 0 || before.Items[0] != 204 {
		t.Errorf("%d readings, %v and %v", *readings, anew.Items, before.Items)
	}
}

func TestTheSameQuestionAgainIsReadAnew(t *testing.T) {
	l, readings := numbers(10)
	l.Lasts = time.Hour
	for i, q := range []model.Query{{Size: 4}, {Size: 4}, {Size: 4, Search: "1"}, {Size: 4, Search: "1"}, {Size: 4}} {
		_, _ = l.Page(t.Context(), q)
		if want := []int{1, 2, 2, 3, 3}[i]; *readings != want {
			t.Errorf("after question %d there are %d readings, want %d", i, *readings, want)
		}
	}
}

func TestAReadingOfSomeSecondsAgoIsTooOld(t *testing.T) {
	l, readings := numbers(10)
	l.Lasts = time.Nanosecond
	_, _ = l.Page(t.Context(), model.Query{Size: 4})
	if _, _ = l.Page(t.Context(), model.Query{Size: 4, Sort: "down"}); *readings != 2 {
		t.Errorf("%d readings", *readings)
	}
}

func TestAReadingIsAsOldAsItsBeginning(t *testing.T) {
	l, _ := numbers(10)
	l.Lasts = time.Hour
	const long = 20 * time.Millisecond
	read := l.Read
	l.Read = func(ctx context.Context) ([]int, string, error) {
		defer time.Sleep(long)
		return read(ctx)
	}
	_, _ = l.Page(t.Context(), model.Query{Size: 4})
	if page, _ := l.Page(t.Context(), model.Query{Size: 4, Sort: "down"}); page.Age < long {
		t.Errorf("what was asked for %s ago is %s old", long, page.Age)
	}
}

func TestAWriteForgetsWhatWasRead(t *testing.T) {
	l, readings := numbers(10)
	l.Lasts = time.Hour
	first, _ := l.Page(t.Context(), model.Query{Size: 4})
	l.Forget()
	if next, _ := l.Page(t.Context(), model.Query{Size: 4, At: first.Next}); *readings != 1 || next.Items[0] != 104 {
		t.Errorf("the page after is of another reading: %v", next.Items)
	}
	if again, _ := l.Page(t.Context(), model.Query{Size: 4}); *readings != 2 || again.Items[0] != 200 {
		t.Errorf("%d readings, %v", *readings, again.Items)
	}
	read := l.Read
	l.Read = func(ctx context.Context) ([]int, string, error) {
		defer l.Forget() // a write that ends while the list is read
		return read(ctx)
	}
	_, _ = l.Page(t.Context(), model.Query{Size: 4, Fresh: true})
	l.Read = read
	if _, _ = l.Page(t.Context(), model.Query{Size: 4, Sort: "down"}); *readings != 4 { // another question: the same again is read anew anyhow
		t.Errorf("what was read while it changed was taken for what is there: %d readings", *readings)
	}
}

func TestAWholeListIsSearchedHere(t *testing.T) {
	l, _ := numbers(10)
	page, _ := l.Page(t.Context(), model.Query{Size: 4, Search: "10 7"})
	if !slices.Equal(page.Items, []int{107}) || page.Total != 1 || page.Next != "" {
		t.Errorf("%+v", page)
	}
}

func TestManyReadersShareAWholeList(t *testing.T) {
	l, _ := numbers(50)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			q := model.Query{Size: 7}
			for range 20 {
				page, err := l.Page(t.Context(), q)
				if err != nil {
					t.Error(err)
				}
				q.At = page.Next
			}
		})
	}
	all.Wait()
}

func TestForeignCursorsAreRefused(t *testing.T) {
	l, readings := numbers(10)
	for _, at := range []model.Cursor{"x", "-1@1", "1@-1", "1", "01@1", "1@1 ", "0@1", "4@0"} {
		if _, err := l.Page(t.Context(), model.Query{Size: 4, At: at}); model.KindOf(err) != model.Invalid {
			t.Errorf("%q: %v", at, err)
		}
	}
	for _, at := range []model.Cursor{"0", "-1", "x", "01", "1 ", "9999999999999999999999"} {
		if _, err := Number(at); model.KindOf(err) != model.Invalid {
			t.Errorf("%q: %v", at, err)
		}
	}
	if *readings != 0 {
		t.Errorf("%d readings", *readings)
	}
	if n, err := Number(Cursor(7)); n != 7 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func TestWhatIsUnknownStandsLastEitherWay(t *testing.T) {
	at := func(day int) model.When { return model.At(time.Unix(0, 0).AddDate(0, 0, day)) }
	rows := []model.When{at(2), {}, at(1), model.Not(model.Never)}
	of := func(w model.When) model.When { return w }
	for name, by := range map[string]func(a, b model.When) int{"earlier": Earlier(of), "later": Later(of)} {
		sorted := slices.Clone(rows)
		slices.SortStableFunc(sorted, by)
		first, _ := sorted[0].Time()
		if want := map[string]int{"earlier": 1, "later": 2}[name]; !first.Equal(time.Unix(0, 0).AddDate(0, 0, want)) || sorted[3].Knowledge() == model.Known {
			t.Errorf("%s gives %v", name, sorted)
		}
	}
}
