// Package awx mirrors the generations of AWX, each with another way to give out
// tokens. It knows no other mirror, and shares no wire struct with the client.
package awx

import (
	"maps"
	"net/http"
	"strings"
	"sync/atomic"

	"authdeck/client/demo/stage"
)

const (
	baseV1      = "/api/v1/"
	baseV2      = "/api/v2/"
	baseGateway = "/api/gateway/v1/"
)

// server tells the people in the words of AWX: what all of its generations share.
// The oldest one has its sessions in [tower].
type server struct {
	stage.Stage
	generation Generation
	accounts   *accounts
	tokens     *stage.Table[token]
	refreshes  *stage.Table[refresh]
	apps       *stage.Table[application]
	logins     *stage.Table[session]
	events     *stage.Table[event]
	policy     policy
	pending    pendingChanges
	asked      atomic.Int64 // requests, for the number that an answer carries
}

// Mirror is AWX or what came before and after it.
func Mirror(g Generation) stage.Mirror {
	return stage.Mirror{
		Name: "tower", Kind: "awx", NewKey: newKey, Keyless: !g.HasOAuth2(),
		Play: func(on stage.Stage) http.Handler {
			if g == Tower {
				return newTower(on).handler()
			}
			return newServer(on, g).handler()
		},
	}
}

func newServer(on stage.Stage, g Generation) *server {
	a := &server{
		Stage: on, generation: g, tokens: stage.NewTable[token](stage.FirstID), refreshes: stage.NewTable[refresh](1),
		apps: stage.NewTable[application](1), logins: stage.NewTable[session](1), events: stage.NewTable[event](1),
	}
	a.accounts = newAccounts(on.Users, a.newProfiles())
	a.newPolicy()
	if g.HasOAuth2() {
		a.seedApps()
		a.seedTokens()
	}
	return a
}

func (a *server) handler() http.Handler {
	routes := stage.Routes{}
	switch a.generation {
	case Gateway, Gateway2024:
		maps.Copy(routes, a.gatewayRoutes())
	case None:
		maps.Copy(routes, a.peopleRoutes(baseV2))
	default:
		maps.Copy(routes, a.peopleRoutes(baseV2))
		maps.Copy(routes, a.oauth2Routes())
	}
	routes["/api/"] = stage.Methods{"GET": stage.Serve("probe", stage.Anyone, a.root)}
	return a.mount(routes, a.admit, a.Middleware(a.framework().Refusal(a.refuse)))
}

