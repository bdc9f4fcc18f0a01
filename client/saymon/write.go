package saymon

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (s *saymon) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	defer s.forget()
	switch o.Action {
	case model.Create:
		return s.create(ctx, o.Owner)
	case model.Regenerate:
		return s.regenerate(ctx, o.Token)
	case model.Delete:
		return s.remove(ctx, o.Token)
	default:
		return model.Issued{}, model.Fail(model.Unsupported, s.Info().Missing[o.Action])
	}
}

// create makes a token for a user who has one, or none, as the order says: a key
// that appeared since is not replaced unseen.
func (s *saymon) create(ctx context.Context, owner model.User) (model.Issued, error) {
	if owner.ID == "" {
		return model.Issued{}, model.Fail(model.Invalid, "user: choose whose token it is")
	}
	before, err := s.readVisible(ctx, owner.ID)
	if err != nil {
		return model.Issued{}, err
	}
	defer before.Token.value.Wipe()
	now := before.user(true)
	if owner.HasToken != model.Unsaid && owner.HasToken != now.HasToken {
		return model.Issued{}, model.Fail(model.Conflict, "the token of "+who(now)+" has changed since the user was read: it is "+now.TokenWord.String()+" now")
	}
	return s.issue(ctx, before)
}

// regenerate is a create for a user who has a token; the pages name no other way.
func (s *saymon) regenerate(ctx context.Context, t model.Token) (model.Issued, error) {
	before, err := s.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	defer before.Token.value.Wipe()
	return s.issue(ctx, before)
}

// issue sends the one write that makes a key (create-authentication-token), and
// reads the user to see that it took.
func (s *saymon) issue(ctx context.Context, before user) (model.Issued, error) {
	path, err := at(before.ID, "auth-token")
	if err != nil {
		return model.Issued{}, err
	}
	s.replaced.Store(before.ID, s.versions.of(before.ID, before.Token.value))
	came, err := wire.Call[word](ctx, s.conn, wire.Request{Method: http.MethodPost, Path: path})
	switch {
	case model.KindOf(err) == model.Uncertain, wire.MayBeDuplicate(err, s.conn.InUse(before.Token.value)): // which has just been read
		return model.Issued{}, s.looked(ctx, before, err)
	case err != nil:
		return model.Issued{}, err
	case came.Equal(before.Token.value):
		came.Wipe()
		return model.Issued{}, model.Fail(model.Contradicted, "the key that the server gave is the old one of "+who(before.user(true)))
	}
	notes := s.goOn(ctx, before, came.Secret)
	doubt, err := s.proven(ctx, before.ID, came.Secret)
	if err != nil {
		return model.Issued{}, err
	}
	after := before
	after.Token = optional[model.Secret]{given, came.Secret}
	issued := model.Issued{Token: s.token(after), Key: came.Secret, Notes: append(notes, doubt...)}
	if issued.Token.Owner.Active == model.No {
		issued.Notes = append(issued.Notes, lockedUser)
	}
	return issued, nil
}

// goOn keeps the console signed in when the key that it uses was replaced.
func (s *saymon) goOn(ctx context.Context, before user, key model.Secret) []string {
	switch {
	case s.conn.InUse(before.Token.value):
		return []string{s.conn.Adopt(key)}
	case !s.isMe(before.ID):
		return nil
	case s.conn.Way != wire.ByToken:
		return []string{"This is the token of the user that authdeck signs in as; authdeck itself signs in with a password and needs no change."}
	}
	// The list may have masked the key, or held a newer one than the one in use.
	note := s.conn.Follow(ctx, func(ctx context.Context) error { _, err := s.current(ctx); return err }, key)
	if note == "" {
		return nil
	}
	return []string{note}
}

// remove deletes a token (delete-authentication-token), and reads the user to see
// that it is gone.
func (s *saymon) remove(ctx context.Context, t model.Token) (model.Issued, error) {
	before, err := s.unchanged(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	own := s.conn.InUse(before.Token.value)
	before.Token.value.Wipe()
	if own && !t.Own {
		return model.Issued{}, model.Fail(model.Conflict, "authdeck itself signs in with the token of "+who(t.Owner)+", which the list did not tell; it is not deleted from here")
	}
	path, err := at(t.ID, "auth-token")
	if err != nil {
		return model.Issued{}, err
	}
	_, err = wire.Call[done](ctx, s.conn, wire.Request{Method: http.MethodDelete, Path: path})
	if err != nil && model.KindOf(err) != model.Uncertain && !wire.MayBeDuplicate(err, own) {
		return model.Issued{}, err
	}
	return s.gone(ctx, t, own, err)
}

// unchanged reads a user again before its token is changed, and stops when the
// token is no longer what the person saw.
func (s *saymon) unchanged(ctx context.Context, t model.Token) (user, error) {
	if t.Owner.ID != t.ID {
		return user{}, wire.ErrChanged(t)
	}
	now, err := s.readVisible(ctx, t.ID)
	switch {
	case err != nil:
		return user{}, err
	case now.Token.state == odd:
		return user{}, model.Fail(model.Malformed, "what the server shows of the token of "+who(t.Owner)+" cannot be read, so that nobody knows what would be changed")
	case now.Token.value.Empty():
		return user{}, model.Fail(model.NotFound, who(t.Owner)+" has no token any more: it is "+now.user(true).TokenWord.String())
	case !isVersion(t.Version, now.Token.value):
		now.Token.value.Wipe()
		return user{}, wire.ErrChanged(t)
	}
	return now, nil
}
