package wire

import (
	"context"
	"encoding/base64"
	"slices"
	"sync"

	"authdeck/model"
)

// keeper holds what the console signs in with: a token, or a user name and a
// password until the first request has turned them into one.
type keeper struct {
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
	parted   error // why no sign-in begins any more; nil while one may
}

func newKeeper(username string, secret model.Secret, origin Origin) *keeper {
	k := &keeper{turn: make(chan struct{}, 1), username: username, origin: origin}
	if username == "" {
		k.token = secret
	} else {
		k.password = secret
	}
	return k
}

// signIn is what [Conn.SignIn] is.
type signIn = func(ctx context.Context, username string, password model.Secret) (model.Secret, error)

// get is the key to sign a request with. Others wait while one signs in.
func (k *keeper) get(ctx context.Context, signIn signIn) (lease, error) {
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return lease{}, ctx.Err()
	}
	defer func() { <-k.turn }()
	if token, err := k.current(); err != nil || !token.key.Empty() {
		return token, err
	}
	if signIn == nil {
		return lease{key: k.password}, nil
	}
	if err := k.parting(); err != nil {
		return lease{}, err
	}
	token, err := signIn(ctx, k.username, k.password)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.token = token
	if err != nil && final(err) {
		k.refusal = Reword(err, model.KindOf(err), model.Reason(err)+
			". authdeck does not sign in again by itself, since servers count that; start it again to try once more")
	}
	return lease{key: token}, err
}

// part lets no sign-in begin any more, and waits for one that is under way: what
// it opens has to be closed.
func (k *keeper) part(ctx context.Context) error {
	k.mu.Lock()
	k.parted = model.Fail(model.Cancelled, "authdeck is closing")
	k.mu.Unlock()
	select {
	case k.turn <- struct{}{}:
		<-k.turn
		return nil
	case <-ctx.Done():
		return &model.Error{Kind: model.Unavailable, Message: model.Clean("a sign-in was still under way"), Cause: ctx.Err()}
	}
}

func (k *keeper) parting() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.parted
}

// final reports whether a sign-in would be refused the same way again.
func final(err error) bool {
	return slices.Contains([]model.Kind{model.Unauthorized, model.Forbidden, model.Invalid}, model.KindOf(err))
}

func (k *keeper) current() (lease, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return lease{k.token, k.reads}, k.refusal
}

// expire forgets a token that a sign-in gave and the server does not take any
// more; the next request signs in again. A token of the configuration stays.
func (k *keeper) expire() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.username != "" {
		k.former, k.token = k.token, model.Secret{}
	}
}

// refused forgets a token that was refused, unless another has taken its place
// since: a late answer says nothing of a new session.
func (k *keeper) refused(key model.Secret) {
	if k.owns(key) {
		k.expire()
	}
}

// owns reports whether a key is the one in use, in constant time.
func (k *keeper) owns(key model.Secret) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.token.Equal(key)
}

// adopt goes on with another key, in a copy of its own: the dialog that shows
// the key wipes the one it holds.
func (k *keeper) adopt(key model.Secret) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.former, k.token = k.token, model.NewSecret(key.Reveal())
}

// afterChange is what a person has to know when the key in use was replaced.
func (k *keeper) afterChange() string {
	if k.username != "" {
		return "authdeck goes on with this key; its configuration signs in with a password and needs no change."
	}
	return "authdeck goes on with this key. The place where its configuration takes the key from still holds the old one: replace it there."
}

// secrets are what the console signs in with, in each way in which it is sent.
func (k *keeper) secrets() []model.Secret {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := []model.Secret{k.token, k.former, k.password}
	if !k.password.Empty() {
		all = append(all, model.NewSecret(base64.StdEncoding.EncodeToString([]byte(k.username+":"+k.password.Reveal()))))
	}
	return slices.DeleteFunc(all, model.Secret.Empty)
}
