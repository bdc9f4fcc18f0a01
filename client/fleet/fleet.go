package fleet

import (
	"context"
	"fmt"

	"authdeck/model"
	"authdeck/model/review"
)

// Name is what the fleet is called beside the systems.
const Name = "all"

// Fleet is a [model.Union]. Make it with New.
type Fleet struct {
	members []*member
	tokens  *list[model.Token] // for a question
	plain   *list[model.Token] // and without one
	users   *list[model.User]
	limits  review.Limits
}

// New makes systems one. They stay the caller's, who closes them after it.
func New(apis []model.API, limits review.Limits) *Fleet {
	f := &Fleet{limits: limits}
	for _, api := range apis {
		f.members = append(f.members, newMember(api, limits))
	}
	f.tokens, f.plain, f.users = newTokens(f.members), newTokens(f.members), newUsers(f.members)
	return f
}

// Limits are from when on something wants a look.
func (f *Fleet) Limits() review.Limits { return f.limits }

// WhoAmI says nothing new: the credential is another one in each system.
func (f *Fleet) WhoAmI(context.Context) (model.User, error) {
	return model.User{Username: model.Clean(f.size())}, nil
}

func (f *Fleet) size() string { return fmt.Sprintf("%d systems", len(f.members)) }

// Tokens implements [model.API].
func (f *Fleet) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	asked, other := f.tokens, f.plain
	if keyOf(q) == keyOf(model.Query{}) {
		asked, other = other, asked
	}
	other.rest()
	return asked.page(ctx, q)
}

// Users implements [model.API].
func (f *Fleet) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	return f.users.page(ctx, q)
}

// Prepare implements [model.API] for whoever does not go to the token's own system by itself.
func (f *Fleet) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	home, own := f.Home(t)
	if home == nil {
		return model.Form{}, model.Fail(model.Unsupported, nowhere)
	}
	return home.Prepare(ctx, a, own)
}

// Do implements [model.API]: exactly one system hears of it.
func (f *Fleet) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	home, own := f.homeOf(&o)
	if home == nil {
		return model.Issued{}, model.Fail(model.Unsupported, nowhere)
	}
	issued, err := home.Do(ctx, own)
	issued.Token = f.Guest(home.Info().Name, issued.Token)
	return issued, err
}

// Look implements [model.API].
func (f *Fleet) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	home, own := f.homeOf(&o)
	if home == nil {
		return model.Finding{}, model.Fail(model.Unsupported, nowhere)
	}
	return home.Look(ctx, own)
}

// homeOf is the system that an order is for, and the order as that knows it.
func (f *Fleet) homeOf(o *model.Order) (model.API, model.Order) {
	own := *o
	home, token := f.Home(o.Token)
	if home == nil {
		return nil, own
	}
	own.Token = token
	_, own.Owner = ownUser(o.Owner)
	return home, own
}

// Close ends what is being read. The systems are closed by whoever opened them.
func (f *Fleet) Close(context.Context) error {
	f.tokens.close()
	f.plain.close()
	f.users.close()
	return nil
}
