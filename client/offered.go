package client

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// offered keeps what a system does not offer from being asked of it: the reason
// that Info gives is the answer, and nothing is sent. It stands once before every
// dialect, so that none has to think of it.
type offered struct {
	model.API

	clear bool // what is sent there can be read on the way
}

// Prepare implements [model.API].
func (o offered) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	if err := o.Info().Cannot(a); err != nil {
		return model.Form{}, err
	}
	if why := o.Info().Lone; why != "" && a == model.Create && t.ID != "" {
		return model.Form{}, model.Fail(model.Unsupported, why)
	}
	return o.API.Prepare(wire.WithOrder(ctx, a, t, model.User{}), a, t)
}

// Do implements [model.API].
func (o offered) Do(ctx context.Context, order model.Order) (model.Issued, error) {
	if err := o.Info().Cannot(order.Action); err != nil {
		return model.Issued{}, err
	}
	return o.API.Do(wire.WithOrder(ctx, order.Action, order.Token, order.Owner), order)
}

// Inspect implements [wire.Inspector] for systems that do.
func (o offered) Inspect(ctx context.Context) []model.Check {
	if system, ok := o.API.(wire.Inspector); ok {
		return system.Inspect(ctx)
	}
	return nil
}
