package waldur

import (
	"context"
	"net/http"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// secondLook is when a session that was deleted is looked for once more.
const secondLook = time.Second

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
	if err != nil && !wire.MayBeSecond(err, own) {
		return model.Issued{}, err
	}
	end := wire.Deletion{Denied: err}
	var left session
	left, end.There, end.Unread = w.remains(ctx, number, t, own)
	if before.Active.quoted && !own && pause(ctx, secondLook) {
		left, end.There, end.Unread = w.remains(ctx, number, t, own)
	}
	end.Still = stillThere(left, t)
	notes, err := end.End()
	if err != nil {
		return model.Issued{}, err
	}
	return model.Issued{Notes: append(notes, w.afterOwn(own)...)}, nil
}

// remains reads a session after its deletion. Of the console's own a refusal of the
// key is proof that it is gone.
func (w *waldur) remains(ctx context.Context, number string, t model.Token, own bool) (left session, there bool, err error) {
	left, err = w.readSession(ctx, number, t)
	if wire.NotThere(err) || own && model.KindOf(err) == model.Unauthorized {
		return session{}, false, nil
	}
	return left, err == nil, err
}

// pause waits, and reports whether anybody still waits for what comes after.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
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
