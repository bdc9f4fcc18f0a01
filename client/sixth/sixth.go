//go:build sixth

// Package sixth speaks a plain token service, which nobody runs: it is in a test build
// alone, as the smallest example of a dialect, and what a sixth system costs can be
// read off it. One token a user, without name, expiry or a second key; both lists come
// whole and without keys, and errors in the form of Django's REST framework.
// It must not know another dialect, the configuration or a screen.
package sixth

import (
	"context"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/model"
)

// sixth is one server.
type sixth struct {
	conn   *wire.Conn
	info   model.Info
	tokens *page.InMemory[model.Token]
	users  *page.InMemory[model.User]
}

// Dialect is how a server of this kind is opened.
func Dialect() wire.Dialect {
	return wire.Dialect{Open: open, Ways: []wire.Way{wire.ByToken}}
}

func open(c *wire.Conn, info model.Info) model.API {
	c.Sign = wire.Bearer("Bearer")
	s := &sixth{conn: c, info: info, tokens: tokenList(c), users: userList(c)}
	s.info.TokenSorts = []model.Sort{{Key: byLogin, Label: "by owner's login", By: model.Rising(model.ByOwner)}, {Key: newest, Label: "newest first", By: model.Falling(model.ByCreated)}}
	s.info.UserSorts = []model.Sort{{Key: byLogin, Label: "by login", By: model.Rising(model.ByName)}}
	s.info.TokenSearch, s.info.UserSearch = []string{"owner's login", "name"}, []string{"login", "name"}
	return s
}

// Info implements [model.API].
func (s *sixth) Info() model.Info {
	const anew = "there is one key a token; delete the token and create another"
	info := s.info
	info.Lone = "a user has one token here"
	info.Missing = model.Caps{
		model.Edit:       "a token has nothing to edit",
		model.Regenerate: anew,
		model.Replace:    anew,
		model.Revoke:     "a token is ended by its number and not by its key",
		model.Reveal:     "a key is shown once, when it is made",
	}
	return info
}

// Close implements [model.API]. Nothing is opened that would have to be ended.
func (s *sixth) Close(context.Context) error { return nil }

// WhoAmI implements [model.API].
func (s *sixth) WhoAmI(ctx context.Context) (model.User, error) {
	w, err := wire.Call[user](ctx, s.conn, wire.Get("/me"))
	if err == nil && w.ID == "" {
		err = model.Fail(model.Malformed, "the server answered without saying who we are; is this the right address?")
	}
	return w.user(), err
}

// Prepare implements [model.API].
func (s *sixth) Prepare(_ context.Context, a model.Action, t model.Token) (model.Form, error) {
	switch {
	case a == model.Delete && t.Own:
		return model.Form{Danger: true, Warnings: []string{"authdeck itself signs in with this token: this signs it out."}}, nil
	case a == model.Delete:
		return model.Form{Danger: true, Warnings: []string{"The key stops working at once and does not come back."}}, nil
	case a != model.Create:
		return model.Form{}, errUnsupported(a)
	case t.Owner.HasToken == model.Yes:
		return model.Form{}, errHolds()
	case t.Owner.ID != "":
		return model.Form{Review: endless()}, nil
	}
	return model.Form{Review: endless(), Fields: []model.Field{{Key: "user", Label: "user", Kind: model.AskUser, Help: "a user holds one token"}}}, nil
}

func endless() func(model.Draft) []string {
	return model.Whatever("The key works until somebody deletes it.")
}

func errUnsupported(a model.Action) error {
	return model.Fail(model.Unsupported, "this system does not "+a.String())
}

func errHolds() error { return model.Fail(model.Conflict, "this user already has a token") }
