package saymon_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestUsersAreSortedSearchedAndFilteredHere(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	for name, c := range map[string]struct {
		query model.Query
		want  string
	}{
		"in the default order": {model.Query{}, "fresh old ops.admin viewer"},
		"by login":             {model.Query{Sort: "login"}, "fresh old ops.admin viewer"},
		"by name":              {model.Query{Sort: "name"}, "fresh old ops.admin viewer"},
		"by a part of a login": {model.Query{Search: "OPS"}, "ops.admin"},
		"by an address":        {model.Query{Search: "v@example"}, "viewer"},
		"by an id":             {model.Query{Search: " " + oldID}, "old"},
		"with a token":         {model.Query{Filter: model.Filter{Choice: "with"}}, "ops.admin viewer"},
		"without":              {model.Query{Filter: model.Filter{Choice: "without"}}, "fresh old"},
		"never":                {model.Query{Filter: model.Filter{Choice: "never"}}, "fresh"},
		"cleared":              {model.Query{Filter: model.Filter{Choice: "cleared"}}, "old"},
		"blocked":              {model.Query{Filter: model.Filter{Choice: "blocked"}}, "old"},
		"one":                  {model.Query{Filter: model.Filter{Only: model.User{ID: oldID}}}, "old"},
		"one, searched for":    {model.Query{Search: "nobody", Filter: model.Filter{Only: model.User{ID: oldID}}}, ""},
	} {
		c.query.Size = 50
		page, err := api.Users(t.Context(), c.query)
		if got := loginsOf(page); err != nil || got != c.want || page.Note != "" {
			t.Errorf("%s: got %q (%q, %v), want %q", name, got, page.Note, err, c.want)
		}
	}
	for _, r := range s.requests() {
		if r.URL.RawQuery != "" || strings.HasSuffix(r.URL.Path, "/") {
			t.Errorf("asked for %s", r.URL)
		}
	}
}

func TestPagesOfAListWithoutOrderFitTogether(t *testing.T) {
	t.Parallel()
	api := start(t).api(t, wire.ByBasic)
	q, seen := model.Query{Size: 1}, ""
	for range 9 {
		page := must(api.Users(t.Context(), q))(t)
		seen += loginsOf(page) + " "
		if q.At = page.Next; q.At == "" {
			break
		}
	}
	if seen != "fresh old ops.admin viewer " {
		t.Errorf("the pages hold %q", seen)
	}
}

func TestTheTokensOfOneUserAreItsOwnOnly(t *testing.T) {
	t.Parallel()
	api := start(t).api(t, wire.ByBasic)
	for id, want := range map[string]int{adminID: 1, freshID: 0, oldID: 0} {
		page := must(api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: id}}}))(t)
		if len(page.Items) != want || page.Total != want || want == 1 && page.Items[0].ID != id {
			t.Errorf("user %s: %+v", id, page)
		}
	}
}

func TestAUserWhoIsGoneIsNotFound(t *testing.T) {
	t.Parallel()
	api := start(t).api(t, wire.ByBasic)
	only := model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: "64b000000000000000000099"}}}
	_, err := api.Users(t.Context(), only)
	failsAs(t, err, model.NotFound, "User not found (ResourceNotFound)")
	_, err = api.Tokens(t.Context(), only)
	failsAs(t, err, model.NotFound)
	_, err = api.Prepare(t.Context(), model.Create, model.Token{Owner: only.Filter.Only})
	failsAs(t, err, model.NotFound)
}

