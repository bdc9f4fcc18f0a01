package awx

import (
	"fmt"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// notThere is what AWX says of a path, other than of a row.
const notThere = "The requested resource could not be found."

// mount serves the routes, and everything else as AWX does: who forgets the
// slash is sent on, with whatever method, and what a redirect does to a body is
// the client's business.
func (a *server) mount(routes stage.Routes, admit stage.Admission, wrap stage.Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range routes {
		withOptions(actions)
		mux.Handle(path+"{$}", a.framework().Resource(path, actions, admit, wrap))
	}
	stray := wrap("", a.framework().Page(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stage.Matches(mux, stage.WithSlash(r.Clone(r.Context()))) {
			stage.MovedToSlash(w, r) // and says nothing of the application
			return
		}
		a.head(w)
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/"):
			stage.Detail(w, http.StatusNotFound, notThere)
		default:
			stage.HTMLPage(w, http.StatusNotFound)
		}
	})))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stage.Matches(mux, r) {
			mux.ServeHTTP(w, r)
			return
		}
		stray.ServeHTTP(w, r)
	})
}

// withOptions adds the method that says what a path can do. It asks for what
// the least of the others asks for.
func withOptions(actions stage.Methods) {
	endpoint, need := "choices", stage.SignedIn
	allow := []string{}
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		a, ok := actions[method]
		if !ok {
			continue
		}
		allow = append(allow, method)
		if a.Need == stage.Anyone {
			endpoint, need = "probe", stage.Anyone
		}
	}
	if _, ok := actions["GET"]; ok {
		allow = append(allow, "HEAD")
	}
	answer, header := metadataOf(allow), strings.Join(append(allow, "OPTIONS"), ", ")
	actions["OPTIONS"] = stage.Serve(endpoint, need, func(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
		w.Header().Set("Allow", header)
		stage.Reply(w, http.StatusOK, answer)
	})
}

// metadata says which methods there are to use, and nothing of the fields.
type metadata struct {
	Name        string                    `json:"name"`
	Description string                    `json:"description"`
	Renders     []string                  `json:"renders"`
	Parses      []string                  `json:"parses"`
	Actions     map[string]map[string]any `json:"actions"`
	MaxPageSize int                       `json:"max_page_size"`
}

func metadataOf(methods []string) metadata {
	m := metadata{
		Name: "AWX", Renders: []string{"application/json", "text/html"}, Parses: []string{"application/json"},
		Actions: map[string]map[string]any{}, MaxPageSize: maxPageSize,
	}
	for _, method := range methods {
		if method == "GET" || method == "POST" || method == "PUT" {
			m.Actions[method] = map[string]any{}
		}
	}
	return m
}

// head is what every answer of the application carries. What answers in its
// place, such as a proxy, does not.
func (a *server) head(w http.ResponseWriter) {
	h := w.Header()
	if a.generation != Gateway {
		h.Set("X-API-Node", nodeName)
		h.Set("X-API-Time", "0.084s")
		h.Set("X-API-Total-Time", "0.121s")
	}
	switch a.generation {
	case Tower:
		return
	case Gateway:
		h.Set("X-API-Product-Name", "Red Hat Ansible Automation Platform")
	default:
		h.Set("X-API-Product-Name", "AWX")
	}
	h.Set("X-API-Request-Id", fmt.Sprintf("%032x", a.asked.Add(1)))
}

// missing tells a row that is not there from a path that cannot be one.
func (a *server) missing(w http.ResponseWriter, r *http.Request) {
	if strings.Trim(r.PathValue("id"), "0123456789") != "" {
		stage.Detail(w, http.StatusNotFound, notThere)
		return
	}
	a.refuse(w, http.StatusNotFound)
}
