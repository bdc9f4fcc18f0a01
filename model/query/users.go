package query

import (
	"cmp"

	"authdeck/model"
	"authdeck/model/review"
)

// Users are the fields of a user.
func Users() []Field[model.User] {
	type user = model.User
	text := func(of func(*user) model.Text) func(*user, *Source) string {
		return func(u *user, _ *Source) string { return seen(of(u)) }
	}
	return []Field[user]{
		{Entry: Entry{Name: "user", Taken: []string{"owner", "account", "who"}, Also: []string{"username", "login"}, About: "the name that signs in", By: model.Rising(model.ByName)}, Words: true, Text: text(func(u *user) model.Text { return u.Username })},
		{Entry: Entry{Name: "name", Taken: []string{"fullname", "full_name"}, About: "the full name", By: model.Rising(model.ByFullName)}, Words: true, Text: text(func(u *user) model.Text { return u.FullName })},
		{Entry: Entry{Name: "email", Taken: []string{"e-mail", "mail"}, By: model.Rising(model.ByEmail)}, Words: true, Text: text(func(u *user) model.Text { return u.Email })},
		{Entry: Entry{Name: "mobile", Taken: []string{"tel", "telephone"}, Also: []string{"phone"}}, Words: true, Text: text(func(u *user) model.Text { return u.Mobile })},
		{Entry: Entry{Name: "kind", Taken: []string{"type"}, About: "what sort of account, in the system's words", By: model.Rising(model.ByKind)}, Words: true, Text: text(func(u *user) model.Text { return u.Kind })},
		{Entry: Entry{Name: "role", Taken: []string{"group", "groups", "scope"}, About: "what else it may"}, Words: true, Text: text(func(u *user) model.Text { return u.Role })},
		{Entry: Entry{Name: system, About: "name or kind of the system", By: model.Rising(model.BySystem)}, Text: func(u *user, s *Source) string { return cmp.Or(u.System, s.called()) }},
		{Entry: Entry{Name: "id", Taken: []string{"number", "no"}, Kind: Number, About: "its number"}, Number: func(u *user) (int64, bool) { return numberOf(u.ID) }},
		{Entry: Entry{Name: "is", Taken: []string{"state", "status"}, Kind: Choice, Choices: userWords(), About: "what there is to know of it"}, Is: userIs},
		{Entry: Entry{Name: "seen", Taken: []string{"used", "last_used", "last-login"}, Also: []string{"last_login"}, Kind: Past, About: "when it last signed in", By: model.Rising(model.ByLastLogin)}, When: func(u *user) model.When { return u.LastLogin }},
		{Entry: Entry{Name: "created", Taken: []string{"joined", "made", "age"}, Kind: Past, By: model.Rising(model.ByCreated)}, When: func(u *user) model.When { return u.Created }},
	}
}

func userWords() []string { return []string{active, "inactive", "staff", "admin", "token"} }

func userIs(u *model.User, word string, _ review.Moment) model.Answer {
	switch word {
	case active:
		return u.Active
	case "inactive":
		return u.Active.Not()
	case "staff":
		return u.Staff
	case "admin":
		return u.Admin
	case "token":
		return u.HasToken
	}
	return model.Unsaid
}
