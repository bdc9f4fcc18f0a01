//go:build sixth

package sixth

import (
	"context"

	"authdeck/model"
)

// gone reads whether a token has ended. Of the console's own a refusal of the key is
// proof of it.
func (s *sixth) gone(ctx context.Context, t model.Token) (bool, error) {
	_, there, err := s.find(ctx, t)
	if t.Own && model.KindOf(err) == model.Unauthorized {
		return true, nil
	}
	return err == nil && !there, err
}

// Look implements [model.API].
func (s *sixth) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	switch o.Action {
	case model.Create:
		return s.lookFor(ctx, o.Owner)
	case model.Delete:
		gone, err := s.gone(ctx, o.Token)
		return finding(gone, err, "Token "+o.Token.Name.String()+" is gone.", "Token "+o.Token.Name.String()+" is there.")
	default:
		return model.Finding{}, errUnsupported(o.Action)
	}
}

// lookFor looks for the token of a user who had none before.
func (s *sixth) lookFor(ctx context.Context, owner model.User) (model.Finding, error) {
	found, there, err := find(ctx, s.tokens, func(t model.Token) bool { return t.Owner.ID == owner.ID })
	return finding(there, err, "This user has token "+found.Name.String()+" now. Its key did not arrive; delete it and create another.",
		"This user has no token.")
}

func finding(shows bool, err error, yes, no string) (model.Finding, error) {
	switch {
	case err != nil:
		return model.Finding{}, err
	case shows:
		return model.Finding{End: model.Visible, Words: yes}, nil
	}
	return model.Finding{End: model.Unseen, Words: no}, nil
}
