package client

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"authdeck/model"
)

// keeper holds what the console signs in with: a token, or a user name and a
// password until the first request has turned them into one.
type keeper struct {
	signIn func(ctx context.Context, username string, password model.Secret) (model.Secret, error)

	turn sync.Mutex // one sign-in at a time

	mu       sync.Mutex // guards the rest
	token    model.Secret
	username string
	password model.Secret
	refusal  error // a sign-in that was refused is not tried again: servers count them and lock accounts
}

func newKeeper(username string, secret model.Secret) *keeper {
	if username == "" {
		return &keeper{token: secret}
	}
	return &keeper{username: username, password: secret}
}

// get is the key to sign a request with. Others wait while one signs in.
func (k *keeper) get(ctx context.Context) (model.Secret, error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	if token, err := k.current(); err != nil || !token.Empty() {
		return token, err
	}
	token, err := k.signIn(ctx, k.username, k.password)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.token = token
	if err != nil && final(err) {
		k.refusal = err
	}
	return token, err
}

// final reports whether a sign-in would be refused the same way again.
func final(err error) bool {
	return slices.Contains([]model.Kind{model.Unauthorized, model.Forbidden, model.Invalid}, model.KindOf(err))
}

func (k *keeper) current() (model.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.token, k.refusal
}

// expire forgets a token that a sign-in gave and the server does not take any
// more; the next request signs in again. A token of the configuration stays.
func (k *keeper) expire() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.username != "" {
		k.token = model.Secret{}
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
	k.token = model.NewSecret(key.Reveal())
}

// afterChange is what a person has to know when the key in use was replaced.
func (k *keeper) afterChange() string {
	if k.username != "" {
		return "authdeck goes on with this key; its configuration signs in with a password and needs no change."
	}
	return "authdeck goes on with this key. The place where its configuration takes the key from still holds the old one: replace it there."
}

// redact takes keys out of what a server says: the credential, in case it quotes
// what it was sent, and whatever looks like another one.
func (k *keeper) redact(said string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range []model.Secret{k.token, k.password} {
		if !s.Empty() {
			said = strings.ReplaceAll(said, s.Reveal(), s.String())
		}
	}
	return keyLike().ReplaceAllString(said, "[like a key]")
}

// keyLike is what looks like somebody's key, wherever it turns up.
func keyLike() *regexp.Regexp {
	return regexp.MustCompile(`[0-9a-fA-F]{24,}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]*`)
}
