package awx

import (
	"context"
	"net/http"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// edit sends only what was changed: a text that had to be cleaned for the screen
// would otherwise overwrite what it came from.
func (i *issuer) edit(ctx context.Context, o model.Order) (model.Issued, error) {
	o, err := o.FilledIn(editFields(o.Token))
	if err != nil {
		return model.Issued{}, err
	}
	changes := changed(o)
	if len(changes) == 0 {
		return model.Issued{}, model.Fail(model.Invalid, "nothing is different from before")
	}
	if scope, given := changes[scopeKey]; given {
		if err := checkScope(scope, o.Token.Scope); err != nil || strings.TrimSpace(scope) == "" {
			return model.Issued{}, model.Fail(model.Invalid, "scope: it is read or write, or both")
		}
	}
	before, err := i.unchanged(ctx, o.Token)
	if err != nil {
		return model.Issued{}, err
	}
	path, err := i.numbered("tokens", o.Token.ID)
	if err != nil {
		return model.Issued{}, err
	}
	w, err := ask[token](ctx, i.server, wire.Request{Method: http.MethodPatch, Path: path, Body: changes})
	switch {
	case model.KindOf(err) == model.NotFound:
		return i.denied(ctx, o.Token, changes, err)
	case err != nil:
		return model.Issued{}, err
	}
	if w.ID != before.ID {
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but answered with another token than was edited")
	}
	return model.Issued{Token: i.token(w), Notes: edited(w, changes)}, nil
}

// changed is what an order makes different, by the server's names.
func changed(o model.Order) map[string]string {
	changes := map[string]string{}
	for key, now := range map[string]model.Text{descriptionKey: o.Token.Description, scopeKey: o.Token.Scope} {
		before, whole := now.Original()
		if value, given := o.Values[key]; given && whole && value != before {
			changes[key] = value
		}
	}
	return changes
}

// denied is for a change that was answered with 404, right after the token was
// read: a proxy may have sent it twice, and the second answer says nothing of the
// first.
func (i *issuer) denied(ctx context.Context, t model.Token, changes map[string]string, no error) (model.Issued, error) {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	now, err := i.readRemains(ctx, t)
	switch {
	case err != nil:
		return model.Issued{}, wire.Reword(no, model.Uncertain, "the server answered that token "+t.Name.String()+" is not there, which it was just before; how it is now could not be read: "+model.Reason(err))
	case now.gone:
		return model.Issued{}, wire.Reword(no, model.Uncertain, "token "+t.Name.String()+" is gone now: somebody ended it in this moment, before it was changed or after")
	case ordered(now.token, changes):
		return model.Issued{Token: i.token(now.token), Notes: []string{
			"The server answered that it is not there, and it is, as it was to be: a proxy may have sent the change more than once.",
		}}, nil
	}
	if !i.same(now.token, t) {
		return model.Issued{}, wire.Reword(no, model.Uncertain, "the server answered that token "+t.Name.String()+" is not there, and shows it, neither as it was nor as it was to be: somebody else may have changed it too")
	}
	return model.Issued{}, onlyShown(t, no)
}

// ordered reports whether a token is as it was to be.
func ordered(w token, changes map[string]string) bool {
	description, described := changes[descriptionKey]
	scope, scoped := changes[scopeKey]
	return (!described || w.Description.Value == model.Clean(description)) && (!scoped || w.Scope.Value == model.Clean(scope))
}

func edited(w token, changes map[string]string) []string {
	description, given := changes[descriptionKey]
	if !given {
		w.Description.Value = model.Clean(description)
	}
	return worded(w, description, changes[scopeKey])
}
