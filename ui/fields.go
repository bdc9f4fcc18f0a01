package ui

import (
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/look"
	"authdeck/ui/search"
)

// The fields come in one order for everything: who and what it is, then its state and its
// times, then the rest.

func tokenFields(api model.API, row model.Token, state string, at review.Moment) []look.Field {
	_, t := model.Home(api, row)
	now := at.Now
	return slices.Concat(
		[]look.Field{named("token", t.Name)}, systemField(api, row.System), []look.Field{look.TextField("owner", t.Owner.Username)},
		look.OptionalField("full name", t.Owner.FullName),
		[]look.Field{{Label: "owner's no.", Value: model.Clean(t.Owner.ID).String()}},
		look.OptionalField("kind", t.Kind), look.OptionalField("application", t.App), look.OptionalField("description", t.Description),
		[]look.Field{
			{Label: "state", Value: state},
		},
		look.ReasonFields(row, at), // which the list knows by its name there
		[]look.Field{
			look.TimeField("created", t.Created, now),
			look.TimeField("key since", t.Updated, now),
			look.TimeField("expires", t.Expires, now),
			look.TimeField("last used", t.LastUsed, now),
		},
		look.OptionalField("to know", t.Note), look.OptionalField("scope", t.Scope), look.OptionalField("managed by", t.Managed), look.OptionalField("mobile", t.Owner.Mobile),
	)
}

func userFields(api model.API, row model.User, now time.Time) []look.Field {
	u := ownUser(api, row)
	return slices.Concat(
		[]look.Field{named("username", u.Username)}, systemField(api, row.System),
		look.OptionalField("full name", u.FullName),
		[]look.Field{{Label: "number", Value: model.Clean(u.ID).String()}},
		look.OptionalField("kind", u.Kind), look.OptionalField("role", u.Role),
		[]look.Field{
			look.AnswerField("active", u.Active),
			tokenField(u),
			look.TimeField("last login", u.LastLogin, now),
			look.TimeField("created", u.Created, now),
			look.AnswerField("staff", u.Staff),
			look.AnswerField("admin", u.Admin),
		},
		look.OptionalField("mobile", u.Mobile), look.OptionalField("e-mail", u.Email),
	)
}

// named is the field with the name of what the details are about.
func named(label string, name model.Text) look.Field {
	f := look.TextField(label, name)
	f.Stress = look.Strong
	return f
}

func tokenField(u model.User) look.Field {
	if u.TokenWord.Empty() {
		return look.AnswerField("has token", u.HasToken)
	}
	return look.TextField("has token", u.TokenWord)
}

// asksFor are the fields of a question by the title of the column that answers them.
func asksFor() map[string][]string {
	return map[string][]string{
		"system": {"system"}, "owner": {"owner"}, "description": {"description"}, "kind": {"kind", "is:managed"}, "application": {"app"},
		"scope": {"scope", "is:broad"}, "created": {"created"}, "key since": {"updated"}, "key age": {"age", "is:old", "is:stale"},
		"expires": {"expires", "is:expiring", "is:never-expires", "is:far-future"}, "last used": {"used", "is:unused", "is:stale"},
		"state": {"state", "is:over", "is:mine", "is:inactive-owner", "is:expired"}, "look": {"is:look", "is:fine", "is:several", "is:unknown-owner"},
		"username": {"user"}, "full name": {"name"}, "mobile": {"mobile"}, "e-mail": {"email"}, "role": {"role"}, "last login": {"seen"},
		"active": {"is:active", "is:inactive"}, "staff": {"is:staff"}, "admin": {"is:admin"}, "token": {"is:token"},
	}
}

// askedFor says of a query which columns answer it. A question is read when it is another.
func askedFor(in search.Language, nameTitle string) func(model.Query, string) bool {
	titles := asksFor()
	if nameTitle != "" {
		titles[nameTitle] = []string{"name", "id"}
		delete(titles, "full name")
	}
	var named kept[string, []string]
	return func(q model.Query, title string) bool {
		fields := named.as(search.Typed(q), func() []string { return in.Named(q) })
		return slices.ContainsFunc(titles[title], func(field string) bool { return slices.Contains(fields, field) })
	}
}
