package client_test

import (
	"cmp"
	"fmt"
	"net/http"

	"authdeck/model"
)

// dialect is what a test knows of a system's own words, to look past the client.
type dialect struct {
	kind       string
	me         string // the path that every good key of an administrator may read
	users      string
	regenerate string // with %s for the token's id
	sign       func(r *http.Request, key string)
	tokenOrder map[string]func(a, b model.Token) int // by Sort.Key
	userOrder  map[string]func(a, b model.User) int
}

func hamgam() dialect {
	created := func(u model.User) model.When { return u.Created }
	login := func(u model.User) model.When { return u.LastLogin }
	number := func(u model.User) string { return fmt.Sprintf("%09s", u.ID) }
	id := func(t model.Token) string { return fmt.Sprintf("%09s", t.ID) }
	updated := func(t model.Token) model.When { return t.Updated }
	return dialect{
		kind: "hamgam", me: "/api/users/me/", users: "/api/users/",
		regenerate: "/api/users/auth_tokens/%s/regenerate/",
		sign:       func(r *http.Request, key string) { r.Header.Set("Authorization", "Token "+key) },
		tokenOrder: map[string]func(a, b model.Token) int{
			"id": up(id), "-id": down(id), "updated_at": earlier(updated), "-updated_at": later(updated),
			"user": up(func(t model.Token) string { return fmt.Sprintf("%09s", t.Owner.ID) }),
		},
		userOrder: map[string]func(a, b model.User) int{
			"id": up(number), "-created_at": later(created), "last_login": earlier(login), "-last_login": later(login),
			"username": up(func(u model.User) string { return unaltered(u.Username) }),
			"email":    up(func(u model.User) string { return unaltered(u.Email) }),
		},
	}
}

// unaltered is empty for a text by which nothing can be said of the order.
func unaltered(t model.Text) string {
	if t.Changed() {
		return ""
	}
	return t.String()
}

func up[T any](of func(T) string) func(a, b T) int {
	return func(a, b T) int {
		if of(a) == "" || of(b) == "" {
			return 0
		}
		return cmp.Compare(of(a), of(b))
	}
}

func down[T any](of func(T) string) func(a, b T) int {
	return func(a, b T) int { return up(of)(b, a) }
}

func earlier[T any](of func(T) model.When) func(a, b T) int {
	return func(a, b T) int {
		first, known1 := of(a).Time()
		second, known2 := of(b).Time()
		if !known1 || !known2 {
			return 0
		}
		return first.Compare(second)
	}
}

func later[T any](of func(T) model.When) func(a, b T) int {
	return func(a, b T) int { return earlier(of)(b, a) }
}
