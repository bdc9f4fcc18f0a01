package wire

import (
	"context"
	"encoding/base64"
	"slices"
	"sync"

	"authdeck/model"
)

// credentialCache holds what the console signs in with: a token, or a user name and a
// password until the first request has turned them into one.
type credentialCache struct {
	turn chan struct{} // one sign-in at a time; who waits for it can give up

	origin Origin

	mu       sync.Mutex // guards the rest
	token    model.Secret
	former   model.Secret // the one before it, which a late answer may still quote
	reads    int          // how often the origin was read again
	lastRead string       // what came of it, in words
	username string
	password model.Secret
	refusal  error // a sign-in that was refused is not tried again: servers count them and lock accounts
	stopped  error // why no sign-in begins any more; nil while one may
}

func newCredentialCache(username string, secret model.Secret, origin Origin) *credentialCache {
	c := &credentialCache{turn: make(chan struct{}, 1), username: username, origin: origin}
	c.enter(secret)
	return c
}

// enter is what to sign in with, a token or a password, once it is known.
func (c *credentialCache) enter(secret model.Secret) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.username == "" {
		c.token = secret
	} else {
		c.password = secret
	}
}

// signIn is what [Conn.SignIn] is.
type signIn = func(ctx context.Context, username string, password model.Secret) (model.Secret, error)

// get is the key to sign a request with. Others wait while one signs in.
func (c *credentialCache) get(ctx context.Context, signIn signIn) (signingKey, error) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return signingKey{}, ctx.Err()
	}
	defer func() { <-c.turn }()
	if token, err := c.current(); err != nil || !token.key.Empty() {
		return token, err
	}
	if signIn == nil {
		return signingKey{key: c.password}, nil
	}
	if err := c.stoppedBy(); err != nil {
		return signingKey{}, err
	}
	token, err := signIn(ctx, c.username, c.password)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.token = token
	if err != nil && final(err) {
		refusal := reword(err, model.KindOf(err), model.Reason(err)+
			". authdeck does not sign in again by itself, since servers count that; start it again to try once more")
		refusal.Lasting = true
		c.refusal, err = refusal, refusal
	}
	return signingKey{key: token}, err
}

// stopSignIns lets no sign-in begin any more, and waits for one that is under way:
// what it opens has to be closed.
func (c *credentialCache) stopSignIns(ctx context.Context) error {
	c.mu.Lock()
	c.stopped = model.Fail(model.Cancelled, "authdeck is closing")
	c.mu.Unlock()
	select {
	case c.turn <- struct{}{}:
		<-c.turn
		return nil
	case <-ctx.Done():
		return &model.Error{Kind: model.Unavailable, Message: model.Clean("a sign-in was still under way"), Cause: ctx.Err()}
	}
}

func (c *credentialCache) stoppedBy() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stopped
}

// final reports whether a sign-in would be refused the same way again.
func final(err error) bool {
	return slices.Contains([]model.Kind{model.Unauthorized, model.Forbidden, model.Invalid}, model.KindOf(err))
}

func (c *credentialCache) current() (signingKey, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return signingKey{c.token, c.reads}, c.refusal
}

// expire forgets a token that a sign-in gave and the server does not take any
// more; the next request signs in again. A token of the configuration stays.
func (c *credentialCache) expire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.username != "" {
		c.former, c.token = c.token, model.Secret{}
	}
}

// refused forgets a token that was refused, unless another has taken its place
// since: a late answer says nothing of a new session.
func (c *credentialCache) refused(key model.Secret) {
	if c.inUse(key) {
		c.expire()
	}
}

// inUse reports whether a key is the one in use, in constant time.
func (c *credentialCache) inUse(key model.Secret) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.token.Equal(key)
}

// adopt goes on with another key, in a copy of its own: the dialog that shows
// the key wipes the one it holds.
func (c *credentialCache) adopt(key model.Secret) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.former, c.token = c.token, model.NewSecret(key.Reveal())
}

// afterChange is what a person has to know when the key in use was replaced.
func (c *credentialCache) afterChange() string {
	if c.username != "" {
		return "authdeck goes on with this key; its configuration signs in with a password and needs no change."
	}
	return "authdeck goes on with this key. The place where its configuration takes the key from still holds the old one: replace it there."
}

// secrets are what the console signs in with, in each way in which it is sent.
func (c *credentialCache) secrets() []model.Secret {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := []model.Secret{c.token, c.former, c.password}
	if !c.password.Empty() {
		all = append(all, model.NewSecret(base64.StdEncoding.EncodeToString([]byte(c.username+":"+c.password.Reveal()))))
	}
	return slices.DeleteFunc(all, model.Secret.Empty)
}
