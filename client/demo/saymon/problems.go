package saymon

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// problem is why something was not done.
type problem struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p problem) send(w http.ResponseWriter) { reply(w, p.status, p) }

// reply sends JSON as this server does: with nothing after it, and not
// escaped for HTML.
func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(body)) // fails only when the client has gone
}

func encode(body any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(body) // its own structs
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// unauthorized is a refusal to let somebody in. Its message is JSON within
// JSON.
func unauthorized(code, text string) *problem {
	inner := encode(struct {
		ErrorCode int    `json:"errorCode"`
		Message   string `json:"message"`
	}{3, text})
	return &problem{http.StatusUnauthorized, code, string(inner)}
}

func badKey() *problem { return unauthorized("Unauthorized", "Invalid API token.") }

func badLogin() *problem {
	return unauthorized("InvalidCredentials", "Invalid login or password.")
}

func forbidden() problem {
	return problem{http.StatusForbidden, "NotAuthorized", "Permissions required: manage-users."}
}

func badCSRF() problem {
	return problem{http.StatusForbidden, "Forbidden", "Invalid CSRF token."}
}

func noUser() problem {
	return problem{http.StatusNotFound, "NotFound", "User is not found."}
}

func noPath(r *http.Request) problem {
	return problem{http.StatusNotFound, "ResourceNotFound", r.URL.Path + " does not exist"}
}

func notAllowed(r *http.Request) problem {
	return problem{http.StatusMethodNotAllowed, "MethodNotAllowed", r.Method + " is not allowed"}
}

func badJSON(err error) problem {
	return problem{http.StatusBadRequest, "InvalidContent", "Invalid JSON: " + err.Error()}
}

func missingField(name string) problem {
	return problem{http.StatusBadRequest, "BadRequest", fmt.Sprintf("Mandatory %q parameter is absent/empty.", name)}
}

// refuse is the [stage.Refusal] of this system.
func refuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		badKey().send(w)
	case http.StatusForbidden:
		forbidden().send(w)
	case http.StatusNotFound:
		noUser().send(w)
	default:
		problem{status, "TooManyRequests", "You have exceeded your request rate."}.send(w)
	}
}
