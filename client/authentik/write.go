package authentik

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (a *authentik) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return a.create(ctx, o)
	case model.Edit:
		return a.edit(ctx, o)
	case model.Regenerate:
		return a.regenerate(ctx, o.Token)
	case model.Replace:
		return a.replace(ctx, o.Token)
	case model.Delete:
		return a.remove(ctx, o.Token)
	case model.Reveal:
		return a.reveal(ctx, o.Token)
	default:
		return model.Issued{}, model.Fail(model.Unsupported, a.Info().Missing[o.Action])
	}
}

func (a *authentik) create(ctx context.Context, o model.Order) (model.Issued, error) {
	d, err := created(o)
	if err == nil && d.User != 0 {
		var me model.User
		if me, err = a.me(ctx); err == nil {
			err = mayMakeFor(me, d.User.id())
		}
	}
	if err == nil {
		err = a.free(ctx, d.Identifier)
	}
	if err != nil {
		return model.Issued{}, err
	}
	w, err := a.post(ctx, d)
	if err != nil {
		return model.Issued{}, err
	}
	issued := model.Issued{Token: a.row(w), Notes: d.differences(token{}, w)}
	if issued.Key, err = a.viewKey(ctx, w); err != nil {
		return issued, half("token "+issued.Token.Name.String()+" is made, but its key could not be read; v (show key) tries that again", err)
	}
	return issued, nil
}

// free stops a create under a name that is taken. What has the name after this was
// made after this.
func (a *authentik) free(ctx context.Context, identifier string) error {
	w, err := a.read(ctx, identifier)
	switch {
	case err == nil:
		words := "identifier: there is a token " + identifier + " already"
		if t := a.row(w); t.State == model.Expired && !rotates(t.Kind.String(), t.Owner) {
			words += "; its date has passed, and authentik deletes it within minutes"
		}
		return model.Fail(model.Invalid, words)
	case model.KindOf(err) != model.NotFound:
		return err
	case !wire.FromSystem(err):
		return wire.Reword(err, model.Malformed, model.Reason(err)+", and not in authentik's form; is a proxy in between?")
	}
	return nil
}

// post makes a token, of a name that nothing had right before. The answer is
// without its key.
func (a *authentik) post(ctx context.Context, d draft) (token, error) {
	w, err := wire.Call[token](ctx, a.conn, wire.Request{Method: http.MethodPost, Path: tokensPath, Body: d})
	if err == nil && w.id() != d.Identifier {
		err = model.Fail(model.Uncertain, "the server said yes, but answered with another token than was asked for")
	}
	switch {
	case model.KindOf(err) == model.Uncertain:
		err = more(err, "if it happened, there is a token "+d.Identifier+" now, and v shows its key")
	case wire.HasFieldError(err, "identifier"):
		err = a.taken(ctx, d, err)
	}
	return w, err
}

// taken looks at what has the name that was refused for being another's: a proxy
// may have sent the create twice, and the answer is then the second one's.
func (a *authentik) taken(ctx context.Context, d draft, refusal error) error {
	w, err := a.read(ctx, d.Identifier)
	switch {
	case err == nil && d.fits(w, a.known(ctx)):
		return wire.ErrMayBeDuplicate(refusal, model.Finding{Words: "token " + d.Identifier + " was not there right before, and is now, just as it was asked for: " +
			"made by this, or by somebody else in this moment. This may be the one; v shows its key"}, nil)
	case err == nil, wire.IsNotFound(err):
		return refusal
	}
	return wire.ErrMayBeDuplicate(refusal, model.Finding{}, err)
}

// known is who signs in; nil where that cannot be asked.
func (a *authentik) known(ctx context.Context) *model.User {
	if a.self.Load() == nil {
		_, _ = a.me(ctx)
	}
	return a.self.Load()
}

// fits reports whether a token is what a draft would have made. Of whoever is no
// superuser the server takes no flag.
func (d draft) fits(w token, me *model.User) bool {
	owner, heeded := d.User.id(), false
	if me != nil {
		owner, heeded = cmp.Or(owner, me.ID), me.Admin == model.Yes
	}
	flag := !heeded || d.Expiring == nil || w.Expiring.Answer == model.AnswerOf(*d.Expiring)
	words := d.Description == nil || w.Description.Value == model.Clean(strings.TrimSpace(*d.Description))
	return (owner == "" || owner == w.owner().id()) && w.Intent.Value.String() == d.Intent && flag && words
}

// edit changes what is said of a token.
func (a *authentik) edit(ctx context.Context, o model.Order) (model.Issued, error) {
	o, err := o.FilledIn(editForm(o.Token))
	if err != nil {
		return model.Issued{}, err
	}
	w, err := a.unchanged(ctx, o.Token)
	if err != nil {
		return model.Issued{}, err
	}
	if why := fixed(a.row(w)); why != "" {
		return model.Issued{}, model.Fail(model.Unsupported, why)
	}
	d, err := w.changed(o.Token, o.Values)
	if err != nil {
		return model.Issued{}, err
	}
	after, err := a.patch(ctx, w, d)
	if err != nil {
		return model.Issued{}, d.notChanged(err)
	}
	return model.Issued{Token: a.row(after), Notes: d.differences(w, after)}, nil
}

// notChanged says of an edit that failed what the server's words leave out.
func (d draft) notChanged(err error) error {
	if model.KindOf(err) == model.Uncertain && d.Identifier != "" {
		return more(err, "if it happened, the token is called "+d.Identifier+" now")
	}
	return err
}

// patch sends a change of a token that has just been read.
func (a *authentik) patch(ctx context.Context, w token, d draft) (token, error) {
	path, err := tokenPath(w.id())
	if err != nil {
		return token{}, err
	}
	wanted := w
	wanted.Identifier.Value = cmp.Or(d.Identifier, w.id())
	after, err := wire.Call[token](ctx, a.conn, wire.Request{Method: http.MethodPatch, Path: path, Body: d})
	err = w.inDoubt(err, false)
	if err == nil && !after.is(wanted) {
		err = model.Fail(model.Uncertain, "the server said yes, but answered with another token than was changed")
	}
	return after, err
}

// unchanged reads a token again before it is changed, and stops when it is no
// longer what the person saw.
func (a *authentik) unchanged(ctx context.Context, t model.Token) (token, error) {
	w, err := a.read(ctx, t.ID)
	if err != nil {
		return w, err
	}
	if !alike(a.row(w), t) {
		return w, wire.ErrChanged(t)
	}
	return w, nil
}

// alike reports whether two readings of a token say the same.
func alike(a, b model.Token) bool {
	return a.ID == b.ID && a.Version == b.Version && a.Owner.ID == b.Owner.ID && a.Kind == b.Kind &&
		a.Managed == b.Managed && a.Description == b.Description && a.Expires.Equal(b.Expires)
}
