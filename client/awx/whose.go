package awx

import (
	"context"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// identifier is a generation that knows keys.
type identifier interface {
	keys() wire.Keys
	identify(ctx context.Context, key model.Secret) (model.Claim, error)
}

// Keys implements [wire.Identifier]: of the generation, or of all of them while that is
// not known.
func (a *awx) Keys() wire.Keys {
	if k := a.found.Load(); k != nil {
		return keysOf(k.generation)
	}
	keys := (&issuer{}).keys()
	keys.Forms = append(keys.Forms, (&tower{}).keys().Forms...)
	keys.Open = "its generation is not known yet, and not each has such keys: that is asked first, without the key"
	return keys
}

func keysOf(g generation) wire.Keys {
	if i, ok := g.(identifier); ok {
		return i.keys()
	}
	return wire.Keys{None: noTokens}
}

// Whose implements [wire.Identifier]. What the server turns out to be only now may have no
// keys of that form; then it is not sent.
func (a *awx) Whose(ctx context.Context, key model.Secret, _ model.Passage) (model.Claim, error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.Claim{}, err
	}
	i, ok := g.(identifier)
	if !ok || i.keys().Fits(key) != model.Yes {
		return model.Claim{}, model.Fail(model.Unsupported, "the server turned out to have no keys of this form, so that it was not sent")
	}
	return i.identify(ctx, key)
}

// keys are those that oauthlib makes (common.generate_token: 30 letters and digits; seen
// on AWX 24.6.2.dev0, DAB 2024 and DAB 2026).
func (i *issuer) keys() wire.Keys {
	return wire.Keys{
		Forms:    []wire.KeyForm{{Words: "30 letters and digits", Pattern: "[0-9A-Za-z]{30}"}},
		Passages: []model.Passage{model.InHeader},
	}
}

func (i *issuer) identify(ctx context.Context, key model.Secret) (model.Claim, error) {
	path, err := i.path("me")
	if err != nil {
		return model.Claim{}, err
	}
	owner, err := i.whose(ctx, wire.Pasted(path, "Bearer", key), "whose the key is")
	claim, err := wire.Claimed(key, owner, err, "It opens nothing there: it is unknown, has expired or was deleted.")
	if err != nil || claim.Known != model.Yes {
		return claim, err
	}
	return i.listed(ctx, claim), nil
}

// listed looks for the token of a claim among those of its owner, whose keys nobody is
// shown. Superusers and auditors see all of them.
func (i *issuer) listed(ctx context.Context, claim model.Claim) model.Claim {
	claim.May = model.Clean("what its scope permits, which is not told")
	me, err := i.asker(ctx)
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	page, err := i.Tokens(ctx, model.Query{Size: largestPage, Filter: model.Filter{Only: claim.Owner}})
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	can := slices.DeleteFunc(page.Items, func(t model.Token) bool { return t.State == model.Expired })
	whole := page.Next == "" && (me.ID == claim.Owner.ID || me.Admin == model.Yes || !me.Role.Empty())
	if whole && len(can) > 0 && !slices.ContainsFunc(can, func(t model.Token) bool { return t.Scope != can[0].Scope }) {
		claim.May = model.Join(" ", model.Clean("scope"), can[0].Scope)
	}
	return wire.PickToken(claim, can, whole)
}

// keys are the digest of a lot in hexadecimal digits (AWX 1.0.4, awx/main/models/
// organization.py: HMAC-SHA1).
func (t *tower) keys() wire.Keys {
	return wire.Keys{
		Forms:    []wire.KeyForm{{Words: "40 small hexadecimal digits", Pattern: "[0-9a-f]{40}"}},
		Passages: []model.Passage{model.InHeader},
	}
}

// identify asks from here, to which a key of another place is denied to exist.
func (t *tower) identify(ctx context.Context, key model.Secret) (model.Claim, error) {
	path, err := t.path("me")
	if err != nil {
		return model.Claim{}, err
	}
	owner, err := t.whose(ctx, wire.Pasted(path, "Token", key), "whose the key is")
	if keyRefused(err) {
		return model.Claim{ByKey: true}, wire.Reword(err, model.Unsupported,
			"the server refuses it from here, as it does to every address and User-Agent but those that it was made by: it may work there")
	}
	claim, err := wire.Claimed(key, owner, err, "")
	if err != nil {
		return claim, err
	}
	claim.May, claim.ByKey = model.Clean("all that its owner may, from this address"), true
	return wire.PickToken(claim, t.made.of(t.conn, key), true), nil
}

// of is the token of a key, if authdeck has made it.
func (m *sessionStore) of(conn *wire.Conn, key model.Secret) (tokens []model.Token) {
	m.with(key, func(s *session) { tokens = []model.Token{s.token(conn)} })
	return tokens
}
