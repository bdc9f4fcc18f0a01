package saymon

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// What a person is told. Nobody documents what becomes of the old key in the
// instant of a second create; that there is one field for it says that it ends.
const (
	replaces     = "A user has one token: a new key takes the place of one that is there at once, and whatever uses the old one is signed out. Nobody documents whether the old key stops in the same instant."
	lockedUser   = "This user is blocked, expired or not activated: nobody documents whether a key opens anything then."
	ownMayEnd    = "This user is the one that authdeck signs in as, and the key may be the very one it uses; authdeck goes on with a new one."
	ownEnds      = "authdeck itself signs in with this token; it goes on with the new key."
	ownIsDeleted = "authdeck itself signs in with this token: this signs it out. Until its configuration holds another key, it cannot sign in again."
	endless      = "SAYMON documents no end of a token: the key works until somebody deletes or replaces it."
	ownMayGo     = "This user is the one that authdeck signs in as, and the key may be the very one it uses: authdeck would be signed out."
)

// Prepare implements [model.API].
func (s *saymon) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		return s.creation(ctx, t.Owner)
	case model.Regenerate:
		return s.ending(t, ownMayEnd, ownEnds, replaces), nil
	case model.Delete:
		return s.ending(t, ownMayGo, ownIsDeleted, "The key stops working and does not come back: whatever uses it is signed out."), nil
	default:
		return model.Form{}, model.Fail(model.Unsupported, s.Info().Missing[a])
	}
}

// ending is the form of an action that ends a key; mayBeOwn and own are what it
// means where the console may sign in with it, or does, and come first.
func (s *saymon) ending(t model.Token, mayBeOwn, own, what string) model.Form {
	form := model.Form{Danger: true}
	switch {
	case t.Own:
		form.Warnings = []string{own}
	case s.conn.Way == wire.ByToken && s.isMe(t.Owner.ID):
		form.Warnings = []string{mayBeOwn}
	}
	form.Warnings = append(form.Warnings, what)
	if t.Owner.Active == model.No {
		form.Warnings = append(form.Warnings, lockedUser)
	}
	return form
}

// creation is the form of a new token. Who is picked in it may have one already,
// which is why it is a danger as long as nobody is.
func (s *saymon) creation(ctx context.Context, owner model.User) (model.Form, error) {
	if s.seen() == model.No {
		return model.Form{}, errBlind()
	}
	if owner.ID == "" {
		return model.Form{
			Danger: true, Review: model.Whatever(endless), Warnings: []string{replaces},
			Fields: []model.Field{{
				Key: "user", Label: "user", Kind: model.AskUser,
				Help: "whoever has a token already gets another key in its place",
			}},
		}, nil
	}
	w, err := s.readVisible(ctx, owner.ID)
	if err != nil {
		return s.unread(owner, err)
	}
	defer w.Token.value.Wipe()
	return s.succession(s.token(w)), nil
}

// unread is the form for a user who could not be read just now.
func (s *saymon) unread(owner model.User, err error) (model.Form, error) {
	switch model.KindOf(err) {
	case model.NotFound, model.Forbidden, model.Unauthorized, model.Invalid:
		return model.Form{}, err
	default:
		form := s.succession(model.Token{Owner: owner})
		form.Warnings = append(form.Warnings, "The user could not be read just now, so that what is said of its token may be old: "+model.Reason(err)+".")
		return form, nil
	}
}

// succession is the form of a new token for a user who is known.
func (s *saymon) succession(t model.Token) model.Form {
	if t.Owner.HasToken == model.No {
		form := model.Form{Review: model.Whatever(endless), Warnings: []string{replaces}}
		if t.Owner.Active == model.No {
			form.Warnings = append(form.Warnings, lockedUser)
		}
		return form
	}
	form := s.ending(t, ownMayEnd, ownEnds, replaces)
	first := who(t.Owner) + " has a token already, and it ends."
	if t.Owner.HasToken == model.Unsaid {
		first = "Whether " + who(t.Owner) + " has a token is not known; if it has one, that ends."
	}
	form.Warnings, form.Review = append([]string{first}, form.Warnings...), model.Whatever(endless)
	return form
}

// who is a user in a sentence.
func who(u model.User) string {
	if u.Username.Empty() {
		return "user " + model.Clean(u.ID).String()
	}
	return u.Username.String()
}
