package stage

import "net/http"

// MovedToSlash sends a request without its slash on, whatever its method: Django does
// so when it does not run in debug mode, with an empty page.
func MovedToSlash(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Location", WithSlash(r.Clone(r.Context())).URL.RequestURI())
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusMovedPermanently)
}
