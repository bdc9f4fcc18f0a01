package awx_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestAQueryIsSentInTheServersWords(t *testing.T) {
	for want, q := range map[string]model.Query{
		"/api/v2/tokens/ order_by=-id page=1 page_size=200":                         {Size: 5000},
		"/api/v2/tokens/ order_by=expires,id page=3 page_size=7":                    {Size: 7, At: "3", Sort: "expires"},
		"/api/v2/tokens/ order_by=id page=1 page_size=1":                            {Sort: "id"},
		"/api/v2/tokens/ application__isnull=true order_by=-id page=1 page_size=7":  {Size: 7, Filter: model.Filter{Choice: "personal"}},
		"/api/v2/tokens/ application__isnull=false order_by=-id page=1 page_size=7": {Size: 7, Filter: model.Filter{Choice: "application"}},
		"/api/v2/tokens/ or__application__name__icontains=a b,c or__description__icontains=a b,c or__user__username__icontains=a b,c order_by=-id page=1 page_size=7": {Size: 7, Search: "a b,c"},
		"/api/v2/users/8/tokens/ order_by=-id page=1 page_size=7":                                                            {Size: 7, Filter: model.Filter{Only: model.User{ID: "8"}}},
		"/api/v2/tokens/ created__gte=2026-01-31T00:00:00Z created__lt=2026-03-01T00:00:00Z order_by=-id page=1 page_size=7": {Size: 7, Ranges: []model.Range{{Field: "created", From: "2026-01-31", To: "2026-02-28"}}},
		"/api/v2/tokens/ id__lte=9 order_by=-id page=1 page_size=7":                                                          {Size: 7, Ranges: []model.Range{{Field: "id", To: "9"}}},
	} {
		s := start(t, map[string][]answer{"GET /api/v2/tokens/": {ok(listOf())}, "GET /api/v2/users/8/tokens/": {ok(listOf())}})
		page := must(s.byToken(t, "oauth2").Tokens(t.Context(), q))(t)
		if got := told(s.last(t)); got != want || len(page.Items) != 0 || page.Total != 0 {
			t.Errorf("sent %s, want %s", got, want)
		}
		if len(s.requests()) != 1 {
			t.Errorf("%d requests were made for a page", len(s.requests()))
		}
	}
}

func TestAQueryForUsersIsSentInTheServersWords(t *testing.T) {
	for want, q := range map[string]model.Query{
		"/api/v2/users/ order_by=username,id page=1 page_size=7":                    {Size: 7},
		"/api/v2/users/ order_by=-last_login,id page=1 page_size=7":                 {Size: 7, Sort: "-last_login"},
		"/api/v2/users/ order_by=username,id page=1 page_size=7 search=ops night":   {Size: 7, Search: "ops night"},
		"/api/v2/users/ is_superuser=true order_by=username,id page=1 page_size=7":  {Size: 7, Filter: model.Filter{Choice: "superusers"}},
		"/api/v2/users/ is_superuser=false order_by=username,id page=1 page_size=7": {Size: 7, Filter: model.Filter{Choice: "others"}},
		"/api/v2/users/ id__gte=3 order_by=username,id page=1 page_size=7":          {Size: 7, Ranges: []model.Range{{Field: "id", From: "3"}}},
	} {
		s := start(t, map[string][]answer{"GET /api/v2/users/": {ok(listOf())}})
		must(s.byToken(t, "oauth2").Users(t.Context(), q))(t)
		if got := told(s.last(t)); got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	}
}

// told is a request with its query, in the order of the alphabet.
func told(r sent) string {
	words := []string{r.path}
	for _, name := range slices.Sorted(maps.Keys(r.query)) {
		words = append(words, name+"="+strings.Join(r.query[name], "&"))
	}
	return strings.Join(words, " ")
}

func TestAQueryThatIsNoneIsRefusedAndNotSent(t *testing.T) {
	for name, q := range map[string]model.Query{
		"a foreign cursor":    {At: "https://evil.invalid/?page=2"},
		"page zero":           {At: "0"},
		"another order":       {Sort: "password"},
		"another filter":      {Filter: model.Filter{Choice: "token"}},
		"another field":       {Ranges: []model.Range{{Field: "token", From: "1"}}},
		"no day":              {Ranges: []model.Range{{Field: "created", From: "yesterday"}}},
		"no number":           {Ranges: []model.Range{{Field: "id", To: "1x"}}},
		"a key to look for":   {Search: "0123456789abcdef0123456789abcdef01234567"},
		"a user by name":      {Filter: model.Filter{Only: model.User{ID: "alice"}}},
		"a user by a path":    {Filter: model.Filter{Only: model.User{ID: "../1"}}},
		"a user of no number": {Filter: model.Filter{Only: model.User{ID: "007"}}},
	} {
		for _, generation := range []string{"oauth2", "gateway"} {
			s := start(t, nil)
			_, err := s.byToken(t, generation).Tokens(t.Context(), q)
			t.Log(name)
			failsAs(t, err, model.Invalid, "")
			if n := len(s.requests()); n != 0 {
				t.Errorf("%s: %d requests were sent", name, n)
			}
		}
	}
}

