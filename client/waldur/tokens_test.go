package waldur_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

func TestASessionSaysWhatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	refreshed := time.Date(2026, 8, 20, 9, 14, 3, 512906000, time.UTC)
	row := func(old, replacement string) string { return strings.Replace(mariRow, old, replacement, 1) }
	for name, c := range map[string]struct {
		row     string
		expires model.When
		active  model.Answer
		note    string
	}{
		"8":                   {mariRow, model.At(refreshed.Add(time.Hour)), model.Yes, "or later"},
		"7.0":                 {strings.NewReplacer(`true`, `"True"`, `3600`, `"3600"`).Replace(mariRow), model.At(refreshed.Add(time.Hour)), model.Yes, "or later"},
		"7.0, inactive":       {row(`true`, `"False"`), model.At(refreshed.Add(time.Hour)), model.No, "inactive"},
		"without end":         {row(`3600`, `null`), model.Not(model.Never), model.Yes, "last use"},
		"an odd lifetime":     {row(`3600`, `"soon"`), model.Not(model.Unknown), model.Yes, "last use"},
		"a negative lifetime": {row(`3600`, `-1`), model.Not(model.Unknown), model.Yes, "last use"},
		"an absurd lifetime":  {row(`3600`, `99999999999`), model.Not(model.Unknown), model.Yes, "last use"},
		"no lifetime":         {row(`,"user_token_lifetime":3600`, ``), model.Not(model.Unknown), model.Yes, "last use"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := waldurOf(t)
			f.lists(sessions, c.row)
			got := tokenOf(t, f.open(t, sessionKey), "session-17")
			if !got.Expires.Equal(c.expires) || got.Owner.Active != c.active || !strings.Contains(got.Note.String(), c.note) {
				t.Errorf("got %+v", got)
			}
			if strings.Contains(got.Note.String(), "or later") != (c.expires.Knowledge() == model.Known) {
				t.Errorf("the note is %q", got.Note)
			}
			if got.Name.String() != "mari" || got.Owner.ID != mari || got.Owner.FullName.String() != "Mari Tamm" ||
				!got.LastUsed.Equal(model.At(refreshed)) || got.Created.Knowledge() != model.Unknown || got.Updated.Knowledge() != model.Unknown {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAPersonalAccessTokenSaysWhatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	row := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(patRow) }
	for name, c := range map[string]struct {
		row   string
		state model.State
		used  model.Knowledge
		note  string
	}{
		"fresh":                    {patRow, model.Active, model.Never, ""},
		"used":                     {row(`"last_used_at":null`, `"last_used_at":"2026-03-01T00:00:00Z"`), model.Active, model.Known, ""},
		"does not say":             {row(`"last_used_at":null,`, ``), model.Active, model.Unknown, ""},
		"revoked":                  {row(`true`, `false`), model.Revoked, model.Never, ""},
		"over, not marked yet":     {row(later, "2020-01-01T00:00:00Z"), model.Expired, model.Never, ""},
		"over and marked":          {row(later, "2020-01-01T00:00:00Z", `true`, `false`), model.Expired, model.Never, ""},
		"says nothing of activity": {row(`"is_active":true,`, ``), model.Unclear, model.Never, ""},
		"bound and fenced": {
			row(`"expires_at"`, `"allowed_scopes":[{"type":"project","uuid":null,"name":"(deleted)"}],"allowed_networks":["10.0.0.0/8","::1/128"],"expires_at"`),
			model.Active, model.Never, "Good for these alone: project (deleted). Accepted only from 10.0.0.0/8, ::1/128.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := waldurOf(t)
			f.lists(personals, c.row)
			got := tokenOf(t, f.open(t, sessionKey), "pat-"+pat)
			if got.State != c.state || got.LastUsed.Knowledge() != c.used || got.Note.String() != c.note {
				t.Errorf("got %+v", got)
			}
			if got.Scope.String() != "STAFF.ACCESS PROJECT.LIST" || got.Owner.ID != staff || got.Own || got.Kind.String() != "personal access" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestTheConsolesOwnSessionIsKnownAndNothingElse(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{sessionKey: "session-4", personalKey: ""} {
		f := waldurOf(t)
		own := ""
		for _, token := range tokens(t, f.open(t, key), model.Query{}).Items {
			if token.Own {
				own += token.ID
			}
		}
		if own != want {
			t.Errorf("%.2s: its own is %q, want %q", key, own, want)
		}
	}
}

func TestTheListIsSortedSearchedAndNarrowedHere(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	inactive := strings.NewReplacer("/17/", "/18/", mari, "ff"+mari[2:], `"mari"`, `"zoe"`, "Mari", "Zoe", "true", "false", "2026-08-20", "2026-08-21").Replace(mariRow)
	f.lists(sessions, inactive, mariRow, ownRow)
	f.lists(personals, patRow, strings.NewReplacer(pat, "revoked", "true", "false").Replace(patRow))
	api := f.open(t, sessionKey)
	for want, q := range map[string]model.Query{
		"pat-PAT pat-revoked session-4 session-17 session-18": {},
		"session-18 session-17 session-4 pat-PAT pat-revoked": {Sort: "-last_used"},
		"session-4 session-17 session-18 pat-PAT pat-revoked": {Sort: "last_used"},
		"session-17 session-18 pat-PAT pat-revoked session-4": {Sort: "expires"},
		"session-17":                      {Search: "TAMM mar"},
		"pat-PAT pat-revoked":             {Filter: model.Filter{Choice: "personal"}},
		"session-4 session-17 session-18": {Filter: model.Filter{Choice: "session"}},
		"session-4":                       {Filter: model.Filter{Choice: "never"}},
		"session-18":                      {Filter: model.Filter{Choice: "inactive"}},
		"pat-revoked":                     {Filter: model.Filter{Choice: "ended"}},
		"session-17 ":                     {Filter: model.Filter{Only: model.User{ID: mari}}},
		"":                                {Filter: model.Filter{Only: model.User{ID: "mari", Username: model.Clean("mari")}}},
		"session-4 session-17":            {Ranges: []model.Range{{Field: "last_used", From: "2026-08-20", To: "2026-08-20"}}},
		"session-18 ":                     {Ranges: []model.Range{{Field: "last_used", From: "2026-08-21"}}},
		"session-17  ":                    {Ranges: []model.Range{{Field: "expires"}, {Field: "last_used", To: "2026-08-20"}}},
	} {
		var ids []string
		for _, token := range tokens(t, api, q).Items {
			ids = append(ids, strings.Replace(token.ID, pat, "PAT", 1))
		}
		if got := strings.Join(ids, " "); got != strings.TrimSpace(want) {
			t.Errorf("%+v: got %s, want %s", q, got, want)
		}
	}
}

func TestWhatIsNotOfferedIsNotSent(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	for _, q := range []model.Query{
		{At: "x"},
		{At: "-1"},
		{At: "https://evil.invalid/?page=2"},
		{Sort: "token"},
		{Filter: model.Filter{Choice: "mine"}},
		{Ranges: []model.Range{{Field: "key"}}},
		{Search: sessionKey},
		{Search: personalKey},
	} {
		q.Size = 7
		_, err := api.Tokens(t.Context(), q)
		failsAs(t, err, model.Invalid, "")
		_, err = api.Users(t.Context(), q)
		failsAs(t, err, model.Invalid, "")
	}
	if sent := f.lines(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestSomebodyWhoIsNotStaffSeesWhatIsLeft(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(sessions, 403, `{"detail":"You do not have permission to perform this action."}`)
	page := tokens(t, f.open(t, sessionKey), model.Query{})
	if len(page.Items) != 1 || page.Items[0].ID != "pat-"+pat || !strings.Contains(page.Note, "staff only") {
		t.Errorf("got %+v", page)
	}
	if page = tokens(t, f.open(t, personalKey), model.Query{}); !strings.Contains(page.Note, "STAFF.ACCESS") {
		t.Errorf("the note is %q", page.Note)
	}
	f.older()
	_, err := f.open(t, sessionKey).Tokens(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.Forbidden, "staff only")
}

func TestTheSmallerListMayFailAndTheLargerMayNot(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]model.Kind{401: model.Unauthorized, 429: model.RateLimited, 403: 0, 500: 0} {
		f := waldurOf(t)
		f.says(personals, status, `{"detail":"It fell over."}`)
		page, err := f.open(t, sessionKey).Tokens(t.Context(), model.Query{Size: 7})
		switch {
		case want != 0:
			failsAs(t, err, want, "")
		case err != nil || len(page.Items) != 2 || !strings.Contains(page.Note, "It fell over)."):
			t.Errorf("%d: got %+v (%v)", status, page, err)
		}
	}
	for status, want := range map[int]model.Kind{401: model.Unauthorized, 404: model.NotFound, 500: model.Unavailable} {
		f := waldurOf(t)
		f.says(sessions, status, `{"detail":"It fell over."}`)
		_, err := f.open(t, sessionKey).Tokens(t.Context(), model.Query{Size: 7})
		failsAs(t, err, want, "It fell over.")
	}
}

func TestAnAnswerThatIsNoListIsMalformed(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`null`, `{}`, `{"results":[]}`, `"x"`, `[null]`, `[7]`, `[{}]`, `[{"url":"https://w.invalid/api/auth-tokens/..%2f/"}]`, `[{"url":"/017/"}]`} {
		f := waldurOf(t)
		f.says(sessions, 200, body)
		_, err := f.open(t, sessionKey).Tokens(t.Context(), model.Query{Size: 7})
		failsAs(t, err, model.Malformed, "")
		f = waldurOf(t)
		f.says(me, 200, body)
		_, err = f.open(t, sessionKey).WhoAmI(t.Context())
		failsAs(t, err, model.Malformed, "")
	}
}

func TestALinkSaysAnIdentityAndNothingElse(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://w.invalid/api/users/" + mari + "/": mari, "http://evil.invalid/x/" + mari: mari,
		"": "", "/": "", "https://w.invalid/..": "", "a\u202eb": "", ":": "", `x/a\b`: "",
	} {
		f := waldurOf(t)
		f.lists(sessions, fmt.Sprintf(`{"url":"/17/","user":%q}`, link))
		got := tokenOf(t, f.open(t, sessionKey), "session-17")
		if got.Owner.ID != want || got.Name.String() != "session" {
			t.Errorf("%q: got %+v", link, got)
		}
	}
}
