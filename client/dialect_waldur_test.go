package client_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/model"
)

func waldurs() []subject {
	none := []model.Action{model.Edit, model.Replace, model.Reveal}
	noPersonal := append([]model.Action{model.Create}, none...)
	less := weakness{tokens: fine, create: fine}
	blind := weakness{tokens: model.Forbidden, create: model.Unsupported}
	played := func(quirk demo.Quirk) demo.Options { return demo.Options{Quirks: []demo.Quirk{quirk}} }
	newest, before, old := waldur(), waldur(), waldur()
	newest.silent = func(a model.Action, token model.Token) bool { return a == model.Regenerate && ofKind("session")(token) }
	before.strays = regexp.MustCompile(`^(GET|HEAD) /api/personal-access-tokens/(available_scopes/)?$`)
	old.strays = regexp.MustCompile(before.strays.String() + `|^(GET|POST) /api/users/[0-9a-f]{32}/refresh_token/$`)
	old.holders = nil // it does not say
	delete(before.tokenFits, "personal")
	return []subject{
		{name: "waldur", dialect: waldur(), enter: byToken, missing: none, weak: less},
		{
			name: "waldur 7.0", dialect: old, enter: byToken, options: played(demo.Waldur70),
			missing: append([]model.Action{model.Regenerate}, noPersonal...), weak: blind, variant: true,
		},
		{
			name: "waldur without personal tokens", dialect: before, enter: byToken, options: played(demo.WaldurNoPAT),
			missing: noPersonal, weak: blind, variant: true,
		},
		{
			name: "waldur that shows no key", dialect: newest, enter: byToken, options: played(demo.WaldurNewest),
			missing: none, weak: less, variant: true,
		},
		{name: "waldur by password", dialect: waldur(), enter: byPassword, missing: none, weak: less, variant: true},
		{name: "waldur by personal token", dialect: waldur(), enter: byPersonalToken, missing: noPersonal, weak: less, variant: true, apart: true},
	}
}

func waldur() dialect {
	return dialect{
		kind: "waldur", tokens: 100, me: "/api/users/me/", truth: waldurTruth,
		sign: func(r *http.Request, key string) {
			scheme := "Token "
			if strings.HasPrefix(key, "w_") {
				scheme = "Bearer "
			}
			r.Header.Set("Authorization", scheme+key)
		},
		room: 20,
		tolerates: map[string][]model.Kind{
			"tokens 403":     {twice},           // two lists, of which one may be refused
			"regenerate 404": {model.Uncertain}, // what it denies has just been read
			"delete 404":     {model.Uncertain},
			"me 401":         {model.NotFound}, // of a pasted key: it is not the credential that is refused
			"delete 401":     {model.NotFound},
		},
		tokenOrder: waldurTokenOrder(), userOrder: waldurUserOrder(),
		tokenFits: map[string]func(model.Token) bool{
			"session": ofKind("session"), "personal": ofKind("personal access"),
			"never":    func(t model.Token) bool { return t.Expires.Knowledge() == model.Never },
			"inactive": func(t model.Token) bool { return t.Owner.Active == model.No },
			"ended":    func(t model.Token) bool { return t.State > model.Active },
		},
		userFits: map[string]func(model.User) bool{
			"active":   func(u model.User) bool { return u.Active == model.Yes },
			"inactive": func(u model.User) bool { return u.Active == model.No },
			"staff":    func(u model.User) bool { return u.Staff == model.Yes },
			"support":  func(u model.User) bool { return u.Role.String() == "support" },
		},
		tokenValue: map[string]func(model.Token) string{"last_used": dayOf(tokenUsed), "expires": dayOf(tokenExpires)},
		opening:    func(t model.Token) bool { return t.Owner.Active != model.No },
		holders:    waldurHolders,
		pasted:     waldurSessionKey,
		untold: func(a model.Action, token model.Token) bool {
			return a == model.Regenerate && ofKind("session")(token) // its date moves with use as it does with a new key
		},
		regardless: func(a model.Action, token model.Token) bool { return a == model.Delete && ofKind("session")(token) }, // a user has one
	}
}

func waldurTokenOrder() map[string]func(a, b model.Token) int {
	owner := func(t model.Token) string { return strings.ToLower(unaltered(t.Owner.Username)) }
	return map[string]func(a, b model.Token) int{
		"owner": up(owner), "last_used": earlier(tokenUsed), "-last_used": later(tokenUsed), "expires": earlier(tokenExpires),
		"kind": up(func(t model.Token) string { return t.Kind.String() + " " + t.ID }),
	}
}

func waldurUserOrder() map[string]func(a, b model.User) int {
	name := func(u model.User) string { return unaltered(u.Username) }
	return map[string]func(a, b model.User) int{
		"username": up(name), "-username": down(name),
		"full_name": up(func(u model.User) string { return unaltered(u.FullName) }),
		"email":     up(func(u model.User) string { return unaltered(u.Email) }),
	}
}

// waldurSessionKey is the key of the session that a sign-in gives, which may be one
// that is there already.
func waldurSessionKey(t *testing.T, w *world) string {
	t.Helper()
	body := must(json.Marshal(map[string]string{"username": w.system.WeakUsername, "password": w.system.WeakPassword}))(t)
	r := must(http.NewRequestWithContext(t.Context(), http.MethodPost, w.system.URL+"/api-auth/password/", bytes.NewReader(body)))(t)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var given struct {
		Token string `json:"token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&given); err != nil || given.Token == "" {
		t.Fatalf("signed in with %d: %v", answer.StatusCode, err)
	}
	return given.Token
}

// waldurHolders are those of whom the server says that they have a session, be its
// time over or not.
func waldurHolders(t *testing.T, w *world) map[string]bool {
	t.Helper()
	code, body := w.plain(t, "/api/users/?page_size=300&field=url&field=has_active_session", w.system.Token)
	var users []struct {
		URL    string `json:"url"`
		Active bool   `json:"has_active_session"`
	}
	if err := json.Unmarshal(body, &users); err != nil || code != http.StatusOK {
		t.Fatalf("the list of users answered %d: %v", code, err)
	}
	ids := map[string]bool{}
	for _, u := range users {
		ids[path.Base(u.URL)] = u.Active
	}
	return ids
}

// byPersonalToken signs in with a personal access token that staff made for it;
// whoever cannot make one signs in with what there is.
func byPersonalToken(t *testing.T, s demo.System) config.Profile {
	t.Helper()
	api := open(t, byToken(t, s), &logBook{})
	form, err := api.Prepare(t.Context(), model.Create, model.Token{})
	if err != nil {
		return byToken(t, s)
	}
	draft := model.Draft{Values: map[string]string{"name": "console"}}
	for _, f := range form.Fields {
		if f.Kind == model.AskTime {
			draft.Values[f.Key] = f.Value
		}
		if f.Kind == model.AskChoices {
			staff := slices.IndexFunc(f.Choices, func(c model.Choice) bool { return c.Value == "STAFF.ACCESS" })
			draft.Values[f.Key] = f.Choices[max(0, staff)].Value
		}
	}
	made := must(api.Do(t.Context(), model.Order{Action: model.Create, Draft: draft}))(t)
	return reached(t, s.Kind, s.URL, made.Key.Reveal())
}
