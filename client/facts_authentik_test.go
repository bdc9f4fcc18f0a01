package client_test

import (
	"slices"

	"authdeck/model"
)

func authentikTruth(*world) truth {
	return truth{
		tokens: []roll[model.Token]{{
			pages: twoPages("/api/v3/core/tokens/?page_size=100"), id: func(r row) string { return r.text("identifier") },
			facts: slices.Concat(authentikToken(), ofOwner("user_obj", authentikUser())),
		}},
		users: []roll[model.User]{{
			pages: twoPages("/api/v3/core/users/?page_size=100"), id: func(r row) string { return r.number("pk") },
			facts: append(authentikUser(), aNumber("pk", userID)),
		}},
		unheld: map[string]string{"path": "it only tells an agent from another service account"},
		filled: map[string]string{
			"identifier": "identifier", "description": "description", "intent": "intent", "expiring": "expiring",
		},
	}
}

func twoPages(list string) []string { return []string{list + "&page=1", list + "&page=2"} }

func authentikToken() []fact[model.Token] {
	expires := func(r row) model.When {
		if r.answer("expiring") == model.No {
			return model.Not(model.Never)
		}
		return r.when("expires")
	}
	return []fact[model.Token]{
		aWord("pk", row.text, tokenVersion),
		aWord("identifier", row.text, tokenID),
		aText("managed", func(t model.Token) model.Text { return t.Managed }),
		aText("intent", tokenKind), aText("description", tokenWords),
		aNumber("user", tokenOwner), aNumber("user_obj.pk", tokenOwner),
		momentary(expires, tokenExpires, "expiring", "expires"),
	}
}

func authentikUser() []fact[model.User] {
	return []fact[model.User]{
		aText("username", userName), aText("name", userFullName), aText("email", userEmail), aText("type", userKind),
		anAnswer("is_active", userActive), anAnswer("is_superuser", userAdmin),
		aMomentOrNever("last_login", userLogin), aMoment("date_joined", userCreated),
	}
}
