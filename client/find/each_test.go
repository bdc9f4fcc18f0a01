package find_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// listed is a system whose list is what a test says: pages by their cursors.
type listed struct {
	model.API
	pages map[model.Cursor]model.Page[model.Token]
	fails func(n int) error // of the n-th question
	asked []model.Query

	ranges []model.RangeField
}

func (l *listed) Info() model.Info {
	return model.Info{Name: "idp", Kind: "authentik", TokenRanges: l.ranges}
}

func (l *listed) Tokens(_ context.Context, q model.Query) (model.Page[model.Token], error) {
	l.asked = append(l.asked, q)
	if l.fails != nil {
		if err := l.fails(len(l.asked)); err != nil {
			return model.Page[model.Token]{}, err
		}
	}
	return l.pages[q.At], nil
}

// of is a page of tokens with these numbers; the name of each is t and its number.
func of(next model.Cursor, numbers ...int) model.Page[model.Token] {
	p := model.Page[model.Token]{Next: next, Total: 6, Note: "not all are shown"}
	for _, n := range numbers {
		token := model.Token{ID: strconv.Itoa(n), Name: model.Clean("t" + strconv.Itoa(n)), Expires: model.Not(model.Never)}
		if n%2 == 0 {
			token.Expires = model.When{}
		}
		p.Items = append(p.Items, token)
	}
	return p
}

func six() *listed {
	return &listed{pages: map[model.Cursor]model.Page[model.Token]{"": of("b", 1, 2, 3), "b": of("c", 4, 5), "c": of("", 6)}}
}

// read are the numbers that come, page by page, with what was told last.
func read(t *testing.T, l model.API, q model.Query) (pages string, last model.Sifted, err error) {
	t.Helper()
	var came []string
	note, err := find.Over(l, review.Usual()).EachToken(t.Context(), q, func(tokens []model.Token, told model.Sifted) error {
		var ids []string
		for _, token := range tokens {
			ids = append(ids, token.ID)
		}
		came, last = append(came, strings.Join(ids, " ")), told
		return nil
	})
	if err == nil && note != "not all are shown" {
		t.Errorf("the note is %q", note)
	}
	return strings.Join(came, "|"), last, err
}

func TestAllRowsOfAQueryComePageByPage(t *testing.T) {
	for _, c := range []struct {
		q    model.Query
		want string
		told model.Sifted
	}{
		{model.Query{}, "1 2 3|4 5|6", model.Sifted{Read: 6, Total: 6}},
		{model.Query{Where: "expires:never"}, "1 3|5|", model.Sifted{Read: 6, Total: 6, Unsaid: 3, Untold: []string{"expires"}}},
		{model.Query{Where: "expires:never", Untold: true}, "2|4|6", model.Sifted{Read: 6, Total: 6, Unsaid: 3, Untold: []string{"expires"}}},
		{model.Query{Where: "name:t sort:-name"}, "|||6 5 4 3 2 1", model.Sifted{Read: 6, Total: 6}},
		{model.Query{Where: "expires:never", Search: "t1"}, "1 3|5|", model.Sifted{Read: 6, Total: 6, Unsaid: 3, Untold: []string{"expires"}}},
	} {
		l := six()
		came, told, err := read(t, l, c.q)
		same := told.Read == c.told.Read && told.Total == c.told.Total && told.Unsaid == c.told.Unsaid && slices.Equal(told.Untold, c.told.Untold)
		if err != nil || came != c.want || !same {
			t.Errorf("%+v: %q, %+v, %v; want %q, %+v", c.q, came, told, err, c.want, c.told)
		}
		if !l.asked[0].Fresh || l.asked[1].Fresh || l.asked[0].Where != "" {
			t.Errorf("%+v: the system was asked for %+v", c.q, l.asked)
		}
	}
}

func TestWhatTheSystemIsAskedForIsWhatIsShown(t *testing.T) {
	q := model.Query{Search: "ali", Sort: "-expires", Ranges: []model.Range{{Field: "id", From: "3"}}, Filter: model.Filter{Choice: "api"}}
	for _, where := range []string{"", "expires:never"} {
		l := six()
		if q.Where = where; where != "" {
			q.Search, q.Ranges = "", nil
		}
		if _, _, err := read(t, l, q); err != nil {
			t.Fatal(err)
		}
		for _, asked := range l.asked {
			if asked.Search != q.Search || asked.Sort != q.Sort || asked.Filter != q.Filter || !slices.Equal(asked.Ranges, q.Ranges) {
				t.Errorf("%q: the system was asked for %+v", where, asked)
			}
		}
	}
}

