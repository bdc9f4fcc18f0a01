package authentik

import (
	"context"
	"crypto/rand"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// alphabet and length of a key (authentik/lib/generators.py; tenants/models.py,
// default_token_length).
const (
	alphabet  = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	keyLength = 60
)

// A server can be told to make keys of one letter; those made here are not
// shorter than what a key looks like, or so long that no header carries them.
const (
	shortestKey = 40
	longestKey  = 512
)

// regenerate gives a token another key: with rotate_secret where the server has
// it (in no release up to 2026.8, and being built), else with set_key. A token
// that may be the console's own always gets its key from here: after a rotation
// the dead key could not ask for its successor.
func (a *authentik) regenerate(ctx context.Context, t model.Token) (model.Issued, error) {
	w, err := a.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	mine := a.mayBeOwn(ctx, t)
	if !mine && !a.noRotate.Load() {
		issued, err := a.rotate(ctx, w)
		if !offersNone(err) {
			return issued, err
		}
	}
	issued, err := a.setKey(ctx, w, mine)
	if !mine && model.KindOf(err) != model.NotFound {
		a.noRotate.Store(true) // the token is there, so it was the route that is not
	}
	return issued, err
}

// offersNone reports whether a rotation failed because there is no such route.
func offersNone(err error) bool {
	status := wire.Status(err)
	return status == http.StatusNotFound || status == http.StatusMethodNotAllowed
}

// rotate lets the server make the key. Its answer is without it, or holds a null
// in its place.
func (a *authentik) rotate(ctx context.Context, w token) (model.Issued, error) {
	path, err := tokenPath(w.id(), "rotate_secret")
	if err != nil {
		return model.Issued{}, err
	}
	_, err = wire.Call[wire.Nothing](ctx, a.conn, wire.Request{Method: http.MethodPost, Path: path})
	switch {
	case offersNone(err):
		return model.Issued{}, err
	case err != nil:
		return model.Issued{}, a.notRenewed(err, w, "that was the server's own rotation, and no key was set")
	}
	issued := model.Issued{Token: a.row(w)}
	if issued.Key, err = a.viewKey(ctx, w); err != nil {
		return issued, half("the old key of "+w.id()+" has ended, but the new one could not be read; v (show key) tries that again", err)
	}
	after, err := a.read(ctx, w.id())
	if err == nil && !after.is(w) {
		err = wire.ErrAnother("token")
	}
	if err != nil {
		issued.Notes = append(issued.Notes, "Whether its date is another now could not be read ("+model.Reason(err)+").")
		return issued, nil
	}
	issued.Token = a.row(after)
	if at, known := issued.Token.Expires.Time(); known && !issued.Token.Expires.Equal(w.expires()) {
		issued.Notes = append(issued.Notes, "It expires on "+date(at)+" now.")
	}
	return issued, nil
}

// setKey gives a token a key that is made here. One that may be set is handed out
// whatever becomes of the answer: the account may be one that no key is shown to.
func (a *authentik) setKey(ctx context.Context, w token, mine bool) (model.Issued, error) {
	path, err := tokenPath(w.id(), "set_key")
	if err != nil {
		return model.Issued{}, err
	}
	key := newKey(a.settings(ctx).keyLength())
	_, err = wire.Call[wire.Nothing](ctx, a.conn, wire.Request{
		Method: http.MethodPost, Path: path, Body: map[string]string{"key": key.Reveal()}, Hidden: key,
	})
	if err != nil && model.KindOf(err) != model.Uncertain {
		key.Wipe()
		return model.Issued{}, a.notRenewed(err, w, "to set a key takes the right set_token_key, which before 2025.6.4 superusers alone had")
	}
	issued, followed := model.Issued{Token: a.row(w), Key: key}, false
	if mine {
		issued.Notes, followed = a.follow(ctx, key, issued.Token, w)
	}
	if followed { // the old key is dead, so it happened
		issued.Token.Own = true
		return issued, nil
	}
	if err != nil {
		return issued, a.notRenewed(more(err, "the key that comes with this is the token's if it happened"), w, "")
	}
	return issued, nil
}

// notRenewed says of a key that was not renewed what that takes, and what can be
// done in its place.
func (a *authentik) notRenewed(err error, w token, takes string) error {
	switch model.KindOf(err) {
	case model.Forbidden, model.Unsupported:
		failure := &model.Error{Kind: model.KindOf(err), Cause: err, Message: model.Clean(model.Reason(err) + "; " + takes)}
		if fixed(a.row(w)) == "" {
			failure.Instead = model.Replace
		}
		return failure
	case model.Uncertain:
		return more(err, "v shows which key token "+w.id()+" has now")
	default:
		return err
	}
}

// newKey makes a key of the server's letters.
func newKey(length int) model.Secret {
	key := make([]byte, 0, length)
	defer func() { clear(key) }()
	var one [1]byte
	for len(key) < length {
		_, _ = rand.Read(one[:])                 // it never fails
		if int(one[0]) < 256-256%len(alphabet) { // the rest would favour the first letters
			key = append(key, alphabet[int(one[0])%len(alphabet)])
		}
	}
	return model.NewSecret(string(key))
}
