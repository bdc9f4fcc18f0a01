package hamgam

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// Look implements [model.API].
func (h *hamgam) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	switch o.Action {
	case model.Create:
		return h.lookFor(ctx, o.Owner)
	case model.Regenerate, model.Delete:
		return h.lookAt(ctx, o.Action, o.Token)
	default:
		return model.Finding{}, model.Fail(model.Unsupported, "a Hamgam does not "+o.Action.String())
	}
}

// lookFor looks for the token of a user who had none before.
func (h *hamgam) lookFor(ctx context.Context, owner model.User) (model.Finding, error) {
	found, looked, err := h.of(ctx, owner)
	switch {
	case err != nil:
		return model.Finding{}, err
	case !looked:
		return model.Finding{Words: "Whether " + who(owner) + " has a token now cannot be looked for."}, nil
	case len(found) == 0:
		return model.Finding{End: model.Unseen, Words: who(owner) + " has no token."}, nil
	}
	return model.Finding{End: model.Visible, Words: who(owner) + " has token " + found[0].Name.String() + " now, made on " + day(found[0].Created) +
		": this may be the one. Its key did not arrive; regenerate gives it another."}, nil
}

// lookAt looks what became of a token.
func (h *hamgam) lookAt(ctx context.Context, a model.Action, t model.Token) (model.Finding, error) {
	w, err := h.read(ctx, t)
	defer w.Key.Wipe()
	now := w.token(h.conn)
	name := "Token " + t.Name.String()
	switch {
	case t.Own && wire.KeyRefused(err):
		return model.Finding{End: model.Visible, Words: "authdeck's own key is not accepted any more: it was replaced or deleted, and no new one arrived."}, nil
	case wire.IsNotFound(err) && a == model.Delete:
		return model.Finding{End: model.Visible, Words: name + " is gone."}, nil
	case wire.IsNotFound(err):
		return model.Finding{Words: name + " is gone: somebody has deleted it."}, nil
	case err != nil:
		return model.Finding{}, err
	case now.Updated.Equal(t.Updated):
		return model.Finding{End: model.Unseen, Words: name + " is there, with the key that it had before."}, nil
	case a == model.Delete:
		return model.Finding{End: model.Unseen, Words: name + " is there, and was given a new key on " + day(now.Updated) + "."}, nil
	}
	return model.Finding{End: model.Visible, Words: name + " was given a new key on " + day(now.Updated) +
		". It did not arrive here; another regenerate gives one."}, nil
}

// who is a user in a sentence.
func who(u model.User) string {
	if u.Username.Empty() {
		return model.Clean("User " + u.ID).String()
	}
	return u.Username.String()
}

// day is a moment in a sentence.
func day(w model.When) string {
	at, known := w.Time()
	if !known {
		return "a day that it does not say"
	}
	return at.Format("2006-01-02 15:04:05 UTC")
}
