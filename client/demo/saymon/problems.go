package saymon

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// saymonProblem is why something was not done.
type saymonProblem struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p saymonProblem) send(w http.ResponseWriter) { saymonReply(w, p.status, p) }

// saymonReply sends JSON as this server does: with nothing after it, and not
// escaped for HTML.
func saymonReply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(saymonJSON(body)) // fails only when the client has gone
}

func saymonJSON(body any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(body) // its own structs
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// saymonStranger is a refusal to let somebody in. Its message is JSON within
// JSON.
func saymonStranger(code, text string) *saymonProblem {
	inner := saymonJSON(struct {
		ErrorCode int    `json:"errorCode"`
		Message   string `json:"message"`
	}{3, text})
	return &saymonProblem{http.StatusUnauthorized, code, string(inner)}
}

func saymonBadKey() *saymonProblem { return saymonStranger("Unauthorized", "Invalid API token.") }

func saymonBadLogin() *saymonProblem {
	return saymonStranger("InvalidCredentials", "Invalid login or password.")
}

func saymonForbidden() saymonProblem {
	return saymonProblem{http.StatusForbidden, "NotAuthorized", "Permissions required: manage-users."}
}

func saymonForged() saymonProblem {
	return saymonProblem{http.StatusForbidden, "Forbidden", "Invalid CSRF token."}
}

func saymonNobody() saymonProblem {
	return saymonProblem{http.StatusNotFound, "NotFound", "User is not found."}
}

func saymonNowhere(r *http.Request) saymonProblem {
	return saymonProblem{http.StatusNotFound, "ResourceNotFound", r.URL.Path + " does not exist"}
}

func saymonNotAllowed(r *http.Request) saymonProblem {
	return saymonProblem{http.StatusMethodNotAllowed, "MethodNotAllowed", r.Method + " is not allowed"}
}

func saymonNoJSON(err error) saymonProblem {
	return saymonProblem{http.StatusBadRequest, "InvalidContent", "Invalid JSON: " + err.Error()}
}

func saymonMissing(name string) saymonProblem {
	return saymonProblem{http.StatusBadRequest, "BadRequest", fmt.Sprintf("Mandatory %q parameter is absent/empty.", name)}
}

// saymonRefuse is the [stage.Refusal] of this system.
func saymonRefuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		saymonBadKey().send(w)
	case http.StatusForbidden:
		saymonForbidden().send(w)
	case http.StatusNotFound:
		saymonNobody().send(w)
	default:
		saymonProblem{status, "TooManyRequests", "You have exceeded your request rate."}.send(w)
	}
}
