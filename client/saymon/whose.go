package saymon

import (
	"context"
	"net/http"
	"net/url"

	"authdeck/client/wire"
	"authdeck/model"
)

// Keys implements [wire.Identifier]. Every example of a token is a UUID in small letters
// (create-authentication-token), and no page says that it has to be one. The list of users
// carries the keys, so that one is held against them; the only other way that a page knows
// is the address.
func (s *saymon) Keys() wire.Keys {
	return wire.Keys{
		Forms:    []wire.KeyForm{{Words: "a UUID in small letters", Pattern: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"}},
		Others:   true,
		Passages: []model.Passage{model.Compared, model.InAddress},
	}
}

// Whose implements [wire.Identifier].
func (s *saymon) Whose(ctx context.Context, key model.Secret, by model.Passage) (model.Claim, error) {
	if by == model.InAddress {
		return s.addressed(ctx, key)
	}
	list, err := s.all(ctx)
	defer list.wipe()
	switch {
	case err != nil:
		return model.Claim{Instead: model.InAddress}, err
	case list.blind():
		return model.Claim{Instead: model.InAddress}, errBlind()
	}
	claim, hidden := model.Claim{Known: model.No, Words: "It is no user's key now."}, false
	for _, w := range list.rows {
		if w.Token.value.Equal(key) {
			claim = s.holds(w)
		}
		hidden = hidden || !w.visible(false) || !legible(w.Token)
	}
	if claim.Known == model.No && hidden {
		return model.Claim{Instead: model.InAddress}, model.Fail(model.Forbidden, "the server does not show the key of every user, so that not all can be held against this one")
	}
	return claim, nil
}

// holds is a claim about a user whose token carries the key.
func (s *saymon) holds(w user) model.Claim {
	t := s.token(w)
	return model.Claim{Known: model.Yes, Owner: t.Owner, Token: t, May: model.Clean("all that its owner may")}
}

// addressed asks with the key where the pages put it. A server that takes no tokens
// refuses every one of them, and says it in the same words.
func (s *saymon) addressed(ctx context.Context, key model.Secret) (model.Claim, error) {
	w, err := wire.Call[oneUser](ctx, s.conn, wire.Request{
		Method: http.MethodGet, Path: "/node/api/users/current", Query: url.Values{"api-token": {key.Reveal()}},
		Anonymous: true, Once: true, Secret: key,
	})
	defer func() { w.Token.value.Wipe() }()
	if err == nil && w.ID == "" {
		err = model.Fail(model.Malformed, "the server answered without saying whose the key is")
	}
	claim, err := wire.Claimed(key, user(w).user(true), err, "It is no user's key now.")
	switch {
	case err != nil:
		return claim, err
	case claim.Known == model.No && s.conn.Way != wire.ByToken:
		return model.Claim{}, model.Fail(model.Unsupported, "the server refuses it, which it does with every key where sign-in by token is switched off")
	case claim.Known == model.No:
		return claim, nil
	}
	w.Token.value.Wipe()
	w.Token = optional[model.Secret]{given, key.Copy()} // a user has one, and it has opened
	return s.holds(user(w)), nil
}
