package authentik_test

import (
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

// viewer is a server of some version on which sara signs in, who is no superuser and is
// shown some rows.
func viewer(t *testing.T, version string, rows ...string) *stub {
	t.Helper()
	return serve(t, with(superuser(), map[string]answer{
		"GET /core/users/me/": say(200, saraMe), "GET /core/tokens/": say(200, listOf(rows...)),
		"GET /admin/version/": say(200, `{"version_current":"`+version+`"}`),
	}))
}

func TestNothingIsSaidOfTokensThatAListLeavesOutWhereItShowsOthers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		version string
		rows    []string
		note    string
		doctor  string
		advice  string
	}{
		"up to 2025.12":       {"2025.12.4", []string{apiBody}, "to superusers only.", "no: sees its own tokens only, and makes", "a superuser to see all tokens"},
		"from 2026.2":         {"2026.5.0", []string{apiBody}, "has been shown none so far", "no: sees its own tokens only, and makes", "view_token"},
		"who may view tokens": {"2026.5.0", []string{apiBody, rootBody}, "", "no: sees tokens of others too, and makes", "a superuser to make tokens for others"},
		"of no known version": {"?", []string{apiBody}, "(from 2026.2 also", "no: sees its own tokens only, and makes", "from 2026.2"},
		"others all the same": {"2025.12.4", []string{rootBody}, "", "no: sees tokens of others too, and makes", "a superuser to make"},
	} {
		api := viewer(t, c.version, c.rows...).api(t)
		must(api.WhoAmI(t.Context()))(t)
		page := must(api.Tokens(t.Context(), model.Query{Size: 5}))(t)
		if c.note == "" && page.Note != "" || !strings.Contains(page.Note, c.note) {
			t.Errorf("%s: the list says %q", name, page.Note)
		}
		rights := viewer(t, c.version, c.rows...).api(t).(wire.Inspector).Inspect(t.Context())[1]
		if !strings.HasPrefix(rights.Found.String(), c.doctor) || !strings.Contains(rights.Advice, c.advice) || rights.Verdict != model.Warning {
			t.Errorf("%s: the doctor says %s → %s", name, rights.Found, rights.Advice)
		}
	}
}

func TestWhoseTokensAreSeenIsNotClaimedWhereItCouldNotBeAsked(t *testing.T) {
	t.Parallel()
	s := viewer(t, "2026.5.0")
	s.answers("GET /core/tokens/", say(500, ""))
	rights := s.api(t).(wire.Inspector).Inspect(t.Context())[1]
	if found := rights.Found.String(); !strings.Contains(found, "could not be asked") || strings.Contains(found, "own tokens only") {
		t.Errorf("the doctor says %s", found)
	}
}

func TestTheRightsThatARenewalTakesAreThoseForWhoseTokenItIs(t *testing.T) {
	t.Parallel()
	for me, words := range map[string]string{
		saraMe: "one's own token takes the right set_token_key, which before 2025.6.4",
		rootMe: "somebody else's token takes the rights set_token_key and add_token",
	} {
		s := serve(t, with(superuser(), map[string]answer{setKey: say(403, denied), "GET /core/users/me/": say(200, me)}))
		api := s.api(t)
		_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		fails(t, err, model.Forbidden, words)
		must(api.WhoAmI(t.Context()))(t) // and with it the version
		_, err = do(t, api, model.Regenerate, token(t, api, "ci"))
		if e := fails(t, err, model.Forbidden, words[:40]); strings.Contains(e.Message.String(), "2025.6.4") {
			t.Errorf("of %s it says %s", "2026.5.6", e.Message)
		}
	}
}

func TestAReplacementIsNotOfferedToWhoMayNotMakeOne(t *testing.T) {
	t.Parallel()
	s := viewer(t, "2026.5.0", apiBody, rootBody)
	s.answers(setKey, say(403, denied))
	s.answers("POST /core/tokens/root-api/set_key/", say(403, denied))
	api := s.api(t)
	for id, instead := range map[string]model.Action{"ci": model.Replace, "root-api": model.Nothing} {
		_, err := do(t, api, model.Regenerate, token(t, api, id))
		if e := fails(t, err, model.Forbidden); e.Instead != instead {
			t.Errorf("of %s it offers %s", id, e.Instead)
		}
	}
}
