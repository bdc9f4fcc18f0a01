package authentik

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	. "authdeck/client/demo/stage"
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
	Stage
	accounts []*authentikAccount // by id
	teams    []*authentikTeam
	tokens   *Table[authentikRow]
	writing  sync.Mutex // one writer at a time: keys are made in order, and identifiers are unique
	requests atomic.Int64

	tokenSieve FilterSet[authentikRow]
	userSieve  FilterSet[*authentikAccount]
}

func AuthentikMirror() Mirror {
	return Mirror{Name: "idp", Kind: "authentik", NewKey: authentikKey, Play: playAuthentik, Fail: authentikFails}
}

func playAuthentik(on Stage) http.Handler {
	a := &authentik{Stage: on, tokens: NewTable[authentikRow](FirstID)}
	a.teams = authentikTeams(on)
	a.accounts = authentikAccounts(on, a.teams)
	a.seed()
	a.tokenSieve, a.userSieve = authentikTokenSieve(a.old()), authentikUserSieve(a.old())
	return a.named(a.handler(on.Middleware(refuseAuthentik)))
}

// old is a server of 2024.6: long pages without a limit, no completion, fewer
// fields of users, rights that count for less, and a crash over an absent expiry.
func (a *authentik) old() bool { return a.Settings.Has(AuthentikOld) }

func (a *authentik) routes() Routes {
	routes := Routes{
		"/core/tokens/": {
			"GET":  Serve("tokens", SignedIn, a.listTokens),
			"POST": Serve("create", SignedIn, a.create),
		},
		"/core/tokens/{identifier}/": {
			"GET":    Serve("token", SignedIn, a.token),
			"PUT":    Serve("edit", SignedIn, a.edit),
			"PATCH":  Serve("edit", SignedIn, a.edit),
			"DELETE": Serve("delete", SignedIn, a.remove),
		},
		"/core/tokens/{identifier}/view_key/": {"GET": Serve("reveal", SignedIn, a.viewKey)},
		"/core/tokens/{identifier}/set_key/":  {"POST": Serve("regenerate", SignedIn, a.setKey)},
		"/core/tokens/{identifier}/used_by/":  {"GET": Serve("choices", SignedIn, a.tokenUsedBy)},
		"/core/users/":                        {"GET": Serve("users", SignedIn, a.listUsers)},
		"/core/users/{id}/":                   {"GET": Serve("user", SignedIn, a.user)},
		"/core/users/{id}/used_by/":           {"GET": Serve("choices", SignedIn, a.userUsedBy)},
		"/core/users/me/":                     {"GET": Serve("me", SignedIn, a.me)},
		"/admin/version/":                     {"GET": Serve("probe", SignedIn, a.version)},
		"/admin/settings/":                    {"GET": Serve("choices", SignedIn, a.settings)},
		"/root/config/":                       {"GET": Serve("probe", Anyone, a.config)},
	}
	if a.Settings.Has(AuthentikRotate) {
		routes["/core/tokens/{identifier}/rotate_secret/"] = Methods{"POST": Serve("regenerate", SignedIn, a.rotate)}
	}
	return routes
}

// handler fails at every path that it does not know; a slash too few makes one of
// those.
func (a *authentik) handler(watch Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range a.routes() {
		mux.Handle(authentikBase+path+"{$}", Resource(actions, a.admit, allowing(actions, watch)))
	}
	stray := watch("", http.HandlerFunc(authentikStray))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if Matches(mux, r) {
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
