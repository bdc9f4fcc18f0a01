package authentik

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

// tokenFilterSet has filters that take one value each and compare it whole.
func tokenFilterSet(early bool) stage.FilterSet[token] {
	managed := func(t token) string { return t.managed }
	expires := func(t token) time.Time { return t.expires }
	return stage.FilterSet[token]{
		ID: func(t token) int { return t.id }, Words: searchWords,
		Text: func(t token) string {
			return stage.SearchText(t.identifier, t.intent, t.owner.Username, t.description)
		},
		Order: map[string]func(x, y token) int{
			"pk":          byValue(func(t token) string { return t.pk }),
			"identifier":  byValue(func(t token) string { return t.identifier }),
			"intent":      byValue(func(t token) string { return t.intent }),
			"user":        byValue(func(t token) int { return t.owner.ID }),
			"description": byValue(func(t token) string { return t.description }),
			"expires":     byTime(early, expires),
			"expiring":    byValue(func(t token) int { return bit(t.expiring) }),
			"managed": func(x, y token) int {
				return cmp.Or(compareUnset(early, x.managed == "", y.managed == ""), cmp.Compare(x.managed, y.managed))
			},
		},
		Filters: map[string]stage.Filter[token]{
			"identifier":     same(func(t token) string { return t.identifier }),
			"description":    same(func(t token) string { return t.description }),
			"managed":        same(managed),
			"user__username": same(func(t token) string { return t.owner.Username }),
			"intent":         sameChoice(func(t token) string { return t.intent }, intents()),
			"expiring":       looseTruth(func(t token) bool { return t.expiring }),
			"expires":        instants("expires", expires)["expires"],
		},
	}
}

func userFilterSet(old, early bool) stage.FilterSet[*account] {
	joined := func(c *account) time.Time { return c.CreatedAt }
	updated := func(c *account) time.Time { return c.UpdatedAt }
	s := stage.FilterSet[*account]{
		ID:    func(c *account) int { return c.ID },
		Words: searchWords,
		Text:  func(c *account) string { return stage.SearchText(c.Email, c.FullName(), c.uuid, c.Username) },
		Order: userOrder(early), Filters: userFilters(),
	}
	if old {
		return s
	}
	maps.Copy(s.Order, map[string]func(x, y *account) int{
		"date_joined":          byTime(early, joined),
		"last_updated":         byTime(early, updated),
		"password_change_date": byTime(early, func(c *account) time.Time { return c.passwordChanged }),
	})
	s.Filters["last_login__isnull"] = looseTruth(func(c *account) bool { return c.LastLogin.IsZero() })
	return s.With(instants("date_joined", joined)).With(instants("last_updated", updated)).
		With(instants("last_login", func(c *account) time.Time { return c.LastLogin }))
}

func userOrder(early bool) map[string]func(x, y *account) int {
	return map[string]func(x, y *account) int{
		"pk":         byValue(func(c *account) int { return c.ID }),
		"username":   byValue(func(c *account) string { return c.Username }),
		"name":       byValue(func(c *account) string { return c.FullName() }),
		"email":      byValue(func(c *account) string { return c.Email }),
		"path":       byValue(func(c *account) string { return c.path }),
		"type":       byValue(func(c *account) string { return c.kind }),
		"uuid":       byValue(func(c *account) string { return c.uuid }),
		"is_active":  byValue(func(c *account) int { return bit(c.Active) }),
		"last_login": byTime(early, func(c *account) time.Time { return c.LastLogin }),
	}
}

// userFilters let is_superuser look at the groups that a user is in and not at
// their parents, so it may not agree with the field of that name.
func userFilters() map[string]stage.Filter[*account] {
	return map[string]stage.Filter[*account]{
		"username":  same(func(c *account) string { return c.Username }),
		"name":      same(func(c *account) string { return c.FullName() }),
		"email":     same(func(c *account) string { return c.Email }),
		"path":      same(func(c *account) string { return c.path }),
		"uuid":      sameUUID(func(c *account) string { return c.uuid }),
		"is_active": looseTruth(func(c *account) bool { return c.Active }),
		"is_superuser": looseTruth(func(c *account) bool {
			return slices.ContainsFunc(c.groups, func(t *group) bool { return t.superuser })
		}),
		"path_startswith": func(value string) (func(*account) bool, string) {
			return func(c *account) bool { return strings.HasPrefix(c.path, value) }, ""
		},
	}
}

// multiFilters are the filters of users that take any number of values.
func (a *server) multiFilters() []multiFilter[*account] {
	name, pk := func(r namedRow) string { return r.Name }, func(r namedRow) string { return r.PK }
	groups := func(of func(namedRow) string) func(*account) []string {
		return func(c *account) []string {
			var all []string
			for _, t := range c.groups {
				all = append(all, of(t.namedRow))
			}
			return all
		}
	}
	roles := func(of func(namedRow) string) func(*account) []string {
		return func(c *account) []string { return each(c.roles, of) }
	}
	var ofGroups, ofRoles []namedRow
	for _, t := range a.groups {
		ofGroups = append(ofGroups, t.namedRow)
	}
	for _, c := range a.accounts {
		ofRoles = append(ofRoles, c.roles...)
	}
	return []multiFilter[*account]{
		{name: "type", choices: kinds(), of: func(c *account) []string { return []string{c.kind} }},
		{name: "groups_by_name", choices: each(ofGroups, name), of: groups(name)},
		{name: "groups_by_pk", choices: each(ofGroups, pk), of: groups(pk), uuids: true},
		{name: "roles_by_name", choices: each(ofRoles, name), of: roles(name)},
		{name: "roles_by_pk", choices: each(ofRoles, pk), of: roles(pk), uuids: true},
	}
}

// each is something of every row.
func each[T any](rows []T, of func(T) string) []string {
	var all []string
	for _, row := range rows {
		all = append(all, of(row))
	}
	return all
}
