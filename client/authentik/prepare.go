package authentik

import (
	"context"
	"slices"

	"authdeck/model"
)

// Prepare implements [model.API].
func (a *authentik) Prepare(ctx context.Context, action model.Action, t model.Token) (model.Form, error) {
	switch action {
	case model.Create:
		if t.ID != "" {
			return a.prepareLike(ctx, t)
		}
		return a.prepareCreate(ctx, t.Owner)
	case model.Edit:
		return a.prepareEdit(ctx, t)
	case model.Regenerate:
		return model.Form{Danger: true, Warnings: append(a.renewalWarning(ctx, t), regenerateWarnings(t)...)}, nil
	case model.Replace:
		return a.prepareReplace(ctx, t)
	case model.Delete:
		return a.prepareDelete(ctx, t)
	case model.Reveal:
		return model.Form{Warnings: []string{
			"authentik writes an event that names you as the one who looked at this key. Whoever sees this screen has the key too.",
		}}, nil
	default:
		return model.Form{}, model.Fail(model.Unsupported, a.Info().Missing[action])
	}
}

// prepareCreate offers another owner to superusers only. Who we are is asked
// anew: the right may have been given a minute ago.
func (a *authentik) prepareCreate(ctx context.Context, owner model.User) (model.Form, error) {
	var form model.Form
	me, err := a.me(ctx)
	if err == nil {
		err = mayMakeFor(me, owner.ID)
	}
	if hopeless(err) {
		return form, err
	}
	if err != nil {
		form.Warnings = append(form.Warnings, unsure(err))
	}
	superuser, defaults := me.Admin == model.Yes, a.settings(ctx)
	form.Fields = createFields(superuser, defaults.lifetimeWords())
	if superuser && owner.ID == "" {
		form.Fields = append([]model.Field{ownerField()}, form.Fields...)
	}
	form.Warnings = append(form.Warnings, handedOver(me, owner)...)
	form.Review = func(d model.Draft) []string {
		chosen := handedOver(me, d.Owner)
		if owner.ID != "" {
			chosen, d.Owner = nil, owner
		}
		return slices.Concat(defaults.madeEnds(me, d), defaults.limited(d), chosen)
	}
	return form, nil
}

// handedOver is for a token that is made for somebody else: its key is shown to
// superusers and to whoever has the right view_token_key on it (seen on 2025.12.4 and
// 2026.5.0-rc1).
func handedOver(me, owner model.User) []string {
	if owner.ID == "" || owner.ID == me.ID || owner.Admin == model.Yes {
		return nil
	}
	return []string{"A person for whom a superuser makes a token cannot read its key in authentik without the right view_token_key: hand it over yourself."}
}

// hopeless reports whether a question failed in a way in which the action would
// fail too.
func hopeless(err error) bool {
	return err != nil && slices.Contains([]model.Kind{model.Unsupported, model.Unauthorized, model.Cancelled}, model.KindOf(err))
}

func unsure(err error) string {
	return "The server did not say who authdeck signs in as (" + model.Reason(err) + "); only superusers can make a token for somebody else."
}

// mayMakeFor stops what the server would not refuse but turn into a token of
// whoever asks.
func mayMakeFor(me model.User, owner string) error {
	if owner == "" || owner == me.ID || me.Admin != model.No {
		return nil
	}
	return model.Fail(model.Unsupported, "only superusers can make a token for somebody else: authentik would make it for "+
		me.Username.String()+", who signs in here")
}

func (a *authentik) prepareEdit(ctx context.Context, t model.Token) (model.Form, error) {
	if why := fixed(t); why != "" {
		return model.Form{}, model.Fail(model.Unsupported, why)
	}
	form, defaults := editForm(t), a.settings(ctx)
	form.Warnings = managed(t)
	form.Review = func(d model.Draft) []string {
		if t.Kind.String() == apiToken {
			return defaults.restarts(d)
		}
		return append(unusedDate(t, d), defaults.relimited(t, d)...)
	}
	return form, nil
}

func regenerateWarnings(t model.Token) []string {
	warnings := []string{
		"The old key stops working at once: whatever uses it is refused until it gets the new one.",
		"authdeck then looks once whether the token has the new key, where this account may; authentik writes an event of that which names you.",
	}
	warnings = append(warnings, managed(t)...)
	switch gone := !rotates(t.Kind.String(), t.Owner); {
	case t.State == model.Expired && gone:
		warnings = append(warnings, "Its date has passed: the new key is refused too, and authentik deletes the token within minutes.")
	case t.State == model.Expired:
		warnings = append(warnings, "Its date has passed: the new key is refused too, until the token gets a later date; and authentik's worker gives it yet another key within minutes.")
	}
	return warnings
}

func (a *authentik) prepareReplace(ctx context.Context, t model.Token) (model.Form, error) {
	if why := fixed(t); why != "" {
		return model.Form{}, model.Fail(model.Unsupported, why)
	}
	me, err := a.me(ctx)
	if err == nil {
		err = mayMakeFor(me, t.Owner.ID)
	}
	if hopeless(err) {
		return model.Form{}, err
	}
	warnings := append(a.renewalWarning(ctx, t),
		"A token like this one is made, then this one is deleted and the new one gets its identifier. The old key stops working at once, and rights that were given on the old token are lost.")
	warnings = slices.Concat(warnings, a.settings(ctx).successorEnds(me, t), managed(t))
	if err != nil {
		warnings = append(warnings, unsure(err))
	}
	return model.Form{Danger: true, Warnings: append(warnings, a.uses(ctx, t.ID)...)}, nil
}

func (a *authentik) prepareDelete(ctx context.Context, t model.Token) (model.Form, error) {
	warnings := append(a.ownWarning(ctx, t, ": this signs it out.", "authdeck is then signed out."),
		"The key stops working at once and does not come back: whatever uses it is refused.")
	warnings = append(warnings, managed(t)...)
	return model.Form{Danger: true, Warnings: append(warnings, a.uses(ctx, t.ID)...)}, nil
}

// managed warns of a token that is not a person's to change.
func managed(t model.Token) []string {
	switch {
	case t.Managed.Empty():
		return nil
	case authentiksOwn(t):
		return []string{"authentik manages this token itself (" + t.Managed.String() + "): a part of it, such as an outpost, signs in with this key and may stop working."}
	}
	return []string{"The token is marked as managed by “" + t.Managed.String() + "”, which is no part of authentik: whatever set that may set the token back, or stop working. The mark can be taken off only by replacing the token."}
}
