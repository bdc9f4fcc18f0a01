package authentik

import (
	"context"
	"net/http"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// regenerate gives a token another key: with rotate_secret where the server has
// it (in no release up to 2026.8, and being built), else with set_key. Which of
// the two is known before anything is sent, so that there is never a second write
// after a first that may have been done. A token that may be the console's own
// always gets its key from here: after a rotation the dead key could not ask for
// its successor.
func (a *authentik) regenerate(ctx context.Context, t model.Token) (model.Issued, error) {
	w, err := a.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	mine := a.mayBeOwn(ctx, t)
	if mine || !a.rotates(ctx, w) {
		return a.setKey(ctx, w, mine)
	}
	before, err := a.viewKey(ctx, w)
	defer before.Wipe()
	switch {
	case err == nil:
		return a.rotate(ctx, w, before)
	case notShown(err): // nor would the new one be
		return a.setKey(ctx, w, false)
	}
	return model.Issued{}, err
}

// rotates reports whether the server has a rotation. To a POST it would say the
// same where there is no such route and where the rotation fails half way; to a
// GET it says 404, with a page, or which methods the route has.
func (a *authentik) rotates(ctx context.Context, w token) bool {
	if known := a.rotation.Load(); known != nil {
		return *known
	}
	path, err := tokenPath(w.id(), "rotate_secret")
	if err != nil {
		return false
	}
	reply, err := wire.Ask[wire.Nothing](ctx, a.conn, wire.Get(path))
	status, own := wire.Status(err), wire.FromSystem(err)
	there := status == http.StatusMethodNotAllowed && own && slices.Contains(allows(reply.Header), http.MethodPost)
	if there || status == http.StatusNotFound && !own {
		a.rotation.Store(&there)
	}
	return there
}

// rotate lets the server make the key. Its answer is without it, or holds a null
// in its place, so that only the key itself tells that it is another one. The one
// before was therefore looked at; that is also how it is known that the new one
// can be.
func (a *authentik) rotate(ctx context.Context, w token, before model.Secret) (model.Issued, error) {
	path, err := tokenPath(w.id(), "rotate_secret")
	if err != nil {
		return model.Issued{}, err
	}
	a.memory.renewing(w, before, false)
	_, err = wire.Call[wire.Nothing](ctx, a.conn, wire.Request{Method: http.MethodPost, Path: path})
	if err = w.inDoubt(err, false); err != nil {
		return model.Issued{}, a.notRenewed(err, w, "that was the server's own rotation, and no key was set")
	}
	issued := model.Issued{Token: a.row(w)}
	var key model.Secret
	another, err := a.conn.Confirm(ctx, func(ctx context.Context) (_ bool, err error) {
		key.Wipe()
		key, err = a.viewKey(ctx, w)
		return err == nil && !key.Equal(before), err
	})
	switch {
	case err != nil:
		return issued, half("the server said yes, but which key token "+w.id()+" has now could not be read; v (show key) tries that again", err)
	case !another:
		key.Wipe()
		return issued, model.Fail(model.Contradicted, "the server said yes, but token "+w.id()+
			" has the same key as before, also a second later: it was not renewed")
	}
	issued.Key = key
	return a.redated(ctx, w, issued), nil
}

// redated adds what a rotation made of the token's date.
func (a *authentik) redated(ctx context.Context, w token, issued model.Issued) model.Issued {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	after, err := a.read(ctx, w.id())
	if err == nil && !after.is(w) {
		err = wire.ErrAnother("token")
	}
	if err != nil {
		issued.Notes = append(issued.Notes, "Whether its date is another now could not be read ("+model.Reason(err)+").")
		return issued
	}
	issued.Token = a.row(after)
	if at, known := issued.Token.Expires.Time(); known && !issued.Token.Expires.Equal(w.expires()) {
		issued.Notes = append(issued.Notes, "It expires on "+date(at)+" now.")
	}
	return issued
}

// notRenewed says of a key that was not renewed what that takes, and what can be
// done in its place.
func (a *authentik) notRenewed(err error, w token, takes string) error {
	switch model.KindOf(err) {
	case model.Forbidden, model.Unsupported:
		failure := &model.Error{Kind: model.KindOf(err), Cause: err, Message: model.Clean(model.Reason(err) + "; " + takes)}
		if fixed(a.row(w)) == "" && a.mayReplace(w) {
			failure.Instead = model.Replace
		}
		return failure
	case model.Uncertain:
		return more(err, "v shows which key token "+w.id()+" has now")
	default:
		return err
	}
}

// mayReplace reports whether nothing is known that would stop a replacement.
func (a *authentik) mayReplace(w token) bool {
	me := a.self.Load()
	return me == nil || mayMakeFor(*me, w.owner().id()) == nil
}