func TestWhatCannotBeLookedForIsRefusedUnsent(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	for name, q := range map[string]model.Query{
		"a foreign cursor": {At: "https://evil.invalid/?page=2"},
		"a filter":         {Filter: model.Filter{Choice: "no-such"}},
		"an order":         {Sort: "created"},
		"a range":          {Ranges: []model.Range{{Field: "login", From: "a"}}},
		"a key":            {Search: "11111111-2222-4333-8444-555555555555"},
		"a long key":       {Search: "0123456789abcdef0123456789abcdef01234567"},
		"a path for an id": {Filter: model.Filter{Only: model.User{ID: ".."}}},
	} {
		q.Size = 7
		_, users := api.Users(t.Context(), q)
		_, tokens := api.Tokens(t.Context(), q)
		for list, err := range map[string]error{"users": users, "tokens": tokens} {
			if model.KindOf(err) != model.Invalid || err == nil || q.Search != "" && strings.Contains(err.Error(), q.Search) {
				t.Errorf("%s in %s: %v", name, list, err)
			}
		}
	}
	if n := len(s.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestACallerWithoutTheRightIsToldSo(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.weak = true
	api := s.api(t, wire.ByBasic)
	me := must(api.WhoAmI(t.Context()))(t)
	if me.Username.String() != "ops.admin" || me.HasToken != model.Unsaid || me.TokenWord.String() != "not visible" {
		t.Errorf("it says of itself %+v", me)
	}
	alone := must(api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: me}}))(t)
	if alone.Items[0].HasToken != model.Unsaid || !strings.Contains(alone.Note, "manage-users") {
		t.Errorf("of one it says %+v", alone)
	}
	page := must(api.Users(t.Context(), model.Query{Size: 7}))(t)
	if len(page.Items) != 4 || !strings.Contains(page.Note, "manage-users") || page.Items[0].HasToken != model.Unsaid {
		t.Errorf("the users are %+v", page)
	}
	_, err := api.Tokens(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.Forbidden, "manage-users")
	_, err = api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: me}})
	failsAs(t, err, model.Forbidden, "manage-users")
	for _, owner := range []model.User{{}, {ID: freshID}} {
		_, err = api.Prepare(t.Context(), model.Create, model.Token{Owner: owner})
		failsAs(t, err, model.Forbidden, "manage-users")
	}
	_, err = creates(t, api, model.User{ID: freshID, HasToken: model.No})
	failsAs(t, err, model.Forbidden, "manage-users")
	if sent := s.writes(); len(sent) != 0 {
		t.Errorf("%q were sent", sent)
	}
}

func TestARightThatComesFromAGroupCountsAsMuch(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.sets(adminID, "permissions", []string{})
	s.sets(adminID, "authenticationToken", nil)
	api := s.api(t, wire.ByBasic)
	if got := len(must(api.Tokens(t.Context(), model.Query{Size: 7}))(t).Items); got != 1 {
		t.Errorf("%d tokens came", got)
	}
	if me := must(api.WhoAmI(t.Context()))(t); me.TokenWord.String() != "cleared" {
		t.Errorf("it says of itself %+v", me)
	}
}

func TestOneOddRowDoesNotHideTheOthers(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.rows = append(s.rows, row{"id": "5", "login": "odd"})
	api := s.api(t, wire.ByBasic)
	tokens := must(api.Tokens(t.Context(), model.Query{Size: 7}))(t)
	users := must(api.Users(t.Context(), model.Query{Size: 7}))(t)
	for _, note := range []string{tokens.Note, users.Note} {
		if !strings.Contains(note, "1 of the 5 users") {
			t.Errorf("the note is %q", note)
		}
	}
	if len(tokens.Items) != 2 || userOf(t, api, "5").TokenWord.String() != "not visible" {
		t.Errorf("the tokens are %+v", tokens.Items)
	}
	alone := must(api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: "5"}}}))(t)
	if alone.Note == "" || strings.Contains(alone.Note, "manage-users") {
		t.Errorf("of the odd one it says %q", alone.Note)
	}
	_, err := creates(t, api, model.User{ID: "5"})
	failsAs(t, err, model.Forbidden)
}

func TestAnAnswerThatIsNoJSONIsNoEmptyList(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers("GET ", saying(http.StatusOK, "text/html", "<html>log in</html>"))
	_, err := s.api(t, wire.ByBasic).Tokens(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.Malformed, "text/html")
}
