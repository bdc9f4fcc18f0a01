package waldur

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"authdeck/client/demo/stage"
)

// linker makes the link to a path as an answer has it: it carries on in which way the
// request named the type of its answer (7.0.7: ?format=json, or .json in place of the
// slash).
type linker func(path string) string

type suffixed struct{}

func linksFor(r *http.Request) linker {
	format := stage.Last(r.URL.Query(), "format")
	_, bySuffix := r.Context().Value(suffixed{}).(bool)
	return func(path string) string {
		if bySuffix {
			path = strings.TrimSuffix(path, "/") + ".json"
		}
		if format != "" {
			path += "?format=" + format
		}
		return stage.BackendURL + path
	}
}

var namedType = regexp.MustCompile(`^(/api/(?:users|auth-tokens|personal-access-tokens)(?:/[^/]+)*)\.([a-z0-9]+)/?$`)

// withSuffixes serves a path that ends in the name of a type as the one without it. Of
// another type than the one that there is, there is nothing.
func withSuffixes(mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found := namedType.FindStringSubmatch(r.URL.Path)
		if found == nil {
			next.ServeHTTP(w, r)
			return
		}
		bare := r.Clone(context.WithValue(r.Context(), suffixed{}, true))
		bare.URL.Path, bare.URL.RawPath = found[1]+"/", ""
		if !stage.Matches(mux, bare) {
			next.ServeHTTP(w, r)
			return
		}
		if found[2] != "json" {
			bare.URL.RawQuery = "format=" + found[2]
		}
		mux.ServeHTTP(w, bare)
	})
}
