package wire

import (
	"context"

	"authdeck/model"
)

// Origin is where a token comes from, and how it is read from there once more. The
// zero value is a token that nobody can read again.
type Origin struct {
	Source model.Text                                  // such as "file /run/token", for sentences
	Reread func(context.Context) (model.Secret, error) // nil where another one can only come with a new start
}

// signingKey is a key on its way with a request: a refusal is one of this key, and of
// the time at which its origin had been read so many times.
type signingKey struct {
	key   model.Secret
	reads int
}

// pinnedKey marks a question about the key that it is asked with: it is signed with
// that one, and its refusal is the answer.
type pinnedKey struct{}

// withPinnedKey makes all requests of a context such questions; with an absent key,
// about the one in use.
func withPinnedKey(ctx context.Context, key signingKey) context.Context {
	return context.WithValue(ctx, pinnedKey{}, key)
}

// keyFor is the key to sign a request with.
func (c *Conn) keyFor(ctx context.Context) (signingKey, error) {
	if asked, ok := ctx.Value(pinnedKey{}).(signingKey); ok && !asked.key.Empty() {
		return asked, nil
	}
	return c.credentials.get(ctx, c.SignIn)
}

// renewed looks after a request that was refused: another key than the refused one
// may stand at its origin by now, which is read once. Whether the request can be
// made again with that one it leaves to the caller; the error is what is to be
// said if it is not.
func (c *Conn) renewed(ctx context.Context, refused signingKey, refusal error) (again bool, _ error) {
	if _, asked := ctx.Value(pinnedKey{}).(signingKey); asked || refused.key.Empty() {
		return false, refusal
	}
	fresh, changed, note := c.credentials.renew(ctx, refused)
	if changed && c.OnNewKey != nil {
		c.OnNewKey()
	}
	if note != "" {
		refusal = Reword(refusal, model.KindOf(refusal), model.Reason(refusal)+". "+note)
	}
	return fresh, refusal
}

// refusedToo is a refusal of a key that has just taken the place of a refused one.
func refusedToo(err error) error {
	if err == nil || model.KindOf(err) != model.Unauthorized {
		return err
	}
	return Reword(err, model.Unauthorized, model.Reason(err)+". authdeck has looked for another key meanwhile, and that one is refused too")
}

// renew reads the origin after a refusal: once for all requests that were refused
// with the same key, of which one reads and the others wait. Fresh says that there
// is a key to try that the refused one is not; changed, that this call brought it.
func (c *credentialCache) renew(ctx context.Context, refused signingKey) (fresh, changed bool, note string) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return false, false, ""
	}
	defer func() { <-c.turn }()
	c.mu.Lock()
	now, reads, read := c.token, c.reads, c.lastRead
	c.mu.Unlock()
	switch {
	case c.username != "": // the next request signs in again; a sign-in is not repeated
		return false, false, ""
	case !now.Equal(refused.key): // another has taken its place since
		return true, false, "authdeck goes on with another key by now; do it again"
	case reads != refused.reads:
		return false, false, read
	case c.origin.Reread == nil:
		return false, false, c.startAgain()
	}
	key, err := c.origin.Reread(ctx)
	if err != nil && ctx.Err() != nil { // nobody waits any more, and nothing is known: the next one reads
		return false, false, ""
	}
	changed, note = c.take(key, err)
	return changed, changed, note
}

// take goes on with what was read at the origin, if it is another key.
func (c *credentialCache) take(key model.Secret, err error) (changed bool, note string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reads++
	switch {
	case err != nil:
		note = "authdeck could not read it again: " + model.Reason(err)
	case c.token.Equal(key):
		note = "authdeck read it again from " + c.origin.Source.String() + ", where it is still the same"
	default:
		c.former, c.token, changed = c.token, key, true
		note = "authdeck has read another key from " + c.origin.Source.String() + " and goes on with that; do it again"
	}
	c.lastRead = note
	return changed, note
}

// startAgain is for a key that cannot change while the program runs.
func (c *credentialCache) startAgain() string {
	if c.origin.Source.Empty() {
		return ""
	}
	return "It comes from " + c.origin.Source.String() + ", which a program knows as it was at its start: start authdeck again with a new one"
}
