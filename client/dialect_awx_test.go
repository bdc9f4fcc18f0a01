package client_test

import (
	"net/http"

	"authdeck/client/demo"
	"authdeck/client/wire"
	"authdeck/model"
)

func awxs() []subject {
	issues := []model.Action{model.Replace, model.Revoke, model.Reveal}
	less := weakness{tokens: fine, create: fine} // everybody has tokens of their own
	played := func(g demo.Generation) demo.Options { return demo.Options{AWX: g} }
	return []subject{
		{name: "awx", dialect: awx(), enter: byToken, options: played(demo.AWXOAuth2), missing: issues, weak: less},
		{
			name: "awx by password", dialect: awx(), enter: by(wire.ByBasic), options: played(demo.AWXOAuth2),
			missing: issues, weak: less, variant: true,
		},
		{name: "aap gateway", dialect: gateway(), enter: byToken, options: played(demo.AWXGateway), missing: issues, weak: less},
		{
			name: "aap gateway of 2024", dialect: gateway(), enter: byToken, options: played(demo.AWXGateway2024),
			missing: issues, weak: weakness{tokens: fine, alike: true, create: fine}, variant: true, // which shows everybody all
		},
		{
			name: "tower", dialect: tower(), enter: by(wire.ByBasic), options: played(demo.AWXTower),
			missing: []model.Action{model.Edit, model.Replace, model.Reveal}, weak: weakness{tokens: fine, alike: true, create: fine},
		},
		{
			name: "awx without tokens", dialect: bareAWX(), enter: by(wire.ByBasic), options: played(demo.AWXNone),
			missing: model.Actions(), weak: weakness{tokens: model.Unsupported},
		},
	}
}

func awx() dialect {
	d := bareAWX()
	d.tokens, d.truth, d.steady = 100, awxTruth, true
	d.sign = func(r *http.Request, key string) { r.Header.Set("Authorization", "Bearer "+key) }
	id := numeric(func(t model.Token) string { return t.ID })
	d.tokenOrder = map[string]func(a, b model.Token) int{
		"id": up(id), "-id": down(id), "expires": earlier(tokenExpires), "last_used": earlier(tokenUsed),
		"description":    up(func(t model.Token) string { return unaltered(t.Description) }),
		"user__username": up(func(t model.Token) string { return unaltered(t.Owner.Username) }),
	}
	d.unseen = []string{"last_used", "-last_used", "never-used", "owner-off", "switched-off"}
	d.tokenFits = map[string]func(model.Token) bool{"personal": ofKind("personal"), "application": ofKind("application")}
	d.tokenValue = map[string]func(model.Token) string{
		"id": func(t model.Token) string { return t.ID }, "created": dayOf(tokenCreated),
		"expires": dayOf(tokenExpires),
	}
	for _, at := range []string{"edit 404", "delete 404"} { // right after it was read, and it is read again
		d.tolerates[at] = []model.Kind{model.Forbidden}
	}
	d.opening = func(t model.Token) bool { return t.Owner.Active != model.No }
	d.keepsEnd = func(model.Token, model.When) string { return "the server alone sets when a token ends" }
	return d
}

func gateway() dialect {
	d := awx()
	d.me, d.truth = "/api/gateway/v1/me/", gatewayTruth
	d.unseen = []string{"owner-off", "switched-off"}
	d.tokenOrder["-last_used"] = later(tokenUsed)
	d.tokenFits["never-used"] = func(t model.Token) bool { return t.LastUsed.Knowledge() == model.Never }
	return d
}

func tower() dialect {
	d := bareAWX()
	d.tokens, d.ownIsTold, d.remembers, d.bySignIn = 1, true, true, true
	d.sign = func(r *http.Request, key string) { r.Header.Set("Authorization", "Token "+key) }
	d.ends = func(wire.Way) bool { return true }
	for _, at := range []string{"me 403", "users 403"} { // nobody who is signed in is refused there
		d.tolerates[at] = []model.Kind{model.Unauthorized}
	}
	d.tolerates["me 401"] = []model.Kind{fine}                                                                // that a key is refused is what proves its end
	d.untold = func(a model.Action, _ model.Token) bool { return a == model.Create || a == model.Regenerate } // nothing is listed
	id := numeric(func(t model.Token) string { return t.ID })
	d.tokenOrder = map[string]func(a, b model.Token) int{"id": up(id), "-id": down(id), "expires": earlier(tokenExpires)}
	return d
}

// bareAWX is what all generations share.
func bareAWX() dialect {
	number := func(u model.User) string { return u.ID }
	return dialect{
		kind: "awx", me: "/api/v2/me/", tolerates: map[string][]model.Kind{},
		userOrder: map[string]func(a, b model.User) int{
			"id": up(numeric(number)), "-id": down(numeric(number)),
			"last_login": earlier(userLogin), "-last_login": later(userLogin),
			"username": up(func(u model.User) string { return unaltered(u.Username) }),
		},
		userFits: map[string]func(model.User) bool{
			"superusers": func(u model.User) bool { return u.Admin == model.Yes },
			"others":     func(u model.User) bool { return u.Admin != model.Yes },
		},
		userValue: map[string]func(model.User) string{"id": number},
	}
}
