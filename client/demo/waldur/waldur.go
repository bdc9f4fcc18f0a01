// Package waldur mirrors Waldur: one session a user, and personal access tokens. It
// knows no other mirror, and shares no wire struct with the client.
package waldur

import (
	"maps"
	"net/http"
	"sync/atomic"
	"time"

	"authdeck/client/demo/stage"
)

const (
	keyLength    = 40
	staffRight   = stage.DeleteTokens // the right that nobody but staff has
	supportRight = stage.SeeTokens    // what staff and support have
)

// server tells of sessions, one a user at most, and of personal access tokens in
// the words of the Waldur API.
type server struct {
	stage.Stage
	release  release
	accounts *stage.Table[account] // by primary key
	byUUID   map[string]int
	byUser   map[*stage.User]int
	pats     *stage.Table[pat]
	filters  stage.FilterSet[account]
	keys     *keyMaker
	lockout  lockout      // the server's own
	axes     lockout      // that of django-axes, which stands before it
	moves    atomic.Int64 // how often a row of a user was written
}

// Mirror is Waldur.
func Mirror() stage.Mirror {
	return stage.Mirror{Name: "cloud", Kind: "waldur", NewKey: stage.HexKey(keyLength), Play: play}
}

func play(on stage.Stage) http.Handler {
	h := &server{
		Stage: on, release: releaseOf(on.Settings), filters: userFilterSet(releaseOf(on.Settings)), keys: &keyMaker{on: on},
		accounts: stage.NewTable[account](firstUser), pats: stage.NewTable[pat](1),
		byUUID: map[string]int{}, byUser: map[*stage.User]int{},
	}
	since := on.Settings.Began.UTC().Truncate(time.Microsecond) // what lasts for an hour looks back from now
	h.seedAccounts(since)
	h.seedPATs(since)
	return h.handler(on.Middleware(framework().Refusal(stage.Refuse)))
}

func (h *server) routes() stage.Routes {
	reader := stage.SignedIn
	if h.release < usual {
		reader = supportRight
	}
	routes := stage.Routes{
		"/api/configuration/": {"GET": stage.Serve("probe", stage.Anyone, h.configuration)},
		"/api/version/":       {"GET": stage.Serve("probe", reader, h.version)},
		"/api-auth/password/": {"POST": stage.Serve("signin", stage.Anyone, h.signIn)},
		"/api-auth/logout/":   {"POST": stage.Serve("delete", stage.SignedIn, h.signOut)},
		"/api/auth-tokens/":   staffOnly(stage.Methods{"GET": stage.Serve("tokens", staffRight, h.listSessions)}),
		"/api/":               {"GET": stage.Serve("probe", stage.SignedIn, h.root)},
		"/api/users/":         {"GET": stage.Serve("users", stage.SignedIn, h.listUsers), "POST": stage.Serve("", stage.SignedIn, newUser)},
		"/api/users/me/":      {"GET": stage.Serve("me", stage.SignedIn, h.me)},
		"/api/users/{uuid}/": {
			"GET": stage.Serve("user", stage.SignedIn, h.user), "PUT": stage.Serve("", stage.SignedIn, h.wholeUserChange),
			"PATCH": stage.Serve("", stage.SignedIn, h.changeUser), "DELETE": stage.Serve("", stage.SignedIn, h.removeUser),
		},
		"/api/auth-tokens/{n}/": staffOnly(stage.Methods{"GET": stage.Serve("token", staffRight, h.session), "DELETE": stage.Serve("delete", staffRight, h.endSession)}),
	}
	if h.release > oldest {
		routes["/api/users/{uuid}/token/"] = staffOnly(stage.Methods{"GET": stage.Serve("reveal", staffRight, h.reveal)})
		routes["/api/users/{uuid}/refresh_token/"] = staffOnly(stage.Methods{"POST": stage.Serve("regenerate", staffRight, h.refresh)})
	}
	if h.release > beforePATs {
		maps.Copy(routes, h.patRoutes())
	}
	return routes
}

// staffOnly refuses the methods that are switched off, too, to all others first.
func staffOnly(actions stage.Methods) stage.Methods {
	there := maps.Clone(actions)
	off := stage.Serve("", staffRight, func(w http.ResponseWriter, r *http.Request, _ *stage.User) { stage.MethodNotAllowed(w, r, there) })
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, known := actions[method]; !known {
			actions[method] = off
		}
	}
	return actions
}

func (h *server) handler(wrap stage.Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range h.routes() {
		mux.Handle(path+"{$}", framework().Resource(path, actions, h.admit, wrap))
	}
	mux.Handle("/{$}", wrap("", framework().Page(http.HandlerFunc(landing))))
	return withLanguage(withSuffixes(mux, redirected(mux, stage.AppendSlash(mux, wrap), wrap)))
}

// redirected sends a write without its slash to the right place as well: the
// server does not run in debug mode, and whoever follows comes with a GET.
func redirected(mux *http.ServeMux, next http.Handler, wrap stage.Middleware) http.Handler {
	stray := wrap("", framework().Page(http.HandlerFunc(stage.MovedToSlash)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !stage.Matches(mux, r) && stage.Matches(mux, stage.WithSlash(r.Clone(r.Context()))) {
			stray.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