// peopleRoutes are those that every generation has below its base.
func (a *server) peopleRoutes(base string) stage.Routes {
	routes := a.organizationRoutes(base)
	maps.Copy(routes, stage.Routes{
		base:            {"GET": stage.Serve("probe", stage.Anyone, a.version)},
		base + "ping/":  {"GET": stage.Serve("probe", stage.Anyone, a.ping)},
		base + "me/":    {"GET": stage.Serve("me", stage.SignedIn, a.me)},
		base + "users/": {"GET": stage.Serve("users", stage.SignedIn, a.listUsers), "POST": stage.Serve("createuser", stage.SignedIn, a.createUser)},
		base + "users/{id}/": {
			"GET":    stage.Serve("user", stage.SignedIn, a.user),
			"PUT":    stage.Serve("edituser", stage.SignedIn, a.editUser),
			"PATCH":  stage.Serve("edituser", stage.SignedIn, a.editUser),
			"DELETE": stage.Serve("deleteuser", stage.SignedIn, a.removeUser),
		},
	})
	for _, name := range a.userLinks() {
		serve := a.nothing
		if name == "organizations" {
			serve = a.listOrganizationsOf
		}
		routes[base+"users/{id}/"+name+"/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, serve)}
	}
	routes[base+"users/{id}/activity_stream/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, a.listEvents(eventsOf(userKind)))}
	if !a.generation.IsGateway() {
		maps.Copy(routes, a.controllerRoutes(base))
	}
	return routes
}

// unplayed are the lists of a controller that are empty here. awxkit looks at them
// before it does anything with users.
func unplayed() []string {
	return []string{
		"projects", "inventories", "credentials", "job_templates", "workflow_job_templates", "instance_groups", "execution_environments", "jobs",
	}
}

// controllerRoutes are those that the gateway has no like of.
func (a *server) controllerRoutes(base string) stage.Routes {
	routes := stage.Routes{
		base + "config/":               {"GET": stage.Serve("probe", stage.SignedIn, a.config)},
		base + "activity_stream/":      {"GET": stage.Serve("choices", stage.SignedIn, a.listEvents(everyEvent))},
		base + "activity_stream/{id}/": {"GET": stage.Serve("choices", stage.SignedIn, a.event)},
	}
	for _, name := range unplayed() {
		routes[base+name+"/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, a.nothing)}
	}
	return routes
}

// tokenRoutes are those that both generations with OAuth2 have.
func (a *server) tokenRoutes(base string) stage.Routes {
	return stage.Routes{
		base + "tokens/": {
			"GET":  stage.Serve("tokens", stage.SignedIn, a.listTokens),
			"POST": stage.Serve("create", stage.SignedIn, a.create(appOptional)),
		},
		base + "tokens/{id}/": {
			"GET":    stage.Serve("token", stage.SignedIn, a.token),
			"PUT":    stage.Serve("edit", stage.SignedIn, a.edit),
			"PATCH":  stage.Serve("edit", stage.SignedIn, a.edit),
			"DELETE": stage.Serve("delete", stage.SignedIn, a.remove),
		},
		base + "applications/": {
			"GET":  stage.Serve("choices", stage.SignedIn, a.listApps),
			"POST": stage.Serve("createapp", stage.SignedIn, a.saveApp),
		},
		base + "applications/{id}/": {
			"GET":    stage.Serve("choices", stage.SignedIn, a.app),
			"PUT":    stage.Serve("editapp", stage.SignedIn, a.saveApp),
			"PATCH":  stage.Serve("editapp", stage.SignedIn, a.saveApp),
			"DELETE": stage.Serve("deleteapp", stage.SignedIn, a.removeApp),
		},
		base + "applications/{id}/tokens/": {"GET": stage.Serve("tokens", stage.SignedIn, a.listAppTokens)},
	}
}

func (a *server) oauth2Routes() stage.Routes {
	const person = baseV2 + "users/{id}/"
	routes := a.tokenRoutes(baseV2)
	routes[baseV2+"applications/{id}/tokens/"]["POST"] = stage.Serve("create", stage.SignedIn, a.createForApp)
	routes[person+"tokens/"] = stage.Methods{
		"GET":  stage.Serve("tokens", stage.SignedIn, a.listUserTokens),
		"POST": stage.Serve("create", stage.SignedIn, a.create(appOptional)),
	}
	// These two list what is the caller's, whoever is asked for.
	routes[person+"personal_tokens/"] = stage.Methods{
		"GET":  stage.Serve("tokens", stage.SignedIn, a.listOwnTokens(token.personal)),
		"POST": stage.Serve("create", stage.SignedIn, a.create(appIgnored)),
	}
	routes[person+"authorized_tokens/"] = stage.Methods{
		"GET":  stage.Serve("tokens", stage.SignedIn, a.listOwnTokens(token.authorized)),
		"POST": stage.Serve("create", stage.SignedIn, a.create(appRequired)),
	}
	routes[baseV2+"tokens/{id}/activity_stream/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, a.listEvents(eventsOf(tokenKind)))}
	routes[baseV2+"applications/{id}/activity_stream/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, a.nothing)}
	routes[baseV2+"settings/authentication/"] = stage.Methods{
		"GET":   stage.Serve("choices", stage.SignedIn, a.settings),
		"PATCH": stage.Serve("setting", stage.SignedIn, a.set),
	}
	routes["/api/o/"] = stage.Methods{"GET": stage.Serve("probe", stage.Anyone, a.oauth2Root)}
	return routes
}

func (a *server) gatewayRoutes() stage.Routes {
	const person = baseGateway + "users/{id}/"
	routes := a.peopleRoutes(baseGateway)
	maps.Copy(routes, a.tokenRoutes(baseGateway))
	for path, keep := range map[string]func(token) bool{
		"tokens/": token.any, "personal_tokens/": token.personal, "authorized_tokens/": token.authorized,
	} {
		routes[person+path] = stage.Methods{"GET": stage.Serve("tokens", stage.SignedIn, a.listTokensOf(keep))}
	}
	routes[baseGateway+"activitystream/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, a.listEvents(everyEvent))}
	routes[baseGateway+"activitystream/{id}/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, a.event)}
	routes["/o/"] = stage.Methods{"GET": stage.Serve("probe", stage.Anyone, a.oauth2Root)}
	if a.Settings.Has(GuardedPing) {
		routes[baseGateway+"ping/"] = stage.Methods{"GET": stage.Serve("probe", stage.SignedIn, a.ping)}
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
func (a *server) baseOf(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, baseV1) {
		return baseV1
	}
	return a.latest()
}

// latest is the base of what there is one of alone.
func (a *server) latest() string {
	if a.generation.IsGateway() {
		return baseGateway
	}
	return baseV2
}
