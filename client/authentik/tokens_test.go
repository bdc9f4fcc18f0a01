package authentik_test

import (
	"net/url"
	"strings"
	"testing"

	"authdeck/model"
)

func TestATokenSaysWhatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	rows := map[string]struct {
		row     string
		expires model.Knowledge
		state   model.State
		note    string
	}{
		"api":            {`"intent":"api","expires":"` + later + `","expiring":true`, model.Known, model.Active, "rotates itself"},
		"past":           {`"intent":"api","expires":"2020-01-01T00:00:00Z","expiring":true`, model.Known, model.Expired, "worker gives it a new key"},
		"password":       {`"intent":"app_password","expires":"` + later + `","expiring":true`, model.Known, model.Active, "deletes it on its date"},
		"past password":  {`"intent":"app_password","expires":"2020-01-01T00:00:00Z","expiring":true`, model.Known, model.Expired, "worker deletes it"},
		"never":          {`"intent":"api","expires":"2020-01-01T00:00:00Z","expiring":false`, model.Never, model.Active, ""},
		"never and null": {`"intent":"api","expires":null,"expiring":false`, model.Never, model.Active, ""},
		"no date":        {`"intent":"api","expires":null,"expiring":true`, model.Unknown, model.Active, ""},
		"odd date":       {`"intent":"api","expires":"soon","expiring":true`, model.Unknown, model.Active, ""},
		"unknown kind":   {`"intent":"agent","expires":"` + later + `","expiring":true`, model.Known, model.Active, ""},
		"bare":           {`"autocomplete":7`, model.Unknown, model.Active, ""},
	}
	for name, r := range rows {
		s := serve(t, map[string]answer{"GET /core/tokens/": say(200, listOf(`{"pk":"0d4f","identifier":"x",`+r.row+`,"user":7.0,"user_obj":`+sara+`}`))})
		got := must(s.api(t).Tokens(t.Context(), model.Query{Size: 5}))(t).Items[0]
		if got.Expires.Knowledge() != r.expires || got.State != r.state {
			t.Errorf("%s: expires %v, state %v", name, got.Expires, got.State)
		}
		if note := got.Note.String(); note != r.note && (r.note == "" || !strings.Contains(note, r.note)) {
			t.Errorf("%s: the note is %q", name, note)
		}
		if got.ID != "x" || got.Owner.ID != "7" || got.Created.Knowledge() != model.Unknown || got.LastUsed.Knowledge() != model.Unknown || got.Own {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAnOwnerIsReadWithTheToken(t *testing.T) {
	t.Parallel()
	odd := strings.Replace(strings.Replace(apiBody, `"user":7,`, "", 1), `"is_active":true`, `"is_active":false`, 1)
	s := serve(t, map[string]answer{"GET /core/tokens/": say(200, listOf(odd))})
	got := token(t, s.api(t), "ci")
	if got.Owner.ID != "7" || got.Owner.Username.String() != "sara" || got.Owner.Admin != model.No || got.Owner.Staff != model.Unsaid {
		t.Errorf("the owner is %+v", got.Owner)
	}
	tells(t, []string{got.Note.String()}, "owner is switched off")
}

func TestOnePageIsOneRequestInAnOrderThatIsSent(t *testing.T) {
	t.Parallel()
	for size, sent := range map[int]string{7: "7", 100_000: "100", 0: "1"} {
		s := serve(t, superuser())
		must(s.api(t).Tokens(t.Context(), model.Query{Size: size, At: "3", Search: "a b", Filter: model.Filter{Choice: "api"}}))(t)
		q, _ := url.ParseQuery(s.last().Query)
		want := url.Values{
			"page": {"3"}, "page_size": {sent}, "ordering": {"-expiring,expires,identifier"}, "search": {"a b"}, "intent": {"api"},
			"include_groups": {"false"}, "include_roles": {"false"},
		}
		if len(s.sent()) != 1 || q.Encode() != want.Encode() {
			t.Errorf("asked %v for %v", s.sent(), q)
		}
	}
}

func TestTheNextPageIsTheNumberThatTheServerGives(t *testing.T) {
	t.Parallel()
	page := func(next string) string {
		return `{"pagination":{"next":` + next + `,"count":41},"results":[` + apiBody + `]}`
	}
	for next, want := range map[string]model.Cursor{"0": "", "2": "2", "2.0": "2", "5": "5", "null": ""} {
		s := serve(t, map[string]answer{"GET /core/tokens/": say(200, page(next))})
		got := must(s.api(t).Tokens(t.Context(), model.Query{Size: 5}))(t)
		if got.Next != want || got.Total != 41 {
			t.Errorf("next %s gives %q of %d", next, got.Next, got.Total)
		}
	}
	for _, next := range []string{"1", "-1", "1.5", "1e300", `"2"`} {
		s := serve(t, map[string]answer{"GET /core/tokens/": say(200, page(next))})
		_, err := s.api(t).Tokens(t.Context(), model.Query{Size: 5})
		fails(t, err, model.Malformed)
	}
	s := serve(t, map[string]answer{"GET /core/tokens/": say(200, `{"pagination":{"next":2},"results":[]}`)})
	if got := must(s.api(t).Tokens(t.Context(), model.Query{Size: 5}))(t); got.Next != "" || got.Total != model.Uncounted {
		t.Errorf("after an empty page comes %q of %d", got.Next, got.Total)
	}
}

func TestWhatIsNoListIsNoEmptyList(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{}`, `null`, `[null]`, `[7]`, `{"results":[]}`, `{"pagination":{"next":0}}`, `{"pagination":{"next":0},"results":[null]}`,
		listOf(`{"pk":"0d4f"}`), listOf(`{"identifier":7}`), `7`,
	} {
		s := serve(t, map[string]answer{"GET /core/tokens/": say(200, body), "GET /core/users/": say(200, body)})
		_, err := s.api(t).Tokens(t.Context(), model.Query{Size: 5})
		fails(t, err, model.Malformed)
		_, err = s.api(t).Users(t.Context(), model.Query{Size: 5})
		fails(t, err, model.Malformed)
	}
}

func TestWhatIsNotOfferedIsNotSent(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	for _, q := range []model.Query{
		{At: "0"},
		{At: "-1"},
		{At: "x"},
		{At: "01"},
		{At: "http://evil.invalid/?page=2"},
		{Sort: "user__username"},
		{Search: canary},
		{Filter: model.Filter{Choice: "no such"}},
		{Ranges: []model.Range{{Field: "created", From: "2026-01-01"}}},
	} {
		_, err := api.Tokens(t.Context(), q)
		fails(t, err, model.Invalid)
		_, err = api.Users(t.Context(), q)
		fails(t, err, model.Invalid)
	}
	if sent := s.sent(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestTheTokensOfAUserAreAskedForByNameAndToldApartByNumber(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]answer{"GET /core/tokens/": say(200, listOf(apiBody, passBody))})
	api := s.api(t)
	only := func(id, name string) (model.Page[model.Token], error) {
		return api.Tokens(t.Context(), model.Query{Size: 5, Filter: model.Filter{Only: model.User{ID: id, Username: model.Clean(name)}}})
	}
	page := must(only("7", "sara"))(t)
	if q, _ := url.ParseQuery(s.last().Query); q.Get("user__username") != "sara" || len(page.Items) != 2 || page.Total != 2 {
		t.Errorf("%d tokens of %d came for %v", len(page.Items), page.Total, q)
	}
	page = must(only("8", "sara"))(t)
	if len(page.Items) != 0 || page.Total != 0 || page.Next != "" || !strings.Contains(page.Note, "another account") {
		t.Errorf("another's tokens came: %+v", page)
	}
	for _, name := range []string{"", "\x1b[2J", "sa\u202era"} {
		_, err := only("7", name)
		fails(t, err, model.Unsupported, "by name only")
	}
	if n := len(s.sent()); n != 2 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestWhoIsNoSuperuserIsToldWhatTheListMayLeaveOut(t *testing.T) {
	t.Parallel()
	for me, note := range map[string]bool{saraMe: true, rootMe: false} {
		s := serve(t, with(superuser(), map[string]answer{"GET /core/users/me/": say(200, me), "GET /core/tokens/": say(200, listOf(apiBody))}))
		api := s.api(t)
		must(api.WhoAmI(t.Context()))(t)
		if page := must(api.Tokens(t.Context(), model.Query{Size: 5}))(t); (page.Note != "") != note {
			t.Errorf("the note is %q", page.Note)
		}
	}
}
