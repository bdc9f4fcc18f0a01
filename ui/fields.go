package ui

import (
	"slices"
	"time"

	"authdeck/model"
)

func tokenFields(t model.Token, state string, now time.Time) []field {
	return slices.Concat(
		[]field{textField("token", t.Name)},
		given("kind", t.Kind), given("description", t.Description), given("scope", t.Scope), given("managed by", t.Managed),
		[]field{textField("owner", t.Owner.Username)},
		given("full name", t.Owner.FullName),
		[]field{{label: "owner's no.", value: model.Clean(t.Owner.ID).String()}},
		given("mobile", t.Owner.Mobile),
		[]field{
			{label: "state", value: state},
			{label: "created", value: told(t.Created, now)},
			{label: "key since", value: told(t.Updated, now)},
			{label: "expires", value: told(t.Expires, now)},
			{label: "last used", value: told(t.LastUsed, now)},
		},
		given("to know", t.Note),
	)
}

func userFields(u model.User, now time.Time) []field {
	return slices.Concat(
		[]field{textField("username", u.Username)},
		given("full name", u.FullName),
		[]field{{label: "number", value: model.Clean(u.ID).String()}},
		given("mobile", u.Mobile), given("e-mail", u.Email), given("kind", u.Kind), given("role", u.Role),
		said("active", u.Active), said("staff", u.Staff), said("admin", u.Admin),
		[]field{
			{label: "has token", value: tokenWord(u)},
			{label: "last login", value: told(u.LastLogin, now)},
			{label: "created", value: told(u.Created, now)},
		},
	)
}
