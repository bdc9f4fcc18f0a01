package awx

import (
	"context"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// people are the users of a server, which every generation has.
type people struct {
	*server
	users listing
}

// What users can be narrowed to.
const (
	superusers  = "superusers"
	others      = "others"
	switchedOff = "switched-off"
)

// everybody is what every generation can do to the list of users, and some sorts
// more.
func everybody(more ...model.Sort) listing {
	return listing{
		sorts: slices.Concat([]model.Sort{
			{Key: "username", Label: "by username", By: model.Rising(model.ByName)},
			{Key: "id", Label: "oldest first", By: model.Rising(model.ByCreated)},
			{Key: "-id", Label: "newest first", By: model.Falling(model.ByCreated)},
		}, more),
		filters: []model.Choice{{Value: superusers, Label: "superusers"}, {Value: others, Label: "all but superusers"}},
		chosen:  map[string][2]string{superusers: {"is_superuser", "true"}, others: {"is_superuser", "false"}},
		ranges:  []model.RangeField{{Name: "id", Kind: model.Numbers}},
		search:  []string{"search"},
	}
}

// withActivity is a list that can be narrowed by whether a user is active, which no
// generation shows (seen where the tokens of issuers are).
func withActivity(l listing) listing {
	l.filters = append(l.filters, model.Choice{Value: switchedOff, Label: "switched off"})
	l.chosen[switchedOff] = [2]string{"is_active", "false"}
	return l
}

// lastLogin are the orders by a field that a Tower of auth tokens does not show.
// The database puts those without one at the end, and at the top the other way
// round.
func lastLogin() []model.Sort {
	return []model.Sort{
		{Key: "last_login", Label: "last login, longest ago", By: model.Rising(model.ByLastLogin)},
		{Key: "-last_login", Label: "last login, latest; without one on top", By: model.Falling(model.ByLastLogin)},
	}
}

func (p *people) describe(info *model.Info) {
	info.Silent = []string{"mobile", "owner_email"} // of whose a token is there are the names (summary_fields)
	info.UserSearch = []string{"username", "first name", "last name", "e-mail"}
	info.UserSorts, info.UserFilters, info.UserRanges = p.users.sorts, p.users.filters, p.users.ranges
}

// Users implements [model.API].
func (p *people) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if q.Filter.Only.ID != "" {
		return p.user(ctx, q.Filter.Only.ID)
	}
	path, err := p.path("users")
	if err != nil {
		return model.Page[model.User]{}, err
	}
	return list(ctx, p.server, path, p.users, q, func(w user) (model.User, error) {
		if w.ID == 0 {
			return model.User{}, wire.ErrNoID("a user")
		}
		u := w.user()
		if q.Filter.Choice == switchedOff {
			u.Active = model.No
		}
		return u, nil
	})
}

func (p *people) user(ctx context.Context, id string) (model.Page[model.User], error) {
	path, err := p.numbered("users", id)
	if err != nil {
		return model.Page[model.User]{}, err
	}
	w, err := ask[user](ctx, p.server, wire.Get(path))
	if err != nil {
		return model.Page[model.User]{}, err
	}
	u := w.user()
	if u.ID != id {
		return model.Page[model.User]{}, wire.ErrAnother("user")
	}
	return model.Page[model.User]{Items: []model.User{u}, Total: 1}, nil
}
