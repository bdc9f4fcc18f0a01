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
	if a.old() || a.Settings.Has(Last2025) {
		f.JSON = "application/json; charset=utf-8"
	}
	return f
}

// views have the names that OPTIONS gives. The real server has methods that are not
// played, and names them all the same.
func views() map[string]stage.View {
	return map[string]stage.View{
		"/core/tokens/":                       {Name: "Token List", Description: "Token Viewset"},
		"/core/tokens/{identifier}/":          {Name: "Token Instance", Description: "Token Viewset"},
		"/core/tokens/{identifier}/view_key/": {Name: "View key", Description: "Return token key and log access"},
		"/core/tokens/{identifier}/set_key/": {Name: "Set key", Description: "Set token key. Action is logged as event. `authentik_core.set_token_key` permission\n" +
			"is required."},
		"/core/tokens/{identifier}/used_by/": {Name: "Used by", Description: "Get a list of all objects that use this object"},
		"/core/users/":                       {Name: "User List", Description: "User Viewset", Allow: "GET, POST, HEAD, OPTIONS"},
		"/core/users/{id}/":                  {Name: "User Instance", Description: "User Viewset", Allow: "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"},
		"/core/users/{id}/used_by/":          {Name: "Used by", Description: "Get a list of all objects that use this object"},
		"/core/users/me/":                    {Name: "Me", Description: "Get information about current user"},
		"/admin/version/":                    {Name: "Version", Description: "Get running and latest version."},
		"/admin/settings/":                   {Name: "Settings", Description: "Settings view", Allow: "GET, PUT, PATCH, HEAD, OPTIONS"},
		"/root/config/":                      {Name: "Config", Description: "Read-only view set that returns the current session's Configs"},
	}
}
