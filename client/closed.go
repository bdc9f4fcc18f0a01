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
func (c closed) Info() model.Info {
	info := c.info
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

func (c closed) Create(context.Context, model.Draft) (model.Issued, error) {
	return model.Issued{}, c.err
}

func (c closed) Regenerate(context.Context, model.Token) (model.Issued, error) {
	return model.Issued{}, c.err
}

func (c closed) Delete(context.Context, model.Token) error { return c.err }

func (c closed) Reveal(context.Context, model.Token) (model.Secret, error) {
	return model.Secret{}, c.err
}