func TestAPageIsFollowedByTheNextAndNoLinkIs(t *testing.T) {
	for name, c := range map[string]struct{ body, next string }{
		"a link":       {`{"count":3,"next":"https://evil.invalid/api/v2/tokens/?page=99","results":[` + token42 + `]}`, "3"},
		"no link":      {`{"count":3,"next":null,"results":[` + token42 + `]}`, ""},
		"no rows":      {`{"count":3,"next":"/api/v2/tokens/?page=3","results":[]}`, ""},
		"neither said": {`{"results":[` + token42 + `]}`, ""},
	} {
		s := start(t, map[string][]answer{"GET /api/v2/tokens/": {ok(c.body)}})
		page := must(s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 1, At: "2"}))(t)
		if string(page.Next) != c.next {
			t.Errorf("%s: the next page is %q, want %q", name, page.Next, c.next)
		}
		if strings.Contains(c.body, "count") != (page.Total == 3) || page.Total < model.Uncounted {
			t.Errorf("%s: the list has %d rows", name, page.Total)
		}
	}
}

func TestAListThatIsNoneIsMalformed(t *testing.T) {
	for name, body := range map[string]string{
		"a bare array": `[]`, "no results": `{"count":0}`, "results of null": `{"results":null}`, "a token without id": listOf(`{"user":1}`),
		"a token of somebody else": listOf(token42),
	} {
		s := start(t, map[string][]answer{"GET /api/v2/users/8/tokens/": {ok(body)}})
		_, err := s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 5, Filter: model.Filter{Only: model.User{ID: "8"}}})
		t.Log(name)
		failsAs(t, err, model.Malformed, "")
	}
}

func TestAPageThatIsNoLongerThereSaysSo(t *testing.T) {
	s := start(t, nil)
	_, err := s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 5, At: "9"})
	failsAs(t, err, model.NotFound, "shorter")
}

func TestOneUserIsReadByNumber(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/users/1/": {ok(rootUser)}, "GET /api/v2/users/2/": {ok(rootUser)}})
	api := s.byToken(t, "oauth2")
	ask := func(id string) (model.Page[model.User], error) {
		return api.Users(t.Context(), model.Query{Size: 5, Filter: model.Filter{Only: model.User{ID: id}}})
	}
	if page := must(ask("1"))(t); page.Total != 1 || page.Items[0].Username.String() != "root" {
		t.Errorf("found %+v", page)
	}
	_, err := ask("2")
	failsAs(t, err, model.Malformed, "another user")
	_, err = ask("3")
	failsAs(t, err, model.NotFound, "")
	_, err = ask("root")
	failsAs(t, err, model.Invalid, "no number")
}

func TestWhatAListLeavesOutIsSaid(t *testing.T) {
	little := strings.Replace(rootUser, `"is_superuser":true`, `"is_superuser":false`, 1)
	auditor := strings.Replace(little, `"is_system_auditor":false`, `"is_system_auditor":true`, 1)
	for who, want := range map[string]bool{rootUser: false, little: true, auditor: false} {
		s := start(t, map[string][]answer{"GET /api/v2/me/": {ok(listOf(who))}, "GET /api/v2/tokens/": {ok(listOf())}})
		api := s.byToken(t, "oauth2")
		must(api.WhoAmI(t.Context()))(t)
		if page := must(api.Tokens(t.Context(), model.Query{Size: 5}))(t); (page.Note != "") != want {
			t.Errorf("%s reads %q", who, page.Note)
		}
	}
	s := start(t, map[string][]answer{"GET /api/gateway/v1/tokens/": {ok(listOf())}})
	if page := must(s.byToken(t, "gateway").Tokens(t.Context(), model.Query{Size: 5}))(t); page.Note == "" {
		t.Error("the gateway's list says nothing of what it holds")
	}
}

func TestAServerWithoutTokensSaysSoAndHasUsers(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/users/": {ok(listOf(rootUser))}})
	api := s.byPassword(t, "none")
	_, err := api.Tokens(t.Context(), model.Query{Size: 5})
	failsAs(t, err, model.Unsupported, "no token endpoints any more")
	must(api.Users(t.Context(), model.Query{Size: 5}))(t)
	if signed := s.last(t).signed; !strings.HasPrefix(signed, "Basic ") {
		t.Errorf("signed with %q", signed)
	}
}
