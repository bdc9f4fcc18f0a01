package client

import (
	"context"
	"net/http"
	"strconv"

	"authdeck/model"
)

// Create implements [model.API]. The pages name the field "user" in one place
// and "user_id" in another; a refusal that names the other is answered with it,
// once.
func (h *hamgam) Create(ctx context.Context, d model.Draft) (model.Issued, error) {
	id, err := strconv.ParseInt(d.Owner.ID, 10, 64)
	if err != nil {
		return model.Issued{}, model.Fail(model.Invalid, "a user is needed")
	}
	post := func(field string) (model.Issued, error) {
		return h.issue(ctx, "/api/users/auth_tokens/", map[string]int64{field: id},
			func(w hamgamToken) bool { return w.User.ID == id })
	}
	issued, err := post("user")
	if model.KindOf(err) == model.Invalid && names(err, "user_id") {
		return post("user_id")
	}
	return issued, err
}

// Regenerate implements [model.API]. The console's own key is replaced in its
// own hands too, or the next request would be its last.
func (h *hamgam) Regenerate(ctx context.Context, t model.Token) (model.Issued, error) {
	own, err := h.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	path, err := join("api", "users", "auth_tokens", t.ID, "regenerate")
	if err != nil {
		return model.Issued{}, err
	}
	issued, err := h.issue(ctx, path, nil, func(w hamgamToken) bool { return strconv.FormatInt(w.ID, 10) == t.ID })
	if err == nil && own {
		h.conn.key.adopt(issued.Key)
		issued.Token.Own = true
		issued.Notes = append(issued.Notes, h.conn.key.afterChange())
	}
	return issued, err
}

// issue sends a write whose answer is a token with its new key. A key of another
// token than the one that was meant is nobody's to hand out.
func (h *hamgam) issue(ctx context.Context, path string, body any, meant func(hamgamToken) bool) (model.Issued, error) {
	w, err := call[hamgamToken](ctx, h.conn, request{method: http.MethodPost, path: path, body: body})
	switch {
	case err != nil:
		return model.Issued{}, err
	case w.Key.Empty():
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but its answer holds no key")
	case !meant(w):
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but answered with another token than was asked for")
	}
	return model.Issued{Token: w.token(h.conn.key), Key: w.Key}, nil
}

// Delete implements [model.API]. It is not documented; the route is the one that
// the framework behind Hamgam would give it.
func (h *hamgam) Delete(ctx context.Context, t model.Token) error {
	own, err := h.unchanged(ctx, t)
	if err != nil {
		return err
	}
	if own && !t.Own {
		return model.Fail(model.Conflict, "authdeck itself signs in with token "+t.Name.String()+", which the list did not tell; it is not deleted from here")
	}
	path, err := join("api", "users", "auth_tokens", t.ID)
	if err != nil {
		return err
	}
	_, err = call[nothing](ctx, h.conn, request{method: http.MethodDelete, path: path})
	if h.offersNoDelete(ctx, t, err) {
		h.noDelete.Store(true)
		return &model.Error{Kind: model.Unsupported, Message: model.Clean(hamgamNoDelete), Cause: err}
	}
	return err
}

// offersNoDelete tells a missing route from a token that somebody else deleted a
// moment before: the token is then still there.
func (h *hamgam) offersNoDelete(ctx context.Context, t model.Token, err error) bool {
	switch status(err) {
	case http.StatusMethodNotAllowed:
		return true
	case http.StatusNotFound:
		_, gone := h.unchanged(ctx, t)
		return gone == nil
	}
	return false
}

// Reveal implements [model.API]: never, on purpose.
func (h *hamgam) Reveal(context.Context, model.Token) (model.Secret, error) {
	return model.Secret{}, model.Fail(model.Unsupported, hamgamReveal)
}

// unchanged reads a token again before it is changed, and stops when it is no
// longer what the person saw. It returns whether the console signs in with it.
func (h *hamgam) unchanged(ctx context.Context, t model.Token) (own bool, _ error) {
	path, err := join("api", "users", "auth_tokens", t.ID)
	if err != nil {
		return false, err
	}
	w, err := call[hamgamToken](ctx, h.conn, request{method: http.MethodGet, path: path})
	if err != nil {
		return false, err
	}
	now := w.token(h.conn.key)
	if now.ID != t.ID || now.Owner.ID != t.Owner.ID || !now.Updated.Equal(t.Updated) {
		return false, model.Fail(model.Conflict, "token "+t.Name.String()+" has changed since it was read")
	}
	return now.Own, nil
}
