package hamgam

import (
	"context"
	"net/http"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// refusals are those of the framework behind Hamgam: its pages list 400, 401, 403
// and 404, and show the form of none but a 400. The framework itself has no 409.
func refusals() wire.Refusals {
	table := wire.DjangoRefusals()
	delete(table, http.StatusConflict)
	return table
}

// of finds the one token of a user. Who has no name that can be searched for, and
// whoever may make tokens and not read them, finds none and is told so.
func (h *hamgam) of(ctx context.Context, owner model.User) (found []model.Token, looked bool, _ error) {
	page, err := h.tokenOf(ctx, model.Query{Size: 50, Sort: h.info.TokenSorts[0].Key, Filter: model.Filter{Only: owner}})
	if kind := model.KindOf(err); kind == model.Unsupported || kind == model.Forbidden {
		return nil, false, nil
	}
	return page.Items, true, err
}

// without makes sure that a user has no token before one is made: the server's own
// word afterwards may be its answer to a second sending.
func (h *hamgam) without(ctx context.Context, owner model.User) error {
	held, _, err := h.of(ctx, owner)
	if err == nil && len(held) > 0 {
		err = model.Fail(model.Invalid, "this user already has a token, "+held[0].Name.String()+"; regenerate gives it a new key")
	}
	return err
}

// refusedCreation is a refusal of a token for a user who had none a moment before.
func (h *hamgam) refusedCreation(ctx context.Context, owner model.User, err error) error {
	if model.KindOf(err) != model.Invalid {
		return err
	}
	seen, unread := h.lookFor(ctx, owner)
	if unread == nil && seen.End != model.Visible {
		return err
	}
	return wire.ErrMayBeDuplicate(err, seen, unread)
}

// handedOut is a new key, held against the one that the server shows for the token:
// of two who make one in the same moment, one has a key that is dead already.
func (h *hamgam) handedOut(ctx context.Context, made token) (model.Issued, error) {
	issued := model.Issued{Token: made.token(h.conn), Key: made.Key}
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	now, err := h.read(ctx, issued.Token)
	defer now.Key.Wipe()
	switch {
	case model.KindOf(err) == model.Forbidden: // whoever may make tokens and not read them
		return issued, nil
	case wire.IsNotFound(err):
		return issued, model.Fail(model.Uncertain, "the server said yes, but token "+issued.Token.Name.String()+" is gone now: somebody else has deleted it in this moment")
	case err != nil:
		issued.Notes = append(issued.Notes, "Whether the token has this key could not be read afterwards: "+model.Reason(err)+".")
	case !legible(now.Key) || now.Key.Equal(made.Key):
	default:
		return issued, model.Fail(model.Uncertain, "the server said yes, but shows another key for token "+issued.Token.Name.String()+
			": somebody else has given it one in the same moment, and then the key that came with this is dead")
	}
	return issued, nil
}

// legible reports whether a key as it is shown tells one from another. The pages do
// not say that a list masks it, and do not say that it never does.
func legible(key model.Secret) bool {
	return !key.Empty() && !strings.Contains(key.Reveal(), "*")
}

// gone reads a token after its deletion. Of the console's own a refusal of the key is
// proof that it is gone.
func (h *hamgam) gone(ctx context.Context, t model.Token, own bool) (bool, error) {
	now, err := h.read(ctx, t)
	defer now.Key.Wipe()
	if wire.IsNotFound(err) || own && wire.KeyRefused(err) {
		return true, nil
	}
	return false, err
}
