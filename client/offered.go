package client

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// offered keeps what a system does not offer from being asked of it: the reason
// that Info gives is the answer, and nothing is sent. And nothing is asked of it before its
// credential is there. It stands once before every dialect, so that none has to think of it.
type offered struct {
	model.API

	credential *asking
	clear      bool // what is sent there can be read on the way
}

// Info implements [model.API]. A system whose credential could not be read offers nothing.
func (o offered) Info() model.Info {
	if o.credential.failed() {
		return unopened(o.API.Info())
	}
	return o.API.Info()
}

// WhoAmI implements [model.API].
func (o offered) WhoAmI(ctx context.Context) (model.User, error) {
	if err := o.credential.wait(ctx, false); err != nil {
		return model.User{}, err
	}
	return o.API.WhoAmI(ctx)
}

// Tokens implements [model.API]. Who wants the list anew wants the credential to be tried
// again too.
func (o offered) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if err := o.credential.wait(ctx, q.Fresh); err != nil {
		return model.Page[model.Token]{}, err
	}
	return o.API.Tokens(ctx, q)
}

// Users implements [model.API], as Tokens.
func (o offered) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if err := o.credential.wait(ctx, q.Fresh); err != nil {
		return model.Page[model.User]{}, err
	}
	return o.API.Users(ctx, q)
}

// Look implements [model.API].
func (o offered) Look(ctx context.Context, order model.Order) (model.Finding, error) {
	if err := o.credential.wait(ctx, false); err != nil {
		return model.Finding{}, err
	}
	return o.API.Look(ctx, order)
}

// Close implements [model.API]. A command that gives the credential ends before what it would
// have opened.
func (o offered) Close(ctx context.Context) error {
	o.credential.end(ctx)
	return o.API.Close(ctx)
}

// Prepare implements [model.API].
func (o offered) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	if err := o.ready(ctx, a); err != nil {
		return model.Form{}, err
	}
	if why := o.Info().Lone; why != "" && a == model.Create && t.ID != "" {
		return model.Form{}, model.Fail(model.Unsupported, why)
	}
	return o.API.Prepare(wire.WithOrder(ctx, a, t, model.User{}), a, t)
}

// Do implements [model.API].
func (o offered) Do(ctx context.Context, order model.Order) (model.Issued, error) {
	if err := o.ready(ctx, order.Action); err != nil {
		return model.Issued{}, err
	}
	return o.API.Do(wire.WithOrder(ctx, order.Action, order.Token, order.Owner), order)
}

// ready keeps what is not offered from being asked, and waits for the credential.
func (o offered) ready(ctx context.Context, a model.Action) error {
	if err := o.API.Info().Cannot(a); err != nil {
		return err
	}
	return o.credential.wait(ctx, false)
}

// Inspect implements [wire.Inspector] for systems that do.
func (o offered) Inspect(ctx context.Context) []model.Check {
	if system, ok := o.API.(wire.Inspector); ok {
		return system.Inspect(ctx)
	}
	return nil
}
