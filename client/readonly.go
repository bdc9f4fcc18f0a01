package client

import (
	"context"
	"maps"

	"authdeck/model"
)

const readOnlyReason = "this console is read-only (--read-only, or read_only in the configuration)"

// ReadOnly keeps an API from changing anything. The rule stands here and not in
// the console's keys, so that no key can forget it.
func ReadOnly(api model.API) model.API { return readOnly{api} }

type readOnly struct{ model.API }

// Info takes every writing action away, with the reason.
func (r readOnly) Info() model.Info {
	info := r.API.Info()
	info.ReadOnly = true
	missing := maps.Clone(info.Missing)
	if missing == nil {
		missing = model.Caps{}
	}
	for _, a := range []model.Action{model.Create, model.Regenerate, model.Delete} {
		missing[a] = readOnlyReason
	}
	info.Missing = missing
	return info
}

func (r readOnly) Create(context.Context, model.Draft) (model.Issued, error) {
	return model.Issued{}, model.Fail(model.Unsupported, readOnlyReason)
}

func (r readOnly) Regenerate(context.Context, model.Token) (model.Issued, error) {
	return model.Issued{}, model.Fail(model.Unsupported, readOnlyReason)
}

func (r readOnly) Delete(context.Context, model.Token) error {
	return model.Fail(model.Unsupported, readOnlyReason)
}
