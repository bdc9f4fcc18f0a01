package hamgam

import (
	"context"
	"net/http"
	"strconv"

	"authdeck/client/wire"
	"authdeck/model"
)

// Prepare implements [model.API].
func (h *hamgam) Prepare(_ context.Context, a model.Action, t model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		return createForm(t.Owner)
	case model.Regenerate:
		return model.Form{Danger: true, Warnings: ownFirst(t, "authdeck itself signs in with this token; it goes on with the new key.",
			"The old key stops working at once: whatever uses it is signed out until it gets the new one.",
		)}, nil
	case model.Delete:
		return model.Form{Danger: true, Warnings: ownFirst(t, "authdeck itself signs in with this token: this signs it out.",
			"The key stops working at once and does not come back: whatever uses it is signed out.",
		)}, nil
	default:
		return model.Form{}, model.Fail(model.Unsupported, "a Hamgam does not "+a.String())
	}
}

// ownFirst puts a warning about the console's own token before the others.
func ownFirst(t model.Token, own string, others ...string) []string {
	if !t.Own {
		return others
	}
	return append([]string{own}, others...)
}

// createForm asks for whom a token is, unless that is known.
func createForm(owner model.User) (model.Form, error) {
	switch {
	case owner.HasToken == model.Yes:
		return model.Form{}, model.Fail(model.Conflict, "this user has a token already; t shows it, and r there gives it a new key")
	case owner.ID != "":
		return model.Form{}, nil
	}
	return model.Form{Fields: []model.Field{{
		Key: "user", Label: "user", Kind: model.AskUser, Filter: model.Filter{Choice: withoutToken},
		Help: "Hamgam holds one token a user: these have none yet",
	}}}, nil
}

// Do implements [model.API].
func (h *hamgam) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return h.create(ctx, o.Owner)
	case model.Regenerate:
		return h.regenerate(ctx, o.Token)
	case model.Delete:
		return model.Issued{}, h.remove(ctx, o.Token)
	default:
		return model.Issued{}, model.Fail(model.Unsupported, "a Hamgam does not "+o.Action.String())
	}
}

// create makes a token. The pages name the field "user" in one place and
// "user_id" in another; a refusal that names the other is answered with it, once.
func (h *hamgam) create(ctx context.Context, owner model.User) (model.Issued, error) {
	id, err := strconv.ParseInt(owner.ID, 10, 64)
	if err != nil {
		return model.Issued{}, model.Fail(model.Invalid, "a user is needed")
	}
	post := func(field string) (model.Issued, error) {
		return h.issue(ctx, "/api/users/auth_tokens/", map[string]int64{field: id},
			func(w token) bool { return w.User.ID == id })
	}
	issued, err := post("user")
	if model.KindOf(err) == model.Invalid && wire.Names(err, "user_id") {
		return post("user_id")
	}
	return issued, err
}

// regenerate gives a token another key. The console's own is replaced in its own
// hands too, or the next request would be its last.
func (h *hamgam) regenerate(ctx context.Context, t model.Token) (model.Issued, error) {
	own, err := h.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	path, err := wire.Slashed("api", "users", "auth_tokens", t.ID, "regenerate")
	if err != nil {
		return model.Issued{}, err
	}
	issued, err := h.issue(ctx, path, nil, func(w token) bool { return strconv.FormatInt(w.ID, 10) == t.ID })
	if err == nil && own {
		issued.Token.Own = true
		issued.Notes = append(issued.Notes, h.conn.Adopt(issued.Key))
	}
	return issued, err
}

// issue sends a write whose answer is a token with its new key. A key of another
// token than the one that was meant is nobody's to hand out.
func (h *hamgam) issue(ctx context.Context, path string, body any, meant func(token) bool) (model.Issued, error) {
	w, err := wire.Call[token](ctx, h.conn, wire.Request{Method: http.MethodPost, Path: path, Body: body})
	switch {
	case err != nil:
		return model.Issued{}, err
	case w.Key.Empty():
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but its answer holds no key")
	case !meant(w):
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but answered with another token than was asked for")
	}
	return model.Issued{Token: w.token(h.conn), Key: w.Key}, nil
}

// remove deletes a token. That is not documented; the route is the one that the
// framework behind Hamgam would give it.
func (h *hamgam) remove(ctx context.Context, t model.Token) error {
	own, err := h.unchanged(ctx, t)
	if err != nil {
		return err
	}
	if own && !t.Own {
		return model.Fail(model.Conflict, "authdeck itself signs in with token "+t.Name.String()+", which the list did not tell; it is not deleted from here")
	}
	path, err := wire.Slashed("api", "users", "auth_tokens", t.ID)
	if err != nil {
		return err
	}
	_, err = wire.Call[wire.Nothing](ctx, h.conn, wire.Request{Method: http.MethodDelete, Path: path})
	if h.offersNoDelete(ctx, t, err) {
		h.noDelete.Store(true)
		return &model.Error{Kind: model.Unsupported, Message: model.Clean(deleteMissing), Instead: model.Regenerate, Cause: err}
	}
	return err
}

// offersNoDelete tells a missing route from a token that somebody else deleted a
// moment before: the token is then still there.
func (h *hamgam) offersNoDelete(ctx context.Context, t model.Token, err error) bool {
	switch wire.Status(err) {
	case http.StatusMethodNotAllowed:
		return true
	case http.StatusNotFound:
		_, gone := h.unchanged(ctx, t)
		return gone == nil
	}
	return false
}

// unchanged reads a token again before it is changed, and stops when it is no
// longer what the person saw. It returns whether the console signs in with it.
func (h *hamgam) unchanged(ctx context.Context, t model.Token) (own bool, _ error) {
	path, err := wire.Slashed("api", "users", "auth_tokens", t.ID)
	if err != nil {
		return false, err
	}
	w, err := wire.Call[token](ctx, h.conn, wire.Request{Method: http.MethodGet, Path: path})
	if err != nil {
		return false, err
	}
	now := w.token(h.conn)
	if now.ID != t.ID || now.Owner.ID != t.Owner.ID || !now.Updated.Equal(t.Updated) {
		return false, wire.ErrChanged(t)
	}
	return now.Own, nil
}
