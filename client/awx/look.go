package awx

import (
	"context"

	"authdeck/model"
)

// Look implements [model.API].
func (i *issuer) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	switch o.Action {
	case model.Create:
		return i.lookCreated(ctx, o)
	case model.Edit:
		return i.lookEdited(ctx, o)
	case model.Regenerate:
		return i.lookRegenerated(ctx, o)
	case model.Delete:
		return i.lookDeleted(ctx, o.Token)
	default:
		return model.Finding{}, nil
	}
}

func (i *issuer) lookCreated(ctx context.Context, o model.Order) (model.Finding, error) {
	d, err := drafted(o)
	switch {
	case err != nil:
		return model.Finding{}, err
	case o.At.IsZero():
		return model.Finding{Words: "When it was ordered is not known, so that a token of it cannot be told from older ones."}, nil
	}
	alike := duplicateOf{draft: d, kind: application, since: o.At}
	if d.Application == 0 { // an application can have a user of its own
		me, err := i.asker(ctx)
		if err != nil {
			return model.Finding{}, err
		}
		alike.kind, alike.owner = personal, me.ID
	}
	found, err := i.findDuplicates(ctx, alike)
	switch {
	case err != nil:
		return model.Finding{}, err
	case len(found) == 0:
		return model.Finding{End: model.Unseen, Words: "No token like it is listed that was made since."}, nil
	}
	seen := model.Finding{End: model.Visible, Words: "Made since, and like it: " + names(found) + ". " + keyless(found) + " and create another."}
	if len(found) == 1 {
		seen.Token = found[0]
	}
	return seen, nil
}

// keyless says what becomes of tokens whose answer was lost.
func keyless(found []model.Token) string {
	if len(found) == 1 {
		return "If it is this order's, nobody has its key, which was in the answer that did not arrive: delete it"
	}
	return "A proxy may have sent the order more than once, or somebody else did the same in the same moment: delete those that nobody has the key of"
}

func (i *issuer) lookEdited(ctx context.Context, o model.Order) (model.Finding, error) {
	o, err := o.FilledIn(editFields(o.Token))
	if err != nil {
		return model.Finding{}, err
	}
	now, err := i.readRemains(ctx, o.Token)
	changes := changed(o)
	switch {
	case err != nil:
		return model.Finding{}, err
	case now.gone:
		return model.Finding{Words: "Token " + o.Token.Name.String() + " is not there any more: somebody ended it in this moment, before it was changed or after."}, nil
	case ordered(now.token, changes):
		return model.Finding{End: model.Visible, Words: "Token " + o.Token.Name.String() + " is as it was to be."}, nil
	case i.same(now.token, o.Token):
		return model.Finding{End: model.Unseen, Words: "Token " + o.Token.Name.String() + " is as it was before."}, nil
	}
	return model.Finding{Words: "Token " + o.Token.Name.String() + " is neither as it was nor as it was to be: somebody else may have changed it too."}, nil
}

// lookRegenerated looks for the successor: the old token is deleted only after the
// answer that held its key.
func (i *issuer) lookRegenerated(ctx context.Context, o model.Order) (model.Finding, error) {
	old, err := i.readRemains(ctx, o.Token)
	if err != nil {
		return model.Finding{}, err
	}
	words := "The old token, " + o.Token.Name.String() + ", is there and has not been touched."
	alike := duplicateOf{draft: old.token.successor(), kind: o.Token.Kind.String(), owner: o.Token.Owner.ID, since: o.At, except: []string{o.Token.ID}}
	if old.gone {
		words = "The old token, " + o.Token.Name.String() + ", is not there any more."
		alike.draft = draft{Description: o.Token.Description.String(), Scope: o.Token.Scope.String()}
	}
	if o.At.IsZero() {
		return model.Finding{Words: words}, nil
	}
	found, err := i.findDuplicates(ctx, alike)
	switch {
	case err != nil:
		return model.Finding{}, err
	case len(found) > 0:
		return model.Finding{End: model.Visible, Words: words + " Made since, and like it: " + names(found) + ". " + keyless(found) + " and regenerate again."}, nil
	case old.gone:
		return model.Finding{Words: words + " No successor is listed."}, nil
	}
	return model.Finding{End: model.Unseen, Words: words + " No successor is listed."}, nil
}

func (i *issuer) lookDeleted(ctx context.Context, t model.Token) (model.Finding, error) {
	now, err := i.readRemains(ctx, t)
	switch {
	case keyRefused(err) && t.Own:
		return model.Finding{End: model.Visible, Words: "Token " + t.Name.String() + ", which authdeck itself signed in with, is refused now."}, nil
	case err != nil:
		return model.Finding{}, err
	case now.gone:
		return model.Finding{End: model.Visible, Words: "Token " + t.Name.String() + " is gone: by this, or by somebody else in this moment."}, nil
	}
	return model.Finding{End: model.Unseen, Words: "It is still there: " + i.told(t, now.token) + "."}, nil
}
