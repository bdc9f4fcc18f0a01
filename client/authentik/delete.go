package authentik

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

func (a *authentik) remove(ctx context.Context, t model.Token) (model.Issued, error) {
	w, err := a.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	mine := a.mayBeOwn(ctx, t) && a.ours(t) // afterwards nobody could tell
	taken, said := a.delete(ctx, w)
	if !taken {
		return model.Issued{}, w.inDoubt(said, mine)
	}
	notes, err := a.gone(ctx, w, said, mine)
	if err != nil {
		return model.Issued{}, err
	}
	return model.Issued{Token: t, Notes: notes}, nil
}

// delete asks for the end of a token, and proves nothing. Taken is whether a server
// that answers so may have ended it, and is not at it any more: with yes, with a
// success around something that cannot be read, or by not finding it.
func (a *authentik) delete(ctx context.Context, w token) (taken bool, said error) {
	path, err := tokenPath(w.id())
	if err != nil {
		return false, err
	}
	reply, err := wire.Ask[wire.Nothing](ctx, a.conn, wire.Request{Method: http.MethodDelete, Path: path})
	success := reply.Status >= 200 && reply.Status < 300
	return success || wire.IsNotFound(err), err
}

// gone reads a token after a deletion that was taken, and what was said to it; nil
// for yes.
func (a *authentik) gone(ctx context.Context, w token, said error, mine bool) (notes []string, _ error) {
	ended, err := a.conn.Confirm(ctx, func(ctx context.Context) (bool, error) { return a.ended(ctx, w) })
	left := !ended && err == nil
	still := "token " + w.id() + " is still there, also a second later"
	switch odd := model.KindOf(said) == model.Uncertain; {
	case mine && wire.KeyRefused(err):
		return []string{"The token is deleted. authdeck itself signed in with it and is signed out: give its configuration another key."}, nil
	case odd && left:
		return nil, wire.Reword(said, model.Uncertain, model.Reason(said)+"; "+still)
	case odd && err != nil:
		return nil, said
	case odd:
		return []string{wire.Gone}, nil
	}
	notes, err = wire.Deletion{Denied: said, There: left, Still: still, Unread: err}.Outcome()
	if said != nil && err == nil {
		notes = append(notes, "If somebody renamed it, it is in the list under its new name.")
	}
	return notes, err
}

// ended reports whether a token cannot be read any more. What was made anew under
// its name is another.
func (a *authentik) ended(ctx context.Context, w token) (bool, error) {
	now, err := a.read(ctx, w.id())
	if wire.IsNotFound(err) {
		return true, nil
	}
	return err == nil && !now.is(w), err
}
