package authentik

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

// authentikTokenSieve has filters that take one value each and compare it whole.
func authentikTokenSieve(old bool) stage.FilterSet[authentikRow] {
	managed := func(t authentikRow) string { return t.managed }
	expires := func(t authentikRow) time.Time { return t.expires }
	return stage.FilterSet[authentikRow]{
		ID: func(t authentikRow) int { return t.id },
		Text: func(t authentikRow) string {
			return stage.SearchText(t.identifier, t.intent, t.owner.Username, t.description)
		},
		Order: map[string]func(x, y authentikRow) int{
			"pk":          byValue(func(t authentikRow) string { return t.pk }),
			"identifier":  byValue(func(t authentikRow) string { return t.identifier }),
			"intent":      byValue(func(t authentikRow) string { return t.intent }),
			"user":        byValue(func(t authentikRow) int { return t.owner.ID }),
			"description": byValue(func(t authentikRow) string { return t.description }),
			"expires":     byTime(old, expires),
			"expiring":    byValue(func(t authentikRow) int { return bit(t.expiring) }),
			"managed": func(x, y authentikRow) int {
				return cmp.Or(authentikUnset(old, x.managed == "", y.managed == ""), cmp.Compare(x.managed, y.managed))
			},
		},
		Filters: map[string]stage.Filter[authentikRow]{
			"identifier":     same(func(t authentikRow) string { return t.identifier }),
			"description":    same(func(t authentikRow) string { return t.description }),
			"managed":        same(managed),
			"user__username": same(func(t authentikRow) string { return t.owner.Username }),
			"intent":         sameChoice(func(t authentikRow) string { return t.intent }, authentikIntents()),
			"expiring":       looseTruth(func(t authentikRow) bool { return t.expiring }),
			"expires":        instants("expires", expires)["expires"],
		},
	}
}

func authentikUserSieve(old bool) stage.FilterSet[*authentikAccount] {
	joined := func(c *authentikAccount) time.Time { return c.CreatedAt }
	updated := func(c *authentikAccount) time.Time { return c.UpdatedAt }
	s := stage.FilterSet[*authentikAccount]{
		ID:    func(c *authentikAccount) int { return c.ID },
		Text:  func(c *authentikAccount) string { return stage.SearchText(c.Email, c.FullName(), c.uuid, c.Username) },
		Order: authentikUserOrder(old), Filters: authentikUserTests(),
	}
	if old {
		return s
	}
	maps.Copy(s.Order, map[string]func(x, y *authentikAccount) int{
		"date_joined":          byTime(old, joined),
		"last_updated":         byTime(old, updated),
		"password_change_date": byTime(old, func(c *authentikAccount) time.Time { return c.passwordChanged }),
	})
	s.Filters["last_login__isnull"] = looseTruth(func(c *authentikAccount) bool { return c.LastLogin.IsZero() })
	return s.With(instants("date_joined", joined)).With(instants("last_updated", updated)).
		With(instants("last_login", func(c *authentikAccount) time.Time { return c.LastLogin }))
}

func authentikUserOrder(old bool) map[string]func(x, y *authentikAccount) int {
	return map[string]func(x, y *authentikAccount) int{
		"pk":         byValue(func(c *authentikAccount) int { return c.ID }),
		"username":   byValue(func(c *authentikAccount) string { return c.Username }),
		"name":       byValue(func(c *authentikAccount) string { return c.FullName() }),
		"email":      byValue(func(c *authentikAccount) string { return c.Email }),
		"path":       byValue(func(c *authentikAccount) string { return c.path }),
		"type":       byValue(func(c *authentikAccount) string { return c.kind }),
		"uuid":       byValue(func(c *authentikAccount) string { return c.uuid }),
		"is_active":  byValue(func(c *authentikAccount) int { return bit(c.Active) }),
		"last_login": byTime(old, func(c *authentikAccount) time.Time { return c.LastLogin }),
	}
}

// authentikUserTests let is_superuser look at the groups that a user is in and not at
// their parents, so it may not agree with the field of that name.
func authentikUserTests() map[string]stage.Filter[*authentikAccount] {
	return map[string]stage.Filter[*authentikAccount]{
		"username":  same(func(c *authentikAccount) string { return c.Username }),
		"name":      same(func(c *authentikAccount) string { return c.FullName() }),
		"email":     same(func(c *authentikAccount) string { return c.Email }),
		"path":      same(func(c *authentikAccount) string { return c.path }),
		"uuid":      sameUUID(func(c *authentikAccount) string { return c.uuid }),
		"is_active": looseTruth(func(c *authentikAccount) bool { return c.Active }),
		"is_superuser": looseTruth(func(c *authentikAccount) bool {
			return slices.ContainsFunc(c.teams, func(t *authentikTeam) bool { return t.superuser })
		}),
		"path_startswith": func(value string) (func(*authentikAccount) bool, string) {
			return func(c *authentikAccount) bool { return strings.HasPrefix(c.path, value) }, ""
		},
	}
}

// severals are the filters of users that take any number of values.
func (a *authentik) severals() []authentikSeveral[*authentikAccount] {
	teams := func(of func(*authentikTeam) string) func(*authentikAccount) []string {
		return func(c *authentikAccount) []string {
			var all []string
			for _, t := range c.teams {
				all = append(all, of(t))
			}
			return all
		}
	}
	name, pk := func(t *authentikTeam) string { return t.Name }, func(t *authentikTeam) string { return t.PK }
	choices := func(of func(*authentikTeam) string) []string {
		var all []string
		for _, t := range a.teams {
			all = append(all, of(t))
		}
		return all
	}
	return []authentikSeveral[*authentikAccount]{
		{"type", authentikKinds(), func(c *authentikAccount) []string { return []string{c.kind} }},
		{"groups_by_name", choices(name), teams(name)},
		{"groups_by_pk", choices(pk), teams(pk)},
	}
}
