package authentik

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// serializer is how users are shown, alone or within a token.
type serializer struct{ groups, roles, old bool }

// serializer goes by the query of whatever request it is.
func (a *server) serializer(r *http.Request) serializer {
	asked := func(name string) bool {
		value := r.URL.Query().Get(name)
		return value == "" || strings.EqualFold(value, "true")
	}
	return serializer{groups: asked("include_groups"), roles: asked("include_roles"), old: a.old()}
}

func (s serializer) token(t token) tokenRow {
	return tokenRow{
		PK: t.pk, Managed: stage.OrNull(t.managed), Identifier: t.identifier, Intent: t.intent,
		User: t.owner.ID, UserObj: s.user(t.owner), Description: t.description,
		Expires: stage.FormatTimeOrNull(t.expires), Expiring: t.expiring,
	}
}

func (s serializer) user(c *account) userRow {
	u := userRow{
		PK: c.ID, Username: c.Username, Name: c.FullName(), IsActive: c.Active,
		LastLogin: stage.FormatTimeOrNull(c.LastLogin), IsSuperuser: c.superuser(), Groups: []string{},
		Email: c.Email, Avatar: c.picture(), Attributes: c.attributes, UID: c.uid(),
		Path: c.path, Type: c.kind, UUID: c.uuid,
	}
	if s.groups {
		u.GroupsObj = []groupRow{}
	}
	for _, t := range c.groups {
		u.Groups = append(u.Groups, t.PK)
		if s.groups {
			u.GroupsObj = append(u.GroupsObj, s.group(t))
		}
	}
	if !s.old {
		u.newerUserFields = s.since(c)
	}
	return u
}

func (s serializer) since(c *account) *newerUserFields {
	more := &newerUserFields{
		DateJoined: stage.FormatTime(c.CreatedAt), LastUpdated: stage.FormatTime(c.UpdatedAt),
		PasswordChangeDate: stage.FormatTime(c.passwordChanged), Roles: []string{},
	}
	for _, role := range c.roles {
		more.Roles = append(more.Roles, role.PK)
	}
	if s.roles {
		more.RolesObj = c.roles
	}
	return more
}

func (s serializer) group(t *group) groupRow {
	g := groupRow{PK: t.PK, NumPK: t.number, Name: t.Name, IsSuperuser: t.superuser, Attributes: t.attributes}
	if s.old {
		g.parentFields = &parentFields{}
		if t.parent != nil {
			g.Parent, g.ParentName = &t.parent.PK, &t.parent.Name
		}
	}
	return g
}

// self is what users may know of themselves.
func (s serializer) self(c *account) selfRow {
	me := selfRow{
		PK: c.ID, Username: c.Username, Name: c.FullName(), IsActive: c.Active, IsSuperuser: c.superuser(),
		Groups: []namedRow{}, Email: c.Email, Avatar: c.picture(), UID: c.uid(),
		Settings: map[string]any{}, Type: c.kind, SystemPermissions: []string{},
	}
	if !s.old {
		me.Roles = &c.roles
	}
	if own, ok := c.attributes["settings"].(map[string]any); ok {
		me.Settings = own
	}
	for _, t := range c.allGroups() {
		me.Groups = append(me.Groups, t.namedRow)
	}
	if c.superuser() {
		me.SystemPermissions = []string{
			"access_admin_interface", "edit_system_settings", "view_system_info", "view_system_settings", "view_system_tasks",
		}
	}
	return me
}

// picture is a long text for those who have none of their own.
func (c *account) picture() string {
	if c.Avatar != "" {
		return c.Avatar
	}
	initials := strings.ToUpper(slug(c.Username)[:min(2, len(c.Username))])
	drawing := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#%06x"/>`+
		`<text x="50%%" y="50%%" fill="#fff" font-size="28" text-anchor="middle" dy=".35em">%s</text></svg>`, c.ID*7919%0xffffff, initials)
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(drawing))
}
