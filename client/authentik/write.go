package authentik

import (
	"cmp"
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (a *authentik) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return a.create(ctx, o)
	case model.Edit:
		return a.edit(ctx, o)
	case model.Regenerate:
		return a.regenerate(ctx, o.Token)
	case model.Replace:
		return a.replace(ctx, o.Token)
	case model.Delete:
		return a.remove(ctx, o.Token)
	case model.Reveal:
		return a.reveal(ctx, o.Token)
	default:
		return model.Issued{}, model.Fail(model.Unsupported, a.Info().Missing[o.Action])
	}
}

func (a *authentik) create(ctx context.Context, o model.Order) (model.Issued, error) {
	d, err := created(o)
	if err == nil && d.User != 0 {
		var me model.User
		if me, err = a.me(ctx); err == nil {
			err = mayMakeFor(me, d.User.id())
		}
	}
	if err != nil {
		return model.Issued{}, err
	}
	w, err := a.post(ctx, d)
	if err != nil {
		return model.Issued{}, err
	}
	issued := model.Issued{Token: a.row(w), Notes: d.differences(w)}
	if issued.Key, err = a.viewKey(ctx, w); err != nil {
		return issued, half("token "+issued.Token.Name.String()+" is made, but its key could not be read; v (show key) tries that again", err)
	}
	return issued, nil
}

// post makes a token. The answer is without its key.
func (a *authentik) post(ctx context.Context, d draft) (token, error) {
	w, err := wire.Call[token](ctx, a.conn, wire.Request{Method: http.MethodPost, Path: tokensPath, Body: d})
	if err == nil && w.id() != d.Identifier {
		err = model.Fail(model.Uncertain, "the server said yes, but answered with another token than was asked for")
	}
	if model.KindOf(err) == model.Uncertain {
		err = more(err, "if it happened, there is a token "+d.Identifier+" now, and v shows its key")
	}
	return w, err
}

// edit changes what is said of a token.
func (a *authentik) edit(ctx context.Context, o model.Order) (model.Issued, error) {
	w, err := a.unchanged(ctx, o.Token)
	if err != nil {
		return model.Issued{}, err
	}
	if why := fixed(a.row(w)); why != "" {
		return model.Issued{}, model.Fail(model.Unsupported, why)
	}
	d, err := w.changed(o.Token, o.Values)
	if err != nil {
		return model.Issued{}, err
	}
	after, err := a.patch(ctx, w, d)
	if err != nil {
		return model.Issued{}, w.notChanged(d, err)
	}
	return model.Issued{Token: a.row(after), Notes: d.differences(after)}, nil
}

// notChanged says of an edit that failed what the server's words leave out.
func (w token) notChanged(d draft, err error) error {
	before, known := w.Expires.When().Time()
	switch {
	case wire.Names(err, "expires") && known && d.Expires != nil && d.Expires.Equal(before):
		return more(err, "its own date is sent along with every change; the server takes an earlier one only")
	case model.KindOf(err) == model.Uncertain && d.Identifier != "":
		return more(err, "if it happened, the token is called "+d.Identifier+" now")
	}
	return err
}

// patch sends a change of a token that has just been read.
func (a *authentik) patch(ctx context.Context, w token, d draft) (token, error) {
	path, err := tokenPath(w.id())
	if err != nil {
		return token{}, err
	}
	wanted := w
	wanted.Identifier.Value = cmp.Or(d.Identifier, w.id())
	after, err := wire.Call[token](ctx, a.conn, wire.Request{Method: http.MethodPatch, Path: path, Body: d})
	if err == nil && !after.is(wanted) {
		err = model.Fail(model.Uncertain, "the server said yes, but answered with another token than was changed")
	}
	return after, err
}

func (a *authentik) remove(ctx context.Context, t model.Token) (model.Issued, error) {
	w, err := a.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	mine := a.mayBeOwn(ctx, t) // afterwards nobody could tell
	if err := a.delete(ctx, w); err != nil {
		return model.Issued{}, err
	}
	issued := model.Issued{Token: t}
	if mine && a.ours(t) {
		if _, err := a.me(ctx); model.KindOf(err) == model.Unauthorized {
			issued.Notes = append(issued.Notes, "authdeck itself signed in with this token and is signed out: give its configuration another key.")
		}
	}
	return issued, nil
}

func (a *authentik) delete(ctx context.Context, w token) error {
	path, err := tokenPath(w.id())
	if err != nil {
		return err
	}
	_, err = wire.Call[wire.Nothing](ctx, a.conn, wire.Request{Method: http.MethodDelete, Path: path})
	return err
}

// unchanged reads a token again before it is changed, and stops when it is no
// longer what the person saw.
func (a *authentik) unchanged(ctx context.Context, t model.Token) (token, error) {
	w, err := a.read(ctx, t.ID)
	if err != nil {
		return w, err
	}
	now := a.row(w)
	same := now.ID == t.ID && now.Version == t.Version && now.Owner.ID == t.Owner.ID && now.Kind == t.Kind &&
		now.Managed == t.Managed && now.Description == t.Description && now.Expires.Equal(t.Expires)
	if !same {
		return w, wire.ErrChanged(t)
	}
	return w, nil
}
