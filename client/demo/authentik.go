package demo

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	authentikBase      = "/api/v3"
	authentikKeyLength = 60
	authentikLifetime  = 30 * time.Minute // of what is not given another
	authentikLimit     = 20               // rows unless asked otherwise
	authentikMost      = 100              // rows, whatever is asked
)

// authentik tells the stage in the words of the authentik API. No worker runs on
// this server, so tokens that expire stay where they are and are refused.
type authentik struct {
	stage
	accounts []*authentikAccount // by id
	teams    []*authentikTeam
	tokens   *ledger[authentikRow]
	writing  sync.Mutex // one writer at a time: keys are made in order, and identifiers are unique
	requests atomic.Int64

	tokenSieve sieve[authentikRow]
	userSieve  sieve[*authentikAccount]
}

func authentikMirror() mirror {
	return mirror{name: "idp", kind: "authentik", key: authentikKey, play: playAuthentik, fails: authentikFails}
}

func playAuthentik(on stage) http.Handler {
	a := &authentik{stage: on, tokens: newLedger[authentikRow](firstID)}
	a.teams = authentikTeams(on)
	a.accounts = authentikAccounts(on, a.teams)
	a.seed()
	a.tokenSieve, a.userSieve = authentikTokenSieve(a.old()), authentikUserSieve(a.old())
	return a.named(a.handler(on.watch(refuseAuthentik)))
}

// old is a server of 2024.6: long pages without a limit, no completion, fewer
// fields of users, rights that count for less, and a crash over an absent expiry.
func (a *authentik) old() bool { return a.o.has(authentikOld) }

func (a *authentik) routes() routes {
	routes := routes{
		"/core/tokens/": {
			"GET":  newAction("tokens", signedIn, a.listTokens),
			"POST": newAction("create", signedIn, a.create),
		},
		"/core/tokens/{identifier}/": {
			"GET":    newAction("token", signedIn, a.token),
			"PUT":    newAction("edit", signedIn, a.edit),
			"PATCH":  newAction("edit", signedIn, a.edit),
			"DELETE": newAction("delete", signedIn, a.remove),
		},
		"/core/tokens/{identifier}/view_key/": {"GET": newAction("reveal", signedIn, a.viewKey)},
		"/core/tokens/{identifier}/set_key/":  {"POST": newAction("regenerate", signedIn, a.setKey)},
		"/core/tokens/{identifier}/used_by/":  {"GET": newAction("choices", signedIn, a.tokenUsedBy)},
		"/core/users/":                        {"GET": newAction("users", signedIn, a.listUsers)},
		"/core/users/{id}/":                   {"GET": newAction("user", signedIn, a.user)},
		"/core/users/{id}/used_by/":           {"GET": newAction("choices", signedIn, a.userUsedBy)},
		"/core/users/me/":                     {"GET": newAction("me", signedIn, a.me)},
		"/admin/version/":                     {"GET": newAction("probe", signedIn, a.version)},
		"/admin/settings/":                    {"GET": newAction("choices", signedIn, a.settings)},
		"/root/config/":                       {"GET": newAction("probe", anyone, a.config)},
	}
	if a.o.has(authentikRotate) {
		routes["/core/tokens/{identifier}/rotate_secret/"] = methods{"POST": newAction("regenerate", signedIn, a.rotate)}
	}
	return routes
}

// handler fails at every path that it does not know; a slash too few makes one of
// those.
func (a *authentik) handler(watch guard) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range a.routes() {
		mux.Handle(authentikBase+path+"{$}", resource(actions, a.admit, allowing(actions, watch)))
	}
	stray := watch("", http.HandlerFunc(authentikStray))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if routed(mux, r) {
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

// named gives each request the name by which the server's log knows it.
func (a *authentik) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-authentik-id", fmt.Sprintf("%032x", a.requests.Add(1)))
		next.ServeHTTP(w, r)
	})
}
