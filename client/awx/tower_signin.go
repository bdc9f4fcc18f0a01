package awx

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// grant is the answer to a sign-in (AWX 1.0.4, AuthTokenView). It does not say
// whose the key is.
type grant struct {
	Key   model.Secret `json:"token"`
	Until wire.Time    `json:"expires"`
	idle  time.Duration
}

// login trades a user name and a password for an auth token. If a person asked
// for it, it is a write whose answer can be lost.
func (t *tower) login(ctx context.Context, username string, password model.Secret, asked bool) (grant, error) {
	path, err := t.path("authtoken")
	if err != nil {
		return grant{}, err
	}
	reply, err := wire.Ask[grant](ctx, t.conn, wire.Request{
		Method: http.MethodPost, Path: path, Anonymous: true, Asked: asked,
		Body: map[string]string{"username": username, "password": password.Reveal()}, Secret: password,
	})
	t.learn(reply.Header)
	switch {
	case err == nil && reply.Value.Key.Empty():
		kind := model.Malformed
		if asked {
			kind = model.Uncertain
		}
		return grant{}, model.Fail(kind, "the server answered the sign-in without a key")
	case wire.Status(err) == http.StatusBadRequest && wire.FromSystem(err) && len(wire.FieldErrorsOf(err)[""]) > 0: // about no field, which is its manner of refusing a password
		return grant{}, model.Fail(model.Invalid, notAccepted(password))
	case err != nil:
		return grant{}, moved(err)
	}
	reply.Value.idle = idleTime(reply.Header)
	return reply.Value, nil
}

// notAccepted tells somebody at a loss about the server's own trimming.
func notAccepted(password model.Secret) string {
	const words = "the user name or the password is not accepted"
	if plain := password.Reveal(); strings.TrimSpace(plain) != plain {
		return words + "; the server takes the blanks off both ends of a password before it looks at it"
	}
	return words
}

// longestIdle bounds what is believed of a header.
const longestIdle = 10 * 365 * 24 * time.Hour

// idleTime is how long a token lives without use, in the seconds of the answer to
// a sign-in.
func idleTime(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Auth-Token-Timeout"))
	if err != nil || seconds < 1 || seconds > int(longestIdle/time.Second) {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

// signIn is [wire.Conn.SignIn]. What authdeck signed in with before is over then,
// and leaves the list unless a person has it too.
func (t *tower) signIn(ctx context.Context, username string, password model.Secret) (model.Secret, error) {
	g, err := t.login(ctx, username, password, false)
	if model.KindOf(err) == model.Invalid {
		err = wire.Reword(err, model.Unauthorized, model.Reason(err))
	}
	if err != nil {
		return model.Secret{}, err
	}
	t.made.drop(func(s *session) bool { return !s.handed && !s.key.Equal(g.Key) })
	owner := model.User{Username: model.Clean(username)}
	if me := t.me.Load(); me != nil {
		owner = *me
	}
	t.made.keep(t.session(g, username, owner, false))
	return g.Key, nil
}

func (t *tower) session(g grant, username string, owner model.User, handed bool) session {
	now := time.Now()
	return session{key: g.Key, username: username, owner: owner, made: now, seen: now, idle: g.idle, until: g.Until, handed: handed}
}

// with is a request that is signed with a key other than authdeck's own. One that
// is signed with none would be refused, which would pass for a proof.
func (t *tower) with(key model.Secret, method, endpoint string) (wire.Request, error) {
	if key.Empty() {
		return wire.Request{}, model.Fail(model.Internal, "authdeck does not hold this key any more; nothing was sent")
	}
	path, err := t.path(endpoint)
	return wire.Request{
		Method: method, Path: path, Anonymous: true, Asked: true, Secret: key,
		Header: http.Header{"Authorization": {"Token " + key.Reveal()}},
	}, err
}

// holder is whom the server takes the bearer of a key for, from here.
func (t *tower) holder(ctx context.Context, key model.Secret) (model.User, error) {
	r, err := t.with(key, http.MethodGet, "me")
	if err != nil {
		return model.User{}, err
	}
	return t.whose(ctx, r, "whose the key is")
}

// revoke sends the order to end a key. The server says yes to every one of them
// (AWX 1.0.4, AuthTokenView.delete).
func (t *tower) revoke(ctx context.Context, key model.Secret) error {
	r, err := t.with(key, http.MethodDelete, "authtoken")
	if err != nil {
		return err
	}
	_, err = ask[wire.Nothing](ctx, t.server, r)
	return err
}
