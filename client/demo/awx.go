package demo

import (
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
)

const (
	awxV1     = "/api/v1/"
	awxV2     = "/api/v2/"
	gatewayV1 = "/api/gateway/v1/"
)

// awx tells the people in the words of AWX: what all of its generations share.
// The oldest one has its sessions in [tower].
type awx struct {
	stage
	generation generation
	standing   map[int]awxStanding // by the user's id
	tokens     *ledger[awxToken]
	apps       []awxApp
	crossing   crossing
	asked      atomic.Int64 // requests, for the number that an answer carries
}

func awxMirror(g generation) mirror {
	return mirror{
		name: "tower", kind: "awx", key: awxKey, keyless: !g.hasOAuth2(),
		play: func(on stage) http.Handler {
			if g == awxTower {
				return newTower(on).handler()
			}
			return newAWX(on, g).handler()
		},
	}
}

func newAWX(on stage, g generation) *awx {
	a := &awx{stage: on, generation: g, tokens: newLedger[awxToken](firstID)}
	a.standing = a.stand()
	if g.hasOAuth2() {
		a.apps = a.seedApps()
		a.seedTokens()
	}
	return a
}

func (a *awx) handler() http.Handler {
	routes := routes{}
	switch a.generation {
	case awxGateway:
		maps.Copy(routes, a.gatewayRoutes())
	case awxNone:
		maps.Copy(routes, a.peopleRoutes(awxV2))
	default:
		maps.Copy(routes, a.peopleRoutes(awxV2))
		maps.Copy(routes, a.oauth2Routes())
	}
	routes["/api/"] = methods{"GET": newAction("probe", anyone, a.root)}
	return a.mount(routes, a.admit, a.watch(a.refuse))
}

// peopleRoutes are those that every generation has below its base.
func (a *awx) peopleRoutes(base string) routes {
	return routes{
		base:                 {"GET": newAction("probe", anyone, a.version)},
		base + "ping/":       {"GET": newAction("probe", anyone, a.ping)},
		base + "me/":         {"GET": newAction("me", signedIn, a.me)},
		base + "users/":      {"GET": newAction("users", signedIn, a.listUsers)},
		base + "users/{id}/": {"GET": newAction("user", signedIn, a.user)},
	}
}

// tokenRoutes are those that both generations with OAuth2 have.
func (a *awx) tokenRoutes(base string) routes {
	return routes{
		base + "tokens/": {
			"GET":  newAction("tokens", signedIn, a.listTokens),
			"POST": newAction("create", signedIn, a.create(awxAppOptional)),
		},
		base + "tokens/{id}/": {
			"GET":    newAction("token", signedIn, a.token),
			"PUT":    newAction("edit", signedIn, a.edit),
			"PATCH":  newAction("edit", signedIn, a.edit),
			"DELETE": newAction("delete", signedIn, a.remove),
		},
		base + "applications/":             {"GET": newAction("choices", signedIn, a.listApps)},
		base + "applications/{id}/":        {"GET": newAction("choices", signedIn, a.app)},
		base + "applications/{id}/tokens/": {"GET": newAction("tokens", signedIn, a.listAppTokens)},
	}
}

func (a *awx) oauth2Routes() routes {
	const person = awxV2 + "users/{id}/"
	routes := a.tokenRoutes(awxV2)
	routes[awxV2+"applications/{id}/tokens/"]["POST"] = newAction("create", signedIn, a.createForApp)
	routes[person+"tokens/"] = methods{
		"GET":  newAction("tokens", signedIn, a.listUserTokens),
		"POST": newAction("create", signedIn, a.below(a.create(awxAppOptional))),
	}
	// These two list what is the caller's, whoever is asked for.
	routes[person+"personal_tokens/"] = methods{
		"GET":  newAction("tokens", signedIn, a.listOwnTokens(awxToken.personal)),
		"POST": newAction("create", signedIn, a.below(a.create(awxAppIgnored))),
	}
	routes[person+"authorized_tokens/"] = methods{
		"GET":  newAction("tokens", signedIn, a.listOwnTokens(awxToken.authorized)),
		"POST": newAction("create", signedIn, a.below(a.create(awxAppRequired))),
	}
	routes["/api/o/"] = methods{"GET": newAction("probe", anyone, a.oauth2Root)}
	return routes
}

func (a *awx) gatewayRoutes() routes {
	const person = gatewayV1 + "users/{id}/"
	routes := a.peopleRoutes(gatewayV1)
	maps.Copy(routes, a.tokenRoutes(gatewayV1))
	for path, keep := range map[string]func(awxToken) bool{
		"tokens/": awxToken.any, "personal_tokens/": awxToken.personal, "authorized_tokens/": awxToken.authorized,
	} {
		routes[person+path] = methods{"GET": newAction("tokens", signedIn, a.listTokensOf(keep))}
	}
	if a.o.has(awxGuardedPing) {
		routes[gatewayV1+"ping/"] = methods{"GET": newAction("probe", signedIn, a.ping)}
	}
	for path, serve := range map[string]handler{
		"/api/gateway/": a.gatewayRoot, "/api/controller/": a.controllerRoot, "/api/controller/v2/": a.controllerVersion,
	} {
		routes[path] = methods{"GET": newAction("probe", anyone, serve)}
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
	if a.generation == awxGateway {
		return gatewayV1
	}
	return awxV2
}
