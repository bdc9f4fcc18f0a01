package waldur

import (
	"net/http"

	"authdeck/client/demo/stage"
)

// framework is what Django and its REST framework put around every view, as seen on
// 7.0.7.
func framework() stage.Framework {
	return stage.Framework{
		Vary: "Accept-Language, Cookie", PageVary: "Accept-Language, Cookie",
		Headers: map[string]string{"Content-Language": "en", "X-Frame-Options": "DENY"},
		Renders: []string{"application/json"},
		Parses:  []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data"},
		Formats: map[string]int{"": http.StatusNotFound},
		Views:   views(),
	}
}

// views name methods that are switched off or not played, as the real server does.
func views() map[string]stage.View {
	const one = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
	const list = "GET, POST, HEAD, OPTIONS"
	return map[string]stage.View{
		"/api/":                 {Name: "Api Root"},
		"/api/configuration/":   {Name: "Configuration Detail", NoHead: true},
		"/api/version/":         {Name: "Version Detail", NoHead: true},
		"/api/auth-tokens/":     {Name: "Auth Token List", Allow: list},
		"/api/auth-tokens/{n}/": {Name: "Auth Token Instance", Allow: one},
		"/api/users/":           {Name: "User List", Allow: list},
		"/api/users/{uuid}/":    {Name: "User Instance", Allow: one},
		"/api/users/me/":        {Name: "Me"},
		"/api-auth/password/":   {Name: "Obtain Auth Token"},
		"/api-auth/logout/":     {Name: "Logout"},
	}
}
