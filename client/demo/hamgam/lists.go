package hamgam

import (
	"cmp"
	"time"

	"authdeck/client/demo/stage"
)

func tokenFilterSet() stage.FilterSet[*stage.Token] {
	id := func(t *stage.Token) int { return t.ID }
	created := func(t *stage.Token) time.Time { return t.CreatedAt }
	updated := func(t *stage.Token) time.Time { return t.UpdatedAt }
	return stage.FilterSet[*stage.Token]{
		ID: id, Text: (*stage.Token).SearchText,
		Order: map[string]func(a, b *stage.Token) int{
			"id":         func(a, b *stage.Token) int { return cmp.Compare(a.ID, b.ID) },
			"user":       func(a, b *stage.Token) int { return cmp.Compare(a.Owner.ID, b.Owner.ID) },
			"created_at": func(a, b *stage.Token) int { return a.CreatedAt.Compare(b.CreatedAt) },
			"updated_at": func(a, b *stage.Token) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
		},
		Filters: map[string]stage.Filter[*stage.Token]{},
	}.With(stage.NumberRange("id", id)).With(stage.DateRange("created", created)).With(stage.DateRange("updated", updated))
}

func userFilterSet(s *stage.Store) stage.FilterSet[*stage.User] {
	id := func(u *stage.User) int { return u.ID }
	return stage.FilterSet[*stage.User]{
		ID: id, Text: (*stage.User).SearchText,
		Order: userOrder(), Filters: userFilters(s),
	}.With(stage.NumberRange("id", id)).
		With(stage.DateRange("created", func(u *stage.User) time.Time { return u.CreatedAt })).
		With(stage.DateRange("updated", func(u *stage.User) time.Time { return u.UpdatedAt })).
		With(stage.DateRange("last_login", func(u *stage.User) time.Time { return u.LastLogin }))
}

// userOrder puts what is not set last, as the database does.
func userOrder() map[string]func(a, b *stage.User) int {
	return map[string]func(a, b *stage.User) int{
		"id":       func(a, b *stage.User) int { return cmp.Compare(a.ID, b.ID) },
		"username": func(a, b *stage.User) int { return cmp.Compare(a.Username, b.Username) },
		"gender":   func(a, b *stage.User) int { return cmp.Compare(a.Gender, b.Gender) },
		"email": func(a, b *stage.User) int {
			return cmp.Or(stage.UnsetLast(a.Email == "", b.Email == ""), cmp.Compare(a.Email, b.Email))
		},
		"last_login": func(a, b *stage.User) int {
			return cmp.Or(stage.UnsetLast(a.LastLogin.IsZero(), b.LastLogin.IsZero()), a.LastLogin.Compare(b.LastLogin))
		},
		"created_at": func(a, b *stage.User) int { return a.CreatedAt.Compare(b.CreatedAt) },
		"updated_at": func(a, b *stage.User) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
	}
}

func userFilters(s *stage.Store) map[string]stage.Filter[*stage.User] {
	return map[string]stage.Filter[*stage.User]{
		"has_email":      stage.ByBool(func(u *stage.User) bool { return u.Email != "" }),
		"has_avatar":     stage.ByBool(func(u *stage.User) bool { return u.Avatar != "" }),
		"has_phone":      stage.ByBool(func(u *stage.User) bool { return u.Mobile != "" }),
		"has_token":      stage.ByBool(s.HasToken),
		"has_first_name": stage.ByBool(func(u *stage.User) bool { return u.First != "" }),
		"has_last_name":  stage.ByBool(func(u *stage.User) bool { return u.Last != "" }),
		"has_groups":     stage.ByBool(func(u *stage.User) bool { return u.Group > 0 }),
		"is_active":      stage.ByBool(func(u *stage.User) bool { return u.Active }),
		"is_online":      stage.ByBool(func(u *stage.User) bool { return u.Online }),
		"is_staff":       stage.ByBool(func(u *stage.User) bool { return u.Staff }),
		"is_admin":       stage.ByBool(func(u *stage.User) bool { return u.Admin }),
		"is_customer":    stage.ByBool(func(u *stage.User) bool { return !u.Staff && !u.Admin }),
		"gender":         stage.ByChoice(func(u *stage.User) string { return u.Gender }, "male", "female", "other"),
		"group_id":       stage.ByNumber(func(u *stage.User) int { return u.Group }, func(order int) bool { return order == 0 }),
		"groups_in":      stage.ByAnyOf(func(u *stage.User) int { return u.Group }),
	}
}
