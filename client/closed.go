package client

import (
	"context"

	"authdeck/model"
)

// closed is a system that could not be opened. Everything asked of it fails
// with the reason, so it can stand in a list of systems like any other.
type closed struct {
	info model.Info
	err  error
}

// Info offers nothing.
func (c closed) Info() model.Info { return unopened(c.info) }

// unopened is what a system that could not be opened says of itself.
func unopened(info model.Info) model.Info {
	info.Missing = model.Caps{}
	for _, a := range model.Actions() {
		info.Missing[a] = "this system could not be opened"
	}
	return info
}

func (c closed) WhoAmI(context.Context) (model.User, error) { return model.User{}, c.err }

func (c closed) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	return model.Page[model.Token]{}, c.err
}

func (c closed) Users(context.Context, model.Query) (model.Page[model.User], error) {
	return model.Page[model.User]{}, c.err
}

// Prepare implements [model.API].
func (c closed) Prepare(context.Context, model.Action, model.Token) (model.Form, error) {
	return model.Form{}, c.err
}

// Do implements [model.API].
func (c closed) Do(context.Context, model.Order) (model.Issued, error) {
	return model.Issued{}, c.err
}

// Look implements [model.API].
func (c closed) Look(context.Context, model.Order) (model.Finding, error) {
	return model.Finding{}, c.err
}

// Close has nothing to end.
func (c closed) Close(context.Context) error { return nil }
