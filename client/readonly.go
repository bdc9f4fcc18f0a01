package client

import (
	"context"
	"maps"

	"authdeck/model"
)

const readOnlyReason = "authdeck is read-only here (--read-only, or read_only in the configuration)"

// ReadOnly keeps an API from changing anything. The rule stands here and not in
// the console's keys, so that no key can forget it.
func ReadOnly(api model.API) model.API { return readOnly{api} }

// readOnly embeds nothing, so that a method that is added to the interface does
// not slip through.
type readOnly struct{ api model.API }

func (r readOnly) WhoAmI(ctx context.Context) (model.User, error) { return r.api.WhoAmI(ctx) }

func (r readOnly) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	return r.api.Tokens(ctx, q)
}

func (r readOnly) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	return r.api.Users(ctx, q)
}

// Info takes every writing action away, with the reason.
func (r readOnly) Info() model.Info {
	info := r.api.Info()
	info.ReadOnly = true
	missing := maps.Clone(info.Missing)
	if missing == nil {
		missing = model.Caps{}
	}
	for _, a := range model.Actions() {
		if a.Writes() {
			missing[a] = readOnlyReason
		}
	}
	info.Missing = missing
	return info
}

func (r readOnly) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	if a.Writes() {
		return model.Form{}, model.Fail(model.Refused, readOnlyReason)
	}
	return r.api.Prepare(ctx, a, t)
}

func (r readOnly) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	if o.Action.Writes() {
		return model.Issued{}, model.Fail(model.Refused, readOnlyReason)
	}
	return r.api.Do(ctx, o)
}

func (r readOnly) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	return r.api.Look(ctx, o)
}

// Close ends a session of the console's own, which changes nothing for anybody
// else.
func (r readOnly) Close(ctx context.Context) error { return r.api.Close(ctx) }
