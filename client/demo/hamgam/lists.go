package hamgam

import (
	"cmp"
	"time"

	. "authdeck/client/demo/stage"
)

func hamgamTokens() FilterSet[*Token] {
	id := func(t *Token) int { return t.ID }
	created := func(t *Token) time.Time { return t.CreatedAt }
	updated := func(t *Token) time.Time { return t.UpdatedAt }
	return FilterSet[*Token]{
		ID: id, Text: (*Token).SearchText,
		Order: map[string]func(a, b *Token) int{
			"id":         func(a, b *Token) int { return cmp.Compare(a.ID, b.ID) },
			"user":       func(a, b *Token) int { return cmp.Compare(a.Owner.ID, b.Owner.ID) },
			"created_at": func(a, b *Token) int { return a.CreatedAt.Compare(b.CreatedAt) },
			"updated_at": func(a, b *Token) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
		},
		Filters: map[string]Filter[*Token]{},
	}.With(NumberRange("id", id)).With(DateRange("created", created)).With(DateRange("updated", updated))
}

func hamgamUsers(s *Store) FilterSet[*User] {
	id := func(u *User) int { return u.ID }
	return FilterSet[*User]{
		ID: id, Text: (*User).SearchText,
		Order: hamgamUserOrder(), Filters: hamgamUserTests(s),
	}.With(NumberRange("id", id)).
		With(DateRange("created", func(u *User) time.Time { return u.CreatedAt })).
		With(DateRange("updated", func(u *User) time.Time { return u.UpdatedAt })).
		With(DateRange("last_login", func(u *User) time.Time { return u.LastLogin }))
}

// hamgamUserOrder puts what is not set last, as the database does.
func hamgamUserOrder() map[string]func(a, b *User) int {
	return map[string]func(a, b *User) int{
		"id":       func(a, b *User) int { return cmp.Compare(a.ID, b.ID) },
		"username": func(a, b *User) int { return cmp.Compare(a.Username, b.Username) },
		"gender":   func(a, b *User) int { return cmp.Compare(a.Gender, b.Gender) },
		"email": func(a, b *User) int {
			return cmp.Or(UnsetLast(a.Email == "", b.Email == ""), cmp.Compare(a.Email, b.Email))
		},
		"last_login": func(a, b *User) int {
			return cmp.Or(UnsetLast(a.LastLogin.IsZero(), b.LastLogin.IsZero()), a.LastLogin.Compare(b.LastLogin))
		},
		"created_at": func(a, b *User) int { return a.CreatedAt.Compare(b.CreatedAt) },
		"updated_at": func(a, b *User) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
	}
}

func hamgamUserTests(s *Store) map[string]Filter[*User] {
	return map[string]Filter[*User]{
		"has_email":      ByBool(func(u *User) bool { return u.Email != "" }),
		"has_avatar":     ByBool(func(u *User) bool { return u.Avatar != "" }),
		"has_phone":      ByBool(func(u *User) bool { return u.Mobile != "" }),
		"has_token":      ByBool(s.HasToken),
		"has_first_name": ByBool(func(u *User) bool { return u.First != "" }),
		"has_last_name":  ByBool(func(u *User) bool { return u.Last != "" }),
		"has_groups":     ByBool(func(u *User) bool { return u.Group > 0 }),
		"is_active":      ByBool(func(u *User) bool { return u.Active }),
		"is_online":      ByBool(func(u *User) bool { return u.Online }),
		"is_staff":       ByBool(func(u *User) bool { return u.Staff }),
		"is_admin":       ByBool(func(u *User) bool { return u.Admin }),
		"is_customer":    ByBool(func(u *User) bool { return !u.Staff && !u.Admin }),
		"gender":         ByChoice(func(u *User) string { return u.Gender }, "male", "female", "other"),
		"group_id":       ByNumber(func(u *User) int { return u.Group }, func(order int) bool { return order == 0 }),
		"groups_in":      ByAnyOf(func(u *User) int { return u.Group }),
	}
}
