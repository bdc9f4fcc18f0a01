package authentik

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

// serializer is how users are shown, alone or within a token.
type serializer struct {
	groups, roles, old bool
	makers             map[*account]bool // who has made a token and may see its key by a role of their own
}

// serializer goes by the query of whatever request it is.
func (a *server) serializer(r *http.Request) serializer {
	asked := func(name string) bool {
		value := r.URL.Query().Get(name)
		return value == "" || strings.EqualFold(value, "true")
	}
	s := serializer{groups: asked("include_groups"), roles: asked("include_roles"), old: a.old(), makers: map[*account]bool{}}
	for _, t := range a.tokens.All() {
		if t.viewer != nil {
			s.makers[t.viewer] = true
		}
	}
	return s
}

// rolesOf are a user's, and the one that the server makes for whoever makes a token.
func (s serializer) rolesOf(c *account) []namedRow {
	if !s.makers[c] {
		return c.roles
	}
	return append(slices.Clone(c.roles), namedRow{PK: c.roleUUID(), Name: fmt.Sprintf("ak-managed-role--user-%d", c.ID)})
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
	for _, role := range s.rolesOf(c) {
		more.Roles = append(more.Roles, role.PK)
	}
	if s.roles {
		more.RolesObj = s.rolesOf(c)
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
		me.Roles = new(s.rolesOf(c))
	}
	if own, ok := c.attributes["settings"].(map[string]any); ok {
		me.Settings = own
	}
	for _, t := range c.allGroups() {
		me.Groups = append(me.Groups, t.namedRow)
	}
	if c.superuser() {
		me.SystemPermissions = systemRights()
	}
	return me
}

// systemRights are those that a superuser is told of: 16 of them were counted on 2025.12.4
// and 2026.5.0-rc1, view_system_tasks not among them; two names of theirs were kept.
func systemRights() []string {
	rights := []string{
		"access_admin_interface", "assign_role_permissions", "edit_system_settings", "manage_media_files",
		"unassign_role_permissions", "view_media_files", "view_system_info", "view_system_settings",
	}
	for _, of := range []string{"initialpermissions", "role"} {
		for _, right := range []string{"add", "change", "delete", "view"} {
			rights = append(rights, right+"_"+of)
		}
	}
	return rights
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
