package client_test

import (
	"encoding/json"
	"strings"
	"time"

	"authdeck/model"
)

func waldurTruth(*world) truth {
	uuid := func(r row) string { return r.text("uuid") }
	return truth{
		tokens: []roll[model.Token]{
			{
				pages: []string{"/api/auth-tokens/?page_size=300"}, id: func(r row) string { return "session-" + r.last("url") },
				facts: waldurSession(),
			},
			{
				pages: []string{"/api/personal-access-tokens/?page_size=300"}, id: func(r row) string { return "pat-" + uuid(r) },
				facts: waldurPersonal(),
			},
		},
		users: []roll[model.User]{{pages: []string{"/api/users/?page_size=300"}, id: uuid, facts: waldurUser()}},
		unheld: map[string]string{
			"allowed_scopes":                 "the demo binds no token to anything",
			"type":                           "of what a token is bound to",
			"token":                          "no row has it; the key comes when it is made",
			"can_use_personal_access_tokens": "is asked of oneself alone, and decides on a warning",
		},
		filled: map[string]string{"name": "name", "scopes": "scopes", "expires": "expires_at"},
	}
}

func waldurSession() []fact[model.Token] {
	return append(ofOwner("", []fact[model.User]{
		aWord("user", row.last, userID), aText("user_username", userName), personName("user_first_name", "user_last_name"),
		anAnswer("user_is_active", userActive),
	}),
		aWord("url", func(r row, at string) string { return "session-" + r.last(at) }, tokenID),
		aMoment("created", tokenUsed),
		momentary(waldurEnd, tokenExpires, "created", "user_token_lifetime"),
	)
}

// waldurEnd is when a session ends that nobody uses.
func waldurEnd(r row) model.When {
	value, there := r.at("user_token_lifetime")
	used, _ := r.when("created").Time()
	switch n, isNumber := value.(json.Number); {
	case there && value == nil:
		return model.Not(model.Never)
	case isNumber && !used.IsZero():
		seconds, _ := n.Int64()
		return model.At(used.Add(time.Duration(seconds) * time.Second))
	}
	return model.When{}
}

func waldurPersonal() []fact[model.Token] {
	noted := func(before string) func(model.Token) string {
		return func(t model.Token) string {
			_, rest, _ := strings.Cut(t.Note.String(), before)
			rest, _, _ = strings.Cut(rest, ". ")
			return strings.TrimSuffix(rest, ".")
		}
	}
	return []fact[model.Token]{
		aWord("uuid", func(r row, at string) string { return "pat-" + r.text(at) }, tokenID),
		aText("name", func(t model.Token) model.Text { return t.Name }),
		aWord("token_prefix", row.text, func(t model.Token) string {
			return strings.TrimPrefix(t.Description.String(), "the key begins with ")
		}),
		texted(func(r row) model.Text { return r.texts("scopes", " ") }, tokenScope, "scopes"),
		aWord("allowed_networks", func(r row, at string) string { return r.texts(at, ", ").String() }, noted("Accepted only from ")),
		aWord("last_used_ip", row.text, noted("Last used from ")),
		aMoment("created", tokenCreated), aMoment("expires_at", tokenExpires), aMomentOrNever("last_used_at", tokenUsed),
	}
}

func waldurUser() []fact[model.User] {
	endless := func(r row, at string) string {
		if r.answer("has_active_session") == model.Yes && r.orNever(at).Knowledge() == model.Never {
			return "never expires"
		}
		return ""
	}
	return []fact[model.User]{
		aWord("uuid", row.text, userID), aText("username", userName), aText("full_name", userFullName), aText("email", userEmail),
		anAnswer("is_active", userActive), anAnswer("is_staff", userStaff), aYes("is_support", "support", userRole),
		aText("registration_method", userKind), aMoment("date_joined", userCreated),
		anAnswer("has_active_session", userHolds),
		aWord("token_expires_at", endless, func(u model.User) string {
			return strings.TrimPrefix(u.TokenWord.String(), "expired")
		}),
	}
}
