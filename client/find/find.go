package find

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// API is a system that can be asked whatever the language of [query] says.
type API struct {
	model.API
	tokens *sieve[model.Token]
	users  *sieve[model.User]
	limits review.Limits
	writes atomic.Int64 // that were sent
}

// New lets a system be asked more than it understands. Limits are from when on something
// wants a look; the zero ones are the usual ones.
func New(api model.API, limits review.Limits) *API {
	limits = cmp.Or(limits, review.Usual())
	a := &API{API: api, limits: limits}
	source := func() *query.Source { return sourceOf(api.Info()) }
	at := func() review.Moment {
		return review.Moment{Now: time.Now(), Limits: limits, Endless: api.Info().Endless}
	}
	apart := func() bool { return !api.Info().OwnerAndMore }
	a.tokens = &sieve[model.Token]{
		ranges: func() []model.RangeField { return api.Info().TokenRanges }, apart: apart, count: (*review.Census).Count,
		ask:    byNumber(api.Tokens, func() []model.RangeField { return api.Info().TokenRanges }),
		fields: query.Tokens(), id: func(t model.Token) string { return t.ID }, source: source, at: at,
	}
	a.users = &sieve[model.User]{
		ranges: func() []model.RangeField { return api.Info().UserRanges }, apart: apart,
		ask: api.Users, fields: query.Users(), id: func(u model.User) string { return u.ID }, source: source, at: at,
	}
	return a
}

// Over is the same for a system that may be one already.
func Over(api model.API, limits review.Limits) *API {
	if already, is := api.(*API); is {
		return already
	}
	return New(api, limits)
}

// Limits are from when on something wants a look.
func (a *API) Limits() review.Limits { return a.limits }

// Tokens implements [model.API].
func (a *API) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	return a.tokens.page(ctx, q)
}

// Users implements [model.API].
func (a *API) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	return a.users.page(ctx, q)
}

// EachToken reads all tokens that a query asks for, with a Where or without, and hands them
// on as they come, with how far the reading is. Nothing of a row stays in memory, unless the
// question asks for an order. Note is what has to be known of the list, as a page has it.
func (a *API) EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (note string, err error) {
	return a.tokens.each(ctx, q, take)
}

// EachUser is EachToken for users.
func (a *API) EachUser(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (note string, err error) {
	return a.users.each(ctx, q, take)
}

// Do implements [model.API]: what was read before a write is not true any more.
func (a *API) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	if o.Action.Writes() {
		defer a.writes.Add(1)
		defer a.tokens.forget()
		defer a.users.forget()
	}
	return a.API.Do(ctx, o)
}

// Writes is how many writes were sent to the system from here, by whomever.
func (a *API) Writes() int64 { return a.writes.Load() }

// Candidate implements [model.Identifier].
func (a *API) Candidate(key model.Secret) model.Candidate { return model.CandidateOf(a.API, key) }

// Whose implements [model.Identifier].
func (a *API) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	return model.WhoseOf(ctx, a.API, key, by)
}

// sourceOf is a system as the language knows it.
func sourceOf(info model.Info) *query.Source {
	s := &query.Source{Name: info.Name, Kind: info.Kind, Silent: map[string]bool{}}
	for _, field := range info.Silent {
		s.Silent[field] = true
	}
	return s
}
