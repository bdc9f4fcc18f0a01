package demo

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// authentikTokenSieve has filters that take one value each and compare it whole.
func authentikTokenSieve(old bool) sieve[authentikRow] {
	managed := func(t authentikRow) string { return t.managed }
	expires := func(t authentikRow) time.Time { return t.expires }
	return sieve[authentikRow]{
		id: func(t authentikRow) int { return t.id },
		text: func(t authentikRow) string {
			return haystack(t.identifier, t.intent, t.owner.username, t.description)
		},
		order: map[string]func(x, y authentikRow) int{
			"pk":          byValue(func(t authentikRow) string { return t.pk }),
			"identifier":  byValue(func(t authentikRow) string { return t.identifier }),
			"intent":      byValue(func(t authentikRow) string { return t.intent }),
			"user":        byValue(func(t authentikRow) int { return t.owner.id }),
			"description": byValue(func(t authentikRow) string { return t.description }),
			"expires":     byTime(old, expires),
			"expiring":    byValue(func(t authentikRow) int { return bit(t.expiring) }),
			"managed": func(x, y authentikRow) int {
				return cmp.Or(authentikUnset(old, x.managed == "", y.managed == ""), cmp.Compare(x.managed, y.managed))
			},
		},
		tests: map[string]test[authentikRow]{
			"identifier":     same(func(t authentikRow) string { return t.identifier }),
			"description":    same(func(t authentikRow) string { return t.description }),
			"managed":        same(managed),
			"user__username": same(func(t authentikRow) string { return t.owner.username }),
			"intent":         sameChoice(func(t authentikRow) string { return t.intent }, authentikIntents()),
			"expiring":       looseTruth(func(t authentikRow) bool { return t.expiring }),
			"expires":        instants("expires", expires)["expires"],
		},
	}
}

func authentikUserSieve(old bool) sieve[*authentikAccount] {
	joined := func(c *authentikAccount) time.Time { return c.createdAt }
	updated := func(c *authentikAccount) time.Time { return c.updatedAt }
	s := sieve[*authentikAccount]{
		id:    func(c *authentikAccount) int { return c.id },
		text:  func(c *authentikAccount) string { return haystack(c.email, c.fullName(), c.uuid, c.username) },
		order: authentikUserOrder(old), tests: authentikUserTests(),
	}
	if old {
		return s
	}
	maps.Copy(s.order, map[string]func(x, y *authentikAccount) int{
		"date_joined":          byTime(old, joined),
		"last_updated":         byTime(old, updated),
		"password_change_date": byTime(old, func(c *authentikAccount) time.Time { return c.passwordChanged }),
	})
	s.tests["last_login__isnull"] = looseTruth(func(c *authentikAccount) bool { return c.lastLogin.IsZero() })
	return s.with(instants("date_joined", joined)).with(instants("last_updated", updated)).
		with(instants("last_login", func(c *authentikAccount) time.Time { return c.lastLogin }))
}

func authentikUserOrder(old bool) map[string]func(x, y *authentikAccount) int {
	return map[string]func(x, y *authentikAccount) int{
		"pk":         byValue(func(c *authentikAccount) int { return c.id }),
		"username":   byValue(func(c *authentikAccount) string { return c.username }),
		"name":       byValue(func(c *authentikAccount) string { return c.fullName() }),
		"email":      byValue(func(c *authentikAccount) string { return c.email }),
		"path":       byValue(func(c *authentikAccount) string { return c.path }),
		"type":       byValue(func(c *authentikAccount) string { return c.kind }),
		"uuid":       byValue(func(c *authentikAccount) string { return c.uuid }),
		"is_active":  byValue(func(c *authentikAccount) int { return bit(c.active) }),
		"last_login": byTime(old, func(c *authentikAccount) time.Time { return c.lastLogin }),
	}
}

// authentikUserTests let is_superuser look at the groups that a user is in and not at
// their parents, so it may not agree with the field of that name.
func authentikUserTests() map[string]test[*authentikAccount] {
	return map[string]test[*authentikAccount]{
		"username":  same(func(c *authentikAccount) string { return c.username }),
		"name":      same(func(c *authentikAccount) string { return c.fullName() }),
		"email":     same(func(c *authentikAccount) string { return c.email }),
		"path":      same(func(c *authentikAccount) string { return c.path }),
		"uuid":      sameUUID(func(c *authentikAccount) string { return c.uuid }),
		"is_active": looseTruth(func(c *authentikAccount) bool { return c.active }),
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
