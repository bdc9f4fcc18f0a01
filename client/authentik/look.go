package authentik

import (
	"context"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// Look implements [model.API]. Of a regeneration it looks at the key, which the
// server logs.
func (a *authentik) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	switch o.Action {
	case model.Create:
		return a.lookMade(ctx, o)
	case model.Edit:
		return a.lookEdited(ctx, o)
	case model.Regenerate:
		return a.lookRenewed(ctx, o.Token)
	case model.Replace:
		return a.lookReplaced(ctx, o.Token)
	case model.Delete:
		return a.lookDeleted(ctx, o.Token)
	default:
		return model.Finding{}, nil
	}
}

func seen(end model.End, words string) (model.Finding, error) {
	return model.Finding{End: end, Words: words}, nil
}

// find reads what has a name now; absent where nothing has.
func (a *authentik) find(ctx context.Context, name string) (w token, absent bool, _ error) {
	w, err := a.read(ctx, name)
	if wire.IsNotFound(err) {
		return w, true, nil
	}
	return w, false, err
}

func (a *authentik) lookMade(ctx context.Context, o model.Order) (model.Finding, error) {
	d, err := created(o)
	if err != nil {
		return model.Finding{}, err
	}
	w, absent, err := a.find(ctx, d.Identifier)
	switch {
	case err != nil:
		return model.Finding{}, err
	case absent:
		return seen(model.Unseen, "There is no token "+d.Identifier+".")
	case d.fits(w, a.known(ctx)):
		return model.Finding{
			End: model.Visible, Token: a.row(w),
			Words: "Token " + d.Identifier + " is there now, as it was asked for: made by this, or by somebody else in this moment. v shows its key.",
		}, nil
	}
	return seen(model.Unseen, "Token "+d.Identifier+" is there, but not as it was asked for: somebody else has made it, and two cannot share a name.")
}

func (a *authentik) lookDeleted(ctx context.Context, t model.Token) (model.Finding, error) {
	w, absent, err := a.find(ctx, t.ID)
	switch {
	case wire.KeyRefused(err) && t.Own:
		return seen(model.Visible, "authdeck signed in with this token, and its key is refused now.")
	case err != nil:
		return model.Finding{}, err
	case absent:
		return seen(model.Visible, "Token "+t.ID+" is gone: by this, or by somebody else in this moment.")
	case w.PK.Value != t.Version:
		return seen(model.Visible, "Token "+t.ID+" is gone, and another one has its name now.")
	}
	return seen(model.Unseen, "Token "+t.ID+" is still there.")
}

// lookEdited compares what can be different after an edit with what was seen before
// it and with what was wanted.
func (a *authentik) lookEdited(ctx context.Context, o model.Order) (model.Finding, error) {
	o, err := o.FilledIn(editForm(o.Token))
	if err != nil {
		return model.Finding{}, err
	}
	t, name := o.Token, o.Token.ID
	if wanted := o.Values["identifier"]; wanted != "" {
		name = wanted
	}
	w, absent, err := a.find(ctx, name)
	if err == nil && name != t.ID && (absent || w.PK.Value != t.Version) {
		w, absent, err = a.find(ctx, t.ID)
	}
	switch {
	case err != nil:
		return model.Finding{}, err
	case absent || w.PK.Value != t.Version:
		return seen(model.Untold, "Token "+t.ID+" is not there any more: somebody has deleted or renamed it.")
	}
	switch now := a.row(w); {
	case alike(now, t):
		return seen(model.Unseen, "Token "+t.ID+" is as it was.")
	case now.ID == name && edited(now, o):
		return seen(model.Visible, "Token "+now.ID+" is as it was to be.")
	}
	return seen(model.Untold, "Token "+t.ID+" is neither as it was nor as it was to be: somebody else has changed it too.")
}

// edited reports whether a token is what an edit would have made of it. The date of
// an API token is the server's in any case.
func edited(now model.Token, o model.Order) bool {
	if text, given := o.Values["description"]; given && now.Description != model.Clean(strings.TrimSpace(text)) {
		return false
	}
	never := now.Expires.Knowledge() == model.Never
	if flag := o.Values["expiring"]; flag != "" && never != (flag == "no") {
		return false
	}
	at, err := time.Parse(time.RFC3339, o.Values["expires"])
	if err != nil || never || now.Kind.String() != appPassword || o.Values["expires"] == prefilled(o.Token) {
		return true
	}
	return now.Expires.Equal(model.At(at))
}

// lookRenewed compares the key that a token has with the one that was set, or with
// the one that a rotation was to end.
func (a *authentik) lookRenewed(ctx context.Context, t model.Token) (model.Finding, error) {
	w, absent, err := a.find(ctx, t.ID)
	switch {
	case wire.KeyRefused(err) && t.Own:
		return seen(model.Visible, "authdeck signed in with the old key, and it is refused now.")
	case err != nil:
		return model.Finding{}, err
	case absent || w.PK.Value != t.Version:
		return seen(model.Untold, "Token "+t.ID+" is not there any more: somebody has deleted or renamed it.")
	}
	key, err := a.viewKey(ctx, w)
	defer key.Wipe()
	if notShown(err) {
		return seen(model.Untold, "Which key token "+t.ID+" has is not shown to this account.")
	}
	if err != nil {
		return model.Finding{}, err
	}
	return a.compared(w, key)
}

func (a *authentik) compared(w token, key model.Secret) (model.Finding, error) {
	same, made, known := a.memory.renewed(w, key)
	switch {
	case !known:
		return model.Finding{}, nil
	case made && same:
		return seen(model.Visible, "Token "+w.id()+" has the key that came with this.")
	case made:
		return seen(model.Unseen, "Token "+w.id()+" has another key than the one that came with this: it did not happen, not yet, or somebody else has set one since.")
	case same:
		return seen(model.Unseen, "Token "+w.id()+" has the key that it had before.")
	}
	return seen(model.Visible, "Token "+w.id()+" has another key than before; v shows it.")
}

// lookReplaced says which of the two tokens are there.
func (a *authentik) lookReplaced(ctx context.Context, t model.Token) (model.Finding, error) {
	w, absent, err := a.find(ctx, t.ID)
	if err != nil {
		return model.Finding{}, err
	}
	if !absent && w.PK.Value != t.Version {
		return seen(model.Visible, "Another token is called "+t.ID+" now: the new one, or one that somebody else has made. v shows its key.")
	}
	left := "token " + t.ID + " is as it was"
	if absent {
		left = "token " + t.ID + " is gone"
	}
	successor := a.memory.successor(t)
	if successor == "" {
		return seen(model.Untold, "Of the two, "+left+".")
	}
	_, missing, err := a.find(ctx, successor)
	switch {
	case err != nil:
		return model.Finding{}, err
	case missing && absent:
		return seen(model.Untold, "Neither token "+t.ID+" nor "+successor+" is there.")
	case missing:
		return seen(model.Unseen, "There is no token "+successor+", and "+left+".")
	}
	return seen(model.Visible, "Token "+successor+" is there, and "+left+"; v shows the key of the new one.")
}
