package awx

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// What becomes of authdeck where a token is certainly its own.
const (
	ownRenewed = "authdeck itself signs in with this token; it goes on with the new key."
	ownEnded   = "authdeck itself signs in with this token: this signs it out."
)

// ownWarning is for a token that is the one that authdeck signs in with, or may be.
func (i *issuer) ownWarning(t model.Token, certain, perhaps string) []string {
	switch {
	case t.Own:
		return []string{certain}
	case i.maybeOwn(t):
		return []string{"It is a token of the account that authdeck signs in with, and may be the very token that it uses: " + perhaps}
	}
	return nil
}

// maybeOwn reports whether a token can be the one in use: the server shows no key
// to hold against it, until authdeck has made one itself.
func (i *issuer) maybeOwn(t model.Token) bool {
	if t.Own || i.own.Load() != nil {
		return t.Own
	}
	me := i.me.Load()
	return i.conn.Way == wire.ByToken && me != nil && me.ID == t.Owner.ID
}

// follow goes on with a new key if the old one was authdeck's own.
func (i *issuer) follow(ctx context.Context, issued model.Issued) model.Issued {
	probe := func(ctx context.Context) error {
		_, err := i.WhoAmI(ctx)
		if model.KindOf(err) == model.Unauthorized && !keyRefused(err) {
			err = wire.Reword(err, model.Unavailable, model.Reason(err))
		}
		return err
	}
	if note := i.conn.Follow(ctx, probe, issued.Key); note != "" {
		issued.Notes = append(issued.Notes, note)
	}
	if i.conn.Owns(issued.Key) {
		id := issued.Token.ID
		i.own.Store(&id)
		issued.Token.Own = true
	}
	return issued
}
