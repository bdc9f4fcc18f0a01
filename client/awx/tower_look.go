package awx

import (
	"context"

	"authdeck/model"
)

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
