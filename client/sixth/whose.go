//go:build sixth

package sixth

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// Keys implements [wire.Identifier].
func (s *sixth) Keys() wire.Keys {
	return wire.Keys{
		Forms:    []wire.KeyForm{{Words: "40 small hexadecimal digits", Pattern: "[0-9a-f]{40}"}},
		Passages: []model.Passage{model.InHeader},
	}
}

// Whose implements [wire.Identifier]. The token is the owner's one.
func (s *sixth) Whose(ctx context.Context, key model.Secret, _ model.Passage) (model.Claim, error) {
	w, err := wire.Call[user](ctx, s.conn, wire.Pasted("/me", "Bearer", key))
	if err == nil && w.ID == "" {
		err = model.Fail(model.Malformed, "the server answered without saying whose the key is")
	}
	claim, err := wire.Claimed(key, w.user(), err, "It opens nothing there: it is unknown, has ended, or its owner is inactive.")
	if err != nil || claim.Known != model.Yes {
		return claim, err
	}
	claim.May = model.Clean("all that its owner may")
	found, there, err := find(ctx, s.tokens, func(t model.Token) bool { return t.Owner.ID == claim.Owner.ID })
	switch {
	case err != nil:
		return wire.Unpicked(claim, err), nil
	case !there:
		return wire.PickToken(claim, nil, true), nil
	}
	return wire.PickToken(claim, []model.Token{found}, true), nil
}
