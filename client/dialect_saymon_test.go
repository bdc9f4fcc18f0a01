package client_test

import (
	"net/http"
	"strings"

	"authdeck/client/demo"
	"authdeck/client/wire"
	"authdeck/model"
)

func saymons() []subject {
	none := []model.Action{model.Edit, model.Replace, model.Revoke, model.Reveal}
	blind := weakness{tokens: model.Forbidden, create: model.Forbidden}
	played := func(quirks ...demo.Quirk) demo.Options { return demo.Options{Quirks: quirks} }
	closed := saymon()
	closed.opening = func(model.Token) bool { return false }
	return []subject{
		{name: "saymon", dialect: saymon(), enter: by(wire.ByBasic), missing: none, weak: blind},
		{name: "saymon by token", dialect: saymon(), enter: byToken, missing: none, weak: blind, variant: true},
		{
			name: "saymon by session", dialect: saymon(), enter: by(wire.BySession), options: played(demo.SaymonCSRF),
			missing: none, weak: blind, variant: true,
		},
		{
			name: "saymon that answers with the bare key", dialect: saymon(), enter: by(wire.ByBasic),
			options: played(demo.SaymonRawKey), missing: none, weak: blind, variant: true,
		},
		{
			name: "saymon that takes no tokens", dialect: closed, enter: by(wire.ByBasic), options: played(demo.SaymonNoTokens),
			missing: none, weak: blind, variant: true,
		},
	}
}

func saymon() dialect {
	login := func(u model.User) string { return strings.ToLower(unaltered(u.Username)) }
	name := func(u model.User) string { return strings.ToLower(unaltered(u.FullName)) }
	ofOwner := func(of func(model.User) string) func(model.Token) string {
		return func(t model.Token) string { return of(t.Owner) }
	}
	word := func(word string) func(model.User) bool {
		return func(u model.User) bool { return u.TokenWord.String() == word }
	}
	return dialect{
		kind: "saymon", tokens: 100, unslashed: true, oneEach: true, renamesTheWeak: true,
		me: "/node/api/users/current", truth: saymonTruth, inQuery: "api-token",
		sign: func(r *http.Request, key string) {
			query := r.URL.Query()
			query.Set("api-token", key)
			r.URL.RawQuery = query.Encode()
		},
		serves: map[string]string{"tokens": "users"},
		tolerates: map[string][]model.Kind{ // reading the user tells what became of it
			"create lost": {model.Partial}, "create cut": {model.Partial}, "create empty": {model.Partial},
			"create wrongtype": {model.Partial}, "delete lost": {fine},
			"create 404": {model.Uncertain}, "delete 404": {model.Uncertain}, // who has just been read
		},
		tokenOrder: map[string]func(a, b model.Token) int{"login": up(ofOwner(login)), "name": up(ofOwner(name))},
		userOrder:  map[string]func(a, b model.User) int{"login": up(login), "name": up(name)},
		userFits: map[string]func(model.User) bool{
			"with":    func(u model.User) bool { return u.HasToken == model.Yes },
			"without": func(u model.User) bool { return u.HasToken == model.No },
			"never":   word("never set"), "cleared": word("cleared"),
			"blocked": func(u model.User) bool { return u.Active == model.No },
		},
		opening: func(t model.Token) bool { return t.Owner.Active != model.No },
		ends:    func(way wire.Way) bool { return way == wire.BySession },
	}
}
