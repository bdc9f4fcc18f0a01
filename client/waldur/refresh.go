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

// isSession reports whether an answer looks like a session that has a new key: the
// date of it is what the session itself is held against afterwards.
func (r refreshed) isSession() bool {
	_, known := r.Created.When().Time()
	return known
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
	w.told.Store(number, now.Created.When())
	answer, err := wire.Call[refreshed](ctx, w.conn, wire.Request{Method: http.MethodPost, Path: path})
	switch {
	case w.cannotRefresh(ctx, number, t, err):
		w.noRefresh.Store(true)
		return model.Issued{}, noRefresh(err)
	case wire.MayBeDuplicate(err, own):
		seen, unread := w.lookSession(ctx, model.Regenerate, number, t)
		return model.Issued{}, wire.ErrMayBeDuplicate(err, seen, unread)
	case err != nil:
		return model.Issued{}, err
	}
	return w.newKey(ctx, renewal{number: number, token: t, before: now, own: own}, answer)
}

// renewal is a session that was given a new key: as it was before.
type renewal struct {
	number string
	token  model.Token
	before session
	own    bool
}

// newKey is what a person gets of a new key, held against what can be read. A key
// that comes may be the only one that is left, and is handed out with every doubt;
// but for the one that the console has in use already.
func (w *waldur) newKey(ctx context.Context, r renewal, answer refreshed) (model.Issued, error) {
	now, whose := r.before, named(r.token.Owner)
	now.Created, now.Lifetime = answer.Created, answer.Lifetime.or(now.Lifetime)
	issued := model.Issued{Token: now.token(r.number, r.own), Key: answer.Token}
	switch {
	case r.own && w.conn.InUse(answer.Token):
		answer.Token.Wipe()
		return model.Issued{}, model.Fail(model.Contradicted, "the key that the server gave is the one that authdeck signs in with already: there is no new one")
	case !answer.Username.Empty() && answer.Username != now.Username:
		return issued, model.Fail(model.Uncertain, "the server said yes, but its answer is about another user than "+whose+": whose key it gave is not certain")
	case !answer.isSession():
		return issued, w.noSession(ctx, r)
	case r.own && !issued.Key.Empty():
		issued.Notes = append(issued.Notes, w.conn.Adopt(issued.Key))
	}
	doubt, err := w.renewed(ctx, r, answer)
	issued.Notes = append(issued.Notes, doubt...)
	if err == nil && issued.Key.Empty() {
		issued.Notes = append([]string{"The old key has ended. The server does not show the new one here: " + whose +
			" finds it in their own profile, under API token."}, issued.Notes...)
		issued.Notes = append(issued.Notes, w.afterOwn(r.own)...)
	}
	return issued, err
}

// noSession is for an answer that is no session: something else may have given it.
func (w *waldur) noSession(ctx context.Context, r renewal) error {
	words := "the server said yes, but what it answered is no session of " + named(r.token.Owner) + ": whether there is a new key is not certain"
	if seen, err := w.lookSession(ctx, model.Regenerate, r.number, r.token); err == nil {
		words += ". " + seen.Words
	}
	return model.Fail(model.Uncertain, words)
}

// renewed reads a session after it was given a new key. The date of a session is
// that of its key, and later servers move it with use too, but not within the first
// minute (core/authentication.py): one that is not the answer's own belongs to the
// key of somebody who was at it in the same moment. The console's own is read with
// the new key, where there is one.
func (w *waldur) renewed(ctx context.Context, r renewal, answer refreshed) (doubt []string, _ error) {
	whose := named(r.token.Owner)
	var after session
	_, err := w.conn.Confirm(ctx, func(ctx context.Context) (_ bool, err error) {
		after, err = w.readSession(ctx, r.number, r.token)
		return err == nil && !after.Created.When().Equal(r.before.Created.When()), err
	})
	refused := r.own && wire.KeyRefused(err)
	switch at := after.Created.When(); {
	case refused && answer.Token.Empty():
		return nil, nil // the old key does not open any more, which is what was wanted
	case refused:
		return nil, model.Fail(model.Uncertain, "the server gave a key that it refuses now: somebody else has renewed the session of "+whose+" in the same moment")
	case wire.IsNotFound(err):
		return nil, model.Fail(model.Uncertain, "the server said yes, but the session of "+whose+" is gone now: somebody else ended it in this moment, and its key with it")
	case err != nil:
		return []string{"Whether the session has the new key could not be read afterwards: " + model.Reason(err) + "."}, nil
	case at.Equal(r.before.Created.When()):
		return nil, model.Fail(model.Contradicted, "the session of "+whose+" is as it was before, and so is its key")
	case !at.Equal(answer.Created.When()):
		return nil, model.Fail(model.Uncertain, "the server said yes, but the session of "+whose+" has another date than its answer: "+
			"it was renewed once more in the same moment, and then a key that was given before is dead")
	}
	return nil, nil
}

// cannotRefresh tells a server without that route from a user who has gone: the
// session is then still there.
func (w *waldur) cannotRefresh(ctx context.Context, number string, t model.Token, err error) bool {
	switch {
	case wire.FromSystem(err) && wire.Status(err) == http.StatusMethodNotAllowed:
		return true
	case noRoute(err):
		_, still := w.readSession(ctx, number, t)
		return still == nil
	}
	return false
}

// lacksRefresh asks a server of the oldest sort whether it knows the address of a new
// key: reading there does nothing, and is refused in other words where there is one.
func (w *waldur) lacksRefresh(ctx context.Context, owner string) bool {
	path, err := wire.Slashed("api", "users", owner, "refresh_token")
	if err == nil {
		_, err = wire.Call[wire.Nothing](ctx, w.conn, wire.Get(path))
	}
	return noRoute(err)
}

// noRefresh is for a server that gives no session a new key.
func noRefresh(cause error) error {
	return &model.Error{Kind: model.Unsupported, Message: model.Clean(refreshMissing), Instead: model.Delete, Cause: cause}
}
