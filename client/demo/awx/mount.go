package awx

import (
	"fmt"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// notThere is what Tower says of a path, other than of a row.
const notThere = "The requested resource could not be found."

// mount serves the routes, and everything else as AWX does: who forgets the
// slash is sent on, with whatever method, and what a redirect does to a body is
// the client's business.
func (a *server) mount(routes stage.Routes, admit stage.Admission, wrap stage.Middleware) http.Handler {
	mux, framework := http.NewServeMux(), a.framework()
	stray := wrap("", framework.Page(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stage.Matches(mux, stage.WithSlash(r.Clone(r.Context()))) {
			stage.MovedToSlash(w, r) // and says nothing of the application
			return
		}
		a.noRoute(w, r)
	})))
	for path, actions := range routes {
		mux.Handle(path+"{$}", a.numbered(path, framework.Resource(path, actions, admit, wrap), stray))
	}
	outside := framework
	outside.Vary = framework.PageVary
	for path, page := range a.pages() {
		mux.Handle(path, wrap("probe", outside.Page(page)))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.calledByName(r) {
			r = stage.WithSlash(r.Clone(r.Context()))
		}
		if stage.Matches(mux, r) {
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

// calledByName reports whether a request is for a user by name: the name is replaced by
// the number before the server looks for a slash, and one is added (seen on 24.6.2.dev0).
func (a *server) calledByName(r *http.Request) bool {
	name, below := strings.CutPrefix(r.URL.Path, baseV2+"users/")
	return below && !isNumber(name) && !strings.Contains(name, "/") && a.named(name) != nil
}

func isNumber(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// numbered lets only numbers, and the names of users, stand for a row: any other path is
// none that AWX has. The gateway looks for a row all the same.
func (a *server) numbered(path string, row, stray http.Handler) http.Handler {
	if !strings.Contains(path, "{id}") || a.generation.IsGateway() {
		return row
	}
	byName := strings.Contains(path, "users/{id}/")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if id := r.PathValue("id"); !isNumber(id) && (!byName || a.named(id) == nil) {
			stray.ServeHTTP(w, r)
			return
		}
		row.ServeHTTP(w, r)
	})
}

// noRoute is what is said of a path that is none: by Django itself since AWX 24.6 or
// earlier, in a page without the application's headers.
func (a *server) noRoute(w http.ResponseWriter, r *http.Request) {
	if a.generation == Tower && strings.HasPrefix(r.URL.Path, "/api/") {
		a.head(w)
		stage.Detail(w, http.StatusNotFound, notThere)
		return
	}
	stage.HTMLPage(w, http.StatusNotFound)
}

// crash is the page of a server that has failed, without the application's headers.
func (a *server) crash(w http.ResponseWriter) {
	for name := range w.Header() {
		if strings.HasPrefix(strings.ToLower(name), "x-api-") {
			w.Header().Del(name)
		}
	}
	stage.HTMLPage(w, http.StatusInternalServerError)
}

// head is what every answer of the application carries. What answers in its
// place, such as a proxy, does not.
func (a *server) head(w http.ResponseWriter) {
	h := w.Header()
	if !a.generation.IsGateway() {
		h.Set("X-API-Node", nodeName)
		h.Set("X-API-Time", "0.084s")
		h.Set("X-API-Total-Time", "0.121s")
	}
	switch a.generation {
	case Tower:
		return
	case Gateway, Gateway2024:
		h.Set("X-API-Product-Name", "Red Hat Ansible Automation Platform")
	default:
		h.Set("X-API-Product-Name", "AWX")
	}
	h.Set("X-API-Request-Id", fmt.Sprintf("%032x", a.asked.Add(1)))
}

// missing is for a row that is not there.
func (a *server) missing(w http.ResponseWriter, r *http.Request, model string) {
	id := strings.TrimPrefix(r.PathValue("id"), "-")
	if !isNumber(id) || a.generation == Tower {
		stage.Detail(w, http.StatusNotFound, "Not found.")
		return
	}
	a.noMatch(w, model)
}

func (a *server) noMatch(w http.ResponseWriter, model string) {
	stage.Detail(w, http.StatusNotFound, "No "+model+" matches the given query.")
}
