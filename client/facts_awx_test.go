package client_test

import (
	"slices"
	"time"

	"authdeck/model"
)

func awxTruth(*world) truth {
	return issuedTruth("/api/v2/", nil, []fact[model.User]{
		aYes("is_system_auditor", "system auditor", userRole), aText("external_account", userKind),
	})
}

// gatewayTruth takes one use since the test began for another: the console's own
// token is used by every look at the list.
func gatewayTruth(w *world) truth {
	used := func(at model.When) string {
		if moment, known := at.Time(); known && moment.After(w.began) {
			return "just now"
		}
		return spoken(at)
	}
	return issuedTruth("/api/gateway/v1/", []fact[model.Token]{aWord(
		"last_used",
		func(r row, at string) string { return used(r.orNever(at)) },
		func(t model.Token) string { return used(t.LastUsed) },
	)}, []fact[model.User]{
		aYes("is_platform_auditor", "platform auditor", userRole),
	})
}

// issuedTruth is what both generations that issue tokens say, and what one says
// more.
func issuedTruth(under string, ofToken []fact[model.Token], ofUser []fact[model.User]) truth {
	id := func(r row) string { return r.number("id") }
	return truth{
		tokens: []roll[model.Token]{{
			pages: []string{under + "tokens/?page_size=200"}, id: id,
			facts: slices.Concat(awxToken(), ofToken),
		}},
		users: []roll[model.User]{{
			pages: []string{under + "users/?page_size=200"}, id: id,
			facts: slices.Concat([]fact[model.User]{
				aNumber("id", userID), aText("username", userName), personName("first_name", "last_name"),
				aText("email", userEmail), anAnswer("is_superuser", userAdmin),
				aMoment("created", userCreated), aMomentOrNever("last_login", userLogin),
			}, ofUser),
		}},
		unheld: map[string]string{
			"token":         "a mask in every row; the key itself comes when it is made",
			"refresh_token": "a mask in every row",
			"managed":       "the demo has no account of the platform's own",
		},
		filled: map[string]string{"description": "description", "scope": "scope", "application": "application"},
	}
}

func awxToken() []fact[model.Token] {
	owner := func(under string) []fact[model.Token] {
		var all []fact[model.Token]
		for _, f := range []fact[model.User]{
			aText(under+"username", userName), personName(under+"first_name", under+"last_name"),
		} {
			all = append(all, ofOwner("", []fact[model.User]{f})...)
		}
		return all
	}
	modified := func(r row, at string) string {
		moment, _ := r.when(at).Time()
		return moment.Format(time.RFC3339Nano)
	}
	return slices.Concat(owner("summary_fields.user."), []fact[model.Token]{
		aNumber("id", tokenID), aText("description", tokenWords), aText("scope", tokenScope), aNumber("user", tokenOwner),
		awxSort(), awxApplication(),
		aMoment("created", tokenCreated), aWord("modified", modified, tokenVersion), aMoment("expires", tokenExpires),
	})
}

// awxSort is by the application that a token was made for.
func awxSort() fact[model.Token] {
	return texted(func(r row) model.Text {
		if value, _ := r.at("application"); value != nil {
			return model.Clean("application")
		}
		return model.Clean("personal")
	}, tokenKind, "application")
}

// awxApplication is what a token was made for.
func awxApplication() fact[model.Token] {
	return fact[model.Token]{
		at:   []string{"summary_fields.application.name"},
		read: func(r row) string { return model.Clean(r.text("summary_fields.application.name")).String() },
		said: func(t model.Token) string { return t.App.String() },
	}
}
