package wire

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"slices"

	"github.com/go-resty/resty/v2"
)

// Refusals are the answers with which a system says no to a write before it has
// changed anything: statuses, each with the form that the system gives to such an
// answer. Whatever else is answered to a write, and is no success, proves nothing:
// the server may have failed half way, and a proxy may speak after it.
type Refusals map[int]Form

// Form tells a system's own answer from that of whatever stands before it.
type Form func(header http.Header, body []byte) bool

// Refusing are refusals that all have one form.
func Refusing(form Form, statuses ...int) Refusals {
	table := Refusals{}
	for _, status := range statuses {
		table[status] = form
	}
	return table
}

// InJSON is the form of Django's REST framework and its like: JSON that says so.
func InJSON(header http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return kind == "application/json" && json.Valid(body)
}

// InDetail is the form of that framework's refusals, but for those of values: an
// object with a "detail", or the bare text of it, or a bare list of texts
// (rest_framework/views.py, exception_handler, puts a list or an object where a
// text was given in its place). A gateway that speaks JSON has other words for its own.
func InDetail(header http.Header, body []byte) bool {
	var refusal struct {
		Detail json.RawMessage `json:"detail"`
	}
	var text string
	var texts []string
	return InJSON(header, body) && (json.Unmarshal(body, &refusal) == nil && len(refusal.Detail) > 0 ||
		json.Unmarshal(body, &text) == nil || json.Unmarshal(body, &texts) == nil && len(texts) > 0)
}

// NoRoute is the page with which Django answers an address that it does not know,
// where nobody has written another (django/views/defaults.py). Apache's own page has
// the same heading.
func NoRoute(header http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return kind == "text/html" && bytes.Contains(body, []byte("<h1>Not Found</h1><p>The requested resource was not found on this server.</p>"))
}

// Either is whichever of several forms.
func Either(forms ...Form) Form {
	return func(header http.Header, body []byte) bool {
		return slices.ContainsFunc(forms, func(f Form) bool { return f(header, body) })
	}
}

// DjangoRefusals are the refusals of Django's REST framework: JSON about the values
// that are wrong, and a "detail" about everything else (rest_framework/views.py,
// exception_handler). They are those of a dialect that names none.
func DjangoRefusals() Refusals {
	table := Refusing(InDetail,
		http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusConflict,
		http.StatusUnsupportedMediaType, http.StatusTooManyRequests)
	table[http.StatusBadRequest] = InJSON
	return table
}

// fromSystem reports whether an answer is one of the system's own refusals.
func (c *Conn) fromSystem(response *resty.Response) bool {
	table := c.Refusals
	if table == nil {
		table = DjangoRefusals()
	}
	form, known := table[response.StatusCode()]
	return known && form(response.Header(), response.Body())
}
