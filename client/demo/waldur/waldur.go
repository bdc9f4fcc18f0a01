package waldur

import (
	"maps"
	"net/http"
	"sync/atomic"

	. "authdeck/client/demo/stage"
)

const (
	waldurKeyLength = 40
	waldurStaff     = DeleteTokens // the right that nobody but staff has
	waldurAides     = SeeTokens    // what staff and support have
)

// waldur tells of sessions, one a user at most, and of personal access tokens in
// the words of the Waldur API.
type waldur struct {
	Stage
	release  waldurRelease
	accounts *Table[waldurAccount] // by primary key
	byUUID   map[string]int
	byUser   map[*User]int
	pats     *Table[waldurPAT]
	people   FilterSet[waldurAccount]
	keys     *waldurMint
	lockout  waldurLockout
	readings atomic.Int64 // how often the sessions were listed
	drift    int64        // by how many rows the list moves each time
}

func WaldurMirror() Mirror {
	return Mirror{Name: "cloud", Kind: "waldur", NewKey: HexKey(waldurKeyLength), Play: playWaldur}
}

func playWaldur(on Stage) http.Handler {
	h := &waldur{
		Stage: on, release: waldurReleaseOf(on.Settings), people: waldurUsers(), keys: &waldurMint{on: on},
		accounts: NewTable[waldurAccount](waldurFirstUser), pats: NewTable[waldurPAT](1),
		byUUID: map[string]int{}, byUser: map[*User]int{},
		drift: []int64{3, 5, 7}[on.Seeder.Rand.IntN(3)],
	}
	since := h.moment()
	h.seedAccounts(since)
	h.seedPATs(since)
	return h.handler(on.Middleware(Refuse))
}

func (h *waldur) routes() Routes {
	reader := SignedIn
	if h.release < waldurUsual {
		reader = waldurAides
	}
	routes := Routes{
		"/api/configuration/":   {"GET": Serve("probe", Anyone, h.configuration)},
		"/api/version/":         {"GET": Serve("probe", reader, h.version)},
		"/api-auth/password/":   {"POST": Serve("signin", Anyone, h.signIn)},
		"/api-auth/logout/":     {"POST": Serve("signin", SignedIn, h.signOut)},
		"/api/auth-tokens/":     staffOnly(Methods{"GET": Serve("tokens", waldurStaff, h.listSessions)}),
		"/api/users/":           {"GET": Serve("users", SignedIn, h.listUsers)},
		"/api/users/me/":        {"GET": Serve("me", SignedIn, h.me)},
		"/api/users/{uuid}/":    {"GET": Serve("user", SignedIn, h.user)},
		"/api/auth-tokens/{n}/": staffOnly(Methods{"GET": Serve("token", waldurStaff, h.session), "DELETE": Serve("delete", waldurStaff, h.endSession)}),
	}
	if h.release > waldurOld {
		routes["/api/users/{uuid}/token/"] = staffOnly(Methods{"GET": Serve("reveal", waldurStaff, h.reveal)})
		routes["/api/users/{uuid}/refresh_token/"] = staffOnly(Methods{"POST": Serve("regenerate", waldurStaff, h.refresh)})
	}
	if h.release > waldurBeforePATs {
		maps.Copy(routes, h.patRoutes())
	}
	return routes
}

// staffOnly refuses the methods that are switched off, too, to all others first.
func staffOnly(actions Methods) Methods {
	there := maps.Clone(actions)
	off := Serve("", waldurStaff, func(w http.ResponseWriter, r *http.Request, _ *User) { MethodNotAllowed(w, r, there) })
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, known := actions[method]; !known {
			actions[method] = off
		}
	}
	return actions
}

func (h *waldur) handler(watch Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range h.routes() {
		mux.Handle(path+"{$}", Resource(actions, h.admit, watch))
	}
	return redirected(mux, AppendSlash(mux, watch), watch)
}

// redirected sends a write without its slash to the right place as well: the
// server does not run in debug mode, and whoever follows comes with a GET.
func redirected(mux *http.ServeMux, next http.Handler, watch Middleware) http.Handler {
	stray := watch("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, WithSlash(r).URL.RequestURI(), http.StatusMovedPermanently)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Matches(mux, r) && Matches(mux, WithSlash(r.Clone(r.Context()))) {
			stray.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
