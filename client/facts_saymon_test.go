package client_test

import (
	"encoding/json"

	"authdeck/model"
)

func saymonTruth(*world) truth {
	id := func(r row) string { return r.text("id") }
	holder := func(r row) bool { return r.text("authenticationToken") != "" }
	pages := []string{"/node/api/users"}
	return truth{
		tokens: []roll[model.Token]{{
			pages: pages, id: id, only: holder,
			facts: append(ofOwner("", saymonUser()), aWord("id", row.text, tokenID)),
		}},
		users: []roll[model.User]{{pages: pages, id: id, facts: saymonUser()}},
		unheld: map[string]string{
			"activeTo": "in the demo everybody whose time is over is blocked as well",
		},
	}
}

func saymonUser() []fact[model.User] {
	return []fact[model.User]{
		aWord("id", row.text, userID), aText("login", userName), aText("displayName", userFullName), aText("email", userEmail),
		aWord("authenticationToken", saymonTokenWord, func(u model.User) string { return u.TokenWord.String() + ", " + answered(u.HasToken) }),
		texted(saymonRole, userRole, "permissions"),
		aWord("status", saymonStanding, func(u model.User) string { return answered(u.Active) }),
		texted(func(r row) model.Text {
			return model.Clean(map[string]string{"1": "LDAP", "2": "Keycloak"}[r.number("source.sourceType")])
		}, userKind, "source.sourceType"),
	}
}

// saymonTokenWord says whether a token is there and never which.
func saymonTokenWord(r row, at string) string {
	value, there := r.at(at)
	switch {
	case !there:
		return "never set, no"
	case value == nil:
		return "cleared, no"
	}
	return "present, yes"
}

func saymonRole(r row) model.Text {
	value, _ := r.at("permissions")
	list, _ := value.([]any)
	for _, permission := range list {
		if permission == "manage-users" {
			return model.Clean("manage-users")
		}
	}
	return model.Text{}
}

func saymonStanding(r row, at string) string {
	value, _ := r.at(at)
	switch value {
	case json.Number("2"):
		return "yes"
	case json.Number("0"), json.Number("3"):
		return "no"
	}
	return "unsaid"
}
