package saymon

import (
	"encoding/json"
	"net/http"

	"authdeck/client/wire"
)

// refusals are the answers with which SAYMON says that it did nothing (response
// errors: 400, 401, 403 and 404; the names of the errors are those of restify, which
// has the other ones too).
func refusals() wire.Refusals {
	return wire.Refusing(inItsForm,
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusConflict,
		http.StatusUnsupportedMediaType, http.StatusTooManyRequests)
}

// inItsForm is the form of every error in the pages: a name and a message. Of what
// type it comes no page says, so that the body alone decides.
func inItsForm(_ http.Header, body []byte) bool {
	var said struct {
		Code    string          `json:"code"`
		Message json.RawMessage `json:"message"`
	}
	return json.Unmarshal(body, &said) == nil && said.Code != "" && len(said.Message) > 0
}
