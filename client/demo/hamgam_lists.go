package demo

import (
	"cmp"
	"time"
)

func hamgamTokens() sieve[*token] {
	id := func(t *token) int { return t.id }
	created := func(t *token) time.Time { return t.createdAt }
	updated := func(t *token) time.Time { return t.updatedAt }
	return sieve[*token]{
		id: id, text: (*token).searchText,
		order: map[string]func(a, b *token) int{
			"id":         func(a, b *token) int { return cmp.Compare(a.id, b.id) },
			"user":       func(a, b *token) int { return cmp.Compare(a.owner.id, b.owner.id) },
			"created_at": func(a, b *token) int { return a.createdAt.Compare(b.createdAt) },
			"updated_at": func(a, b *token) int { return a.updatedAt.Compare(b.updatedAt) },
		},
		tests: map[string]test[*token]{},
	}.with(between("id", id)).with(days("created", created)).with(days("updated", updated))
}

func hamgamUsers(s *store) sieve[*user] {
	id := func(u *user) int { return u.id }
	return sieve[*user]{
		id: id, text: (*user).searchText,
		order: hamgamUserOrder(), tests: hamgamUserTests(s),
	}.with(between("id", id)).
		with(days("created", func(u *user) time.Time { return u.createdAt })).
		with(days("updated", func(u *user) time.Time { return u.updatedAt })).
		with(days("last_login", func(u *user) time.Time { return u.lastLogin }))
}

// hamgamUserOrder puts what is not set last, as the database does.
func hamgamUserOrder() map[string]func(a, b *user) int {
	return map[string]func(a, b *user) int{
		"id":       func(a, b *user) int { return cmp.Compare(a.id, b.id) },
		"username": func(a, b *user) int { return cmp.Compare(a.username, b.username) },
		"gender":   func(a, b *user) int { return cmp.Compare(a.gender, b.gender) },
		"email": func(a, b *user) int {
			return cmp.Or(unsetLast(a.email == "", b.email == ""), cmp.Compare(a.email, b.email))
		},
		"last_login": func(a, b *user) int {
			return cmp.Or(unsetLast(a.lastLogin.IsZero(), b.lastLogin.IsZero()), a.lastLogin.Compare(b.lastLogin))
		},
		"created_at": func(a, b *user) int { return a.createdAt.Compare(b.createdAt) },
		"updated_at": func(a, b *user) int { return a.updatedAt.Compare(b.updatedAt) },
	}
}

func hamgamUserTests(s *store) map[string]test[*user] {
	return map[string]test[*user]{
		"has_email":      yesNo(func(u *user) bool { return u.email != "" }),
		"has_avatar":     yesNo(func(u *user) bool { return u.avatar != "" }),
		"has_phone":      yesNo(func(u *user) bool { return u.mobile != "" }),
		"has_token":      yesNo(s.holds),
		"has_first_name": yesNo(func(u *user) bool { return u.first != "" }),
		"has_last_name":  yesNo(func(u *user) bool { return u.last != "" }),
		"has_groups":     yesNo(func(u *user) bool { return u.group > 0 }),
		"is_active":      yesNo(func(u *user) bool { return u.active }),
		"is_online":      yesNo(func(u *user) bool { return u.online }),
		"is_staff":       yesNo(func(u *user) bool { return u.staff }),
		"is_admin":       yesNo(func(u *user) bool { return u.admin }),
		"is_customer":    yesNo(func(u *user) bool { return !u.staff && !u.admin }),
		"gender":         oneOf(func(u *user) string { return u.gender }, "male", "female", "other"),
		"group_id":       byNumber(func(u *user) int { return u.group }, func(order int) bool { return order == 0 }),
		"groups_in":      anyOf(func(u *user) int { return u.group }),
	}
}
