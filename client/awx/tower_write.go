package awx

import (
	"context"
	"crypto/sha256"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (t *tower) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return t.create(ctx, o)
	case model.Regenerate:
		return t.regenerate(ctx, o)
	case model.Delete:
		return model.Issued{}, t.remove(ctx, o.Token)
	case model.Revoke:
		return t.revokePasted(ctx, o.Password)
	default:
		return model.Issued{}, model.Fail(model.Unsupported, t.missing()[o.Action])
	}
}

func (t *tower) create(ctx context.Context, o model.Order) (model.Issued, error) {
	owner := o.Owner
	if owner.Username.Empty() {
		owner = o.Token.Owner
	}
	username := o.Values[usernameKey]
	if !owner.Username.Empty() {
		username = owner.Username.String()
	}
	switch {
	case strings.TrimSpace(username) == "":
		return model.Issued{}, model.Fail(model.Invalid, "user name: it is needed")
	case owner.Username.Changed():
		return model.Issued{}, model.Fail(model.Unsupported, "this user's name holds letters that authdeck cannot send back as they came")
	case o.Password.Empty():
		return model.Issued{}, model.Fail(model.Invalid, "password: it is needed")
	}
	return t.issue(ctx, username, owner, o.Password)
}

// issue signs a user in and hands out the key.
func (t *tower) issue(ctx context.Context, username string, owner model.User, password model.Secret) (model.Issued, error) {
	g, err := t.login(ctx, username, password, true)
	if err != nil {
		return model.Issued{}, err
	}
	own := t.conn.InUse(g.Key)
	holder, notes := t.proved(ctx, g.Key, username, owner)
	row, again := t.made.keep(t.session(g, username, holder, true))
	switch {
	case own:
		notes = append(notes, "The server gave the very token that authdeck signs in with: one end ends both. authdeck leaves it alive when it is closed.")
	case again:
		notes = append(notes, "The server gave the key of a token that is in the list already: two sign-ins share it, and one end ends both.")
	}
	return model.Issued{Token: row.token(t.conn), Key: g.Key, Notes: append(notes, bound)}, nil
}

// proved asks whose a new key is: the answer to a sign-in does not say, and some
// versions give inactive users a key that is then refused.
func (t *tower) proved(ctx context.Context, key model.Secret, username string, owner model.User) (model.User, []string) {
	named := model.User{ID: owner.ID, Username: model.Clean(username)}
	holder, err := t.holder(ctx, key)
	switch {
	case keyRefused(err):
		return named, []string{"THE SERVER REFUSES THE KEY that it has just given; the user may not be active."}
	case err != nil:
		return named, []string{"Whether the key works could not be asked: " + model.Reason(err) + "."}
	case owner.ID != "" && holder.ID != owner.ID:
		return holder, []string{"The server says that the key is " + owned(holder) + "'s, and not of the user who was meant."}
	}
	return holder, nil
}

// end revokes a key that works from here and proves it: the server's yes alone
// proves nothing.
func (t *tower) end(ctx context.Context, key model.Secret) error {
	if err := t.revoke(ctx, key); err != nil {
		return err
	}
	_, err := t.holder(ctx, key)
	switch {
	case err == nil:
		return model.Fail(model.Contradicted, "the server said yes, but the key still opens: it is not revoked")
	case !keyRefused(err):
		return model.Fail(model.Uncertain, "the server said yes, which it does to everything, and whether the key is refused now could not be asked: "+model.Reason(err))
	}
	return nil
}

func (t *tower) remove(ctx context.Context, token model.Token) error {
	row, err := t.row(token)
	if err != nil {
		return err
	}
	own := t.conn.InUse(row.key)
	if err := t.end(ctx, row.key); err != nil {
		return err
	}
	if own {
		t.conn.Forget()
	}
	t.made.drop(func(s *session) bool { return s.id == row.id })
	return nil
}

// regenerate ends a token and signs its user in again. The other way round the
// server would give the same key once more.
func (t *tower) regenerate(ctx context.Context, o model.Order) (model.Issued, error) {
	row, err := t.row(o.Token)
	if err != nil {
		return model.Issued{}, err
	}
	if o.Password.Empty() {
		return model.Issued{}, model.Fail(model.Invalid, "password: it is needed")
	}
	own := t.conn.InUse(row.key)
	if err := t.end(ctx, row.key); err != nil {
		return model.Issued{}, err
	}
	t.made.drop(func(s *session) bool { return s.id == row.id })
	issued, err := t.issue(ctx, row.username, row.owner, o.Password)
	if err != nil {
		if own {
			t.conn.Forget()
		}
		return model.Issued{}, halfDone(row, err)
	}
	if own {
		note := t.conn.Adopt(issued.Key)
		issued.Token.Own = true
		issued.Notes = append(issued.Notes, note)
	}
	return issued, nil
}

func halfDone(row session, err error) error {
	words := "the old key is ended, and there is no new one: "
	if model.KindOf(err) == model.Uncertain {
		words = "the old key is ended, and whether there is a new one is not known: "
	}
	return wire.Reword(err, model.Partial, words+model.Reason(err)+"; create a token for "+model.Clean(row.username).String())
}

// digest is by what a key is known again that is not kept.
func digest(key model.Secret) [sha256.Size]byte { return sha256.Sum256([]byte(key.Reveal())) }

// revokePasted ends a key of anybody's. A key that was refused from here before
// may well work elsewhere, so that a refusal afterwards is no proof then.
func (t *tower) revokePasted(ctx context.Context, key model.Secret) (model.Issued, error) {
	if plain := key.Reveal(); plain == "" || strings.ContainsFunc(plain, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return model.Issued{}, model.Fail(model.Invalid, "key: it is letters and digits, without blanks")
	}
	holder, err := t.holder(ctx, key)
	known := err == nil
	switch {
	case known:
		t.took.Store(digest(key), true)
	case !keyRefused(err):
		return model.Issued{}, err
	}
	own := t.conn.InUse(key)
	if err := t.end(ctx, key); err != nil {
		return model.Issued{}, err
	}
	issued := model.Issued{Notes: []string{"The key is revoked: it opened as " + owned(holder) + " before, and the server refuses it now."}}
	switch {
	case !known:
		issued.Notes = []string{"The order was sent, and IT CANNOT BE PROVED FROM HERE: the server refused the key before as well, as it does to every address and User-Agent but those that it was made by. " +
			"Whether it is over shows only there: it is, if me/ answers 401."}
	}
	if own {
		t.conn.Forget()
		issued.Notes = append(issued.Notes, "It was what authdeck itself signed in with; where its configuration holds the key, it needs another.")
	}
	t.made.drop(func(s *session) bool { return s.key.Equal(key) })
	return issued, nil
}
