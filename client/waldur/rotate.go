package waldur

import (
	"context"
	"net/http"
	"slices"
	"time"

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

// revokePersonal ends a token; its row stays.
func (w *waldur) revokePersonal(ctx context.Context, uuid string, t model.Token) error {
	now, err := w.samePersonal(ctx, uuid, t)
	if err != nil {
		return err
	}
	if now.State == model.Revoked {
		return model.Fail(model.Unsupported, "this token is revoked already")
	}
	path, err := wire.Slashed("api", "personal-access-tokens", uuid)
	if err != nil {
		return err
	}
	_, err = wire.Call[wire.Nothing](ctx, w.conn, wire.Request{Method: http.MethodDelete, Path: path})
	return err
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
	answer, err := wire.Call[personal](ctx, w.conn, wire.Request{Method: http.MethodPost, Path: path})
	if err != nil {
		return model.Issued{}, err
	}
	issued, err := issue(answer, now)
	if err == nil && (answer.id() == uuid || !answer.Name.Empty() && answer.Name != now.Name) {
		err = model.Fail(model.Uncertain, "the server said yes, but answered with another token than the successor of "+t.Name.String())
	}
	return issued, err
}

// samePersonal reads a token again before it is changed, and stops when it is no
// longer what the person saw. When it was last used is no change of it.
func (w *waldur) samePersonal(ctx context.Context, uuid string, t model.Token) (model.Token, error) {
	me, err := w.me(ctx)
	if err != nil {
		return model.Token{}, err
	}
	path, err := wire.Slashed("api", "personal-access-tokens", uuid)
	if err != nil {
		return model.Token{}, err
	}
	row, err := wire.Call[personal](ctx, w.conn, wire.Get(path))
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

// issue is what a person gets of a new token, held against what was meant. An
// answer leaves out that it is active and was never used. A key is handed out
// whatever else is wrong: the server does not show it again.
func issue(answer personal, meant model.Token) (model.Issued, error) {
	if answer.Token.Empty() {
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but its answer holds no key")
	}
	if answer.Active.Answer == model.Unsaid {
		answer.Active.Answer = model.Yes
	}
	made := answer.token(meant.Owner)
	made.LastUsed = model.Not(model.Never)
	issued := model.Issued{Token: made, Key: answer.Token}
	if made.Name != meant.Name {
		issued.Notes = append(issued.Notes, "The server calls it "+made.Name.String()+".")
	}
	if !slices.Equal(words(made.Scope), words(meant.Scope)) {
		issued.Notes = append(issued.Notes, "The server gave it other scopes: "+made.Scope.String()+".")
	}
	if at, wanted := made.Expires, meant.Expires; !near(at, wanted) {
		issued.Notes = append(issued.Notes, "The server does not say that it expires on "+day(wanted)+", but "+day(at)+".")
	}
	if answer.id() == "" {
		issued.Token.ID = ""
		return issued, model.Fail(model.Uncertain, "the server gave a key, but its answer names no token; the list shows which one is new")
	}
	return issued, nil
}

// near allows for the fraction of a second that a server may drop.
func near(a, b model.When) bool {
	first, known1 := a.Time()
	second, known2 := b.Time()
	return known1 == known2 && first.Sub(second).Abs() < time.Second
}

func day(w model.When) string {
	at, known := w.Time()
	if !known {
		return "no day"
	}
	return at.Format("2006-01-02 15:04 UTC")
}
