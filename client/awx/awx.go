// Package awx speaks AWX, Ansible Tower and the Ansible Automation Platform, by
// AWX's sources (awx/api: views, serializers, authentication), the Tower 3.2
// documentation of auth_token, and django-ansible-base (oauth2_provider).
//
// There are four generations with different tokens, told apart by what a server
// offers to anybody and never by its version: the numbers of AWX and of Tower
// overlap.
// It must not know another dialect, the configuration or a screen.
package awx

import (
	"context"
	"errors"
	"sync/atomic"

	"authdeck/client/wire"
	"authdeck/model"
)

// The generations, as a configuration names them.
const (
	oldTower = "tower"   // Tower up to 3.2, AWX up to 1.0.4: the auth tokens of sign-ins
	oauth2   = "oauth2"  // AWX 1.0.5 to 24.6, Tower 3.3 to 3.8, AAP up to 2.4
	gateway  = "gateway" // AAP from 2.5 on
	none     = "none"    // AWX without OAuth2, after 2024
)

// generation is a server of one of them.
type generation interface {
	describe(info *model.Info) // fills in what it offers
	WhoAmI(ctx context.Context) (model.User, error)
	Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error)
	Users(ctx context.Context, q model.Query) (model.Page[model.User], error)
	orders
	Close(ctx context.Context) error
	wire.Inspector
}

// orders is an order from the question to what became of it.
type orders interface {
	Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error)
	Do(ctx context.Context, o model.Order) (model.Issued, error)
	Look(ctx context.Context, o model.Order) (model.Finding, error)
}

// awx is a server whose generation is found out by the first request that needs
// it.
type awx struct {
	conn *wire.Conn
	info model.Info

	turn  chan struct{}         // one detection at a time; who waits for it can give up
	found atomic.Pointer[known] // nil until then
}

// known is a generation behind a pointer, so that Info does not wait for a probe.
type known struct{ generation }

// Dialect is how one of them is opened.
func Dialect() wire.Dialect {
	return wire.Dialect{
		Open:        open,
		Ways:        []wire.Way{wire.ByToken, wire.ByBasic},
		Generations: []string{oldTower, oauth2, gateway, none},
	}
}

func open(c *wire.Conn, info model.Info) model.API {
	c.Refusals, c.WaitingPath = refusals(), migrations
	a := &awx{conn: c, info: info, turn: make(chan struct{}, 1)}
	if forced := info.Generation; forced != "" {
		a.settle(endpoint{forced, basePath(forced)})
	}
	return a
}

// settle makes the generation of a place the one that is spoken from now on.
func (a *awx) settle(p endpoint) generation {
	g := openers()[p.generation](&server{conn: a.conn, base: p.base})
	a.found.Store(&known{g})
	return g
}

func openers() map[string]func(*server) generation {
	return map[string]func(*server) generation{oldTower: newTower, oauth2: newOAuth2, gateway: newGateway, none: newTokenless}
}

// generation is the server's, found out now if it is not known yet. A probe that
// failed is made again by the next request.
func (a *awx) generation(ctx context.Context) (generation, error) {
	select {
	case a.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, givenUp(ctx)
	}
	defer func() { <-a.turn }()
	if k := a.found.Load(); k != nil {
		return k.generation, nil
	}
	p, err := detect(ctx, a.conn)
	if err != nil {
		return nil, err
	}
	return a.settle(p), nil
}

// givenUp is for who does not wait for an answer any longer.
func givenUp(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &model.Error{Kind: model.Cancelled, Message: model.Clean("given up"), Cause: ctx.Err()}
	}
	return &model.Error{Kind: model.Unavailable, Message: model.Clean("no answer in time"), Cause: ctx.Err()}
}

// Info implements [model.API].
func (a *awx) Info() model.Info {
	info := a.info
	if k := a.found.Load(); k != nil {
		k.describe(&info)
		return info
	}
	anyOfThem(&info)
	return info
}

// WhoAmI implements [model.API].
func (a *awx) WhoAmI(ctx context.Context) (model.User, error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.User{}, err
	}
	return g.WhoAmI(ctx)
}

// Tokens implements [model.API].
func (a *awx) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.Page[model.Token]{}, err
	}
	return g.Tokens(ctx, q)
}

// Users implements [model.API].
func (a *awx) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.Page[model.User]{}, err
	}
	return g.Users(ctx, q)
}

// Prepare implements [model.API].
func (a *awx) Prepare(ctx context.Context, action model.Action, t model.Token) (model.Form, error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.Form{}, err
	}
	return g.Prepare(ctx, action, t)
}

// Do implements [model.API].
func (a *awx) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.Issued{}, err
	}
	return g.Do(ctx, o)
}

// Look implements [model.API].
func (a *awx) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	g, err := a.generation(ctx)
	if err != nil {
		return model.Finding{}, err
	}
	return g.Look(ctx, o)
}

// Close implements [model.API]. What is found out of the generation only now signs
// in nowhere.
func (a *awx) Close(ctx context.Context) error {
	if err := a.conn.StopSignIns(ctx); err != nil {
		return err
	}
	if k := a.found.Load(); k != nil {
		return k.Close(ctx)
	}
	return nil
}

// Inspect implements [wire.Inspector].
func (a *awx) Inspect(ctx context.Context) []model.Check {
	g, err := a.generation(ctx)
	if err != nil {
		return []model.Check{{
			What: "generation", Verdict: model.Failed, Found: model.Clean(model.Reason(err)),
			Advice: "set generation in the configuration, if the address is right",
		}}
	}
	var info model.Info
	g.describe(&info)
	found := model.Check{What: "generation", Verdict: model.OK, Found: model.Clean(info.Generation)}
	if a.info.Generation != "" {
		found.Found = model.Clean(info.Generation + ", because the configuration says so")
	}
	return append([]model.Check{found}, g.Inspect(ctx)...)
}
