package hamgam

import (
	"context"
	"net/http"
	"strconv"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (h *hamgam) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return h.create(ctx, o.Owner)
	case model.Regenerate:
		return h.regenerate(ctx, o.Token)
	case model.Delete:
		return h.remove(ctx, o.Token)
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
	if err := h.without(ctx, owner); err != nil {
		return model.Issued{}, err
	}
	post := func(field string) (token, error) {
		return h.issue(ctx, "/api/users/auth_tokens/", map[string]int64{field: id},
			func(w token) bool { return w.User.ID == id })
	}
	made, err := post("user")
	if model.KindOf(err) == model.Invalid && wire.HasFieldError(err, "user_id") {
		made, err = post("user_id")
	}
	if err != nil {
		return model.Issued{}, h.refusedCreation(ctx, owner, err)
	}
	return h.handedOut(ctx, made)
}

// regenerate gives a token another key. The console's own is replaced in its own
// hands too, or the next request would be its last.
func (h *hamgam) regenerate(ctx context.Context, t model.Token) (model.Issued, error) {
	before, err := h.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	defer before.Key.Wipe()
	path, err := wire.Slashed("api", "users", "auth_tokens", t.ID, "regenerate")
	if err != nil {
		return model.Issued{}, err
	}
	own := h.conn.InUse(before.Key)
	made, err := h.issue(ctx, path, nil, func(w token) bool { return strconv.FormatInt(w.ID, 10) == t.ID })
	switch {
	case wire.MayBeDuplicate(err, own):
		seen, unread := h.lookAt(ctx, model.Regenerate, t)
		return model.Issued{}, wire.ErrMayBeDuplicate(err, seen, unread)
	case err != nil:
		return model.Issued{}, err
	case made.Key.Equal(before.Key):
		made.Key.Wipe()
		return model.Issued{}, model.Fail(model.Contradicted, "the key that the server gave is the old one of token "+t.Name.String())
	}
	var notes []string
	if own {
		notes = append(notes, h.conn.Adopt(made.Key)) // and reads on with it
	}
	issued, err := h.handedOut(ctx, made)
	issued.Token.Own = own
	issued.Notes = append(notes, issued.Notes...)
	return issued, err
}

// issue sends a write whose answer is a token with its new key. A key of another
// token than the one that was meant is nobody's to hand out.
func (h *hamgam) issue(ctx context.Context, path string, body any, meant func(token) bool) (token, error) {
	w, err := wire.Call[token](ctx, h.conn, wire.Request{Method: http.MethodPost, Path: path, Body: body})
	switch {
	case err != nil:
		return token{}, err
	case w.Key.Empty():
		return token{}, model.Fail(model.Uncertain, "the server said yes, but its answer holds no key")
	case !meant(w):
		return token{}, model.Fail(model.Uncertain, "the server said yes, but answered with another token than was asked for")
	}
	return w, nil
}

// remove deletes a token, and reads whether it is gone. That is not documented; the
// route is the one that the framework behind Hamgam would give it.
func (h *hamgam) remove(ctx context.Context, t model.Token) (model.Issued, error) {
	before, err := h.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	own := h.conn.InUse(before.Key)
	before.Key.Wipe()
	if own && !t.Own {
		return model.Issued{}, model.Fail(model.Conflict, "authdeck itself signs in with token "+t.Name.String()+", which the list did not tell; it is not deleted from here")
	}
	path, err := wire.Slashed("api", "users", "auth_tokens", t.ID)
	if err != nil {
		return model.Issued{}, err
	}
	_, err = wire.Call[wire.Nothing](ctx, h.conn, wire.Request{Method: http.MethodDelete, Path: path})
	if err != nil && !wire.MayBeDuplicate(err, own) {
		return model.Issued{}, h.offersNone(err)
	}
	gone, unread := h.conn.Confirm(ctx, func(ctx context.Context) (bool, error) { return h.gone(ctx, t, own) })
	notes, err := wire.Deletion{
		Denied: err, There: !gone && unread == nil, Still: "token " + t.Name.String() + " is still there", Unread: unread,
	}.Outcome()
	if err == nil && own {
		notes = append(notes, h.afterOwn())
	}
	return model.Issued{Notes: notes}, err
}

// offersNone is a refusal by a server that has no such method. The framework behind
// Hamgam says that with a 405, since the same address is there to be read: a 404 is of
// a token that is gone.
func (h *hamgam) offersNone(err error) error {
	if !wire.FromSystem(err) || wire.Status(err) != http.StatusMethodNotAllowed {
		return err
	}
	h.noDelete.Store(true)
	return &model.Error{Kind: model.Unsupported, Message: model.Clean(deleteMissing), Instead: model.Regenerate, Cause: err}
}

// afterOwn is what became of the console when its own token was deleted.
func (h *hamgam) afterOwn() string {
	if h.conn.Username() == "" {
		return "The token is deleted. authdeck signed in with it and is signed out now; give its configuration another key."
	}
	h.conn.Forget()
	return "The token is deleted. authdeck signed in with it. It signs in again with its password, and Hamgam makes the user a new token for that."
}

// unchanged reads a token again before it is changed, and stops when it is no
// longer what the person saw. The key is the caller's to wipe.
func (h *hamgam) unchanged(ctx context.Context, t model.Token) (token, error) {
	w, err := h.read(ctx, t)
	if err != nil {
		return token{}, err
	}
	now := w.token(h.conn)
	if now.ID != t.ID || now.Owner.ID != t.Owner.ID || !now.Updated.Equal(t.Updated) {
		w.Key.Wipe()
		return token{}, wire.ErrChanged(t)
	}
	return w, nil
}

// read asks for one token, which comes with its live key.
func (h *hamgam) read(ctx context.Context, t model.Token) (token, error) {
	path, err := wire.Slashed("api", "users", "auth_tokens", t.ID)
	if err != nil {
		return token{}, err
	}
	return wire.Call[token](ctx, h.conn, wire.Get(path))
}
