package demo

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// handler answers a caller who has been admitted.
type handler func(w http.ResponseWriter, r *http.Request, caller *user)

// action is what one method of a path does, and whom it serves.
type action struct {
	endpoint string
	need     right
	serve    handler
}

// newAction serves who has a right, under the name that an endpoint has in every
// dialect.
func newAction(endpoint string, need right, serve handler) action {
	return action{endpoint, need, serve}
}

// methods are the actions of one path.
type methods map[string]action

// routes are the methods of each path.
type routes map[string]methods

// admission finds out who calls and refuses those who may not.
type admission func(w http.ResponseWriter, r *http.Request, need right) (caller *user, ok bool)

// resource chooses by method. It looks at the credential first: who is not
// signed in does not learn which methods there are.
func resource(actions methods, admit admission, watch guard) http.Handler {
	guarded := map[string]http.Handler{}
	least := signedIn
	for method, a := range actions {
		least = min(least, a.need)
		guarded[method] = watch(a.endpoint, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if caller, ok := admit(w, r, a.need); ok {
				a.serve(w, r, caller)
			}
		}))
	}
	other := watch("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := admit(w, r, least); ok {
			notAllowed(w, r, actions)
		}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		if known, ok := guarded[method]; ok {
			known.ServeHTTP(w, r)
			return
		}
		other.ServeHTTP(w, r)
	})
}

func notAllowed(w http.ResponseWriter, r *http.Request, actions methods) {
	if w.Header().Get("Allow") == "" {
		w.Header().Set("Allow", strings.Join(slices.Sorted(maps.Keys(actions)), ", "))
	}
	detail(w, http.StatusMethodNotAllowed, fmt.Sprintf("Method %q not allowed.", r.Method))
}

// slashed serves the paths of mux, which end with a slash. Without it a GET is
// sent to the right place, and a write fails as it does in debug mode.
func slashed(mux *http.ServeMux, watch guard) http.Handler {
	stray := watch("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch found := r.Clone(r.Context()); {
		case !routed(mux, withSlash(found)):
			page(w, http.StatusNotFound)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			http.Redirect(w, r, found.URL.RequestURI(), http.StatusMovedPermanently)
		default:
			page(w, http.StatusInternalServerError)
		}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if routed(mux, r) {
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

func withSlash(r *http.Request) *http.Request {
	r.URL.Path, r.URL.RawPath = r.URL.Path+"/", ""
	return r
}

// routed keeps the mux from mending a path, which this framework never does.
func routed(mux *http.ServeMux, r *http.Request) bool {
	if r.URL.Path != strings.TrimSuffix(path.Clean(r.URL.Path), "/")+"/" {
		return false
	}
	_, pattern := mux.Handler(r)
	return pattern != ""
}

// pathID is 0, which nobody has, for what is not a number.
func pathID(r *http.Request) int {
	id, _ := strconv.Atoi(r.PathValue("id"))
	return id
}
