package fleet

import (
	"time"

	"authdeck/client/page"
	"authdeck/model"
	"authdeck/model/query"
)

// order is one that the merged list can stand in.
type order[T any] struct {
	model.Sort
	compare func(a, b T) int
}

func by[T any](fields []query.Field[T], sorts ...query.Sort) func(a, b T) int {
	return query.Compare(query.Query{Sorts: sorts}, fields, nil, page.Fold)
}

// tokenOrders begin with what expires next, as of now.
func tokenOrders() []order[model.Token] {
	fields := query.Tokens()
	return []order[model.Token]{
		{model.Sort{Key: "expires", Label: "expires soonest", By: model.Rising(model.ByExpires)}, endsNext(time.Now(), by(fields, query.Sort{Field: "expires"}))},
		{model.Sort{Key: "oldest", Label: "oldest key", By: model.Rising(model.ByUpdated)}, by(fields, query.Sort{Field: "age", Falls: true})},
		{model.Sort{Key: "used", Label: "used longest ago", By: model.Rising(model.ByLastUsed)}, by(fields, query.Sort{Field: "used"})},
		{model.Sort{Key: "owner", Label: "owner", By: model.Rising(model.ByOwner)}, by(fields, query.Sort{Field: "owner"})},
		{model.Sort{Key: "system", Label: "system", By: model.Rising(model.BySystem)}, by(fields, query.Sort{Field: "system"}, query.Sort{Field: "owner"})},
	}
}

func userOrders() []order[model.User] {
	fields := query.Users()
	return []order[model.User]{
		{model.Sort{Key: "user", Label: "username", By: model.Rising(model.ByName)}, by(fields, query.Sort{Field: "user"})},
		{model.Sort{Key: "system", Label: "system", By: model.Rising(model.BySystem)}, by(fields, query.Sort{Field: "system"}, query.Sort{Field: "user"})},
		{model.Sort{Key: "seen", Label: "signed in longest ago", By: model.Rising(model.ByLastLogin)}, by(fields, query.Sort{Field: "seen"})},
	}
}

func tokenSorts() []model.Sort { return sortsOf(tokenOrders()) }

func userSorts() []model.Sort { return sortsOf(userOrders()) }

func sortsOf[T any](orders []order[T]) []model.Sort {
	sorts := make([]model.Sort, len(orders))
	for i, o := range orders {
		sorts[i] = o.Sort
	}
	return sorts
}

// endsNext has what is ahead first, the nearest on top; then what is over, the latest on
// top; then what never ends, has no end, and of which that is not known.
func endsNext(now time.Time, soonest func(a, b model.Token) int) func(a, b model.Token) int {
	return func(a, b model.Token) int {
		at, isOver := ended(a, now)
		other, otherIs := ended(b, now)
		switch {
		case at.IsZero() || other.IsZero():
			return soonest(a, b)
		case isOver && otherIs:
			return other.Compare(at)
		case isOver:
			return 1
		case otherIs:
			return -1
		}
		return at.Compare(other)
	}
}

// ended is when a token ends, or ended; the zero time where that is no moment.
func ended(t model.Token, now time.Time) (at time.Time, over bool) {
	at, known := t.Expires.Time()
	if !known {
		return time.Time{}, false
	}
	return at, at.Before(now) || t.State == model.Expired || t.State == model.Revoked
}
