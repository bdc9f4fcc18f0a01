package fleet

import (
	"context"
	"sync/atomic"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// member is one of the systems.
type member struct {
	name   string
	api    model.API
	lists  *find.API    // for whole readings, of which one question at a time is asked
	writes atomic.Int64 // that were sent from the fleet
}

// written is how many writes were sent to the system: what was read before one is old.
func (m *member) written() int64 {
	sent := m.writes.Load()
	if counts, is := m.api.(interface{ Writes() int64 }); is {
		sent += counts.Writes() // from the system's own pages too
	}
	return sent
}

func newMember(api model.API, limits review.Limits) *member {
	return &member{name: api.Info().Name, api: api, lists: find.New(lane{api, make(chan struct{}, 1)}, limits)}
}

// lane lets one question at a time to a system: whoever asks all systems at once asks none
// of them twice at once.
type lane struct {
	model.API
	one chan struct{}
}

func (l lane) enter(ctx context.Context) error {
	select {
	case l.one <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
}

func (l lane) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if err := l.enter(ctx); err != nil {
		return model.Page[model.Token]{}, err
	}
	defer func() { <-l.one }()
	return l.API.Tokens(ctx, q)
}

func (l lane) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if err := l.enter(ctx); err != nil {
		return model.Page[model.User]{}, err
	}
	defer func() { <-l.one }()
	return l.API.Users(ctx, q)
}

// home is a system as somebody sees it who came by the fleet, which learns of what is
// written there.
type home struct {
	model.API
	of *member
}

// Do implements [model.API].
func (h home) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	if o.Action.Writes() {
		defer h.of.writes.Add(1)
	}
	return h.API.Do(ctx, o)
}

// Candidate implements [model.Identifier].
func (h home) Candidate(key model.Secret) model.Candidate { return model.CandidateOf(h.API, key) }

// Whose implements [model.Identifier].
func (h home) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	return model.WhoseOf(ctx, h.API, key, by)
}
