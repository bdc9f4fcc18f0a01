package stage

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Handler answers a caller who has been admitted.
type Handler func(w http.ResponseWriter, r *http.Request, caller *User)

// Action is what one method of a path does, and whom it serves.
type Action struct {
	Endpoint string
	Need     Right
	Serve    Handler
}

// Serve serves who has a right, under the name that an endpoint has in every
// dialect.
func Serve(endpoint string, need Right, serve Handler) Action {
	return Action{endpoint, need, serve}
}

// Methods are the actions of one path.
type Methods map[string]Action

// Routes are the methods of each path.
type Routes map[string]Methods

// Admission finds out who calls and refuses those who may not.
type Admission func(w http.ResponseWriter, r *http.Request, need Right) (caller *User, ok bool)

// Resource chooses by method. It looks at the credential first: who is not
// signed in does not learn which methods there are.
func Resource(actions Methods, admit Admission, wrap Middleware) http.Handler {
	served := map[string]http.Handler{}
	least := SignedIn
	for method, a := range actions {
		least = min(least, a.Need)
		served[method] = wrap(a.Endpoint, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if caller, ok := admit(w, r, a.Need); ok {
				a.Serve(w, r, caller)
			}
		}))
	}
	other := wrap("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := admit(w, r, least); ok {
			MethodNotAllowed(w, r, actions)
		}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if _, own := served[method]; method == http.MethodHead && !own {
			method = http.MethodGet
		}
		if known, ok := served[method]; ok {
			known.ServeHTTP(w, r)
			return
		}
		other.ServeHTTP(w, r)
	})
}

// MethodNotAllowed names the methods that there are.
func MethodNotAllowed(w http.ResponseWriter, r *http.Request, actions Methods) {
	if w.Header().Get("Allow") == "" {
		w.Header().Set("Allow", strings.Join(slices.Sorted(maps.Keys(actions)), ", "))
	}
	Detail(w, http.StatusMethodNotAllowed, fmt.Sprintf("Method %q not allowed.", r.Method))
}

// AppendSlash serves the paths of mux, which end with a slash. Without it a GET is
// sent to the right place, and a write fails as it does in debug mode.
func AppendSlash(mux *http.ServeMux, wrap Middleware) http.Handler {
	stray := wrap("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch found := r.Clone(r.Context()); {
		case !Matches(mux, WithSlash(found)):
			HTMLPage(w, http.StatusNotFound)
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			http.Redirect(w, r, found.URL.RequestURI(), http.StatusMovedPermanently) //nolint:gosec // to a path that the mux knows
		default:
			HTMLPage(w, http.StatusInternalServerError)
		}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if Matches(mux, r) {
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

// WithSlash puts a slash at the end of the path, in the request itself.
func WithSlash(r *http.Request) *http.Request {
	r.URL.Path, r.URL.RawPath = r.URL.Path+"/", ""
	return r
}

// Matches keeps the mux from mending a path, which this framework never does.
func Matches(mux *http.ServeMux, r *http.Request) bool {
	if r.URL.Path != strings.TrimSuffix(path.Clean(r.URL.Path), "/")+"/" {
		return false
	}
	_, pattern := mux.Handler(r)
	return pattern != ""
}

// PathID is 0, which nobody has, for what is not a number.
func PathID(r *http.Request) int {
	id, _ := strconv.Atoi(r.PathValue("id"))
	return id
}
