//go:build sixth

package sixth

import (
	"authdeck/client/wire"
	"authdeck/model"
)

// token is one on the wire; with its key where it was just made, and nowhere else.
type token struct {
	ID      string       `json:"id"`
	User    user         `json:"user"`
	Created wire.Time    `json:"created"`
	Current wire.Bool    `json:"current"` // this request was signed with it
	Key     model.Secret `json:"key"`
}

// user is one on the wire.
type user struct {
	ID     string     `json:"id"`
	Login  model.Text `json:"login"`
	Name   model.Text `json:"name"`
	Active wire.Bool  `json:"active"`
	Holds  wire.Bool  `json:"has_token"`
}

func (w token) token() model.Token {
	return model.Token{
		ID: w.ID, Name: model.Clean("#" + w.ID), Owner: w.User.user(), Created: w.Created.When(),
		Expires: model.Not(model.Never), State: model.Active, Own: w.Current.Answer == model.Yes,
	}
}

func (w user) user() model.User {
	return model.User{ID: w.ID, Username: w.Login, FullName: w.Name, Active: w.Active.Answer, HasToken: w.Holds.Answer}
}
