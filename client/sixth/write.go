//go:build sixth

package sixth

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (s *sixth) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return s.create(ctx, o.Owner)
	case model.Delete:
		return s.remove(ctx, o.Token)
	default:
		return model.Issued{}, errUnsupported(o.Action)
	}
}

// create makes the one token of a user. That there is none is read first: that the
// user holds one may be the server's answer to a second sending.
func (s *sixth) create(ctx context.Context, owner model.User) (model.Issued, error) {
	if _, err := wire.Path(owner.ID); err != nil {
		return model.Issued{}, model.Fail(model.Invalid, "a user is needed")
	}
	now, there, err := find(ctx, s.users, func(u model.User) bool { return u.ID == owner.ID })
	switch {
	case err != nil:
		return model.Issued{}, err
	case !there:
		return model.Issued{}, model.Fail(model.NotFound, "there is no such user")
	case now.HasToken == model.Yes:
		return model.Issued{}, errHolds()
	}
	made, err := wire.Call[token](ctx, s.conn, wire.Request{
		Method: http.MethodPost, Path: "/tokens", Body: map[string]string{"user": owner.ID},
	})
	switch {
	case model.KindOf(err) == model.Conflict:
		seen, unread := s.lookFor(ctx, owner)
		return model.Issued{}, wire.ErrMayBeDuplicate(err, seen, unread)
	case err != nil:
		return model.Issued{}, err
	case made.Key.Empty() || made.ID == "" || made.User.ID != owner.ID:
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but its answer is not a token of this user with its key")
	}
	return model.Issued{Token: made.token(), Key: made.Key}, nil
}

// remove deletes a token that is still what the person saw, and reads whether it is gone.
func (s *sixth) remove(ctx context.Context, t model.Token) (model.Issued, error) {
	now, there, err := s.find(ctx, t)
	switch {
	case err != nil:
		return model.Issued{}, err
	case !there:
		return model.Issued{}, model.Fail(model.NotFound, "token "+t.Name.String()+" is gone already")
	case now.Owner.ID != t.Owner.ID || !now.Created.Equal(t.Created) || now.Own != t.Own:
		return model.Issued{}, wire.ErrChanged(t)
	}
	path, err := wire.Path("tokens", t.ID)
	if err != nil {
		return model.Issued{}, err
	}
	_, err = wire.Call[wire.Nothing](ctx, s.conn, wire.Request{Method: http.MethodDelete, Path: path})
	if err != nil && !wire.MayBeDuplicate(err, t.Own) {
		return model.Issued{}, err
	}
	gone, unread := s.conn.Confirm(ctx, func(ctx context.Context) (bool, error) { return s.gone(ctx, t) })
	notes, err := wire.Deletion{
		Denied: err, There: !gone && unread == nil, Still: "token " + t.Name.String() + " is still there", Unread: unread,
	}.Outcome()
	if err == nil && t.Own {
		notes = append(notes, "The token is deleted. authdeck signed in with it and is signed out now; give its configuration another key.")
	}
	return model.Issued{Notes: notes}, err
}

// find reads a token again.
func (s *sixth) find(ctx context.Context, t model.Token) (model.Token, bool, error) {
	return find(ctx, s.tokens, func(now model.Token) bool { return now.ID == t.ID })
}
