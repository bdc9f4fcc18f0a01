package authentik

import (
	"net/http"

	"authdeck/client/demo/stage"
)

// framework is what Django and its REST framework put around every view of this server,
// as seen on 2025.12.4 and 2026.5.0-rc1. Up to 2025.12 JSON says which letters it has.
func (a *server) framework() stage.Framework {
	f := stage.Framework{
		Vary: "Accept-Language, Cookie", PageVary: "Accept-Language, Cookie",
		Headers: map[string]string{
			"Content-Language": "en", "X-Frame-Options": "SAMEORIGIN",
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		},
		Renders: []string{"application/json"}, Parses: []string{"application/json"},
		Formats: map[string]int{"": http.StatusNotFound},
		Views:   views(),
	}
	if a.early() {
		f.JSON = "application/json; charset=utf-8"
	}
	return f
}
