package waldur

import (
	"context"
	"slices"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// Look implements [model.API].
func (w *waldur) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	if o.Action == model.Revoke {
		return w.lookPasted(ctx, o.Password)
	}
	if o.Action == model.Create {
		return w.lookNew(ctx, o.At, model.Token{
			Name: model.Clean(strings.TrimSpace(o.Values["name"])), Scope: model.Clean(o.Values["scopes"]),
		})
	}
	kind, number, err := split(o.Token.ID)
	switch {
	case err != nil:
		return model.Finding{}, err
	case o.Action != model.Regenerate && o.Action != model.Delete:
		return model.Finding{}, w.notOffered(o.Action)
	case kind == personalID:
		return w.lookPersonal(ctx, o.Action, number, o.Token)
	}
	return w.lookSession(ctx, o.Action, number, o.Token)
}

// lookNew looks for a personal access token that was not there before.
func (w *waldur) lookNew(ctx context.Context, since time.Time, meant model.Token) (model.Finding, error) {
	found, remembered, err := w.newTokens(ctx, meant)
	switch {
	case err != nil:
		return model.Finding{}, err
	case !remembered && !since.IsZero():
		return madeSince(found, since), nil
	case !remembered:
		return model.Finding{Words: "Which tokens there were before is not known, so that a new one cannot be told."}, nil
	}
	return madeAfterAll(found), nil
}

// clockSkew is how far the server's clock may be behind.
const clockSkew = 2 * time.Minute

// madeSince is what is found of a new token by when it was made: nobody remembers which tokens
// there were before. One of the same name and scopes that is older is another.
func madeSince(found []personal, since time.Time) model.Finding {
	found = slices.DeleteFunc(found, func(row personal) bool {
		at, known := row.Created.When().Time()
		return !known || at.Before(since.Add(-clockSkew))
	})
	return madeAfterAll(found)
}

// lookSession looks what became of a session. Its key is not shown, and its date
// moves with a new key and with use.
func (w *waldur) lookSession(ctx context.Context, a model.Action, number string, t model.Token) (model.Finding, error) {
	whose := named(t.Owner)
	now, err := w.readSession(ctx, number, t)
	used, moved := now.Created.When(), !now.Created.When().Equal(t.LastUsed) && !w.isTold(number, now.Created.When())
	switch {
	case t.Own && wire.KeyRefused(err):
		return model.Finding{End: model.Visible, Words: "authdeck's own key is not accepted any more: its session has ended, or has a new key that did not arrive."}, nil
	case wire.IsNotFound(err):
		return model.Finding{End: endIf(a == model.Delete), Words: "The session of " + whose + " is gone."}, nil
	case err != nil:
		return model.Finding{}, err
	case a == model.Delete && t.Own && w.conn.Username() != "":
		return model.Finding{Words: "authdeck signs in again by itself, so that there is a session of " + whose + " in any case, last used on " + day(used) + "."}, nil
	case a == model.Delete:
		return model.Finding{End: model.Unseen, Words: "The session of " + whose + " is there, last used on " + day(used) + "."}, nil
	case !moved:
		return model.Finding{End: model.Unseen, Words: "The session of " + whose + " has the date that it had before: no new key shows."}, nil
	case now.Active.Bool.Answer == model.No:
		return model.Finding{End: model.Visible, Words: "The session of " + whose + " has a new date, and an inactive user cannot use one: it has a new key."}, nil
	}
	return model.Finding{Words: "The date of the session of " + whose + " is " + day(used) +
		" now: it has a new key since, or was used. Which of the two, Waldur does not say; another regenerate makes sure."}, nil
}

// endIf is what a thing that is gone means: for a deletion, that it happened.
func endIf(deleted bool) model.End {
	if deleted {
		return model.Visible
	}
	return model.Untold
}

// lookPersonal looks what became of a personal access token of ours.
func (w *waldur) lookPersonal(ctx context.Context, a model.Action, uuid string, t model.Token) (model.Finding, error) {
	active, err := w.works(ctx, uuid)
	switch {
	case err != nil:
		return model.Finding{}, err
	case active:
		return model.Finding{End: model.Unseen, Words: "The token " + t.Name.String() + " is active, as before."}, nil
	case a == model.Delete:
		return model.Finding{End: model.Visible, Words: "The token " + t.Name.String() + " is revoked."}, nil
	}
	heirs, remembered, err := w.newTokens(ctx, t)
	switch {
	case err != nil:
		return model.Finding{}, err
	case !remembered:
		return model.Finding{Words: "The token " + t.Name.String() + " is revoked. Whether it has a successor is not known."}, nil
	case len(heirs) == 0:
		return model.Finding{Words: "The token " + t.Name.String() + " is revoked, and has no successor: somebody has revoked it."}, nil
	}
	found := madeAfterAll(heirs)
	found.Words = "The token " + t.Name.String() + " is revoked. " + found.Words
	return found, nil
}
