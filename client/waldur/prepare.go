package waldur

import (
	"context"
	"strings"

	"authdeck/model"
)

const foreignToken = "this is no token of a Waldur"

// Prepare implements [model.API].
func (w *waldur) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		if t.ID != "" {
			return w.prepareLike(ctx, t)
		}
		return w.prepareCreate(ctx, t.Owner)
	case model.Revoke:
		return revokeForm(), nil
	case model.Nothing, model.Edit, model.Regenerate, model.Replace, model.Delete, model.Reveal: // of one token
	}
	kind, number, err := split(t.ID)
	switch {
	case err != nil:
		return model.Form{}, err
	case a != model.Regenerate && a != model.Delete:
		return model.Form{}, w.notOffered(a)
	case kind == personalID:
		return w.preparePersonal(a, t)
	}
	return w.prepareSession(ctx, a, number, t)
}

// Do implements [model.API].
func (w *waldur) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	defer w.list.Forget()
	switch o.Action {
	case model.Create:
		return w.create(ctx, o.Draft)
	case model.Revoke:
		return w.endPasted(ctx, o.Password)
	case model.Nothing, model.Edit, model.Regenerate, model.Replace, model.Delete, model.Reveal: // of one token
	}
	kind, number, err := split(o.Token.ID)
	if err == nil && kind == personalID {
		err = w.manageable()
	}
	switch {
	case err != nil:
		return model.Issued{}, err
	case o.Action == model.Delete && kind == sessionID:
		return w.endSession(ctx, number, o.Token)
	case o.Action == model.Delete:
		return w.revokePersonal(ctx, number, o.Token)
	case o.Action == model.Regenerate && kind == sessionID:
		return w.refreshSession(ctx, number, o.Token)
	case o.Action == model.Regenerate:
		return w.rotatePersonal(ctx, number, o.Token)
	}
	return model.Issued{}, w.notOffered(o.Action)
}

func (w *waldur) notOffered(a model.Action) error {
	return model.Fail(model.Unsupported, w.Info().Missing[a])
}

// manageable refuses what the server would: waldur_core/core/views.py wants a
// session for every change of a personal access token.
func (w *waldur) manageable() error {
	if w.byPersonal() {
		return model.Fail(model.Unsupported, personalByPersonal)
	}
	return nil
}

// split reads a token's ID as [session.token] and [personal.token] write it.
func split(id string) (kind, number string, _ error) {
	for _, kind := range []string{sessionID, personalID} {
		if number, ok := strings.CutPrefix(id, kind); ok {
			return kind, number, nil
		}
	}
	return "", "", model.Fail(model.Invalid, foreignToken)
}
