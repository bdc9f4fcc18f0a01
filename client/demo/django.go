package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// The manners of Django and its REST framework, which several systems share.

// reply sends JSON as the framework does: compact and not escaped for HTML.
func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Vary", "Accept, Origin")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(body) // fails only when the client has gone
}

func detail(w http.ResponseWriter, status int, text string) {
	reply(w, status, map[string]string{"detail": text})
}

func unauthenticated(w http.ResponseWriter, text string) {
	w.Header().Set("WWW-Authenticate", "Token")
	detail(w, http.StatusUnauthorized, text)
}

// refuse is the [refusal] of this family.
func refuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		unauthenticated(w, "Invalid token.")
	case http.StatusForbidden:
		detail(w, status, "You do not have permission to perform this action.")
	case http.StatusNotFound:
		detail(w, status, "Not found.")
	default:
		detail(w, status, fmt.Sprintf("Request was throttled. Expected available in %s seconds.", w.Header().Get("Retry-After")))
	}
}

// page is an answer for people: a login form if all is well, else a failure.
func page(w http.ResponseWriter, status int) {
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

// stamp writes a time as the framework does: microseconds, unless there are none.
func stamp(t time.Time) string {
	layout := "2006-01-02T15:04:05.000000Z"
	if t.Nanosecond()/1000 == 0 {
		layout = "2006-01-02T15:04:05Z"
	}
	return t.UTC().Format(layout)
}

func stampOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(stamp(t))
}

// orNull is nil for what is not set.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func decimal(n int) string { return strconv.Itoa(n) }
