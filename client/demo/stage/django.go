package stage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// What Django and its REST framework do, which several systems share.

// Reply sends JSON as the framework does: compact and not escaped for HTML.
func Reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Vary", "Accept, Origin")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(body) // fails only when the client has gone
}

// Detail is an error without fields.
func Detail(w http.ResponseWriter, status int, text string) {
	Reply(w, status, map[string]string{"detail": text})
}

// Unauthenticated is an error about the credential, with a challenge to bring one.
func Unauthenticated(w http.ResponseWriter, text string) {
	w.Header().Set("WWW-Authenticate", "Token")
	Detail(w, http.StatusUnauthorized, text)
}

// Refuse is the [Refusal] of this family.
func Refuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		Unauthenticated(w, "Invalid token.")
	case http.StatusForbidden:
		Detail(w, status, "You do not have permission to perform this action.")
	case http.StatusNotFound:
		Detail(w, status, "Not found.")
	default:
		Detail(w, status, fmt.Sprintf("Request was throttled. Expected available in %s seconds.", w.Header().Get("Retry-After")))
	}
}

// HTMLPage is an answer for people: a login form if all is well, else a failure.
func HTMLPage(w http.ResponseWriter, status int) {
	title, body := http.StatusText(status), "<p>The server could not answer.</p>"
	switch status {
	case http.StatusNotFound:
		body = "<p>The requested resource was not found on this server.</p>"
	case http.StatusOK:
		title, body = "Sign in", `<form method="post"><input name="username"><input name="password" type="password"></form>`
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<!doctype html>\n<html><head><title>%s</title></head><body><h1>%[1]s</h1>%s</body></html>\n", title, body)
}

// FormatTime writes a time as the framework does: microseconds, unless there are none.
func FormatTime(t time.Time) string {
	layout := "2006-01-02T15:04:05.000000Z"
	if t.Nanosecond()/1000 == 0 {
		layout = "2006-01-02T15:04:05Z"
	}
	return t.UTC().Format(layout)
}

// FormatTimeOrNull is nil for a time that is not set.
func FormatTimeOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return OrNull(FormatTime(t))
}

// OrNull is nil for what is not set.
func OrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Decimal writes a number.
func Decimal(n int) string { return strconv.Itoa(n) }
