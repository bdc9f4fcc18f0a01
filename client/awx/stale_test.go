package awx_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

func TestTheStaleAreFoundByWhatTheServerDoesNotShow(t *testing.T) {
	for want, q := range map[string]model.Query{
		"last_used__isnull=true order_by=-id":                     {Filter: model.Filter{Choice: "never-used"}},
		"order_by=-id user__is_active=false":                      {Filter: model.Filter{Choice: "owner-off"}},
		"last_used__lt=2026-03-01T00:00:00Z order_by=-id":         {Ranges: []model.Range{{Field: "last_used", To: "2026-02-28"}}},
		"order_by=last_used,id":                                   {Sort: "last_used"},
		"order_by=-last_used,id":                                  {Sort: "-last_used"},
		"order_by=user__username,id":                              {Sort: "user__username"},
		"last_used__isnull=true order_by=user__username,id":       {Sort: "user__username", Filter: model.Filter{Choice: "never-used"}},
		"created__gte=2026-03-01T00:00:00Z order_by=last_used,id": {Sort: "last_used", Ranges: []model.Range{{Field: "created", From: "2026-03-01"}}},
	} {
		for generation, base := range map[string]string{"oauth2": "/api/v2/", "gateway": "/api/gateway/v1/"} {
			s := start(t, map[string][]answer{"GET " + base + "tokens/": {ok(listOf(token42))}})
			q.Size = 7
			page := must(s.byToken(t, generation).Tokens(t.Context(), q))(t)
			got := strings.TrimSuffix(strings.TrimPrefix(told(s.last(t)), base+"tokens/ "), " page=1 page_size=7")
			if got = strings.Replace(got, " page=1 page_size=7", "", 1); got != want {
				t.Errorf("%s: sent %s, want %s", generation, got, want)
			}
			if says([]string{page.Note}, "never used") != (len(q.Ranges) > 0 && q.Ranges[0].Field == "last_used") {
				t.Errorf("%s: the list says %q", want, page.Note)
			}
		}
	}
}

func TestWhatAListIsNarrowedToIsSaidOfItsRows(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/tokens/": {ok(listOf(token42))}, "GET /api/v2/users/": {ok(listOf(rootUser))}})
	api := s.byToken(t, "oauth2")
	row := func(choice string) model.Token {
		return must(api.Tokens(t.Context(), model.Query{Size: 5, Filter: model.Filter{Choice: choice}}))(t).Items[0]
	}
	if one := row("never-used"); one.LastUsed.Knowledge() != model.Never {
		t.Errorf("it was used %+v", one.LastUsed)
	}
	if one := row("owner-off"); one.Owner.Active != model.No || !strings.Contains(one.Note.String(), "switched off, which does not end a token") {
		t.Errorf("it is %+v", one)
	}
	if one := row(""); one.LastUsed.Knowledge() != model.Unknown || one.Owner.Active != model.Unsaid {
		t.Errorf("it is %+v", one)
	}
	users := must(api.Users(t.Context(), model.Query{Size: 5, Filter: model.Filter{Choice: "switched-off"}}))(t)
	if users.Items[0].Active != model.No || !strings.Contains(told(s.last(t)), "is_active=false") {
		t.Errorf("found %+v by %s", users.Items[0], told(s.last(t)))
	}
}

// That a row was found as never used is no use of it since.
func TestATokenFoundAsNeverUsedIsHeldAgainstWhatItIsNow(t *testing.T) {
	changed := strings.Replace(token42, "000202Z", "000303Z", 1)
	s := lab(t, map[string][]answer{"GET /api/v2/tokens/": {ok(listOf(token42))}, "GET /api/v2/tokens/42/": {ok(changed)}})
	api := s.byToken(t, "oauth2")
	found := must(api.Tokens(t.Context(), model.Query{Size: 5, Filter: model.Filter{Choice: "never-used"}}))(t).Items[0]
	_, err := api.Do(t.Context(), order(model.Delete, found, nil))
	failsAs(t, err, model.Conflict, "changed")
	if s.writes() != "" {
		t.Errorf("sent %s", s.writes())
	}
}

func TestWhoMayOnlyLookIsToldBeforeTheQuestion(t *testing.T) {
	auditor := strings.NewReplacer(`"is_superuser":true`, `"is_superuser":false`, `"is_system_auditor":false`, `"is_system_auditor":true`).Replace(rootUser)
	s := lab(t, map[string][]answer{"GET /api/v2/me/": {ok(listOf(auditor))}})
	api := s.byToken(t, "oauth2")
	others := model.Token{ID: "9", Kind: model.Clean("personal"), Owner: model.User{ID: "8", Username: model.Clean("alice")}}
	applications := others
	applications.Kind = model.Clean("application")
	for _, a := range []model.Action{model.Edit, model.Delete} {
		_, err := api.Prepare(t.Context(), a, others)
		failsAs(t, err, model.Unsupported, "alice's: this account may look at it")
		form := must(api.Prepare(t.Context(), a, applications))(t)
		if !says(form.Warnings, "only if the account administers the organization") {
			t.Errorf("%s warns of %q", a, form.Warnings)
		}
		others.Owner.ID = "1"
		must(api.Prepare(t.Context(), a, others))(t)
		others.Owner.ID = "8"
	}
}

func TestTheQuestionOfAnEndedTokenDoesNotSignAnybodyOut(t *testing.T) {
	for _, a := range []model.Action{model.Delete, model.Regenerate} {
		form := must(lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), a, model.Token{ID: "42", Owner: model.User{ID: "1"}, State: model.Expired}))(t)
		if says(form.Warnings, "at once") || !says(form.Warnings, "refuses the key already") {
			t.Errorf("%s warns of %q", a, form.Warnings)
		}
	}
}

func TestTheQuestionOfAnApplicationsTokenSpeaksOfItsRefreshToken(t *testing.T) {
	for _, a := range []model.Action{model.Delete, model.Regenerate} {
		form := must(lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), a, model.Token{ID: "42", Kind: model.Clean("application"), Owner: model.User{ID: "1"}}))(t)
		if !says(form.Warnings, "refresh token ends with it") || !says(form.Warnings, "cut off until it signs in anew") {
			t.Errorf("%s warns of %q", a, form.Warnings)
		}
	}
}

// What is below a user of a gateway takes no notice of what is asked for.
func TestTheTokensOfOneUserOfAGatewayAreAskedOfTheListOfAll(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/gateway/v1/tokens/": {ok(listOf(token42))}})
	q := model.Query{Size: 7, Sort: "expires", Filter: model.Filter{Only: model.User{ID: "1"}, Choice: "personal"}}
	must(s.byToken(t, "gateway").Tokens(t.Context(), q))(t)
	if got := told(s.last(t)); got != "/api/gateway/v1/tokens/ application__isnull=true order_by=expires,id page=1 page_size=7 user=1" {
		t.Errorf("sent %s", got)
	}
}
