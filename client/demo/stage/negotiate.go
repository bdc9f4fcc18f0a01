package stage

import (
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// negotiate chooses the type of an answer, by ?format= first and then by Accept. The
// framework does so before it looks at a credential, so who is not signed in hears of a
// type that cannot be had (seen on authentik 2025.12, AWX 24.6.2 and Waldur 7.0.7).
func (f Framework) negotiate(r *http.Request) (kind string, status int) {
	if len(f.Renders) == 0 {
		return "", http.StatusOK
	}
	if name := Last(r.URL.Query(), "format"); name != "" && name != "json" && f.Formats != nil {
		status, named := f.Formats[name]
		if !named {
			status = f.Formats[""]
		}
		if status = cmp.Or(status, http.StatusOK); status != http.StatusOK {
			return "", status
		}
	}
	accept, given := r.Header["Accept"]
	if !given {
		return f.Renders[0], http.StatusOK
	}
	for _, wanted := range byPrecedence(strings.Join(accept, ",")) {
		for _, has := range f.Renders {
			if fitsType(has, wanted) {
				return has, http.StatusOK
			}
		}
	}
	return "", http.StatusNotAcceptable
}

// byPrecedence are the types of an Accept header, the most exact first. The framework
// does not look at their weights.
func byPrecedence(accept string) []string {
	kinds := strings.Split(accept, ",")
	slices.SortStableFunc(kinds, func(a, b string) int { return cmp.Compare(precedence(b), precedence(a)) })
	return kinds
}

func precedence(kind string) int {
	name, params, _ := mime.ParseMediaType(kind)
	delete(params, "q")
	switch {
	case name == "*/*":
		return 0
	case strings.HasSuffix(name, "/*"):
		return 1
	case len(params) == 0:
		return 2
	default:
		return 3
	}
}

// fitsType compares a type that there is with one that is wanted, in which a star is any.
func fitsType(has, wanted string) bool {
	wanted, _, _ = strings.Cut(wanted, ";")
	hasMain, hasSub, _ := strings.Cut(has, "/")
	main, sub, two := strings.Cut(strings.TrimSpace(wanted), "/")
	return two && (main == "*" || main == hasMain) && (sub == "*" || sub == hasSub)
}
