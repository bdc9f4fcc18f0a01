package client_test

import (
	"slices"
	"strconv"

	"authdeck/model"
)

func hamgamTruth(w *world) truth {
	id := func(r row) string { return r.number("id") }
	own := fact[model.Token]{
		at:   []string{"key"},
		read: func(r row) string { return strconv.FormatBool(r.text("key") == w.system.Token) },
		said: func(t model.Token) string { return strconv.FormatBool(t.Own) },
	}
	pages := func(list string) []string { return []string{list + "?limit=100", list + "?limit=100&offset=100"} }
	return truth{
		tokens: []roll[model.Token]{{
			pages: pages("/api/users/auth_tokens/"), id: id,
			facts: slices.Concat(ofOwner("user_data", append(hamgamOwner(), personName("first_name", "last_name"))), []fact[model.Token]{
				own, aNumber("id", tokenID), aMoment("created_at", tokenCreated), aMoment("updated_at", tokenUpdated),
			}),
		}},
		users: []roll[model.User]{{
			pages: pages("/api/users/"), id: id,
			facts: slices.Concat(hamgamOwner(), []fact[model.User]{
				aText("full_name", userFullName), aText("email", userEmail),
				anAnswer("is_active", userActive), anAnswer("is_staff", userStaff), anAnswer("is_admin", userAdmin),
				aMomentOrNever("last_login", userLogin), aMoment("created_at", userCreated),
			}),
		}},
		unheld: map[string]string{
			"count":   "of a list, and every promise reads lists to the end that it says",
			"results": "without them there are no rows",
		},
	}
}

// hamgamOwner is what is said of a user and of an owner alike.
func hamgamOwner() []fact[model.User] {
	return []fact[model.User]{
		aNumber("id", userID), aText("username", userName),
		aText("mobile_number", func(u model.User) model.Text { return u.Mobile }),
	}
}

// personName is a full name that comes in two members.
func personName(first, last string) fact[model.User] {
	return texted(func(r row) model.Text {
		return model.Join(" ", model.Clean(r.text(first)), model.Clean(r.text(last)))
	}, userFullName, first, last)
}
