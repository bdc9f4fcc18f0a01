package replay_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"authdeck/model"
)

// ask is something that a client is asked for, and what of the network it needs for it.
type ask struct {
	path  string // which address the recorded answer is for
	write bool
	do    func(*testing.T, model.API) (rows int, err error)
}

// asks is what makes the client send such a request; nil for one that it never sends.
func (r *reader) asks(rec recording) *ask {
	path, _, _ := strings.Cut(rec.Path, "?")
	base := regexp.MustCompile(`^/api/(v2|gateway/v1|v3/core)?`).FindString(path)
	rest := strings.TrimPrefix(strings.TrimPrefix(path, base), "/")
	if truncated(rec) || strings.Contains(rec.Path, "field=") {
		return nil // nobody can read it, or it has what was asked for alone
	}
	tokens, users := "tokens/", "users/"
	if r.system.Kind == "waldur" {
		tokens = "auth-tokens/"
	}
	one := regexp.MustCompile(`^` + tokens + `[^/]+/$`).MatchString(rest)
	key := regexp.MustCompile(`^tokens/[^/]+/(view_key|set_key)/$`).FindStringSubmatch(rest)
	switch {
	case rec.Method == http.MethodGet && rest == tokens:
		return &ask{path: tokens + "$", do: listTokens}
	case rec.Method == http.MethodGet && rest == users:
		return &ask{path: users + "$", do: listUsers}
	case rec.Method == http.MethodGet && (rest == "me/" || rest == "users/me/"):
		return &ask{path: "/me/$", do: whoAmI}
	case rec.Method == http.MethodPost && rest == tokens && r.system.Kind != "waldur":
		return &ask{path: `tokens/$`, write: true, do: r.create}
	case rec.Method == http.MethodPatch && one && r.system.Kind != "waldur":
		return &ask{path: `/tokens/[^/]+/$`, write: true, do: r.about(model.Edit)}
	case rec.Method == http.MethodDelete && one:
		return &ask{path: tokens + `[^/]+/$`, write: true, do: r.about(model.Delete)}
	case key != nil && key[1] == "set_key" && rec.Method == http.MethodPost:
		return &ask{path: `/set_key/$`, write: true, do: r.about(model.Regenerate)}
	case key != nil && key[1] == "view_key" && rec.Method == http.MethodGet:
		return &ask{path: `/view_key/$`, do: r.about(model.Reveal)}
	}
	return nil
}

// truncated says whether an answer was cut within its first row.
func truncated(r recording) bool {
	var text string
	return json.Unmarshal(r.Answer, &text) == nil && strings.HasSuffix(text, "…")
}

func listTokens(t *testing.T, api model.API) (int, error) {
	t.Helper()
	page, err := api.Tokens(t.Context(), model.Query{Size: 20})
	return len(page.Items), err
}

func listUsers(t *testing.T, api model.API) (int, error) {
	t.Helper()
	page, err := api.Users(t.Context(), model.Query{Size: 20})
	return len(page.Items), err
}

func whoAmI(t *testing.T, api model.API) (int, error) {
	t.Helper()
	_, err := api.WhoAmI(t.Context())
	return 1, err
}

func (r *reader) create(t *testing.T, api model.API) (int, error) {
	t.Helper()
	return r.does(t, api, model.Create, model.Token{})
}

// about acts on a token of the mirror's that was made for it.
func (r *reader) about(a model.Action) func(*testing.T, model.API) (int, error) {
	return func(t *testing.T, api model.API) (int, error) {
		t.Helper()
		token := r.target(t, api)
		return r.does(t, api, a, token)
	}
}

func (r *reader) target(t *testing.T, api model.API) model.Token {
	t.Helper()
	feeding := r.feed.answer
	r.feed.answer = nil
	defer func() { r.feed.answer = feeding }()
	if r.system.Kind != "waldur" {
		form, err := api.Prepare(t.Context(), model.Create, model.Token{})
		if err != nil {
			t.Fatal(err)
		}
		issued, err := api.Do(t.Context(), model.Order{Action: model.Create, Draft: r.filled(form)})
		if err != nil {
			t.Fatal(err)
		}
		return issued.Token
	}
	page, err := api.Tokens(t.Context(), model.Query{Size: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range page.Items {
		if name := token.Owner.Username.String(); name != r.system.Username && name != r.system.WeakUsername {
			return token
		}
	}
	t.Fatal("nobody has a session")
	return model.Token{}
}

func (r *reader) does(t *testing.T, api model.API, a model.Action, token model.Token) (int, error) {
	t.Helper()
	feeding := r.feed.answer
	r.feed.answer = nil
	form, err := api.Prepare(t.Context(), a, token)
	r.feed.answer = feeding
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	_, err = api.Do(t.Context(), model.Order{Action: a, Token: token, Draft: r.filled(form)})
	return 1, err
}

// filled takes what a form offers, and a new name.
func (r *reader) filled(form model.Form) model.Draft {
	draft := model.Draft{Values: map[string]string{}}
	for _, f := range form.Fields {
		value := f.Value
		switch {
		case f.Kind == model.AskText && !strings.Contains(f.Key, "expir"):
			r.made++
			value = fmt.Sprintf("authdeck-%d", r.made)
		case f.Kind == model.AskChoice && value == "" && !f.Optional:
			value = f.Choices[0].Value
		}
		if f.Kind != model.AskUser {
			draft.Values[f.Key] = value
		}
	}
	return draft
}
