package awx

import (
	"context"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// The one field of a form for a token that has no other.
const usernameKey = "username"

// Prepare implements [model.API].
func (t *tower) Prepare(_ context.Context, a model.Action, token model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		return t.createForm(token.Owner)
	case model.Regenerate:
		return t.regenerateForm(token)
	case model.Delete:
		return t.deleteForm(token)
	case model.Revoke:
		return model.Form{Danger: true, Fields: []model.Field{secretField("key", "key", "whoever holds a key can end it")}, Warnings: []string{
			"Whatever uses the key is signed out at once. The server says yes to any key, also to one that it does not know: authdeck asks with the key before and after.",
		}}, nil
	default:
		return model.Form{}, model.Fail(model.Unsupported, t.missing()[a])
	}
}

func secretField(key, label, help string) model.Field {
	return model.Field{Key: key, Label: label, Help: help, Kind: model.AskSecret}
}

func (t *tower) createForm(owner model.User) (model.Form, error) {
	if owner.Username.Changed() {
		return model.Form{}, model.Fail(model.Unsupported, "this user's name holds letters that authdeck cannot send back as they came, so nobody can be signed in by it")
	}
	form := model.Form{
		Fields: []model.Field{secretField("password", "password", "of that user; it is sent once and forgotten")},
		Warnings: []string{
			"This signs the user in.",
			"Two sign-ins of one user from here are one token for the server: who ends one ends both.",
		},
	}
	form.Review = model.Whatever(disuse, bound)
	if name := t.conn.Username(); name != "" {
		form.Warnings = append(form.Warnings, "For "+model.Clean(name).String()+", as whom authdeck signs in, that is the token that authdeck itself uses.")
	}
	if owner.Username.Empty() {
		name := model.Field{Key: usernameKey, Label: "user name", Check: func(value string) error {
			if strings.TrimSpace(value) == "" {
				return model.Fail(model.Invalid, "a user name is needed")
			}
			return nil
		}}
		form.Fields = append([]model.Field{name}, form.Fields...)
	}
	return form, nil
}

func (t *tower) regenerateForm(token model.Token) (model.Form, error) {
	row, err := t.row(token)
	if err != nil {
		return model.Form{}, err
	}
	form := model.Form{
		Danger: true,
		Fields: []model.Field{secretField("password", "password", "of "+model.Clean(row.username).String()+"; it is sent once and forgotten")},
	}
	form.Review = model.Whatever(disuse, bound)
	if t.conn.InUse(row.key) {
		form.Warnings = append(form.Warnings, ownRenewed)
	}
	form.Warnings = append(form.Warnings,
		"The old key is ended first, and then "+model.Clean(row.username).String()+" is signed in again: with a wrong password there is neither the old nor a new one.")
	return form, nil
}

func (t *tower) deleteForm(token model.Token) (model.Form, error) {
	row, err := t.row(token)
	if err != nil {
		return model.Form{}, err
	}
	form := model.Form{Danger: true}
	switch own := t.conn.InUse(row.key); {
	case own && t.conn.Username() != "":
		form.Warnings = append(form.Warnings, "authdeck itself signs in with this token: its next request signs in again.")
	case own:
		form.Warnings = append(form.Warnings, ownEnded)
	}
	form.Warnings = append(form.Warnings, "The key stops working at once and does not come back: whatever uses it is signed out.")
	return form, nil
}

// row is a token of the list as authdeck holds it. There is nothing to read again
// on the server.
func (t *tower) row(token model.Token) (session, error) {
	row, ok := t.made.find(token.ID)
	switch {
	case !ok:
		return session{}, model.Fail(model.NotFound, "authdeck does not hold this token any more, and without its key it cannot be ended")
	case row.owner.ID != token.Owner.ID && row.owner.ID != "" && token.Owner.ID != "":
		return session{}, wire.ErrChanged(token)
	}
	return row, nil
}
