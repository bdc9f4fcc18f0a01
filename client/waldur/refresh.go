package waldur

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// refreshed is the answer to a new key: the session, and up to 8.1.2 the key
// (waldur_core/structure/serializers.py, UserAuthTokenSerializer).
type refreshed struct {
	session
	Token model.Secret `json:"token"`
}

// refreshSession gives a user's session another key. The documentation says 200
// for it and the code 201.
func (w *waldur) refreshSession(ctx context.Context, number string, t model.Token) (model.Issued, error) {
	if w.noRefresh.Load() {
		return model.Issued{}, noRefresh(nil)
	}
	now, own, err := w.unchanged(ctx, number, t)
	if err != nil {
		return model.Issued{}, err
	}
	path, err := wire.Slashed("api", "users", t.Owner.ID, "refresh_token")
	if err != nil {
		return model.Issued{}, err
	}
	answer, err := wire.Call[refreshed](ctx, w.conn, wire.Request{Method: http.MethodPost, Path: path})
	switch {
	case w.cannotRefresh(ctx, number, t, err):
		w.noRefresh.Store(true)
		return model.Issued{}, noRefresh(err)
	case err != nil:
		return model.Issued{}, err
	}
	now.Created, now.Lifetime = answer.Created, answer.Lifetime.or(now.Lifetime)
	issued := model.Issued{Token: now.token(number, own), Key: answer.Token}
	switch {
	case !answer.Username.Empty() && answer.Username != now.Username: // a key that comes may be the only one that is left
		return issued, model.Fail(model.Uncertain, "the server said yes, but its answer is about another user than "+named(t.Owner)+": whose key it gave is not certain")
	case issued.Key.Empty():
		issued.Notes = append([]string{"The old key has ended. The server does not show the new one here: " + named(t.Owner) +
			" finds it in their own profile, under API token."}, w.afterOwn(own)...)
	case own:
		issued.Notes = append(issued.Notes, w.conn.Adopt(issued.Key))
	}
	return issued, nil
}

// cannotRefresh tells a server without that route from a user who has gone: the
// session is then still there.
func (w *waldur) cannotRefresh(ctx context.Context, number string, t model.Token, err error) bool {
	switch wire.Status(err) {
	case http.StatusMethodNotAllowed:
		return true
	case http.StatusNotFound:
		_, still := w.readSession(ctx, number, t)
		return still == nil
	}
	return false
}

// noRefresh is for a server that gives no session a new key.
func noRefresh(cause error) error {
	return &model.Error{Kind: model.Unsupported, Message: model.Clean(refreshMissing), Instead: model.Delete, Cause: cause}
}
