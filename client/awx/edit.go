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
	changes := map[string]string{}
	for key, now := range map[string]model.Text{descriptionKey: o.Token.Description, scopeKey: o.Token.Scope} {
		if value, given := o.Values[key]; given && value != now.String() {
			changes[key] = value
		}
	}
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
	if err != nil {
		return model.Issued{}, err
	}
	if w.ID != before.ID {
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but answered with another token than was edited")
	}
	return model.Issued{Token: i.token(w), Notes: edited(w, changes)}, nil
}

func edited(w token, changes map[string]string) []string {
	description, given := changes[descriptionKey]
	if !given {
		w.Description.Value = model.Clean(description)
	}
	return worded(w, description, changes[scopeKey])
}
