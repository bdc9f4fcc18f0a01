package stage

import (
	"html"
	"net/http"
	"slices"
	"strings"
)

// Framework is what one server's Django and its REST framework put around every view:
// which headers, which types, which other methods. Servers of the family differ in all
// of it, so a mirror gives it as data; what it leaves out is not played.
type Framework struct {
	JSON     string            // the Content-Type of what is no page, if it is not plain application/json
	Vary     string            // of the answers of views
	PageVary string            // of pages: they are made elsewhere
	Headers  map[string]string // on every answer of a view, and on pages
	Renders  []string          // the types that views write, the usual one first; none is not to look at Accept
	Parses   []string          // the types that they read
	Formats  map[string]int    // what ?format=NAME leads to, 0 or 200 being an answer; "" is for any other name
	Views    map[string]View   // by path, as in Routes
	Head     func(http.ResponseWriter)
}

// View is what a server says of a path beside what its methods do.
type View struct {
	Name, Description string
	Allow             string // the methods that it names, unless they are those that it serves
	NoHead            bool   // it does not take HEAD for a GET
	Actions           Fields // the fields of each method that writes, and of what else it describes
	More              map[string]any
	May               func(caller *User, method string) bool // which of the actions a caller is told of; nil for all
}

// Resource is [Resource] with what the framework adds: Allow on every answer, OPTIONS,
// and a look at what the client accepts before it looks at the credential.
func (f Framework) Resource(path string, actions Methods, admit Admission, wrap Middleware) http.Handler {
	view := f.Views[path]
	allow := view.allow(actions)
	all := f.withOptions(view, actions)
	return Resource(all, admit, func(endpoint string, next http.Handler) http.Handler {
		return wrap(endpoint, f.around(allow, next))
	})
}

// allow lists methods in the order in which Django names them.
func (v View) allow(actions Methods) string {
	if v.Allow != "" {
		return v.Allow
	}
	var names []string
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if _, there := actions[method]; there {
			names = append(names, method)
		}
	}
	if slices.Contains(names, "GET") && !v.NoHead {
		names = append(names, "HEAD")
	}
	return strings.Join(append(names, "OPTIONS"), ", ")
}

// Refusal has a refusal that no view made carry what every answer carries.
func (f Framework) Refusal(refuse Refusal) Refusal {
	return func(w http.ResponseWriter, status int) { refuse(f.writer(w, ""), status) }
}

// Page has what answers outside of the views carry what every answer carries.
func (f Framework) Page(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(f.writer(w, ""), r) })
}

func (f Framework) around(allow string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		if f.Head != nil {
			f.Head(w)
		}
		kind, status := f.negotiate(r)
		out := f.writer(w, kind)
		switch status {
		case http.StatusOK:
			next.ServeHTTP(out, r)
		case http.StatusNotAcceptable:
			Detail(out, status, "Could not satisfy the request Accept header.")
		case http.StatusNotFound:
			Detail(out, status, "Not found.")
		default:
			HTMLPage(out, status)
		}
		out.end()
	})
}

func (f Framework) writer(w http.ResponseWriter, kind string) *frameworkWriter {
	return &frameworkWriter{ResponseWriter: w, framework: f, browsable: kind == "text/html"}
}

// frameworkWriter puts the framework's headers on an answer when it begins, and shows
// JSON to a browser as a page.
type frameworkWriter struct {
	http.ResponseWriter
	framework Framework
	browsable bool // as long as there is a page to end
	begun     bool
}

func (w *frameworkWriter) WriteHeader(status int) {
	if w.begun {
		return
	}
	w.begun = true
	h, f := w.Header(), w.framework
	for name, value := range f.Headers {
		h.Set(name, value)
	}
	switch kind := h.Get("Content-Type"); {
	case strings.HasPrefix(kind, "text/html"):
		w.browsable = false
		set(h, "Vary", f.PageVary)
		if status == http.StatusNotFound || status >= http.StatusInternalServerError {
			h.Del("Allow") // no view made this
		}
	case kind == "application/json" && w.browsable:
		h.Set("Content-Type", "text/html; charset=utf-8")
		set(h, "Vary", f.Vary)
	case kind == "application/json":
		set(h, "Content-Type", f.JSON)
		set(h, "Vary", f.Vary)
	default:
		w.browsable = false
		set(h, "Vary", f.Vary)
	}
	w.ResponseWriter.WriteHeader(status)
	if w.browsable {
		_, _ = w.ResponseWriter.Write([]byte("<!doctype html>\n<html><body><pre>"))
	}
}

func (w *frameworkWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if !w.browsable {
		return w.ResponseWriter.Write(p)
	}
	_, err := w.ResponseWriter.Write([]byte(html.EscapeString(string(p))))
	return len(p), err
}

// end closes a page.
func (w *frameworkWriter) end() {
	if w.begun && w.browsable {
		_, _ = w.ResponseWriter.Write([]byte("</pre></body></html>\n"))
	}
}

// Unwrap lets [http.ResponseController] reach the connection.
func (w *frameworkWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// set leaves a header as it is where there is nothing to say.
func set(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}
