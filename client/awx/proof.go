package awx

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// remains is what is read of a token after the order to delete it.
type remains struct {
	token token
	gone  bool
}

// readRemains reads what is left of a token.
func (i *issuer) readRemains(ctx context.Context, t model.Token) (remains, error) {
	w, err := i.read(ctx, t.ID)
	switch {
	case err == nil:
		return remains{token: w}, nil
	case model.KindOf(err) == model.NotFound && wire.FromSystem(err):
		return remains{gone: true}, nil
	}
	return remains{}, err
}

// remainsAfterDeletion is the same right after a deletion that was answered: with a
// key that is deleted nothing can be read.
func (i *issuer) remainsAfterDeletion(ctx context.Context, t model.Token) (remains, error) {
	now, err := i.readRemains(ctx, t)
	if keyRefused(err) && i.maybeOwn(t) {
		return remains{gone: true}, nil
	}
	return now, err
}

// deletion is a token that is deleted for certain, or as far as can be told.
type deletion struct {
	meanwhile bool     // it was gone before this was answered, or by it: who knows
	notes     []string // what else is to be known
}

// meanwhile is for a token that was there just before it was to be deleted.
func meanwhile() deletion { return deletion{meanwhile: true, notes: []string{wire.Gone}} }

// remove deletes a token and proves it: of 60 deletions that AWX 24.6.2 answered
// while somebody else changed the token, 23 left it where it was and said 204.
func (i *issuer) remove(ctx context.Context, t model.Token) (deletion, error) {
	path, err := i.numbered("tokens", t.ID)
	if err != nil {
		return deletion{}, err
	}
	reply, err := wire.Ask[wire.Nothing](ctx, i.conn, wire.Request{Method: http.MethodDelete, Path: path})
	i.learn(reply.Header)
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	switch {
	case err == nil:
		return i.proved(ctx, t)
	case reply.Status >= 200 && reply.Status < 300:
		return i.unreadable(ctx, t, err)
	case model.KindOf(err) == model.NotFound:
		return i.notThere(ctx, t, err)
	case keyRefused(err) && i.maybeOwn(t): // it opened just before: the answer to a second request, too
		if now, lost := i.remainsAfterDeletion(ctx, t); lost == nil && now.gone {
			return meanwhile(), nil
		}
	}
	return deletion{}, err
}

// confirmGone is the same once the server has had a moment for it.
func (i *issuer) confirmGone(ctx context.Context, t model.Token) (now remains, _ error) {
	_, err := i.conn.Confirm(ctx, func(ctx context.Context) (_ bool, err error) {
		now, err = i.remainsAfterDeletion(ctx, t)
		return now.gone, err
	})
	return now, err
}

// proved reads a token that the server says it has deleted.
func (i *issuer) proved(ctx context.Context, t model.Token) (deletion, error) {
	now, err := i.confirmGone(ctx, t)
	end := wire.Deletion{There: err == nil && !now.gone, Unread: err}
	if end.There {
		end.Still = "the server said that it is deleted, and it is there: " + i.told(t, now.token) +
			". A change by somebody else in the same moment writes a deleted token back, under its number and with its key, which then opens as before; delete it again"
	}
	notes, err := end.Outcome()
	return deletion{notes: notes}, err
}

// told is a token that is there, as far as the person knows it: what a server says
// now may hold a key that somebody wrote into a description.
func (i *issuer) told(t model.Token, now token) string {
	words := "token " + t.Name.String() + " of " + owned(t.Owner)
	if i.same(now, t) {
		return words + ", as it was"
	}
	return words + ", with another description or scope than before"
}

// unreadable is a yes with an answer that is none of these servers'.
func (i *issuer) unreadable(ctx context.Context, t model.Token, yes error) (deletion, error) {
	now, err := i.remainsAfterDeletion(ctx, t)
	switch {
	case err != nil:
		return deletion{}, yes
	case now.gone:
		return deletion{notes: []string{"It is gone, though the answer was an odd one: " + model.Reason(yes) + "."}}, nil
	}
	return deletion{}, wire.Reword(yes, model.Uncertain, model.Reason(yes)+"; read right after it, "+i.told(t, now.token)+" is still there")
}

// notThere is for a deletion that was answered with 404, right after the token was
// read: a proxy may have sent it twice, and the gateway answers so to an account that
// may look at a token and not delete it (django-ansible-base 2026.10.26, auditors).
func (i *issuer) notThere(ctx context.Context, t model.Token, no error) (deletion, error) {
	now, err := i.confirmGone(ctx, t)
	switch {
	case err != nil:
		return deletion{}, wire.Reword(no, model.Uncertain, "the server answered that token "+t.Name.String()+" is not there, which it was just before; whether it is gone could not be read: "+model.Reason(err))
	case now.gone:
		return meanwhile(), nil
	}
	return deletion{}, onlyShown(t, no)
}

// onlyShown is for a token that a server denies to have when it is to be changed, and
// shows when it is read.
func onlyShown(t model.Token, no error) error {
	return wire.Reword(no, model.Forbidden, "the server answered that token "+t.Name.String()+" is not there, and shows it all the same: this account may look at it, and not change it")
}
