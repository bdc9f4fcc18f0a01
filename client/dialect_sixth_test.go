//go:build sixth

package client_test

import (
	"net/http"
	"slices"
	"strings"

	"authdeck/model"
)

func sixths() []subject {
	return []subject{{
		name: "sixth", dialect: sixth(), enter: byToken,
		missing: []model.Action{model.Edit, model.Regenerate, model.Replace, model.Revoke, model.Reveal},
		weak:    weakness{tokens: model.Forbidden, create: model.Forbidden},
	}}
}

func sixth() dialect {
	login := func(u model.User) string { return strings.ToLower(unaltered(u.Username)) }
	return dialect{
		kind: "sixth", tokens: 100, unslashed: true, ownIsTold: true, oneEach: true,
		me: "/me", truth: sixthTruth, serves: map[string]string{"user": "users"},
		sign: func(r *http.Request, key string) { r.Header.Set("Authorization", "Bearer "+key) },
		tolerates: map[string][]model.Kind{
			"delete 404": {model.Uncertain}, // the token has just been read
		},
		tokenOrder: map[string]func(a, b model.Token) int{
			"login": up(func(t model.Token) string { return login(t.Owner) }), "-created": later(tokenCreated),
		},
		userOrder: map[string]func(a, b model.User) int{"login": up(login)},
	}
}

func sixthTruth(*world) truth {
	id := func(r row) string { return r.text("id") }
	user := []fact[model.User]{
		aWord("id", row.text, userID), aText("login", userName), aText("name", userFullName),
		anAnswer("active", userActive), anAnswer("has_token", userHolds),
	}
	own := func(t model.Token) model.Answer { return model.AnswerOf(t.Own) }
	return truth{
		tokens: []roll[model.Token]{{
			pages: []string{"/tokens"}, id: id,
			facts: append(slices.Clone(ofOwner("user", user)),
				aWord("id", row.text, tokenID), aMoment("created", tokenCreated), anAnswer("current", own)),
		}},
		users:  []roll[model.User]{{pages: []string{"/users"}, id: id, facts: user}},
		unheld: map[string]string{"key": "shown once, with the answer to its making"},
	}
}
