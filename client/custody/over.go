package custody

import (
	"context"
	"slices"
	"time"

	"authdeck/model"
)

// over is a system whose new keys are kept.
type over struct {
	model.API

	safe *Safe
}

// Over has the safe keep each key that a system gives, before anybody hears of the answer. Between
// the answer of the server and the file there is no step that could wait.
func (s *Safe) Over(api model.API) model.API { return over{api, s} }

// Do implements [model.API]. What a system shows again is not kept.
func (o over) Do(ctx context.Context, order model.Order) (model.Issued, error) {
	issued, err := o.API.Do(ctx, order)
	if order.Action == model.Reveal || issued.Key.Empty() {
		return issued, err
	}
	t := issued.Of(order.Token)
	issued.Kept = o.safe.keep(label{
		System: o.Info().Name, Action: order.Action.String(), ID: t.ID, Name: t.Name.Came(),
		OwnerID: t.Owner.ID, Owner: t.Owner.Username.Came(), At: time.Now().UTC().Truncate(time.Second), Plan: order.Plan,
	}, issued.Key)
	return issued, err
}

// Prepare implements [model.API]. An order that brings a key is not refused where none can
// be kept: it may be what ends an outage. It is said before anything is sent.
func (o over) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	form, err := o.API.Prepare(ctx, a, t)
	if err != nil || !slices.Contains([]model.Action{model.Create, model.Regenerate, model.Replace}, a) {
		return form, err
	}
	if why := o.safe.Ready(); why != nil {
		form.Now = append(slices.Clip(form.Now), model.Unkept(why))
	}
	return form, nil
}

// Candidate implements [model.Identifier].
func (o over) Candidate(key model.Secret) model.Candidate { return model.CandidateOf(o.API, key) }

// Whose implements [model.Identifier].
func (o over) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	return model.WhoseOf(ctx, o.API, key, by)
}
