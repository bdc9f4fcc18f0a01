package awx

import (
	"maps"
	"net/http"
	"slices"

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
	switch {
	case a.generation == Tower:
		return stage.Framework{Head: a.head, Views: a.views()}
	case a.generation.IsGateway():
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

// described is what OPTIONS tells of the objects of one list.
type described struct {
	kind, called    string // as "types" calls them, and as people do
	fields          []described1
	search, related []string
}

// described1 is one field of them.
type described1 struct {
	name, kind, label, help string
	writes                  bool // a caller may set it
	required                bool
	unfiltered              bool
	more                    map[string]any
}

const scopeHelp = "Allowed scopes, further restricts user's permissions. Must be a simple space-separated string with allowed scopes ['read', 'write']."

func describedTokens() described {
	return described{kind: tokenKind, called: "access token", search: []string{"description"}, related: []string{"application__search", "refresh_token__search", "user__search"}, fields: []described1{
		{name: "id", kind: "integer", label: "Id", help: "Database ID for this access token."},
		{name: "created", kind: "datetime", label: "Created", help: "Timestamp when this access token was created."},
		{name: "modified", kind: "datetime", label: "Modified", help: "Timestamp when this access token was last modified."},
		{name: "description", kind: "string", label: "Description", help: "Optional description of this access token.", writes: true, more: map[string]any{"default": ""}},
		{name: "user", kind: "id", label: "User", help: "The user representing the token owner"},
		{name: "token", kind: "string", label: "Token"},
		{name: "refresh_token", kind: "field", label: "Refresh token", unfiltered: true},
		{name: "application", kind: "id", label: "Application", writes: true},
		{name: "expires", kind: "datetime", label: "Expires"},
		{name: "scope", kind: "string", label: "Scope", help: scopeHelp, writes: true, more: map[string]any{"default": "write"}},
	}}
}

func describedUsers() described {
	return described{kind: userKind, called: "user", search: []string{"username", "first_name", "last_name", "email"}, fields: []described1{
		{name: "id", kind: "integer", label: "Id", help: "Database ID for this user."},
		{name: "created", kind: "datetime", label: "Created", help: "Timestamp when this user was created."},
		{name: "username", kind: "string", label: "Username", help: "Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.", writes: true, required: true, more: map[string]any{"max_length": 150}},
		{name: "first_name", kind: "string", label: "First name", writes: true, more: map[string]any{"max_length": 150}},
		{name: "last_name", kind: "string", label: "Last name", writes: true, more: map[string]any{"max_length": 150}},
		{name: "email", kind: "string", label: "Email address", writes: true, more: map[string]any{"max_length": 254}},
		{name: "is_superuser", kind: "boolean", label: "Superuser status", help: "Designates that this user has all permissions without explicitly assigning them.", writes: true, more: map[string]any{"default": false}},
		{name: "is_system_auditor", kind: "boolean", label: "Is system auditor", writes: true, more: map[string]any{"default": false}},
		{name: "password", kind: "string", label: "Password", help: "Field used to store the password.", writes: true, more: map[string]any{"default": ""}},
		{name: "last_login", kind: "datetime", label: "Last login"},
	}}
}

func describedApplications() described {
	return described{kind: "o_auth2_application", called: "application", search: []string{"description", "name"}, related: []string{"organization__search"}, fields: []described1{
		{name: "id", kind: "integer", label: "Id", help: "Database ID for this application."},
		{name: "created", kind: "datetime", label: "Created", help: "Timestamp when this application was created."},
		{name: "name", kind: "string", label: "Name", help: "Name of this application.", writes: true, required: true, more: map[string]any{"max_length": 255}},
		{name: "description", kind: "string", label: "Description", help: "Optional description of this application.", writes: true, more: map[string]any{"default": ""}},
		{name: "client_id", kind: "string", label: "Client id"},
		{name: "client_secret", kind: "string", label: "Client secret", help: "Used for more stringent verification of access to an application when creating a token."},
		{name: "client_type", kind: "choice", label: "Client type", writes: true, required: true, more: map[string]any{"choices": [][2]string{{"confidential", "Confidential"}, {"public", "Public"}}}},
		{name: "authorization_grant_type", kind: "choice", label: "Authorization Grant Type", writes: true, required: true, more: map[string]any{"choices": [][2]string{{"authorization-code", "Authorization code"}, {"password", "Resource owner password-based"}}}},
		{name: "organization", kind: "id", label: "Organization", help: "Organization containing this application.", writes: true, required: true},
	}}
}

func describedOrganizations() described {
	return described{kind: "organization", called: "organization", search: []string{"description", "name"}, fields: []described1{
		{name: "id", kind: "integer", label: "Id", help: "Database ID for this organization."},
		{name: "name", kind: "string", label: "Name", help: "Name of this organization."},
		{name: "description", kind: "string", label: "Description", help: "Optional description of this organization."},
		{name: "max_hosts", kind: "integer", label: "Max hosts", help: "Maximum number of hosts allowed to be managed by this organization."},
	}}
}

// view is what AWX says of a path of such objects: of their fields to whoever reads, and
// of those that can be set to whoever may write.
func (d described) view(name string, methods ...string) stage.View {
	v := stage.View{Name: name, Actions: stage.Fields{}, More: map[string]any{"types": []string{d.kind}}}
	for _, method := range append(methods, http.MethodGet) {
		told := map[string]stage.Field{}
		for _, f := range d.fields {
			if method == http.MethodGet || f.writes {
				told[f.name] = f.told(method)
			}
		}
		v.Actions[method] = told
	}
	read := v.Actions[http.MethodGet]
	read["type"] = described1{kind: "choice", label: "Type", help: "Data type for this " + d.called + ".", more: map[string]any{"choices": [][2]string{{d.kind, d.kind}}}}.told("")
	delete(read["type"], "filterable")
	read["url"] = described1{kind: "string", label: "Url", help: "URL for this " + d.called + ".", unfiltered: true}.told(http.MethodGet)
	read["related"] = described1{kind: "object", label: "Related", help: "Data structure with URLs of related resources.", unfiltered: true}.told(http.MethodGet)
	read["summary_fields"] = described1{
		kind: "object", label: "Summary fields", unfiltered: true,
		help: "Data structure with name/description for related resources.  The output for some objects may be limited for performance reasons.",
	}.told(http.MethodGet)
	v.May = func(caller *stage.User, method string) bool {
		return method == http.MethodGet || caller.May(stage.SignedIn)
	}
	return v
}

func (f described1) told(method string) stage.Field {
	told := stage.Field{"type": f.kind, "hidden": false, "label": f.label, "filterable": !f.unfiltered}
	if f.help != "" {
		told["help_text"] = f.help
	}
	if method != http.MethodGet {
		maps.Copy(told, f.more)
	}
	if f.writes && method != http.MethodGet {
		told["required"] = f.required
	}
	return told
}

// list adds what is told of a list alone.
func (d described) list(name string, methods ...string) stage.View {
	v := d.view(name, methods...)
	maps.Copy(v.More, map[string]any{"search_fields": d.search, "related_search_fields": stage.OrEmpty(d.related), "max_page_size": maxPageSize})
	return v
}

// bySuperusers tells of what can be set to superusers alone.
func bySuperusers(v stage.View) stage.View {
	v.May = func(caller *stage.User, method string) bool {
		return method == http.MethodGet || caller.Admin && caller.May(stage.SignedIn)
	}
	return v
}

// views name paths as the real server does.
func (a *server) views() map[string]stage.View {
	if a.generation.IsGateway() {
		return a.gatewayViews()
	}
	const organizationAllow = "GET, POST, HEAD, OPTIONS"
	base := a.latest()
	tokens, users, apps, organizations := describedTokens(), describedUsers(), describedApplications(), describedOrganizations()
	views := map[string]stage.View{
		"/api/": {Name: "REST API"}, "/api/o/": {Name: "API OAuth 2 Authorization Root"},
		base: {Name: "Version 2"}, base + "ping/": {Name: "Instance status"}, base + "config/": {Name: "Configuration"}, base + "me/": users.list("Me"),
		base + "users/": bySuperusers(users.list("User List", "POST")), base + "users/{id}/": bySuperusers(users.view("User Detail", "PUT")),
		base + "tokens/": tokens.list("OAuth2 Tokens", "POST"), base + "tokens/{id}/": tokens.edited("OAuth Token Detail"),
		base + "users/{id}/tokens/":            tokens.list("OAuth2 User Tokens", "POST"),
		base + "users/{id}/personal_tokens/":   tokens.without("application").list("OAuth2 Personal Access Tokens", "POST"),
		base + "users/{id}/authorized_tokens/": tokens.list("OAuth2 User Authorized Access Tokens", "POST"),
		base + "applications/":                 bySuperusers(apps.list("OAuth2 Applications", "POST")),
		base + "applications/{id}/":            bySuperusers(apps.view("OAuth Application Detail", "PUT")),
		base + "applications/{id}/tokens/":     tokens.without("application").list("OAuth2 Application Tokens", "POST"),
	}
	organization, one := organizations.list("Organization List"), organizations.view("Organization Detail")
	organization.Allow, one.Allow = organizationAllow, "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
	views[base+"organizations/"], views[base+"organizations/{id}/"] = organization, one
	views[base+"teams/"] = stage.View{Name: "Team List", Allow: organizationAllow}
	return views
}

// edited is one token, whose application does not change.
func (d described) edited(name string) stage.View { return d.without("application").view(name, "PUT") }

// without does not let a field be set.
func (d described) without(field string) described {
	d.fields = slices.Clone(d.fields)
	for i := range d.fields {
		d.fields[i].writes = d.fields[i].writes && d.fields[i].name != field
	}
	return d
}

// gatewayViews tell in the framework's own way, and of what can be set alone.
func (a *server) gatewayViews() map[string]stage.View {
	views := map[string]stage.View{}
	for path, view := range map[string]struct {
		name, method string
		of           described
		admin        bool
	}{
		"tokens/": {"Tokens", "POST", describedTokens(), false}, "tokens/{id}/": {"Token", "PUT", describedTokens(), false},
		"users/": {"User List", "POST", describedUsers(), true}, "users/{id}/": {"User Instance", "PUT", describedUsers(), true},
		"applications/": {"Applications", "POST", describedApplications(), true}, "applications/{id}/": {"Application", "PUT", describedApplications(), true},
	} {
		told := map[string]stage.Field{}
		for _, f := range view.of.fields {
			if f.name == "is_system_auditor" {
				f.name, f.label = "is_platform_auditor", "Is platform auditor"
			}
			told[f.name] = stage.NewField(f.kind, f.label, f.required, !f.writes)
			if f.help != "" {
				told[f.name] = told[f.name].With("help_text", f.help)
			}
		}
		v := stage.View{Name: view.name, Actions: stage.Fields{view.method: told}, May: func(caller *stage.User, _ string) bool { return caller.May(stage.SignedIn) }}
		if view.admin {
			v = bySuperusers(v)
		}
		views[baseGateway+path] = v
	}
	for path, name := range map[string]string{"tokens/": "Tokens", "personal_tokens/": "Personal tokens", "authorized_tokens/": "Authorized tokens"} {
		views[baseGateway+"users/{id}/"+path] = stage.View{Name: name}
	}
	for path, allow := range map[string]string{"organizations/": "GET, POST, HEAD, OPTIONS", "teams/": "GET, POST, HEAD, OPTIONS"} {
		views[baseGateway+path] = stage.View{Name: "List", Allow: allow}
	}
	return views
}
