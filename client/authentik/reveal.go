package authentik

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// reveal shows a key again, of the token that the person saw. Only here does a key
// tell whether it is the console's own.
func (a *authentik) reveal(ctx context.Context, t model.Token) (model.Issued, error) {
	w, err := a.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	key, err := a.viewKey(ctx, w)
	if err != nil {
		return model.Issued{}, err
	}
	if a.conn.InUse(key) {
		a.learn(w)
		t.Own = true
	}
	return model.Issued{Token: t, Key: key}, nil
}

// notShown reports whether a key was not shown because the account may not see it,
// which up to 2025.12 is said as if there were no such token.
func notShown(err error) bool {
	kind := model.KindOf(err)
	return kind == model.Forbidden || kind == model.NotFound
}

// viewKey asks for a key. The server writes down who asked, so this is never done
// but for a key that was just made, and of a token that a person chose (core/api/
// tokens.py, view_key).
func (a *authentik) viewKey(ctx context.Context, w token) (model.Secret, error) {
	path, err := tokenPath(w.id(), "view_key")
	if err != nil {
		return model.Secret{}, err
	}
	answer, err := wire.Call[struct {
		Key model.Secret `json:"key"`
	}](ctx, a.conn, wire.Get(path))
	switch {
	case model.KindOf(err) == model.Forbidden:
		err = more(err, "a key is shown only to whoever has the right view_token_key on it; to be its owner is not enough")
	case err == nil && answer.Key.Empty():
		err = model.Fail(model.Malformed, "the server answered without a key")
	}
	return answer.Key, err
}
