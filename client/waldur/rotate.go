package waldur

import (
	"context"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

func (w *waldur) preparePersonal(a model.Action, t model.Token) (model.Form, error) {
	if err := w.manageable(); err != nil {
		return model.Form{}, err
	}
	switch {
	case a == model.Regenerate && t.State != model.Active && t.State != model.Unclear:
		return model.Form{}, &model.Error{
			Kind: model.Unsupported, Instead: model.Create,
			Message: model.Clean("this token is " + stateWord(t.State) + ", and Waldur rotates none that has ended; make a new one"),
		}
	case a == model.Regenerate:
		return model.Form{Danger: true, Warnings: []string{
			"The old key stops working at once: whatever uses it is signed out until it gets the new one.",
			"The new token has the same name, scopes and expiry, and a number of its own; the old one stays in the list as revoked.",
		}}, nil
	case t.State == model.Revoked:
		return model.Form{}, model.Fail(model.Unsupported, "this token is revoked already; Waldur keeps it in the list and does not take it out")
	}
	return model.Form{Danger: true, Warnings: []string{
		"The key stops working at once and does not come back: whatever uses it is signed out.",
		"Waldur keeps the token in the list, as revoked.",
	}}, nil
}

func stateWord(s model.State) string {
	if s == model.Expired {
		return "expired"
	}
	return "revoked"
}

// revokePersonal ends a token; its row stays, and is read to see that it took.
func (w *waldur) revokePersonal(ctx context.Context, uuid string, t model.Token) (model.Issued, error) {
	now, err := w.samePersonal(ctx, uuid, t)
	if err != nil {
		return model.Issued{}, err
	}
	if now.State == model.Revoked {
		return model.Issued{}, model.Fail(model.Unsupported, "this token is revoked already")
	}
	path, err := wire.Slashed("api", "personal-access-tokens", uuid)
	if err != nil {
		return model.Issued{}, err
	}
	_, err = wire.Call[wire.Nothing](ctx, w.conn, wire.Request{Method: http.MethodDelete, Path: path})
	if err != nil && !wire.IsNotFound(err) {
		return model.Issued{}, err
	}
	ended, unread := w.conn.Confirm(ctx, func(ctx context.Context) (bool, error) {
		active, err := w.works(ctx, uuid)
		return err == nil && !active, err
	})
	notes, err := wire.Deletion{
		Denied: err, There: !ended && unread == nil, Still: "the token " + t.Name.String() + " is still active", Unread: unread,
	}.Outcome()
	return model.Issued{Notes: notes}, err
}

// works reads whether a token of ours has not been revoked.
func (w *waldur) works(ctx context.Context, uuid string) (bool, error) {
	row, err := w.readPersonal(ctx, uuid)
	switch {
	case wire.IsNotFound(err):
		return false, nil
	case err == nil && row.Active.Answer == model.Unsaid:
		err = model.Fail(model.Malformed, "the server does not say whether it is active")
	}
	return err == nil && row.Active.Answer == model.Yes, err
}

// rotatePersonal makes a token like this one and revokes this one, which the
// server does in one step.
func (w *waldur) rotatePersonal(ctx context.Context, uuid string, t model.Token) (model.Issued, error) {
	now, err := w.samePersonal(ctx, uuid, t)
	if err != nil {
		return model.Issued{}, err
	}
	if _, err = w.preparePersonal(model.Regenerate, now); err != nil {
		return model.Issued{}, err
	}
	path, err := wire.Slashed("api", "personal-access-tokens", uuid, "rotate")
	if err != nil {
		return model.Issued{}, err
	}
	if err = w.remember(ctx, now.Name); err != nil {
		return model.Issued{}, err
	}
	answer, err := wire.Call[personal](ctx, w.conn, wire.Request{Method: http.MethodPost, Path: path})
	if err != nil {
		return model.Issued{}, w.refusedRotation(ctx, uuid, now, err)
	}
	issued, err := issue(answer, now)
	if err == nil && (answer.id() == uuid || !answer.Name.Empty() && answer.Name != now.Name) {
		err = model.Fail(model.Uncertain, "the server said yes, but answered with another token than the successor of "+t.Name.String())
	}
	if err == nil {
		err = w.rotated(ctx, uuid, t, &issued)
	}
	return issued, err
}

// refusedRotation is a refusal that may be the second answer to one rotation: the
// first one has revoked the token, and then there is none to rotate.
func (w *waldur) refusedRotation(ctx context.Context, uuid string, now model.Token, err error) error {
	if !wire.FromSystem(err) || wire.Status(err) != http.StatusBadRequest && !wire.IsNotFound(err) {
		return err
	}
	seen, unread := w.lookPersonal(ctx, model.Regenerate, uuid, now)
	if wire.Status(err) == http.StatusBadRequest && unread == nil && seen.End == model.Unseen {
		return err // it is as it was
	}
	return wire.ErrMayBeDuplicate(err, seen, unread)
}

// rotated reads the old token after a rotation, and looks for a second successor.
func (w *waldur) rotated(ctx context.Context, uuid string, t model.Token, issued *model.Issued) error {
	proof, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	switch active, err := w.works(proof, uuid); {
	case err != nil:
		issued.Notes = append(issued.Notes, "Whether the old token is revoked could not be read afterwards: "+model.Reason(err)+".")
	case active:
		return model.Fail(model.Contradicted, "the old token "+t.Name.String()+" is still active; the key that came with this may be that of another token")
	}
	w.tellDuplicates(ctx, issued)
	return nil
}

// samePersonal reads a token again before it is changed, and stops when it is no
// longer what the person saw. When it was last used is no change of it.
func (w *waldur) samePersonal(ctx context.Context, uuid string, t model.Token) (model.Token, error) {
	me, err := w.me(ctx)
	if err != nil {
		return model.Token{}, err
	}
	row, err := w.readPersonal(ctx, uuid)
	if err != nil {
		return model.Token{}, err
	}
	now := row.token(me.user)
	if now.ID != t.ID || now.Owner.ID != t.Owner.ID || now.Name != t.Name || now.Scope != t.Scope ||
		now.State != t.State || !now.Expires.Equal(t.Expires) || !now.Updated.Equal(t.Updated) {
		return model.Token{}, wire.ErrChanged(t)
	}
	return now, nil
}

func (w *waldur) readPersonal(ctx context.Context, uuid string) (personal, error) {
	path, err := wire.Slashed("api", "personal-access-tokens", uuid)
	if err != nil {
		return personal{}, err
	}
	return wire.Call[personal](ctx, w.conn, wire.Get(path))
}
