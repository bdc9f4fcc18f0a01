package client_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func authentiks() []subject {
	none := []model.Action{model.Revoke}
	less := weakness{tokens: fine, create: fine} // everybody has tokens of their own
	played := func(quirks ...demo.Quirk) demo.Options { return demo.Options{Quirks: quirks} }
	return []subject{
		{name: "authentik", dialect: authentik(), enter: byToken, missing: none, weak: less},
		{
			name: "authentik of 2024", dialect: authentik(), enter: byToken, options: played(demo.AuthentikOld),
			missing: none, weak: less, variant: true,
		},
		{
			name: "authentik of 2025.12", dialect: authentik(), enter: byToken, options: played(demo.Authentik2025),
			missing: none, weak: less, variant: true,
		},
		{
			name: "authentik of 2026.8", dialect: authentik(), enter: byToken, options: played(demo.AuthentikNewest),
			missing: none, weak: less, variant: true,
		},
		{
			name: "authentik that pages nothing", dialect: authentik(), enter: byToken, options: played(demo.AuthentikUnpaged),
			missing: none, weak: less, variant: true,
		},
		{
			name: "authentik that rotates", dialect: authentik(), enter: byToken, options: played(demo.AuthentikRotate),
			missing: none, weak: less, variant: true,
		},
		{
			name: "authentik that lets nobody choose a key", dialect: authentik(), enter: byToken,
			options: played(demo.AuthentikNoSetKey), missing: none, weak: less, variant: true,
			instead: map[model.Action]model.Action{model.Regenerate: model.Replace},
		},
	}
}

func authentik() dialect {
	return dialect{
		kind: "authentik", tokens: 100, truth: authentikTruth,
		keepsEnd: func(t model.Token, end model.When) string {
			switch kind := t.Kind.String(); {
			case strings.HasPrefix(t.Managed.String(), "goauthentik.io/"):
				return "authentik manages this token itself"
			case kind != "api" && kind != "app_password":
				return "for itself"
			case kind == "api" && end.Knowledge() == model.Known:
				return "authentik sets the date of an API token itself"
			}
			return ""
		},
		me:      "/api/v3/core/users/me/",
		sign:    func(r *http.Request, key string) { r.Header.Set("Authorization", "Bearer "+key) },
		refused: http.StatusForbidden, oneRefusal: true,
		strays:     regexp.MustCompile(`^GET /api/v3/core/tokens/[^/]+/rotate_secret/$`),
		ahead:      20 * time.Minute, // half an hour is what the server allows unless it is told otherwise
		unfindable: func(u model.User) bool { return u.Username.Changed() },
		opening:    func(t model.Token) bool { return t.Kind.String() == "api" && t.Owner.Active != model.No },
		// A date that was given when the server allowed more is refused by now.
		spared: func(a model.Action, t model.Token) bool {
			return a == model.Replace && t.Kind.String() == "app_password"
		},
		tolerates: map[string][]model.Kind{
			"choices":        {fine},            // only how long a key should be is read there
			"token 404":      {fine},            // of what is to be made that is good news
			"edit 404":       {model.Uncertain}, // it was there right before: a proxy may have sent it twice
			"regenerate 404": {model.Uncertain}, "delete 404": {model.Uncertain},
			"reveal 403": {fine}, "reveal 404": {fine}, // what cannot be read afterwards is not rotated, but set
		},
		tokenOrder: authentikTokenOrder(), userOrder: authentikUserOrder(),
		tokenFits: map[string]func(model.Token) bool{
			"api": ofKind("api"), "app_password": ofKind("app_password"),
			"recovery": ofKind("recovery"), "verification": ofKind("verification"),
			"never": func(t model.Token) bool { return t.Expires.Knowledge() == model.Never },
		},
		userFits: map[string]func(model.User) bool{
			"internal": asKind("internal"), "external": asKind("external"), "service_account": func(u model.User) bool { return asKind("service_account")(u) || asKind("agent")(u) },
			"internal_service_account": asKind("internal_service_account"),
			"superuser":                func(u model.User) bool { return u.Admin == model.Yes },
		},
	}
}

// ofKind and asKind are filters by the sort of key, and of account.
func ofKind(kind string) func(model.Token) bool {
	return func(t model.Token) bool { return t.Kind.String() == kind }
}

func asKind(kind string) func(model.User) bool {
	return func(u model.User) bool { return u.Kind.String() == kind }
}

func authentikTokenOrder() map[string]func(a, b model.Token) int {
	name := func(t model.Token) string { return t.ID }
	ends := neverLast(tokenExpires)
	return map[string]func(a, b model.Token) int{
		"expires": ends, "-expires": func(a, b model.Token) int { return ends(b, a) },
		"identifier": up(name), "-identifier": down(name),
		"intent": up(func(t model.Token) string { return t.Kind.String() + " " + t.ID }),
		"user":   up(numeric(func(t model.Token) string { return t.Owner.ID })),
	}
}

func authentikUserOrder() map[string]func(a, b model.User) int {
	number := numeric(func(u model.User) string { return u.ID })
	return map[string]func(a, b model.User) int{
		"pk": up(number), "-pk": down(number), "last_login": earlier(userLogin), "-last_login": later(userLogin),
		"username": up(func(u model.User) string { return unaltered(u.Username) }),
		"name":     up(func(u model.User) string { return unaltered(u.FullName) }),
		"email":    up(func(u model.User) string { return unaltered(u.Email) }),
	}
}

func TestAnAuthentikKeyIsSetByTheClientAndStillNeverShown(t *testing.T) {
	forThose(t, func(s subject) bool { return s.dialect.kind == "authentik" && s.offers(model.Regenerate) }, func(t *testing.T, w *world) {
		for _, s := range w.sourcesOf(t, model.Regenerate) {
			got := w.does(t, model.Regenerate, w.take(t, model.Regenerate, s))
			if len(got.Key.Reveal()) < 40 {
				t.Errorf("the key has %d letters", len(got.Key.Reveal()))
			}
			redacttest.Hides(t, "the log", w.log.String(), got.Key.Reveal())
		}
	})
}
