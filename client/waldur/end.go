package waldur

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// endSession deletes the one token of a user, and reads whether it is gone. Waldur
// 7.0, which writes truth values as strings, saves the row of a session with every
// request that it signs: one that was being answered while the session was deleted
// writes it back, with its key, and so it is looked for twice (7.0.7: 9 of 25 that
// were in use outlived a 204). Later servers would begin another session instead.
func (w *waldur) endSession(ctx context.Context, number string, t model.Token) (model.Issued, error) {
	before, own, err := w.same(ctx, number, t)
	if err != nil {
		return model.Issued{}, err
	}
	path, err := wire.Slashed("api", "auth-tokens", number)
	if err != nil {
		return model.Issued{}, err
	}
	_, err = wire.Call[wire.Nothing](ctx, w.conn, wire.Request{Method: http.MethodDelete, Path: path})
	if err != nil && !wire.MayBeDuplicate(err, own) {
		return model.Issued{}, err
	}
	end := wire.Deletion{Denied: err}
	if err == nil || wire.IsNotFound(err) { // else the own key's refusal tells: a new sign-in would begin another
		end = w.left(ctx, end, before, ending{number, t, own})
	}
	notes, err := end.Outcome()
	if err != nil {
		return model.Issued{}, err
	}
	return model.Issued{Notes: append(notes, w.afterOwn(own)...)}, nil
}

// ending is a session that is deleted.
type ending struct {
	number string
	token  model.Token
	own    bool
}

// left adds what is there after a deletion.
func (w *waldur) left(ctx context.Context, end wire.Deletion, before session, e ending) wire.Deletion {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	var left session
	look := func(ctx context.Context) (gone bool, err error) {
		left, gone, err = w.remains(ctx, e)
		return gone, err
	}
	gone, err := w.conn.Confirm(ctx, look)
	if gone && before.Active.quoted && !e.own { // and may be written back yet
		if err = w.conn.Pause(ctx); err == nil {
			gone, err = look(ctx)
		}
	}
	end.There, end.Still, end.Unread = !gone && err == nil, stillThere(left, e.token), err
	return end
}

// remains reads a session after its deletion. Of the console's own a refusal of the
// key is proof that it is gone.
func (w *waldur) remains(ctx context.Context, e ending) (left session, gone bool, err error) {
	left, err = w.readSession(ctx, e.number, e.token)
	if wire.IsNotFound(err) || e.own && wire.KeyRefused(err) {
		return session{}, true, nil
	}
	return left, false, err
}

// stillThere says what a session means that can be read after its deletion. Of the
// key of one the server says nothing.
func stillThere(left session, t model.Token) string {
	whose, lock := named(t.Owner), "; to lock somebody out, make the account inactive"
	if left.Active.quoted {
		return "the session of " + whose + " is there again, with the same key unless " + whose + " has just signed in: it is in use, and a Waldur this old " +
			"writes a session back that is used while it is deleted" + lock
	}
	return "the session of " + whose + " is there: it was not deleted, or was written back because it is in use, or " + whose + " has just signed in again" + lock
}

// afterOwn goes on without the console's own key, and says so.
func (w *waldur) afterOwn(own bool) []string {
	if !own {
		return nil
	}
	w.conn.Forget()
	return []string{"This was authdeck's own session: it " + w.ownEnds() + "."}
}
