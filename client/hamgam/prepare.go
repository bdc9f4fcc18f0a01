package hamgam

import (
	"context"

	"authdeck/model"
)

// Prepare implements [model.API].
func (h *hamgam) Prepare(_ context.Context, a model.Action, t model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		return createForm(t.Owner)
	case model.Regenerate:
		return model.Form{Danger: true, Warnings: ownFirst(t, "authdeck itself signs in with this token; it goes on with the new key.",
			"The old key stops working at once: whatever uses it is signed out until it gets the new one.",
		)}, nil
	case model.Delete:
		return model.Form{Danger: true, Warnings: ownFirst(t, "authdeck itself signs in with this token: this signs it out.",
			"The key stops working at once and does not come back: whatever uses it is signed out.",
		)}, nil
	default:
		return model.Form{}, model.Fail(model.Unsupported, "a Hamgam does not "+a.String())
	}
}

// ownFirst puts a warning about the console's own token before the others.
func ownFirst(t model.Token, own string, others ...string) []string {
	if !t.Own {
		return others
	}
	return append([]string{own}, others...)
}

// createForm asks for whom a token is, unless that is known.
func createForm(owner model.User) (model.Form, error) {
	switch {
	case owner.HasToken == model.Yes:
		return model.Form{}, model.Fail(model.Conflict, "this user has a token already; t shows it, and r there gives it a new key")
	case owner.ID != "":
		return model.Form{Review: endless()}, nil
	}
	return model.Form{Review: endless(), Fields: []model.Field{{
		Key: "user", Label: "user", Kind: model.AskUser, Filter: model.Filter{Choice: withoutToken},
		Help: "Hamgam holds one token a user: these have none yet",
	}}}, nil
}

// endless says how long a new key works: no page of the documentation gives it an end.
func endless() func(model.Draft) []string {
	return model.Whatever("Hamgam documents no end of a token: the key works until somebody deletes or regenerates it.")
}
