package authentik

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// refusals are authentik's: those of its framework, in JSON. There is no 401, and
// a 405 is one only in that form: a write that fails half way is answered with 405
// too, empty, as text/html and with "Allow: GET, HEAD, OPTIONS", since its pages
// for 404 and 500 are views that know GET alone (authentik/core/views/error.py;
// seen on 2025.12.4 and 2026.5.0-rc1, after which the key was another).
func refusals() wire.Refusals {
	table := wire.Refusing(detailed,
		http.StatusForbidden, http.StatusNotFound, http.StatusNotAcceptable,
		http.StatusUnsupportedMediaType, http.StatusTooManyRequests)
	table[http.StatusBadRequest] = wire.Either(detailed, complains)
	table[http.StatusMethodNotAllowed] = notAllowed
	return table
}

// detail is what the framework says where it concerns no field.
func detail(header http.Header, body []byte) string {
	var said struct{ Detail string }
	if !wire.InJSON(header, body) || json.Unmarshal(body, &said) != nil {
		return ""
	}
	return said.Detail
}

// detailed is the form of an answer with a detail.
func detailed(header http.Header, body []byte) bool { return detail(header, body) != "" }

// complains is the form of what does not validate: sentences, by field or alone.
func complains(header http.Header, body []byte) bool {
	var fields map[string][]json.RawMessage
	var sentences []string
	return wire.InJSON(header, body) &&
		(json.Unmarshal(body, &fields) == nil && len(fields) > 0 || json.Unmarshal(body, &sentences) == nil && len(sentences) > 0)
}

// notAllowed is the form of a method that a route does not have: the detail names
// it, and the route's own Allow does not.
func notAllowed(header http.Header, body []byte) bool {
	named := regexp.MustCompile(`"([A-Z]+)"`).FindStringSubmatch(detail(header, body))
	allowed := allows(header)
	return named != nil && len(allowed) > 0 && !slices.Contains(allowed, named[1])
}

// allows are the methods that an answer says its route has. It says so of every
// route that is there, whatever the answer is.
func allows(header http.Header) []string {
	return strings.FieldsFunc(header.Get("Allow"), func(r rune) bool { return r == ',' || r == ' ' })
}

// explained says of a 405 that is no refusal what it may be.
func explained(failure error) error {
	if wire.Status(failure) != http.StatusMethodNotAllowed || wire.FromSystem(failure) || model.KindOf(failure) != model.Uncertain {
		return failure
	}
	return more(failure, "authentik says so too when a write fails half way, and a proxy when the system behind it is down")
}

// inDoubt takes back what a refusal says of a token that was read, with the key in
// use, right before the write: a proxy may have sent that twice, and the answer is
// the second one's.
func (w token) inDoubt(err error, mine bool) error {
	switch kind := model.KindOf(err); {
	case kind == model.NotFound:
		return wire.Reword(err, model.Uncertain, model.Reason(err)+"; token "+w.id()+
			" was there right before: somebody has deleted or renamed it in this moment, and nobody knows whether this was done first")
	case wire.KeyRefused(err) && mine:
		return wire.Reword(err, model.Uncertain, "authdeck's own key was taken right before, and is refused now: this ended it, or somebody else in this moment")
	}
	return err
}
