package authentik

import (
	"context"
	"crypto/rand"
	"net/http"
	"time"

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

// setKey gives a token a key that is made here. One that may be set is handed out
// whatever becomes of the answer: the account may be one that no key is shown to.
func (a *authentik) setKey(ctx context.Context, w token, mine bool) (model.Issued, error) {
	path, err := tokenPath(w.id(), "set_key")
	if err != nil {
		return model.Issued{}, err
	}
	key := newKey(a.settings(ctx).keyLength())
	a.memory.renewing(w, key, true)
	_, err = wire.Call[wire.Nothing](ctx, a.conn, wire.Request{
		Method: http.MethodPost, Path: path, Body: map[string]string{"key": key.Reveal()}, Secret: key,
	})
	err = w.inDoubt(err, mine)
	if err != nil && model.KindOf(err) != model.Uncertain {
		key.Wipe()
		return model.Issued{}, a.notRenewed(err, w, a.settingTakes(w))
	}
	issued, went := model.Issued{Token: a.row(w), Key: key}, stayed
	if mine {
		issued.Notes, went = a.follow(ctx, key, issued.Token, w)
	}
	switch {
	case went == moved: // the old key is dead and the new one opens, so it happened
		issued.Token.Own = true
		return issued, nil
	case err != nil:
		return issued, a.notRenewed(more(err, "the key that comes with this is the token's if it happened"), w, "")
	case went == shutOut:
		return issued, w.anotherKey()
	}
	return a.checked(ctx, w, issued)
}

// settingTakes are the rights that it takes to set a key. A POST to another's token is
// held against add_token too (seen on 2026.5.0-rc1: 403 with set_token_key alone, 204
// with both).
func (a *authentik) settingTakes(w token) string {
	since := ", which before 2025.6.4 superusers alone had"
	if a.since("2025.07") == model.Yes {
		since = ""
	}
	switch me := a.self.Load(); {
	case me == nil:
		return "to set a key takes the right set_token_key" + since + ", and of somebody else's token add_token too"
	case me.ID == w.owner().id():
		return "to set the key of one's own token takes the right set_token_key" + since
	}
	return "to set the key of somebody else's token takes the rights set_token_key and add_token" + since
}

// checked holds a key that was set against the one that the token has: of two
// consoles that set one in the same second both are told yes, and one key is dead.
// Where the account may see keys, that is one look, which the server logs; else
// the key is tried.
func (a *authentik) checked(ctx context.Context, w token, issued model.Issued) (model.Issued, error) {
	same, err := a.conn.Confirm(ctx, func(ctx context.Context) (bool, error) { return a.has(ctx, w, issued.Key) })
	switch {
	case same:
		return issued, nil
	case err == nil:
		return issued, w.anotherKey()
	}
	if notShown(err) && w.answers() {
		if err = a.opens(ctx, issued.Key); refused(err) {
			return issued, w.anotherKey()
		}
	}
	if err != nil {
		issued.Notes = append(issued.Notes, "Whether the token has this key was not checked ("+model.Reason(err)+
			"): had somebody else set one in the same moment, this one would open nothing.")
	}
	return issued, nil
}

// has reports whether a token has a key.
func (a *authentik) has(ctx context.Context, w token, key model.Secret) (bool, error) {
	shown, err := a.viewKey(ctx, w)
	defer shown.Wipe()
	return shown.Equal(key), err
}

// anotherKey is for a key that was set, and is not the one that the token has.
func (w token) anotherKey() error {
	return model.Fail(model.Contradicted, "the server said yes, but token "+w.id()+
		" does not have the key that authdeck set: somebody else has set another in this moment, or it was not taken. The one that comes with this opens nothing as far as can be seen; v shows the one that it has")
}

// brink is how near to a token's end its key is not tried any more: up to 2026.2 a
// key that is used after its end has its token deleted (authentik/core/models.py,
// filter_not_expired), and clocks differ.
const brink = 10 * time.Minute

// answers reports whether a token's key opens the API for certain, so that one
// that does not is not the token's.
func (w token) answers() bool {
	expires := w.expires()
	at, dated := expires.Time()
	return w.Intent.Value.String() == apiToken && w.UserObj.Value.Active.Answer == model.Yes &&
		(expires.Knowledge() == model.Never || dated && time.Until(at) > brink)
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
