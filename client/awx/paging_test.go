package awx_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/model"
)

// rowsOf are tokens by number, with a link to more or none.
func rowsOf(count int, more bool, numbers ...int) answer {
	var rows []string
	for _, n := range numbers {
		rows = append(rows, fmt.Sprintf(`{"id":%d,"user":1}`, n))
	}
	next := "null"
	if more {
		next = `"/api/v2/tokens/?page=2"`
	}
	return ok(fmt.Sprintf(`{"count":%d,"next":%s,"results":[%s]}`, count, next, strings.Join(rows, ",")))
}

func TestAPageGoesOnAfterTheLastRowAndNotAfterANumberOfRows(t *testing.T) {
	for sort, c := range map[string]struct {
		lookup string
		rows   []int
	}{"": {"id__lt", []int{9, 8, 7, 6, 5}}, "-id": {"id__lt", []int{9, 8, 7, 6, 5}}, "id": {"id__gt", []int{5, 6, 7, 8, 9}}} {
		s := start(t, map[string][]answer{"GET /api/v2/tokens/": {
			rowsOf(5, true, c.rows[0], c.rows[1]), rowsOf(3, true, c.rows[2], c.rows[3]), rowsOf(1, false, c.rows[4]),
		}})
		api := s.byToken(t, "oauth2")
		q := model.Query{Size: 2, Sort: sort}
		var seen []string
		for range 3 {
			page := must(api.Tokens(t.Context(), q))(t)
			if page.Total != 5 || !page.Steady {
				t.Errorf("sort %q: a page of %d tokens, steady: %t", sort, page.Total, page.Steady)
			}
			for _, token := range page.Items {
				seen = append(seen, token.ID)
			}
			q.At = page.Next
		}
		if want := strings.Trim(fmt.Sprint(c.rows), "[]"); strings.Join(seen, " ") != want || q.At != "" {
			t.Errorf("sort %q: came %q, and then %q", sort, seen, q.At)
		}
		for i, want := range []string{"", fmt.Sprint(c.rows[1]), fmt.Sprint(c.rows[3])} {
			r := s.requests()[i]
			if got := strings.Join(r.query[c.lookup], "&"); got != want || r.query["page"][0] != "1" {
				t.Errorf("sort %q: page %d was asked for by %s", sort, i+1, told(r))
			}
		}
	}
}

func TestACursorServesOnlyTheOrderThatItIsOf(t *testing.T) {
	for _, q := range []model.Query{
		{At: "7~2", Sort: "expires"},
		{At: "7~2", Sort: "description"},
		{At: "0~2"},
		{At: "-7~2"},
		{At: "7~0"},
		{At: "7~-1"},
		{At: "07~2"},
		{At: "7~2 "},
		{At: " 7~2"},
		{At: "7~2~3"},
		{At: "7~"},
		{At: "~2"},
		{At: "99999999999999999999~2"},
		{At: "7+2"},
	} {
		s := start(t, nil)
		_, err := s.byToken(t, "oauth2").Tokens(t.Context(), q)
		t.Log(q.At, q.Sort)
		failsAs(t, err, model.Invalid, "no page of this list")
		if n := len(s.requests()); n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	}
}

func TestAPageThatIsEmptyNowIsNoLongerThere(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/tokens/": {rowsOf(0, false)}})
	_, err := s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 2, At: "7~50"})
	failsAs(t, err, model.NotFound, "shorter")
}

func TestAServerThatDoesNotGoOnIsNotPagedForEver(t *testing.T) {
	for sort, numbers := range map[string][]int{"-id": {9, 8}, "id": {5, 6}} {
		s := start(t, map[string][]answer{"GET /api/v2/tokens/": {rowsOf(5, true, numbers...)}})
		_, err := s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 2, Sort: sort, At: "7~2"})
		failsAs(t, err, model.Malformed, "answered with others")
	}
}

func TestAnOrderByAnythingElseHasPageNumbersAndIsNotSteady(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/tokens/": {rowsOf(5, true, 9, 8)}})
	api := s.byToken(t, "oauth2")
	page := must(api.Tokens(t.Context(), model.Query{Size: 2, Sort: "expires"}))(t)
	if page.Next != "2" || page.Steady || page.Total != 5 {
		t.Errorf("the page is %+v", page)
	}
	if _, number := s.last(t).query["id__lt"]; number {
		t.Errorf("sent %s", told(s.last(t)))
	}
}

func TestARangeOfNumbersIsPagedWithinItself(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/tokens/": {rowsOf(1, false, 5)}})
	q := model.Query{Size: 2, At: "7~2", Ranges: []model.Range{{Field: "id", From: "3", To: "9"}}}
	page := must(s.byToken(t, "oauth2").Tokens(t.Context(), q))(t)
	if got := told(s.last(t)); got != "/api/v2/tokens/ id__gte=3 id__lt=7 id__lte=9 order_by=-id page=1 page_size=2" || page.Total != 3 {
		t.Errorf("sent %s; there are %d", got, page.Total)
	}
}
