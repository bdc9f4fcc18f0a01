// Package authentik mirrors authentik: tokens with an identifier and an end, whose
// keys are shown apart from them. It knows no other mirror, and shares no wire struct
// with the client.
package authentik

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"authdeck/client/demo/stage"
)

const (
	basePath        = "/api/v3"
	keyLength       = 60
	defaultLifetime = 30 * time.Minute // of what is not given another
	defaultPageSize = 20               // rows unless asked otherwise
	maxPageSize     = 100              // rows, whatever is asked
)

// server tells the stage in the words of the authentik API. No worker runs on
// this server, so tokens that expire stay where they are and are refused.
type server struct {
	stage.Stage
	accounts []*account // by id
	groups   []*group
	tokens   *stage.Table[token]
	writing  sync.Mutex // one writer at a time: keys are made in order, and identifiers are unique
	requests atomic.Int64

	tokenFilters stage.FilterSet[token]
	userFilters  stage.FilterSet[*account]
}

// Mirror is authentik.
func Mirror() stage.Mirror {
	return stage.Mirror{Name: "idp", Kind: "authentik", NewKey: newKey, Play: play, Fail: serverError}
}

func play(on stage.Stage) http.Handler {
	a := &server{Stage: on, tokens: stage.NewTable[token](stage.FirstID)}
	a.groups = newGroups(on)
	a.accounts = newAccounts(on, a.groups)
	a.seed()
	a.tokenFilters, a.userFilters = tokenFilterSet(a.early()), userFilterSet(a.old(), a.early())
	return a.numbered(a.handler(on.Middleware(a.framework().Refusal(refuse))))
}

// old is a server of 2024.6: long pages without a limit, no completion, fewer
// fields of users, rights that count for less, and a crash over an absent expiry.
func (a *server) old() bool { return a.Settings.Has(Old) }

// early is a server of 2025.12 or before: superusers alone see the tokens of others, whose
// keys are hidden as the tokens are, a key that is used after its end ends its token, an
// identifier is unique among expired tokens too, nulls come last, and no search is a query
// (seen on 2025.12.4, beside 2026.5.0-rc1).
func (a *server) early() bool { return a.old() || a.Settings.Has(Last2025) }

// newest is a server of 2026.8.
func (a *server) newest() bool { return a.Settings.Has(Newest) }

func (a *server) routes() stage.Routes {
	routes := stage.Routes{
		"/core/tokens/": {
			"GET":  stage.Serve("tokens", stage.SignedIn, a.listTokens),
			"POST": stage.Serve("create", stage.SignedIn, a.create),
		},
		"/core/tokens/{identifier}/": {
			"GET":    stage.Serve("token", stage.SignedIn, a.token),
			"PUT":    stage.Serve("edit", stage.SignedIn, a.edit),
			"PATCH":  stage.Serve("edit", stage.SignedIn, a.edit),
			"DELETE": stage.Serve("delete", stage.SignedIn, a.remove),
		},
		"/core/tokens/{identifier}/view_key/": {"GET": stage.Serve("reveal", stage.SignedIn, a.viewKey)},
		"/core/tokens/{identifier}/set_key/":  {"POST": stage.Serve("regenerate", stage.SignedIn, a.setKey)},
		"/core/tokens/{identifier}/used_by/":  {"GET": stage.Serve("choices", stage.SignedIn, a.tokenUsedBy)},
		"/core/users/":                        {"GET": stage.Serve("users", stage.SignedIn, a.listUsers)},
		"/core/users/{id}/":                   {"GET": stage.Serve("user", stage.SignedIn, a.user)},
		"/core/users/{id}/used_by/":           {"GET": stage.Serve("choices", stage.SignedIn, a.userUsedBy)},
		"/core/users/paths/":                  {"GET": stage.Serve("choices", stage.SignedIn, a.paths)},
		"/core/users/me/":                     {"GET": stage.Serve("me", stage.SignedIn, a.me)},
		"/admin/version/":                     {"GET": stage.Serve("probe", stage.SignedIn, a.version)},
		"/admin/settings/":                    {"GET": stage.Serve("choices", stage.SignedIn, a.settings)},
		"/root/config/":                       {"GET": stage.Serve("probe", stage.Anyone, a.config)},
	}
	if a.Settings.Has(Rotate) {
		routes["/core/tokens/{identifier}/rotate_secret/"] = stage.Methods{"POST": stage.Serve("regenerate", stage.SignedIn, a.rotate)}
	}
	return routes
}

// handler fails at every path that it does not know; a slash too few makes one of
// those.
func (a *server) handler(wrap stage.Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range a.routes() {
		mux.Handle(basePath+path+"{$}", a.framework().Resource(path, actions, a.admit, wrap))
	}
	stray := wrap("", a.framework().Page(http.HandlerFunc(outside)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.RawPath = ""                                               // a slash that is written otherwise is one all the same
		if stage.Matches(mux, r) && !strings.Contains(r.URL.Path, ".") { // no part of a path has a dot in it
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

// numbered gives each request the name by which the server's log knows it.
func (a *server) numbered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-authentik-id", fmt.Sprintf("%032x", a.requests.Add(1)))
		next.ServeHTTP(w, r)
	})
}
