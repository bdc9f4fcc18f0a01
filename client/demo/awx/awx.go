package awx

import (
	"maps"
	"net/http"
	"strings"
	"sync/atomic"

	"authdeck/client/demo/stage"
)

const (
	awxV1     = "/api/v1/"
	awxV2     = "/api/v2/"
	gatewayV1 = "/api/gateway/v1/"
)

// awx tells the people in the words of AWX: what all of its generations share.
// The oldest one has its sessions in [tower].
type awx struct {
	stage.Stage
	generation Generation
	standing   map[int]awxStanding // by the user's id
	tokens     *stage.Table[awxToken]
	apps       []awxApp
	crossing   crossing
	asked      atomic.Int64 // requests, for the number that an answer carries
}

func AwxMirror(g Generation) stage.Mirror {
	return stage.Mirror{
		Name: "tower", Kind: "awx", NewKey: awxKey, Keyless: !g.HasOAuth2(),
		Play: func(on stage.Stage) http.Handler {
			if g == AwxTower {
				return newTower(on).handler()
			}
			return newAWX(on, g).handler()
		},
	}
}

func newAWX(on stage.Stage, g Generation) *awx {
	a := &awx{Stage: on, generation: g, tokens: stage.NewTable[awxToken](stage.FirstID)}
	a.standing = a.stand()
	if g.HasOAuth2() {
		a.apps = a.seedApps()
		a.seedTokens()
	}
	return a
}

func (a *awx) handler() http.Handler {
	routes := stage.Routes{}
	switch a.generation {
	case AwxGateway:
		maps.Copy(routes, a.gatewayRoutes())
	case AwxNone:
		maps.Copy(routes, a.peopleRoutes(awxV2))
	default:
		maps.Copy(routes, a.peopleRoutes(awxV2))
		maps.Copy(routes, a.oauth2Routes())
	}
	routes["/api/"] = stage.Methods{"GET": stage.Serve("probe", stage.Anyone, a.root)}
	return a.mount(routes, a.admit, a.Middleware(a.refuse))
}

// peopleRoutes are those that every generation has below its base.
func (a *awx) peopleRoutes(base string) stage.Routes {
	return stage.Routes{
		base:                 {"GET": stage.Serve("probe", stage.Anyone, a.version)},
		base + "ping/":       {"GET": stage.Serve("probe", stage.Anyone, a.ping)},
		base + "me/":         {"GET": stage.Serve("me", stage.SignedIn, a.me)},
		base + "users/":      {"GET": stage.Serve("users", stage.SignedIn, a.listUsers)},
		base + "users/{id}/": {"GET": stage.Serve("user", stage.SignedIn, a.user)},
	}
}

// tokenRoutes are those that both generations with OAuth2 have.
func (a *awx) tokenRoutes(base string) stage.Routes {
	return stage.Routes{
		base + "tokens/": {
			"GET":  stage.Serve("tokens", stage.SignedIn, a.listTokens),
			"POST": stage.Serve("create", stage.SignedIn, a.create(awxAppOptional)),
		},
		base + "tokens/{id}/": {
			"GET":    stage.Serve("token", stage.SignedIn, a.token),
			"PUT":    stage.Serve("edit", stage.SignedIn, a.edit),
			"PATCH":  stage.Serve("edit", stage.SignedIn, a.edit),
			"DELETE": stage.Serve("delete", stage.SignedIn, a.remove),
		},
		base + "applications/":             {"GET": stage.Serve("choices", stage.SignedIn, a.listApps)},
		base + "applications/{id}/":        {"GET": stage.Serve("choices", stage.SignedIn, a.app)},
		base + "applications/{id}/tokens/": {"GET": stage.Serve("tokens", stage.SignedIn, a.listAppTokens)},
	}
}

func (a *awx) oauth2Routes() stage.Routes {
	const person = awxV2 + "users/{id}/"
	routes := a.tokenRoutes(awxV2)
	routes[awxV2+"applications/{id}/tokens/"]["POST"] = stage.Serve("create", stage.SignedIn, a.createForApp)
	routes[person+"tokens/"] = stage.Methods{
		"GET":  stage.Serve("tokens", stage.SignedIn, a.listUserTokens),
		"POST": stage.Serve("create", stage.SignedIn, a.below(a.create(awxAppOptional))),
	}
	// These two list what is the caller's, whoever is asked for.
	routes[person+"personal_tokens/"] = stage.Methods{
		"GET":  stage.Serve("tokens", stage.SignedIn, a.listOwnTokens(awxToken.personal)),
		"POST": stage.Serve("create", stage.SignedIn, a.below(a.create(awxAppIgnored))),
	}
	routes[person+"authorized_tokens/"] = stage.Methods{
		"GET":  stage.Serve("tokens", stage.SignedIn, a.listOwnTokens(awxToken.authorized)),
		"POST": stage.Serve("create", stage.SignedIn, a.below(a.create(awxAppRequired))),
	}
	routes["/api/o/"] = stage.Methods{"GET": stage.Serve("probe", stage.Anyone, a.oauth2Root)}
	return routes
}

func (a *awx) gatewayRoutes() stage.Routes {
	const person = gatewayV1 + "users/{id}/"
	routes := a.peopleRoutes(gatewayV1)
	maps.Copy(routes, a.tokenRoutes(gatewayV1))
	for path, keep := range map[string]func(awxToken) bool{
		"tokens/": awxToken.any, "personal_tokens/": awxToken.personal, "authorized_tokens/": awxToken.authorized,
	} {
		routes[person+path] = stage.Methods{"GET": stage.Serve("tokens", stage.SignedIn, a.listTokensOf(keep))}
	}
	if a.Settings.Has(AwxGuardedPing) {
		routes[gatewayV1+"ping/"] = stage.Methods{"GET": stage.Serve("probe", stage.SignedIn, a.ping)}
	}
	for path, serve := range map[string]stage.Handler{
		"/api/gateway/": a.gatewayRoot, "/api/controller/": a.controllerRoot, "/api/controller/v2/": a.controllerVersion,
	} {
		routes[path] = stage.Methods{"GET": stage.Serve("probe", stage.Anyone, serve)}
	}
	return routes
}

// baseOf is where the addresses in an answer begin: Tower speaks of the version
// that it was asked in.
func (a *awx) baseOf(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, awxV1) {
		return awxV1
	}
	return a.latest()
}

// latest is the base of what there is one of alone.
func (a *awx) latest() string {
	if a.generation == AwxGateway {
		return gatewayV1
	}
	return awxV2
}
