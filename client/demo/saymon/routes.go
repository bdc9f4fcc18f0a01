package saymon

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"strings"

	"authdeck/client/demo/stage"
)

// handler knows each path as it is written: a slash at the end makes another
// one, which is nowhere. Where a path leads is looked up before the credential.
func (y *server) handler(wrap stage.Middleware) http.Handler {
	mux := http.NewServeMux()
	for pattern, a := range y.routes() {
		mux.Handle(pattern, wrap(a.Endpoint, y.guarded(a)))
	}
	stray := wrap("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		allowed := allowedMethods(mux, r)
		if len(allowed) == 0 {
			noPath(r).send(w)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		notAllowed(r).send(w)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if leads(mux, r, r.Method) {
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

// guarded reads the body first, as a server with a body parser does, and then
// asks who it is.
func (y *server) guarded(a stage.Action) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := checkBody(r); err != nil {
			badJSON(err).send(w)
			return
		}
		if caller, ok := y.admit(w, r, a.Need); ok {
			a.Serve(w, r, caller)
		}
	})
}

// checkBody wants the body of a write to be JSON, if there is one.
func checkBody(r *http.Request) error {
	raw, _ := io.ReadAll(r.Body) // in memory already
	r.Body = io.NopCloser(bytes.NewReader(raw))
	if len(raw) == 0 || !isWrite(r) {
		return nil
	}
	var value json.RawMessage
	return json.Unmarshal(raw, &value)
}

func isWrite(r *http.Request) bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead
}

func allowedMethods(mux *http.ServeMux, r *http.Request) []string {
	var allowed []string
	for _, method := range []string{http.MethodDelete, http.MethodGet, http.MethodPost} {
		if leads(mux, r, method) {
			allowed = append(allowed, method)
		}
	}
	return allowed
}

// leads keeps the mux from mending a path, which this server never does.
func leads(mux *http.ServeMux, r *http.Request, method string) bool {
	if path.Clean(r.URL.Path) != r.URL.Path {
		return false
	}
	other := r.Clone(r.Context())
	other.Method = method
	_, pattern := mux.Handler(other)
	return pattern != ""
}
