package ui

import (
	"slices"
	"time"

	"authdeck/model"
)

func tokenFields(t model.Token, state string, now time.Time) []Field {
	return slices.Concat(
		[]Field{TextField("token", t.Name)},
		OptionalField("kind", t.Kind), OptionalField("description", t.Description), OptionalField("scope", t.Scope), OptionalField("managed by", t.Managed),
		[]Field{TextField("owner", t.Owner.Username)},
		OptionalField("full name", t.Owner.FullName),
		[]Field{{Label: "owner's no.", Value: model.Clean(t.Owner.ID).String()}},
		OptionalField("mobile", t.Owner.Mobile),
		[]Field{
			{Label: "state", Value: state},
			{Label: "created", Value: Told(t.Created, now)},
			{Label: "key since", Value: Told(t.Updated, now)},
			{Label: "expires", Value: Told(t.Expires, now)},
			{Label: "last used", Value: Told(t.LastUsed, now)},
		},
		OptionalField("to know", t.Note),
	)
}

func userFields(u model.User, now time.Time) []Field {
	return slices.Concat(
		[]Field{TextField("username", u.Username)},
		OptionalField("full name", u.FullName),
		[]Field{{Label: "number", Value: model.Clean(u.ID).String()}},
		OptionalField("mobile", u.Mobile), OptionalField("e-mail", u.Email), OptionalField("kind", u.Kind), OptionalField("role", u.Role),
		AnswerField("active", u.Active), AnswerField("staff", u.Staff), AnswerField("admin", u.Admin),
		[]Field{
			{Label: "has token", Value: HasToken(u)},
			{Label: "last login", Value: Told(u.LastLogin, now)},
			{Label: "created", Value: Told(u.Created, now)},
		},
	)
}
