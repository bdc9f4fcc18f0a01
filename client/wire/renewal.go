package wire

import (
	"context"

	"authdeck/model"
)

// Origin is where a token comes from, and how it is read from there once more. The
// zero value is a token that nobody can read again.
type Origin struct {
	Place model.Text                                  // such as "file /run/token", for sentences
	Again func(context.Context) (model.Secret, error) // nil where another one can only come with a new start
}

// lease is a key on its way with a request: a refusal is one of this key, and of
// the time at which its origin had been read so many times.
type lease struct {
	key   model.Secret
	reads int
}

// asItIs marks a question about the key that it is asked with: it is signed with
// that one, and its refusal is the answer.
type asItIs struct{}

// withKey makes all requests of a context such questions; with an absent key, about
// the one in use.
func withKey(ctx context.Context, key lease) context.Context {
	return context.WithValue(ctx, asItIs{}, key)
}

// lend is the key to sign a request with.
func (c *Conn) lend(ctx context.Context) (lease, error) {
	if asked, ok := ctx.Value(asItIs{}).(lease); ok && !asked.key.Empty() {
		return asked, nil
	}
	return c.key.get(ctx, c.SignIn)
}

// renewed looks after a request that was refused: another key than the refused one
// may stand at its origin by now, which is read once. Whether the request can be
// made again with that one it leaves to the caller; the error is what is to be
// said if it is not.
func (c *Conn) renewed(ctx context.Context, refused lease, refusal error) (again bool, _ error) {
	if _, asked := ctx.Value(asItIs{}).(lease); asked || refused.key.Empty() {
		return false, refusal
	}
	fresh, changed, note := c.key.renew(ctx, refused)
	if changed && c.Renewed != nil {
		c.Renewed()
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
func (k *keeper) renew(ctx context.Context, refused lease) (fresh, changed bool, note string) {
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return false, false, ""
	}
	defer func() { <-k.turn }()
	k.mu.Lock()
	now, reads, read := k.token, k.reads, k.lastRead
	k.mu.Unlock()
	switch {
	case k.username != "": // the next request signs in again; a sign-in is not repeated
		return false, false, ""
	case !now.Equal(refused.key): // another has taken its place since
		return true, false, "authdeck goes on with another key by now; do it again"
	case reads != refused.reads:
		return false, false, read
	case k.origin.Again == nil:
		return false, false, k.startAgain()
	}
	key, err := k.origin.Again(ctx)
	if err != nil && ctx.Err() != nil { // nobody waits any more, and nothing is known: the next one reads
		return false, false, ""
	}
	changed, note = k.take(key, err)
	return changed, changed, note
}

// take goes on with what was read at the origin, if it is another key.
func (k *keeper) take(key model.Secret, err error) (changed bool, note string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.reads++
	switch {
	case err != nil:
		note = "authdeck could not read it again: " + model.Reason(err)
	case k.token.Equal(key):
		note = "authdeck read it again from " + k.origin.Place.String() + ", where it is still the same"
	default:
		k.former, k.token, changed = k.token, key, true
		note = "authdeck has read another key from " + k.origin.Place.String() + " and goes on with that; do it again"
	}
	k.lastRead = note
	return changed, note
}

// startAgain is for a key that cannot change while the program runs.
func (k *keeper) startAgain() string {
	if k.origin.Place.Empty() {
		return ""
	}
	return "It comes from " + k.origin.Place.String() + ", which a program knows as it was at its start: start authdeck again with a new one"
}
