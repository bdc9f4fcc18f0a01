package authentik_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestADeletionSaysFirstWhatUsesTheToken(t *testing.T) {
	t.Parallel()
	managed := strings.Replace(apiBody, `"managed":null`, `"managed":"outpost-1"`, 1)
	s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(managed, rootBody))}))
	api := s.api(t)
	for said, sentence := range map[string]string{
		`[{"model_name":"outpost","name":"edge","action":"cascade","pk":"x","app":"y"}]`: "Used by outpost edge, which is deleted with it.",
		`[{"model_name":"outpost","name":"edge","action":"left_dangling"}]`:              "left with a link to nothing",
		`[{"name":"edge","action":"set_null"}]`:                                          "Used by an object edge, which is left without a token",
		`[{"name":"a\u001b[2J","action":"melt"}]`:                                        "which is changed (melt)",
		`[{},{},{},{},{},{},{},{}]`:                                                      "And 2 more use it.",
		`{"results":[]}`:                                                                 "could not be asked",
		`null`:                                                                           "could not be asked",
	} {
		s.answers("GET /core/tokens/ci/used_by/", say(200, said))
		form := must(api.Prepare(t.Context(), model.Delete, token(t, api, "ci")))(t)
		tells(t, form.Warnings, sentence)
		tells(t, form.Warnings, "outpost-1")
		if !form.Danger || strings.Contains(strings.Join(form.Warnings, ""), "\x1b") {
			t.Errorf("the form is %+v", form)
		}
	}
	tells(t, must(api.Prepare(t.Context(), model.Delete, token(t, api, "root-api")))(t).Warnings, "authdeck is then signed out")
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}

func TestADeletionIsSentOnceAndItsEndIsKnown(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]model.Kind{403: model.Forbidden, 500: model.Uncertain, 0: model.Uncertain} {
		s := serve(t, superuser())
		s.answers("DELETE /core/tokens/ci/", say(status, `{"detail":"No."}`))
		api := s.api(t)
		_, err := do(t, api, model.Delete, token(t, api, "ci"))
		fails(t, err, kind)
		if len(s.writes()) != 1 {
			t.Errorf("%d: sent %v", status, routes(s))
		}
	}
	s := serve(t, superuser())
	api := s.api(t)
	issued := must(do(t, api, model.Delete, token(t, api, "ci")))(t)
	if len(issued.Notes) != 0 || !issued.Key.Empty() {
		t.Errorf("issued %+v", issued)
	}
}

func TestWhoDeletesTheConsolesOwnTokenIsTold(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.answers("DELETE /core/tokens/root-api/", func(string) (int, string) {
		s.ends("signs-in")
		return 204, ""
	})
	api := s.api(t)
	issued := must(do(t, api, model.Delete, token(t, api, "root-api")))(t)
	tells(t, issued.Notes, "The token is deleted. authdeck itself signed in with it and is signed out")
}

// What stands before authentik knows nothing of a key, and refuses whatever it likes.
func TestARefusalThatIsNotAuthentiksProvesNothing(t *testing.T) {
	t.Parallel()
	for _, status := range []int{403, 401} {
		blocked := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"message":"Blocked by policy 7."}`)
		}
		s := serve(t, superuser())
		s.answers("DELETE /core/tokens/root-api/", func(string) (int, string) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.whole["GET /core/users/me/"], s.whole["GET /core/tokens/root-api/"] = blocked, blocked
			return 204, ""
		})
		api := s.api(t)
		issued := must(do(t, api, model.Delete, token(t, api, "root-api")))(t)
		if said := strings.Join(issued.Notes, " "); strings.Contains(said, "The token is deleted.") || !strings.Contains(said, "could not be read") {
			t.Errorf("%d: it says %q", status, said)
		}
		if _, err := api.WhoAmI(t.Context()); err == nil || strings.Contains(err.Error(), "does not take this key") {
			t.Errorf("%d: who we are: %v", status, err)
		}
	}
}

func TestAnIdentifierNeverChangesThePath(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	row := token(t, api, "ci")
	for _, id := range []string{"", ".", "..", "a/b", "../../users", "1?x=1", "1#x", "1%2f..", "ci/set_key", "{id}", `1\2`} {
		row.ID = id
		for _, action := range []model.Action{model.Edit, model.Regenerate, model.Replace, model.Delete, model.Reveal} {
			if _, err := do(t, api, action, row); err == nil {
				t.Errorf("%s of %q was done", action, id)
			}
		}
	}
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}

func TestAKeyIsShownOnRequestOnlyAndAfterAWarning(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	row := token(t, api, "ci")
	form := must(api.Prepare(t.Context(), model.Reveal, row))(t)
	tells(t, form.Warnings, "event that names you")
	if slices.Contains(s.sent(), "GET /core/tokens/ci/view_key/") {
		t.Error("the key was fetched unasked")
	}
	issued := must(do(t, api, model.Reveal, row))(t)
	if issued.Key.Reveal() != canary || issued.Token.ID != "ci" || issued.Token.Own {
		t.Errorf("issued %+v", issued.Token)
	}
	s.answers("GET /core/tokens/ci/view_key/", say(200, `{"key":"signs-in"}`))
	if issued = must(do(t, api, model.Reveal, row))(t); !issued.Token.Own {
		t.Error("the console does not know its own key")
	}
	for said, kind := range map[string]model.Kind{`{"key":""}`: model.Malformed, `{"key":7}`: model.Malformed, `{}`: model.Malformed, `null`: model.Malformed} {
		s.answers("GET /core/tokens/ci/view_key/", say(200, said))
		_, err := do(t, api, model.Reveal, row)
		fails(t, err, kind)
	}
	s.answers("GET /core/tokens/ci/view_key/", say(403, denied))
	_, err := do(t, api, model.Reveal, row)
	fails(t, err, model.Forbidden, "view_token_key")
}

func TestADiagnosisLooksAtVersionRightsAndDefaults(t *testing.T) {
	t.Parallel()
	inspect := func(s *stub) (found string) {
		for _, c := range s.api(t).(wire.Inspector).Inspect(t.Context()) {
			found += c.What + " " + string(c.Verdict) + " " + c.Found.String() + ";"
		}
		return found
	}
	s := serve(t, superuser())
	if got := inspect(s); got != "version ok 2026.5.6;superuser ok yes: sees all tokens and may make them for anybody;token defaults ok tokens expire after 30 minutes, keys have 64 letters;" {
		t.Errorf("found %s", got)
	}
	s.answers("GET /core/users/me/", say(200, saraMe))
	s.answers("GET /admin/settings/", say(403, denied))
	for said, want := range map[string]string{
		`{"version_current":"2024.6.5"}`: "version ok", `{"version_current":"2026.8.0"}`: "version ok",
		`{"version_current":"2024.4.1"}`: "version warning", `{"version_current":"2026.11.0"}`: "version warning",
		`{"version_current":"2026.5.6","outdated":true}`: "version warning", `{}`: "version warning not known",
	} {
		s.answers("GET /admin/version/", say(200, said))
		got := inspect(s)
		for _, words := range []string{want, "superuser warning no", "token defaults skipped not known"} {
			if !strings.Contains(got, words) {
				t.Errorf("%s: found %s, want %s", said, got, words)
			}
		}
	}
	s.answers("GET /admin/settings/", say(200, `{"default_token_length":8}`))
	if got := inspect(s); !strings.Contains(got, "token defaults warning tokens expire after no known time, keys have 8 letters") {
		t.Errorf("found %s", got)
	}
}
