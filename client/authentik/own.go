package authentik

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// ownWarning is for a token that is the one that the console signs in with, or may
// be.
func (a *authentik) ownWarning(ctx context.Context, t model.Token, certain, perhaps string) []string {
	switch {
	case t.Own:
		return []string{"authdeck itself signs in with this token" + certain}
	case a.mayBeOwn(ctx, t):
		return []string{"It is a token of the account that authdeck signs in with, and may be the very one in use: " + perhaps}
	}
	return nil
}

// renewalWarning is that of an action after which the console has another key.
func (a *authentik) renewalWarning(ctx context.Context, t model.Token) []string {
	return a.ownWarning(ctx, t, "; it goes on with the new key.", "authdeck finds that out, and goes on with the new key.")
}

// mayBeOwn reports whether the console may sign in with a token. The lists hold
// no keys, so that its kind and its owner are all there is to go by until its own
// token is known; where they are not known, it may.
func (a *authentik) mayBeOwn(ctx context.Context, t model.Token) bool {
	switch {
	case t.Own:
		return true
	case a.own.Load() != nil || t.Kind.String() != apiToken:
		return false
	case a.self.Load() == nil:
		if _, err := a.me(ctx); err != nil {
			return true
		}
	}
	return a.ours(t)
}

// ours reports whether a token is known to be of the account that signs in.
func (a *authentik) ours(t model.Token) bool {
	me := a.self.Load()
	return t.Own || me != nil && me.ID == t.Owner.ID
}

// learn remembers that the console signs in with a token.
func (a *authentik) learn(w token) {
	if pk := w.PK.Value; pk != "" {
		a.own.Store(&pk)
	}
}

// ownKeyFate is what became of the console's own way in.
type ownKeyFate int

const (
	stayed  ownKeyFate = iota // the key in use is as good as before, or nobody knows
	moved                     // it ended, and the console goes on with the new one
	shutOut                   // it ended, and the new one is refused too
)

// follow goes on with a new key if the old token was the console's own, and
// remembers the token that the key belongs to. Of a token that may be another
// account's it does not: with its key the console would act as that one.
func (a *authentik) follow(ctx context.Context, key model.Secret, old model.Token, now token) (notes []string, went ownKeyFate) {
	if !a.ours(old) {
		return []string{"Whose key authdeck itself signs in with could not be asked; if it is refused from now on, give its configuration the new key."}, stayed
	}
	probe := func(ctx context.Context) error {
		_, err := a.me(ctx)
		if wire.KeyRefused(err) && refused(a.opens(ctx, key)) {
			went = shutOut
			return nil
		}
		return err
	}
	if note := a.conn.Follow(ctx, probe, key); note != "" {
		notes = append(notes, note)
	}
	switch {
	case went == shutOut:
		notes = append(notes, "authdeck's own key is refused now, and the new one is too: authdeck is signed out; give its configuration another key.")
	case a.conn.InUse(key):
		a.learn(now)
		went = moved
	}
	return notes, went
}
