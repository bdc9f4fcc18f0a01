package waldur

import (
	"context"
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// prepareLike is the form of a new token, filled in as an old one is that it is to stand
// beside. What a token is bound to no form asks for, so that none like a bound one is made.
func (w *waldur) prepareLike(ctx context.Context, t model.Token) (model.Form, error) {
	kind, uuid, err := split(t.ID)
	if err == nil && kind != personalID {
		err = model.Fail(model.Unsupported, "a user has one session, so that no second one stands beside it; regenerate gives it a new key, and the old one ends at once")
	}
	if err == nil {
		err = w.manageable()
	}
	if err == nil {
		t, err = w.samePersonal(ctx, uuid, t)
	}
	if err != nil {
		return model.Form{}, err
	}
	if t.State == model.Revoked {
		return model.Form{}, &model.Error{Kind: model.Unsupported, Instead: model.Create, Message: model.Clean("this token is revoked: there is nothing to go on without an outage")}
	}
	row, err := w.readPersonal(ctx, uuid)
	if err != nil {
		return model.Form{}, err
	}
	if len(row.Bound)+len(row.Networks) > 0 {
		return model.Form{}, model.Fail(model.Unsupported, "this token is good for some things alone, or accepted from some networks only, which authdeck cannot give a new one; regenerate keeps that")
	}
	form, err := w.prepareCreate(ctx, t.Owner)
	if err != nil {
		return form, err
	}
	filled(form.Fields, t, time.Now())
	if lost := notOffered(form.Fields, t.Scope); len(lost) > 0 {
		form.Warnings = append(form.Warnings, "THE NEW TOKEN MAY DO LESS: this account cannot hand on "+strings.Join(lost, ", ")+" any more.")
	}
	return form, nil
}

// filled fills in what a token has; its end is as far away as it was when the token was made.
func filled(fields []model.Field, t model.Token, now time.Time) {
	name, _ := t.Name.Original()
	for i := range fields {
		switch f := &fields[i]; f.Key {
		case "name":
			f.Value = name
		case "scopes":
			f.Value = t.Scope.String()
		case "expires":
			made, known := t.Created.Time()
			end, ends := t.Expires.Time()
			if span := end.Sub(made); known && ends && span > 0 {
				f.Value = now.Add(min(span, longestLife-time.Hour)).UTC().Truncate(time.Minute).Format(time.RFC3339)
			}
		}
	}
}

// notOffered are the scopes of a token that are not among those to choose from.
func notOffered(fields []model.Field, scope model.Text) (lost []string) {
	for _, f := range fields {
		if f.Kind != model.AskChoices {
			continue
		}
		for _, one := range words(scope) {
			if !slices.ContainsFunc(f.Choices, func(c model.Choice) bool { return c.Value == one }) {
				lost = append(lost, one)
			}
		}
	}
	return lost
}