// TestWordsAndRangesThatHoldTogetherWithAllElseAreAskedOfTheSystem has the rest decided here,
// over what the system gives for them.
func TestWordsAndRangesThatHoldTogetherWithAllElseAreAskedOfTheSystem(t *testing.T) {
	owner := model.Filter{Only: model.User{ID: "7"}}
	for where, want := range map[string]struct {
		filter model.Filter
		asked  string
		came   string
	}{
		"ali expires:never":             {asked: "ali []", came: "1 3|5|"},
		"ali id:1..3 expires:never b":   {asked: "ali b [{id 1 3}]", came: "1 3|5|"},
		"#4 id:1..3":                    {asked: " [{id 4 4}]", came: "1 2 3||"},
		`"ali b" expires:never`:         {asked: " []", came: "||"},
		"(ali or t1)":                   {asked: " []", came: "1||"},
		"-ali t1":                       {asked: "t1 []", came: "1 2 3|4 5|6"},
		"id:1..3 id:2..9 expires:never": {asked: " [{id 1 3}]", came: "3|5|"},
		"t1 expires:never":              {filter: owner, asked: " []", came: "1||"},
	} {
		l := six()
		l.ranges = []model.RangeField{{Name: "id", Kind: model.Numbers}}
		came, _, err := read(t, l, model.Query{Where: where, Filter: want.filter})
		if asked := fmt.Sprint(l.asked[0].Search, " ", l.asked[0].Ranges); err != nil || asked != want.asked || came != want.came {
			t.Errorf("%s: asked for %q, it came to %q, %v; want %q, %q", where, asked, came, err, want.asked, want.came)
		}
	}
}

// TestSeveralIsToldWhereAllRowsWereRead has two tokens of one owner, four of others, of which one
// comes twice and nobody knows whose one is. What the system was asked to leave out may be more
// of an owner's.
func TestSeveralIsToldWhereAllRowsWereRead(t *testing.T) {
	for where, want := range map[string]struct {
		choice string
		came   string
		unsaid int
	}{
		"is:several":               {"", "|||1 4", 1},
		"-is:several":              {"", "|||2 3 5", 1},
		"(t1 or t2) is:several":    {"", "|||1", 0},
		"is:several sort:-name":    {"", "||||4 1", 1},
		"t is:several":             {"", "||", 7},
		"name:t is:several":        {"api", "||", 7},
		"is:several or name:t5":    {"api", "|5|", 6},
		"is:mine -is:several id>0": {"", "|||", 0},
	} {
		l := six()
		l.pages["b"] = of("c", 2, 4, 5)
		owners := map[string]string{"1": "ali", "4": "ali", "2": "omid", "3": "sara", "5": "wei"}
		for _, p := range l.pages {
			for i := range p.Items {
				p.Items[i].Owner.ID = owners[p.Items[i].ID]
			}
		}
		came, told, err := read(t, l, model.Query{Where: where, Filter: model.Filter{Choice: want.choice}})
		if err != nil || came != want.came || told.Unsaid != want.unsaid || told.Read != 7 {
			t.Errorf("%s: %q, %+v, %v; want %q, and %d that cannot be told", where, came, told, err, want.came, want.unsaid)
		}
	}
}

// TestOfALongListSeveralCannotBeTold keeps memory constant, and loses no row.
func TestOfALongListSeveralCannotBeTold(t *testing.T) {
	l := six()
	var many []int
	for i := range 9_998 {
		many = append(many, 100+i)
	}
	l.pages["b"] = of("c", many...)
	came, told, err := read(t, l, model.Query{Where: "is:several or name=t3 or name=t100 or name=t6"})
	if err != nil || came != "|3 100|6" || told.Read != 10_002 || told.Unsaid != 9_999 {
		t.Errorf("%q, %+v, %v", came, told, err)
	}
}

