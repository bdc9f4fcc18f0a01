package demo

import (
	"maps"
	"net/http"
	"sync/atomic"
)

const (
	waldurKeyLength = 40
	waldurStaff     = dropTokens // the right that nobody but staff has
	waldurAides     = seeTokens  // what staff and support have
)

// waldur tells of sessions, one a user at most, and of personal access tokens in
// the words of the Waldur API.
type waldur struct {
	stage
	release  waldurRelease
	accounts *ledger[waldurAccount] // by primary key
	byUUID   map[string]int
	byUser   map[*user]int
	pats     *ledger[waldurPAT]
	people   sieve[waldurAccount]
	keys     *waldurMint
	lockout  waldurLockout
	readings atomic.Int64 // how often the sessions were listed
	drift    int64        // by how many rows the list moves each time
}

func waldurMirror() mirror {
	return mirror{name: "cloud", kind: "waldur", key: hexOf(waldurKeyLength), play: playWaldur}
}

func playWaldur(on stage) http.Handler {
	h := &waldur{
		stage: on, release: waldurReleaseOf(on.o), people: waldurUsers(), keys: &waldurMint{on: on},
		accounts: newLedger[waldurAccount](waldurFirstUser), pats: newLedger[waldurPAT](1),
		byUUID: map[string]int{}, byUser: map[*user]int{},
		drift: []int64{3, 5, 7}[on.seeder.rng.IntN(3)],
	}
	since := h.moment()
	h.seedAccounts(since)
	h.seedPATs(since)
	return h.handler(on.watch(refuse))
}

func (h *waldur) routes() routes {
	reader := signedIn
	if h.release < waldurUsual {
		reader = waldurAides
	}
	routes := routes{
		"/api/configuration/":   {"GET": newAction("probe", anyone, h.configuration)},
		"/api/version/":         {"GET": newAction("probe", reader, h.version)},
		"/api-auth/password/":   {"POST": newAction("signin", anyone, h.signIn)},
		"/api-auth/logout/":     {"POST": newAction("signin", signedIn, h.signOut)},
		"/api/auth-tokens/":     staffOnly(methods{"GET": newAction("tokens", waldurStaff, h.listSessions)}),
		"/api/users/":           {"GET": newAction("users", signedIn, h.listUsers)},
		"/api/users/me/":        {"GET": newAction("me", signedIn, h.me)},
		"/api/users/{uuid}/":    {"GET": newAction("user", signedIn, h.user)},
		"/api/auth-tokens/{n}/": staffOnly(methods{"GET": newAction("token", waldurStaff, h.session), "DELETE": newAction("delete", waldurStaff, h.endSession)}),
	}
	if h.release > waldurOld {
		routes["/api/users/{uuid}/token/"] = staffOnly(methods{"GET": newAction("reveal", waldurStaff, h.reveal)})
		routes["/api/users/{uuid}/refresh_token/"] = staffOnly(methods{"POST": newAction("regenerate", waldurStaff, h.refresh)})
	}
	if h.release > waldurBeforePATs {
		maps.Copy(routes, h.patRoutes())
	}
	return routes
}

// staffOnly refuses the methods that are switched off, too, to all others first.
func staffOnly(actions methods) methods {
	there := maps.Clone(actions)
	off := newAction("", waldurStaff, func(w http.ResponseWriter, r *http.Request, _ *user) { notAllowed(w, r, there) })
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, known := actions[method]; !known {
			actions[method] = off
		}
	}
	return actions
}

func (h *waldur) handler(watch guard) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range h.routes() {
		mux.Handle(path+"{$}", resource(actions, h.admit, watch))
	}
	return redirected(mux, slashed(mux, watch), watch)
}

// redirected sends a write without its slash to the right place as well: the
// server does not run in debug mode, and whoever follows comes with a GET.
func redirected(mux *http.ServeMux, next http.Handler, watch guard) http.Handler {
	stray := watch("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, withSlash(r).URL.RequestURI(), http.StatusMovedPermanently)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !routed(mux, r) && routed(mux, withSlash(r.Clone(r.Context()))) {
			stray.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
