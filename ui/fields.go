package ui

import (
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/look"
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
		look.ReasonFields(t, at),
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
