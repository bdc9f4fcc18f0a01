package ui

import (
	"slices"
	"time"

	"authdeck/model"
	"authdeck/ui/look"
)

func tokenFields(t model.Token, state string, now time.Time) []look.Field {
	return slices.Concat(
		[]look.Field{look.TextField("token", t.Name)},
		look.OptionalField("kind", t.Kind), look.OptionalField("description", t.Description), look.OptionalField("scope", t.Scope), look.OptionalField("managed by", t.Managed),
		[]look.Field{look.TextField("owner", t.Owner.Username)},
		look.OptionalField("full name", t.Owner.FullName),
		[]look.Field{{Label: "owner's no.", Value: model.Clean(t.Owner.ID).String()}},
		look.OptionalField("mobile", t.Owner.Mobile),
		[]look.Field{
			{Label: "state", Value: state},
			{Label: "created", Value: look.Told(t.Created, now)},
			{Label: "key since", Value: look.Told(t.Updated, now)},
			{Label: "expires", Value: look.Told(t.Expires, now)},
			{Label: "last used", Value: look.Told(t.LastUsed, now)},
		},
		look.OptionalField("to know", t.Note),
	)
}

func userFields(u model.User, now time.Time) []look.Field {
	return slices.Concat(
		[]look.Field{look.TextField("username", u.Username)},
		look.OptionalField("full name", u.FullName),
		[]look.Field{{Label: "number", Value: model.Clean(u.ID).String()}},
		look.OptionalField("mobile", u.Mobile), look.OptionalField("e-mail", u.Email), look.OptionalField("kind", u.Kind), look.OptionalField("role", u.Role),
		look.AnswerField("active", u.Active), look.AnswerField("staff", u.Staff), look.AnswerField("admin", u.Admin),
		[]look.Field{
			{Label: "has token", Value: look.HasToken(u)},
			{Label: "last login", Value: look.Told(u.LastLogin, now)},
			{Label: "created", Value: look.Told(u.Created, now)},
		},
	)
}
