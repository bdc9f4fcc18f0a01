package awx

import (
	"context"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// The one field of a form for a token that has no other.
const usernameKey = "username"

// towerLone is why no second token stands beside one.
const towerLone = "an auth token is a sign-in of its user, who gets the same key again while it lasts: no second one stands beside it"

// Prepare implements [model.API].
func (t *tower) Prepare(_ context.Context, a model.Action, token model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		if token.ID != "" {
			return model.Form{}, model.Fail(model.Unsupported, towerLone)
		}
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

// Look implements [model.API]. There is no list to look into: what can be asked is
// whether a key that authdeck holds still opens.
func (t *tower) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	switch o.Action {
	case model.Create:
		return model.Finding{Words: notListed}, nil
	case model.Regenerate, model.Delete:
		return t.lookEnded(ctx, o)
	case model.Revoke:
		return t.lookRevoked(ctx, o.Password)
	default:
		return model.Finding{}, nil
	}
}

// notListed is all that can be known of a sign-in whose answer was lost (AWX 1.0.4,
// AuthTokenView.post: one key for all sign-ins of a user from one place).
const notListed = "This server lists no tokens, so that nobody can see whether there is one. To create it once more does no harm: if there is one already, the server gives its key again."

// lookEnded is for an order that ends a key. A regeneration signs in only when that
// is proved, and the key is held until then: what is not held was ended.
func (t *tower) lookEnded(ctx context.Context, o model.Order) (model.Finding, error) {
	row, held := t.made.find(o.Token.ID)
	switch {
	case !held && o.Action == model.Regenerate:
		return model.Finding{Words: "The old key has ended, as far as authdeck knows. " + notListed}, nil
	case !held:
		return model.Finding{Words: "authdeck does not hold the old key any more, so that it cannot be tried."}, nil
	}
	holder, err := t.holder(ctx, row.key)
	switch {
	case err == nil:
		return model.Finding{End: model.Unseen, Words: "The key of token " + o.Token.Name.String() + " still opens as " + owned(holder) + "."}, nil
	case !keyRefused(err):
		return model.Finding{}, err
	case o.Action == model.Regenerate:
		return model.Finding{End: model.Visible, Words: "The server refuses the old key of token " + o.Token.Name.String() + " now, and was not asked for a new one yet: create a token for " + model.Clean(row.username).String() + "."}, nil
	}
	return model.Finding{End: model.Visible, Words: "The server refuses the key of token " + o.Token.Name.String() + " now."}, nil
}

// lookRevoked tries a key that was pasted. That it is refused from here proves
// nothing where it was made elsewhere.
func (t *tower) lookRevoked(ctx context.Context, key model.Secret) (model.Finding, error) {
	if key.Empty() {
		return model.Finding{Words: "authdeck does not hold the key any more, so that it cannot be tried."}, nil
	}
	holder, err := t.holder(ctx, key)
	switch {
	case err == nil:
		return model.Finding{End: model.Unseen, Words: "The key still opens as " + owned(holder) + "."}, nil
	case !keyRefused(err):
		return model.Finding{}, err
	}
	if _, took := t.took.Load(digest(key)); took {
		return model.Finding{End: model.Visible, Words: "The server refuses the key now, and took it from here before."}, nil
	}
	return model.Finding{Words: "The server refuses the key, as it does to every address and User-Agent but those that it was made by: whether it is over shows only there."}, nil
}
