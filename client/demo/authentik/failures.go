package authentik

import (
	"net/http"

	"authdeck/client/demo/stage"
)

// serverError is what the server answers when it fails: its own page is a view
// that knows GET alone, so that a write is told that the page does not take it.
func serverError(w http.ResponseWriter, r *http.Request) {
	errorPage(w, r, http.StatusInternalServerError)
}

// outside is its answer to a path that no view of the API has: at its root there is a page
// to look around in, and what it does not know is answered as a failure is.
func outside(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == basePath+"/" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!DOCTYPE html>\n<html lang=\"en\"><head><title>API Browser - authentik</title></head><body></body></html>\n"))
		return
	}
	errorPage(w, r, http.StatusNotFound)
}

func errorPage(w http.ResponseWriter, r *http.Request, status int) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		stage.HTMLPage(w, status)
		return
	}
	w.Header().Set("Allow", "GET, HEAD, OPTIONS")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusMethodNotAllowed)
}
