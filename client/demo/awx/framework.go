package awx

import (
	"net/http"

	"authdeck/client/demo/stage"
)

// framework is what Django and its REST framework put around every view: of AWX as seen
// on 24.6.2, of the gateway as seen on django-ansible-base of October 2024. Of Tower
// nothing is known but what the framework always did.
func (a *server) framework() stage.Framework {
	f := stage.Framework{
		Renders: []string{"application/json", "text/html"}, Parses: []string{"application/json"},
		Views: a.views(), Head: a.head,
	}
	switch a.generation {
	case Tower:
		return stage.Framework{Head: a.head}
	case Gateway:
		f.Vary, f.PageVary = "Accept, Cookie", "Cookie"
		f.Parses = append(f.Parses, "application/x-www-form-urlencoded", "multipart/form-data")
		f.Formats = map[string]int{"": http.StatusInternalServerError} // it cannot even say that it does not have it
	default:
		f.Vary, f.PageVary = "Accept, Accept-Language, origin, Cookie", "Accept-Language, origin"
		f.Headers = map[string]string{"Content-Language": "en"}
		f.Formats = map[string]int{"api": http.StatusNotAcceptable, "": http.StatusNotFound}
	}
	return f
}

// views name methods that are not played, as the real server does.
func (a *server) views() map[string]stage.View {
	const one = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
	const list = "GET, POST, HEAD, OPTIONS"
	base := a.latest()
	return map[string]stage.View{
		base + "users/":             {Name: "User List", Allow: list},
		base + "users/{id}/":        {Name: "User Detail", Allow: one},
		base + "applications/":      {Name: "OAuth 2 Applications", Allow: list},
		base + "applications/{id}/": {Name: "OAuth 2 Application Detail", Allow: one},
	}
}
