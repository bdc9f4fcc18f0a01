package awx

import (
	"cmp"
	"context"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// regenerate makes a successor first and deletes the old token after it, so that
// at no time is there none. The new key is handed out whatever becomes of the
// second half: nobody would ever see it again.
func (i *issuer) regenerate(ctx context.Context, o model.Order) (model.Issued, error) {
	old, err := i.replaceable(ctx, o.Token)
	if err != nil {
		return model.Issued{}, err
	}
	d, since := old.successor(), orderedAt(o)
	made, err := i.post(ctx, d)
	switch {
	case model.KindOf(err) == model.Uncertain:
		return model.Issued{}, untouched(o.Token, err)
	case err != nil:
		return model.Issued{}, err
	}
	alike := duplicateOf{since: since, except: []string{o.Token.ID}}.of(made)
	issued := i.issued(made, d, old.Expires.When())
	if old.Description.Odd {
		issued.Notes = append(issued.Notes, "The description of the old token could not be read as a text; the successor has none.")
	}
	if why := old.unlike(made); why != "" {
		err = model.Fail(model.Partial, why)
	} else {
		issued, err = i.supersede(ctx, i.token(old), issued)
	}
	i.tellDuplicates(ctx, &issued, alike, "regenerated")
	return issued, err
}

// untouched says what is certain where nobody knows whether there is a successor:
// the old token is deleted after it, and only after it.
func untouched(old model.Token, err error) error {
	return wire.Reword(err, model.Uncertain, model.Reason(err)+"; the old token, "+old.Name.String()+
		", has not been touched and its key opens as before. If a successor comes of it, nobody has its key: delete it then, and regenerate again")
}

// replaceable reads a token of which the server can make another like it.
func (i *issuer) replaceable(ctx context.Context, t model.Token) (token, error) {
	me, err := i.asker(ctx)
	if err != nil {
		return token{}, err
	}
	if t.Owner.ID != me.ID {
		return token{}, i.notAnothers(t)
	}
	old, err := i.unchanged(ctx, t)
	if err == nil && old.Application != nil && *old.Application == 0 {
		err = model.Fail(model.Unsupported, "the server does not say for which application token "+t.Name.String()+" is, so that none like it can be made")
	}
	if _, whole := old.Description.Value.Original(); err == nil && !whole {
		err = model.Fail(model.Unsupported, "the description of token "+t.Name.String()+" is longer than authdeck could give back as it came, so that none like it can be made")
	}
	return old, err
}

// successor is the draft of a token like this one.
func (w token) successor() draft {
	description, _ := w.Description.Value.Original()
	d := draft{Description: description, Scope: w.Scope.Value.String()}
	if w.Application != nil {
		d.Application = *w.Application
	}
	return d
}

// unlike says why a token must not take the place of an old one, and what is left
// to do; it is empty where it may.
func (w token) unlike(made token) string {
	was, is := w.token(), made.token()
	left := "; " + was.Name.String() + " is as it was: delete the one that you do not want"
	switch {
	case is.ID == "":
		return "a token is made, but the server does not say which: look for it in the list" + left
	case is.ID == was.ID:
		return "a token is made, but the server answered with the number of the old one, " + was.Name.String() + ": look in the list which is the newer, and delete the other"
	case is.Owner.ID != was.Owner.ID && is.Owner.ID != "":
		return "token " + is.Name.String() + " is made, but is of user " + owned(is.Owner) + left
	case is.Kind != was.Kind || made.successor().Application != w.successor().Application:
		return "token " + is.Name.String() + " is made, but for another application, or for none" + left
	case is.Scope != was.Scope:
		return "token " + is.Name.String() + " is made, but its scope is " + cmp.Or(is.Scope.String(), "none") + left
	}
	return ""
}

// supersede deletes the old token, and goes on with the new key if the old one was
// authdeck's own.
func (i *issuer) supersede(ctx context.Context, old model.Token, issued model.Issued) (model.Issued, error) {
	gone, err := i.remove(ctx, old)
	if (err == nil || model.KindOf(err) == model.Uncertain) && i.maybeOwn(old) {
		if issued = i.follow(ctx, issued); issued.Token.Own {
			return issued, nil // the old key is dead, so that the token was deleted
		}
	}
	switch {
	case err != nil:
		return issued, leftOver(old, err)
	case gone.meanwhile:
		issued.Notes = append([]string{"The old token " + old.Name.String() + " was gone already when it was to be deleted: a proxy may have sent that twice, or somebody ended it meanwhile; " +
			"if that was meant, delete the successor too."}, issued.Notes...)
	default:
		issued.Notes = append(gone.notes, issued.Notes...)
	}
	return issued, nil
}

// leftOver says loudly what is left to do.
func leftOver(old model.Token, err error) error {
	words := "the new token is made, but the old one, " + old.Name.String() + ", IS STILL VALID and must be deleted (" + model.Reason(err) + ")"
	if model.KindOf(err) == model.Uncertain {
		words = "the new token is made, but whether the old one, " + old.Name.String() + ", was deleted is not known (" + model.Reason(err) +
			"); look for it in the list, and delete it if it is there"
	}
	return wire.Reword(err, model.Partial, words)
}

// likeForm is the form of a new token, filled in as an old one is that it is to stand beside.
func (i *issuer) likeForm(ctx context.Context, t model.Token) (model.Form, error) {
	old, err := i.replaceable(ctx, t)
	if err != nil {
		return model.Form{}, err
	}
	form, err := i.createForm(ctx, t.Owner)
	if err != nil {
		return form, err
	}
	me, _ := i.asker(ctx) // it was asked just now
	form.Review = model.Whatever(i.expiryAnew(ctx, me, t.Expires))
	d, asked := old.successor(), false
	for at := range form.Fields {
		switch f := &form.Fields[at]; f.Key {
		case descriptionKey:
			f.Value = d.Description
		case scopeKey:
			*f = scopeField(t.Scope)
		case applicationKey:
			f.Value, f.Choices, asked = d.Application.id(), withApplication(f.Choices, d.Application.id(), t.App), true
		}
	}
	if !asked && d.Application != 0 {
		return model.Form{}, model.Fail(model.Unsupported, "the applications cannot be chosen from with this account, so that none like it can be made")
	}
	return form, nil
}

// withApplication are the choices with the application of a token, which may stand on another
// page of them.
func withApplication(choices []model.Choice, id string, name model.Text) []model.Choice {
	if slices.ContainsFunc(choices, func(c model.Choice) bool { return c.Value == id }) {
		return choices
	}
	return append(choices, model.Choice{Value: id, Label: model.Join(" ", name, model.Clean("#"+id)).String()})
}
