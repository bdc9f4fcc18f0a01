package authentik_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

// sees wants a look to find an end, and to say some words.
func sees(t *testing.T, api model.API, o model.Order, end model.End, words string) {
	t.Helper()
	found, err := api.Look(t.Context(), o)
	if err != nil || found.End != end || !strings.Contains(found.Words, words) {
		t.Errorf("%s: found %+v, %v; want %d and %q", o.Action, found, err, end, words)
	}
}

func about(a model.Action, row model.Token, values map[string]string) model.Order {
	return model.Order{Action: a, Token: row, Draft: model.Draft{Owner: row.Owner, Values: values}}
}

func TestAfterADoubtfulCreateTheNameIsLookedFor(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	o := order("7", map[string]string{"identifier": "fresh", "description": "for CI"})
	sees(t, api, o, model.Unseen, "There is no token fresh.")
	s.answers("GET /core/tokens/fresh/", say(200, freshBody()))
	sees(t, api, o, model.Visible, "made by this, or by somebody else in this moment. v shows its key.")
	s.answers("GET /core/tokens/fresh/", say(200, freshBody("for CI", "for CD")))
	sees(t, api, o, model.Unseen, "somebody else has made it")
	s.answers("GET /core/tokens/fresh/", say(502, ""))
	if _, err := api.Look(t.Context(), o); model.KindOf(err) != model.Unavailable {
		t.Errorf("got %v", err)
	}
}

func TestAfterADoubtfulDeletionTheTokenIsLookedFor(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	o := about(model.Delete, token(t, api, "ci"), nil)
	sees(t, api, o, model.Unseen, "Token ci is still there.")
	s.answers("GET /core/tokens/ci/", patched(apiBody, "0d4f", "ffff"))
	sees(t, api, o, model.Visible, "another one has its name now")
	s.answers("GET /core/tokens/ci/", say(404, gone))
	sees(t, api, o, model.Visible, "gone: by this, or by somebody else in this moment")
	s.says("GET /core/tokens/ci/", pageOf(404, "text/html", "<h1>Not Found</h1>", nil))
	if found, err := api.Look(t.Context(), o); err == nil {
		t.Errorf("a page of somebody else's says %+v", found)
	}
	own := about(model.Delete, token(t, api, "root-api"), nil)
	own.Token.Own = true
	s.ends("signs-in")
	sees(t, api, own, model.Visible, "is refused now")
}

func TestAfterADoubtfulEditTheTokenIsComparedWithBoth(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	row, ldap := token(t, api, "ci"), token(t, api, "ldap")
	described := about(model.Edit, row, map[string]string{"description": "for CD", "identifier": "ci"})
	sees(t, api, described, model.Unseen, "Token ci is as it was.")
	s.answers("GET /core/tokens/ci/", patched(apiBody, "deploy", "for CD"))
	sees(t, api, described, model.Visible, "as it was to be")
	s.answers("GET /core/tokens/ci/", patched(apiBody, "deploy", "for CE"))
	sees(t, api, described, model.Untold, "neither as it was nor as it was to be")
	sees(t, api, about(model.Edit, row, map[string]string{"expiring": "no"}), model.Untold, "neither")
	s.answers("GET /core/tokens/ci/", patched(apiBody, `"expiring":true`, `"expiring":false`))
	sees(t, api, about(model.Edit, row, map[string]string{"expiring": "no"}), model.Visible, "as it was to be")

	dated := about(model.Edit, ldap, map[string]string{"expires": "2098-01-01T00:00:00Z"})
	s.answers("GET /core/tokens/ldap/", patched(passBody, later, "2098-01-01T00:00:00Z"))
	sees(t, api, dated, model.Visible, "as it was to be")
	s.answers("GET /core/tokens/ldap/", patched(passBody, later, "2097-01-01T00:00:00Z"))
	sees(t, api, dated, model.Untold, "neither")

	renamed := about(model.Edit, row, map[string]string{"identifier": "ci2"})
	s.answers("GET /core/tokens/ci/", say(200, apiBody))
	sees(t, api, renamed, model.Unseen, "Token ci is as it was.")
	s.answers("GET /core/tokens/ci/", say(404, gone))
	sees(t, api, renamed, model.Untold, "not there any more")
	s.answers("GET /core/tokens/ci2/", patched(apiBody, `"ci"`, `"ci2"`))
	sees(t, api, renamed, model.Visible, "Token ci2 is as it was to be.")
	s.answers("GET /core/tokens/ci2/", patched(apiBody, `"ci"`, `"ci2"`, "0d4f", "ffff"))
	sees(t, api, renamed, model.Untold, "not there any more")
}

func TestAfterADoubtfulRenewalTheKeysAreCompared(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{setKey: say(0, "")}))
	api := s.api(t)
	o := about(model.Regenerate, token(t, api, "ci"), nil)
	sees(t, api, o, model.Untold, "") // nothing is remembered of it
	_, err := api.Do(t.Context(), o)
	fails(t, err, model.Uncertain)
	sees(t, api, o, model.Unseen, "another key than the one that came with this")
	s.answers(viewKey, say(200, `{"key":"`+keySet(s)+`"}`))
	sees(t, api, o, model.Visible, "has the key that came with this")
	s.answers(viewKey, say(403, denied))
	sees(t, api, o, model.Untold, "not shown to this account")
	s.answers("GET /core/tokens/ci/", say(404, gone))
	sees(t, api, o, model.Untold, "not there any more")

	s = serve(t, superuser())
	s.rotates(say(200, `{}`))
	s.says(rotation, crash)
	api = s.api(t)
	_, err = api.Do(t.Context(), o)
	fails(t, err, model.Uncertain)
	sees(t, api, o, model.Unseen, "has the key that it had before")
	s.answers(viewKey, say(200, `{"key":"`+rotated+`"}`))
	sees(t, api, o, model.Visible, "another key than before; v shows it")
}

func TestAfterADoubtfulReplacementItIsSaidWhichOfTheTwoIsThere(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	s.answers("POST /core/tokens/", say(0, ""))
	api := s.api(t)
	o := about(model.Replace, token(t, api, "ci"), nil)
	sees(t, api, o, model.Untold, "token ci is as it was")
	_, err := api.Do(t.Context(), o)
	fails(t, err, model.Uncertain)
	sees(t, api, o, model.Unseen, "There is no token ci-new-")
	name := strings.Split(s.last().Route, "/")[3]
	s.answers("GET /core/tokens/"+name+"/", patched(apiBody, `"ci"`, `"`+name+`"`, "0d4f", "ffff"))
	sees(t, api, o, model.Visible, "Token "+name+" is there, and token ci is as it was")
	s.answers("GET /core/tokens/ci/", say(404, gone))
	sees(t, api, o, model.Visible, "token ci is gone")
	s.answers("GET /core/tokens/"+name+"/", say(404, gone))
	sees(t, api, o, model.Untold, "Neither token ci nor")
	s.answers("GET /core/tokens/ci/", patched(apiBody, "0d4f", "ffff"))
	sees(t, api, o, model.Visible, "Another token is called ci now")
}

func TestALookChangesNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	for _, a := range model.Actions() {
		_, _ = api.Look(t.Context(), about(a, token(t, api, "ci"), map[string]string{"identifier": "fresh"}))
	}
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}