// TestARowThatMovesIntoTheNextPageComesOnce has two tokens made while a list is read.
func TestARowThatMovesIntoTheNextPageComesOnce(t *testing.T) {
	l := six()
	l.pages["b"], l.pages["c"] = of("c", 2, 3, 4), of("", 3, 5, 6)
	for where, want := range map[string]string{"": "1 2 3|4|5 6", "expires:never": "1 3||5"} {
		if came, told, err := read(t, l, model.Query{Where: where}); err != nil || came != want || told.Read != 9 {
			t.Errorf("%q: %q, %+v, %v", where, came, told, err)
		}
	}
}

func TestRowsWithoutANameAreNotTakenForOne(t *testing.T) {
	l := six()
	page := of("", 1, 1)
	page.Items[0].ID, page.Items[1].ID = "", ""
	l.pages[""] = page
	if came, _, err := read(t, l, model.Query{}); err != nil || came != " " {
		t.Errorf("%q, %v", came, err)
	}
}

func TestAListWithoutAnEndIsAnError(t *testing.T) {
	l := six()
	l.pages["b"] = of("b", 4, 5)
	if came, _, err := read(t, l, model.Query{}); model.KindOf(err) != model.Malformed {
		t.Errorf("%q, %v", came, err)
	}
}

func TestAServerThatWantsToBeLeftAloneIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, began := six(), time.Now()
		l.fails = func(n int) error {
			if n == 2 {
				return &model.Error{Kind: model.RateLimited, RetryAfter: 30 * time.Second}
			}
			return nil
		}
		came, _, err := read(t, l, model.Query{})
		if err != nil || came != "1 2 3|4 5|6" || time.Since(began) != 30*time.Second {
			t.Errorf("%q after %v, %v", came, time.Since(began), err)
		}
	})
}

func TestWhoeverDoesNotWaitAnyMoreIsNotServed(t *testing.T) {
	l := six()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := find.Over(l, review.Usual()).EachToken(ctx, model.Query{}, func([]model.Token, model.Sifted) error {
		cancel()
		return nil
	})
	if model.KindOf(err) != model.Cancelled || len(l.asked) != 1 {
		t.Errorf("%v after %d questions", err, len(l.asked))
	}
}

func TestWhatCannotBeTakenEndsTheReading(t *testing.T) {
	l, full := six(), errors.New("the disk is full")
	for _, where := range []string{"", "name:t", "name:t sort:name"} {
		l.asked = nil
		_, err := find.Over(l, review.Usual()).EachToken(t.Context(), model.Query{Where: where}, func([]model.Token, model.Sifted) error { return full })
		if !errors.Is(err, full) || len(l.asked) != 1 {
			t.Errorf("%q: %v after %d questions", where, err, len(l.asked))
		}
	}
}

func TestAQuestionThatIsNoneAsksNobody(t *testing.T) {
	l := six()
	if _, _, err := read(t, l, model.Query{Where: "colour:red"}); model.KindOf(err) != model.Invalid || len(l.asked) > 0 {
		t.Errorf("%v after %d questions", err, len(l.asked))
	}
}

// TestBesideTheRowsOfAQuestionIsKnownWhoHasSeveralWhereAllRowsWereRead is about rows of which a
// column says why they want a look: a part of a list tells of no owner that they have one only.
func TestBesideTheRowsOfAQuestionIsKnownWhoHasSeveralWhereAllRowsWereRead(t *testing.T) {
	for q, all := range map[string]bool{"expires:never": true, "-is:several": true, "name:t1 sort:name": true, "t expires:never": false, "": false} {
		l := six()
		owners := map[string]string{"1": "ali", "4": "ali", "2": "omid", "3": "sara"}
		for _, p := range l.pages {
			for i := range p.Items {
				p.Items[i].Owner.ID = owners[p.Items[i].ID]
			}
		}
		answer, err := find.Over(l, review.Usual()).Tokens(t.Context(), model.Query{Where: q})
		if err != nil || (answer.Alike != nil) != all {
			t.Errorf("%q: %v; it is known: %v, want %v", q, err, answer.Alike != nil, all)
			continue
		}
		for id, want := range map[string]int{"1": 2, "4": 2, "2": 1, "3": 1, "5": 0} {
			if all && answer.Alike(&model.Token{ID: id, Owner: model.User{ID: owners[id]}}) != want {
				t.Errorf("%q: of token %s %d are alike, want %d", q, id, answer.Alike(&model.Token{ID: id, Owner: model.User{ID: owners[id]}}), want)
			}
		}
	}
}
