package waldur

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// Keys implements [wire.Identifier]. The key of a session is that of Django's REST
// framework (waldur_core/core/authentication.py; 7.0.7, seen); that of a personal access
// token begins with its expiry, and "w_" before that (Waldur's documentation, "Personal
// access tokens"). What else a header may carry is an identity provider's and not Waldur's.
func (w *waldur) Keys() wire.Keys {
	keys := wire.Keys{
		Forms:    []wire.KeyForm{{Words: "40 small hexadecimal digits", Pattern: "[0-9a-f]{40}"}},
		Passages: []model.Passage{model.InHeader},
	}
	if !w.noPersonal.Load() {
		keys.Forms = append(keys.Forms, wire.KeyForm{Words: "w_, a number, _ and more", Pattern: "w_[0-9]+_[0-9A-Za-z_-]+"})
	}
	return keys
}

// Whose implements [wire.Identifier]. Without naming the fields the answer would hold the
// key.
func (w *waldur) Whose(ctx context.Context, key model.Secret, _ model.Passage) (model.Claim, error) {
	personal := beginsWith(key, personalPrefix)
	r := wire.Pasted(mePath, schemeOf(key), key)
	r.Query = url.Values{"field": userFields()}
	row, err := wire.Call[user](ctx, w.conn, r)
	if err == nil && row.id() == "" {
		err = model.Fail(model.Malformed, "the server answered without saying whose the key is")
	}
	claim, err := wire.Claimed(key, row.user(), err, refusedPasted(personal))
	switch {
	case err != nil || claim.Known != model.Yes:
		return claim, err
	case personal:
		return w.amongPersonal(ctx, claim, key), nil
	}
	claim.May, claim.ByKey = model.Clean("all that its owner may"), true
	return w.amongSessions(ctx, claim), nil
}

// refusedPasted is all that a refusal says.
func refusedPasted(personal bool) string {
	if personal {
		return "It opens nothing there now: it is unknown, over or revoked, or is not allowed to its owner or from this network; Waldur does not say which."
	}
	return "It opens nothing there now: it is unknown, has ended, or its owner is inactive."
}

// amongSessions finds the session of an owner, who has one. Staff alone see it.
func (w *waldur) amongSessions(ctx context.Context, claim model.Claim) model.Claim {
	page, err := w.Tokens(ctx, model.Query{Size: 2, Fresh: true, Filter: model.Filter{Only: claim.Owner, Choice: onlySessions}})
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	return wire.PickToken(claim, page.Items, true)
}

// amongPersonal finds a personal access token by how its key begins, which is the moment
// of its expiry. Waldur shows everybody their own.
func (w *waldur) amongPersonal(ctx context.Context, claim model.Claim, key model.Secret) model.Claim {
	claim.May = model.Clean("what its scopes permit, which are not told")
	me, err := w.me(ctx)
	switch {
	case err != nil:
		return wire.Unpicked(claim, err)
	case me.user.ID != claim.Owner.ID:
		claim.Words = "It is a personal access token, and Waldur shows those to their owner only."
		return claim
	}
	rows, _, err := fetchAll[personal](ctx, w, personalPath, nil)
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	var can []model.Token
	for _, row := range rows {
		if row.mayBegin(key) {
			can = append(can, row.token(me.user))
		}
	}
	claim = wire.PickToken(claim, can, true)
	if scope := claim.Token.Scope; !scope.Empty() {
		claim.May = scope
	}
	return claim
}

// mayBegin reports whether a key can be that of a token: it works, so that the token does.
func (p personal) mayBegin(key model.Secret) bool {
	at, known := p.Expires.When().Time()
	return p.state(time.Now()) == model.Active && beginsWith(key, p.Prefix.String()) &&
		(!known || beginsWith(key, personalPrefix+strconv.FormatInt(at.Unix(), 10)+"_"))
}

// beginsWith leaves no copy of the key.
func beginsWith(key model.Secret, prefix string) bool {
	plain := key.RevealTo(nil)
	defer clear(plain)
	return bytes.HasPrefix(plain, []byte(prefix))
}
