package authentik

import (
	_ "embed"
	"encoding/json"

	"authdeck/client/demo/stage"
)

// optionsJSON are the fields as OPTIONS tells of them on 2025.12.4 and 2026.5.0-rc1.
//
//go:embed options.json
var optionsJSON []byte

// described are the fields of tokens, users and settings.
func described() map[string]map[string]stage.Field {
	var all map[string]map[string]stage.Field
	_ = json.Unmarshal(optionsJSON, &all) // it is part of the program
	all["token"]["user_obj"].With("children", all["user"])
	return all
}

// views have the names that OPTIONS gives. The real server has methods that are not
// played, and names them all the same.
func views() map[string]stage.View {
	fields := described()
	of := func(method, what string) stage.Fields { return stage.Fields{method: fields[what]} }
	return map[string]stage.View{
		"/core/tokens/":                       {Name: "Token List", Description: "Token Viewset", Actions: of("POST", "token")},
		"/core/tokens/{identifier}/":          {Name: "Token Instance", Description: "Token Viewset", Actions: of("PUT", "token")},
		"/core/tokens/{identifier}/view_key/": {Name: "View key", Description: "Return token key and log access"},
		"/core/tokens/{identifier}/set_key/": {
			Name: "Set key", Description: "Set token key. Action is logged as event. `authentik_core.set_token_key` permission\nis required.",
			Actions: of("POST", "token"),
		},
		"/core/tokens/{identifier}/used_by/": {Name: "Used by", Description: "Get a list of all objects that use this object"},
		"/core/users/": {
			Name: "User List", Description: "User Viewset", Allow: "GET, POST, HEAD, OPTIONS", Actions: of("POST", "user"),
		},
		"/core/users/{id}/": {
			Name: "User Instance", Description: "User Viewset", Allow: "GET, PUT, PATCH, DELETE, HEAD, OPTIONS", Actions: of("PUT", "user"),
		},
		"/core/users/{id}/used_by/": {Name: "Used by", Description: "Get a list of all objects that use this object"},
		"/core/users/paths/":        {Name: "Paths", Description: "Get all user paths"},
		"/core/users/me/":           {Name: "Me", Description: "Get information about current user"},
		"/admin/version/":           {Name: "Version", Description: "Get running and latest version."},
		"/admin/settings/": {
			Name: "Settings", Description: "Settings view", Allow: "GET, PUT, PATCH, HEAD, OPTIONS", Actions: of("PUT", "settings"),
		},
		"/root/config/": {Name: "Config", Description: "Read-only view set that returns the current session's Configs"},
	}
}
