package stage

import (
	"net/http"
	"net/url"
	"strings"
)

// NullCharacters is what Django says of a NUL in a text.
const NullCharacters = "Null characters are not allowed."

// Last is the value of a parameter. Of several with one name, Django takes the last.
func Last(q url.Values, name string) string {
	values := q[name]
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

// Lasts are the parameters with the value that Django takes of each.
func Lasts(q url.Values) url.Values {
	out := url.Values{}
	for name := range q {
		out.Set(name, Last(q, name))
	}
	return out
}

// HasNull says whether there is a NUL in a parameter.
func HasNull(q url.Values, name string) bool { return strings.ContainsRune(Last(q, name), 0) }

// Invalid is a complaint about no field: a body that is an array, and not an object.
func Invalid(w http.ResponseWriter, messages ...string) {
	Reply(w, http.StatusBadRequest, messages)
}
