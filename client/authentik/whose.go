package authentik

import (
	"context"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// Keys implements [wire.Identifier]. A key is letters and digits, 60 of them unless the
// tenant's default_token_length says otherwise (authentik/core/models.py,
// lib/generators.py and tenants/models.py; 60 seen on 2025.12.4 and 2026.5.0-rc1); one
// that somebody has set may be anything (core/api/tokens.py, set_key).
func (a *authentik) Keys() wire.Keys {
	return wire.Keys{
		Forms:    []wire.KeyForm{{Words: "60 letters and digits", Pattern: "[0-9A-Za-z]{60}"}},
		Others:   true,
		Passages: []model.Passage{model.InHeader},
	}
}

// Whose implements [wire.Identifier]. That a key opens nothing is no no: the key of an app
// password looks the same, and the API never takes one (authentik/api/authentication.py).
func (a *authentik) Whose(ctx context.Context, key model.Secret, _ model.Passage) (model.Claim, error) {
	owner, err := a.who(ctx, wire.Pasted(mePath, "Bearer", key))
	if refused(err) {
		return model.Claim{}, wire.Reword(err, model.Unsupported, "it is none of an API token that works: unknown, over, or of an account that is switched off. "+
			"It may be an app password, which the API never takes, so that authentik cannot be asked whose one is")
	}
	claim, err := wire.Claimed(key, owner, err, "")
	if err != nil {
		return claim, err
	}
	claim.May = model.Clean("all that its owner may")
	return a.listed(ctx, claim), nil
}

// listed looks for the token of a claim among the API tokens of its owner, whose keys the
// list does not hold.
func (a *authentik) listed(ctx context.Context, claim model.Claim) model.Claim {
	me, err := a.me(ctx)
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	page, err := a.Tokens(ctx, model.Query{Size: mostAlike, Filter: model.Filter{Only: claim.Owner, Choice: apiToken}})
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	can := slices.DeleteFunc(page.Items, func(t model.Token) bool { return t.State == model.Expired })
	sees := me.ID == claim.Owner.ID || me.Admin == model.Yes
	return wire.PickToken(claim, can, sees && page.Next == "")
}

// mostAlike is how many tokens of one owner are looked at.
const mostAlike = 100
