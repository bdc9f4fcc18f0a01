package find_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// stub is a system with so many tokens: every third one is of sara, and of every second one
// nobody knows when it was made.
type stub struct {
	model.API
	count  int
	asked  []model.Query
	fail   map[int]error // by the number of the question
	doubly bool          // rows move into the next page while it is read
}

func (s *stub) Info() model.Info { return model.Info{Name: "shop", Kind: "hamgam"} }

func (s *stub) Do(context.Context, model.Order) (model.Issued, error) { return model.Issued{}, nil }

func (s *stub) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	s.asked = append(s.asked, q)
	if err := s.fail[len(s.asked)]; err != nil || ctx.Err() != nil {
		return model.Page[model.Token]{}, errors.Join(err, ctx.Err())
	}
	from, _ := strconv.Atoi(string(q.At))
	page := model.Page[model.Token]{Total: s.count, Note: "a note of the system's"}
	for i := from; i < min(from+q.Size, s.count); i++ {
		page.Items = append(page.Items, row(i))
	}
	if from+q.Size < s.count {
		next := from + q.Size
		if s.doubly {
			next--
		}
		page.Next = model.Cursor(strconv.Itoa(next))
	}
	return page, nil
}

func row(i int) model.Token {
	t := model.Token{ID: fmt.Sprint(i), Owner: model.User{ID: "1", Username: model.Clean("ali")}, State: model.Active, Created: model.At(time.Now().AddDate(0, 0, -i))}
	if i%3 == 0 {
		t.Owner.Username = model.Clean("sara")
	}
	if i%2 == 0 {
		t.Created = model.When{}
	}
	return t
}

func ids(p model.Page[model.Token]) []string {
	var all []string
	for _, t := range p.Items {
		all = append(all, t.ID)
	}
	return all
}

func ask(t *testing.T, api model.API, q model.Query) model.Page[model.Token] {
	t.Helper()
	page, err := api.Tokens(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestAQuestionIsFollowedToTheEndOfTheList(t *testing.T) {
	s := &stub{count: 1000}
	api := find.New(s, review.Usual())
	page := ask(t, api, model.Query{Size: 10, Where: "owner:sara age>300d"})
	if !slices.Equal(ids(page), []string{"303", "309", "315", "321", "327", "333", "339", "345", "351", "357"}) || page.Total != 117 || page.Next == "" {
		t.Errorf("it found %d: %q", page.Total, ids(page))
	}
	if got := *page.Sifted; got.Read != 1000 || got.Total != 1000 || got.Unsaid != 167 || !slices.Equal(got.Untold, []string{"age"}) || page.Note != "a note of the system's" {
		t.Errorf("it says %+v and notes %q", got, page.Note)
	}
	asked := len(s.asked)
	if next := ask(t, api, model.Query{Size: 10, Where: "owner:sara age>300d", At: page.Next}); ids(next)[0] != "363" || len(s.asked) != asked {
		t.Errorf("the next page begins with %q after %d more questions", ids(next)[0], len(s.asked)-asked)
	}
	untold := ask(t, api, model.Query{Size: 10, Where: "owner:sara age>300d", Untold: true})
	if untold.Total != 167 || ids(untold)[1] != "6" {
		t.Errorf("it cannot be told of %d: %q", untold.Total, ids(untold))
	}
	if none := ask(t, api, model.Query{Size: 10, Search: "x"}); none.Sifted != nil || s.asked[len(s.asked)-1].Search != "x" {
		t.Error("what the system can answer is not asked of the system alone")
	}
}

func TestAWriteMakesAReadingOld(t *testing.T) {
	s := &stub{count: 10}
	api := find.New(s, review.Usual())
	q := model.Query{Size: 2, Where: "owner:ali"}
	first := ask(t, api, q)
	if _, err := api.Do(t.Context(), model.Order{Action: model.Delete}); err != nil {
		t.Fatal(err)
	}
	s.count = 5
	q.At = first.Next
	if page := ask(t, api, q); page.Total != 3 {
		t.Errorf("after a write there are %d", page.Total)
	}
}

func TestWhoeverIsAskedToWaitWaits(t *testing.T) {
	s := &stub{count: 300, fail: map[int]error{2: &model.Error{Kind: model.RateLimited, RetryAfter: time.Millisecond}}}
	if page := ask(t, find.New(s, review.Usual()), model.Query{Size: 10, Where: "owner:ali"}); page.Total != 200 || len(s.asked) != 3 {
		t.Errorf("it found %d with %d questions", page.Total, len(s.asked))
	}
	for name, failure := range map[string]*model.Error{
		"it does not say for how long": {Kind: model.RateLimited},
		"it is too long":               {Kind: model.RateLimited, RetryAfter: time.Hour},
		"it is something else":         {Kind: model.Unavailable, RetryAfter: time.Millisecond},
	} {
		s := &stub{count: 300, fail: map[int]error{2: failure}}
		if _, err := find.New(s, review.Usual()).Tokens(t.Context(), model.Query{Size: 10, Where: "owner:ali"}); model.KindOf(err) != failure.Kind || len(s.asked) != 2 {
			t.Errorf("%s: %v after %d questions", name, err, len(s.asked))
		}
	}
}

func TestWhoeverGivesUpWaitsForNobody(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &stub{count: 300, fail: map[int]error{2: &model.Error{Kind: model.RateLimited, RetryAfter: time.Minute}}}
	told := func(model.Sifted) { cancel() }
	if _, err := find.New(s, review.Usual()).Tokens(ctx, model.Query{Size: 10, Where: "owner:ali", Told: told}); model.KindOf(err) != model.Cancelled {
		t.Errorf("it is %v", err)
	}
}

func TestHowFarAReadingIsIsTold(t *testing.T) {
	var told []int
	s := &stub{count: 500}
	ask(t, find.New(s, review.Usual()), model.Query{Size: 10, Where: "owner:ali", Told: func(s model.Sifted) { told = append(told, s.Read) }})
	if !slices.Equal(told, []int{200, 400, 500}) {
		t.Errorf("it was told of %v rows", told)
	}
}

func TestARowThatMovesIntoTheNextPageIsFoundOnce(t *testing.T) {
	s := &stub{count: 500, doubly: true}
	page := ask(t, find.New(s, review.Usual()), model.Query{Size: 1000, Where: "state:active"})
	if got := ids(page); len(got) != 500 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != 500 {
		t.Errorf("%d rows were found", len(got))
	}
}

func TestAQuestionSaysInWhichOrderItWantsItsRows(t *testing.T) {
	api := find.New(&stub{count: 9}, review.Usual())
	for where, want := range map[string][]string{
		"sort:-age":            {"7", "5", "3", "1", "0", "2", "4", "6", "8"}, // what is not known comes last
		"sort:age":             {"1", "3", "5", "7", "0", "2", "4", "6", "8"},
		"owner:sara sort:-id":  {"6", "3", "0"},
		"sort:-owner sort:-id": {"6", "3", "0", "8", "7", "5", "4", "2", "1"},
	} {
		if got := ids(ask(t, api, model.Query{Size: 10, Where: where})); !slices.Equal(got, want) {
			t.Errorf("%s: %q", where, got)
		}
	}
}

func TestAQuestionThatCannotBeReadIsAskedOfNobody(t *testing.T) {
	s := &stub{count: 9}
	if _, err := find.New(s, review.Usual()).Tokens(t.Context(), model.Query{Where: "ownr:x"}); model.KindOf(err) != model.Invalid || len(s.asked) != 0 {
		t.Errorf("it is %v after %d questions", err, len(s.asked))
	}
}
