package authentik

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"authdeck/client/demo/stage"
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
	stage.Stage
	accounts []*authentikAccount // by id
	teams    []*authentikTeam
	tokens   *stage.Table[authentikRow]
	writing  sync.Mutex // one writer at a time: keys are made in order, and identifiers are unique
	requests atomic.Int64

	tokenSieve stage.FilterSet[authentikRow]
	userSieve  stage.FilterSet[*authentikAccount]
}

func AuthentikMirror() stage.Mirror {
	return stage.Mirror{Name: "idp", Kind: "authentik", NewKey: authentikKey, Play: playAuthentik, Fail: authentikFails}
}

func playAuthentik(on stage.Stage) http.Handler {
	a := &authentik{Stage: on, tokens: stage.NewTable[authentikRow](stage.FirstID)}
	a.teams = authentikTeams(on)
	a.accounts = authentikAccounts(on, a.teams)
	a.seed()
	a.tokenSieve, a.userSieve = authentikTokenSieve(a.old()), authentikUserSieve(a.old())
	return a.named(a.handler(on.Middleware(refuseAuthentik)))
}

// old is a server of 2024.6: long pages without a limit, no completion, fewer
// fields of users, rights that count for less, and a crash over an absent expiry.
func (a *authentik) old() bool { return a.Settings.Has(AuthentikOld) }

func (a *authentik) routes() stage.Routes {
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
		"/core/users/me/":                     {"GET": stage.Serve("me", stage.SignedIn, a.me)},
		"/admin/version/":                     {"GET": stage.Serve("probe", stage.SignedIn, a.version)},
		"/admin/settings/":                    {"GET": stage.Serve("choices", stage.SignedIn, a.settings)},
		"/root/config/":                       {"GET": stage.Serve("probe", stage.Anyone, a.config)},
	}
	if a.Settings.Has(AuthentikRotate) {
		routes["/core/tokens/{identifier}/rotate_secret/"] = stage.Methods{"POST": stage.Serve("regenerate", stage.SignedIn, a.rotate)}
	}
	return routes
}

// handler fails at every path that it does not know; a slash too few makes one of
// those.
func (a *authentik) handler(watch stage.Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range a.routes() {
		mux.Handle(authentikBase+path+"{$}", stage.Resource(actions, a.admit, allowing(actions, watch)))
	}
	stray := watch("", http.HandlerFunc(authentikStray))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stage.Matches(mux, r) {
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
