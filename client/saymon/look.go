package saymon

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// Look implements [model.API]. SAYMON says nothing of a token but its key, and that
// tells all that there is to tell.
func (s *saymon) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	owner := o.Token.Owner
	if o.Action == model.Create {
		owner = o.Owner
	}
	now, err := s.readVisible(ctx, owner.ID)
	defer now.Token.value.Wipe()
	switch {
	case o.Token.Own && wire.KeyRefused(err):
		return model.Finding{End: model.Visible, Words: "authdeck's own key is not accepted any more: it was replaced or deleted, and no new one arrived."}, nil
	case wire.IsNotFound(err):
		return model.Finding{Words: "The user is gone, and a token with it."}, nil
	case err != nil:
		return model.Finding{}, err
	case !legible(now.Token):
		return model.Finding{Words: "What the server shows of the token of " + who(owner) + " does not tell one key from another."}, nil
	case o.Action == model.Delete:
		return s.lookDeleted(now, o.Token), nil
	}
	return s.lookReplaced(now, o), nil
}

// lookDeleted looks whether a token that was to be deleted is there.
func (s *saymon) lookDeleted(now user, t model.Token) model.Finding {
	whose := who(t.Owner)
	switch {
	case now.Token.value.Empty():
		return model.Finding{End: model.Visible, Words: whose + " has no token any more."}
	case !isVersion(t.Version, now.Token.value):
		return model.Finding{End: model.Visible, Words: "The key that was to be deleted has ended. " + whose + " has a token with another key, which somebody has made since."}
	}
	return model.Finding{End: model.Unseen, Words: whose + " has the token that was to be deleted."}
}

// lookReplaced looks whether a user has another key than before.
func (s *saymon) lookReplaced(now user, o model.Order) model.Finding {
	whose := who(now.user(true))
	before := o.Token.Version
	if replaced, known := s.replaced.Load(now.ID); known {
		before, _ = replaced.(string)
	}
	switch {
	case before == "":
		return model.Finding{Words: "Whether the token of " + whose + " is the one that was there before is not known."}
	case isVersion(before, now.Token.value) && now.Token.value.Empty():
		return model.Finding{End: model.Unseen, Words: whose + " has no token, as before."}
	case isVersion(before, now.Token.value):
		return model.Finding{End: model.Unseen, Words: whose + " has the key that was there before."}
	case now.Token.value.Empty():
		return model.Finding{Words: whose + " has no token any more: somebody has deleted it."}
	}
	return model.Finding{End: model.Visible, Words: whose + " has a new key. It did not arrive here; another regenerate gives one."}
}
