package hamgam

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"authdeck/client/wire"
	"authdeck/model"
)

// Users implements [model.API]. A user does not say whether it has a token, so
// the page is held against the list of those that have one.
func (h *hamgam) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if q.Filter.Only.ID != "" {
		return h.user(ctx, q.Filter.Only)
	}
	q.Sort = cmp.Or(q.Sort, h.info.UserSorts[0].Key)
	at, page, err := list[user](ctx, h, "/api/users/", q, hasToken(q.Filter.Choice))
	if err != nil {
		return model.Page[model.User]{}, err
	}
	found := model.Page[model.User]{Total: page.total()}
	said := map[string]model.Answer{withToken: model.Yes, withoutToken: model.No}[q.Filter.Choice]
	for _, w := range page.Results {
		if w.ID == 0 {
			return found, wire.ErrNoID("a user")
		}
		u := w.user()
		u.HasToken = said
		found.Items = append(found.Items, u)
	}
	found.Note = customersLeftOut(q, found.Items)
	next := at
	if said == model.Unsaid && at.beside != lost {
		next = h.markHolders(ctx, q, at, found.Items)
	}
	found.Next = next.next(len(found.Items), page.total())
	return found, nil
}

// customersLeftOut says whom a list may leave out: by the newer pages it holds staff and
// administrators alone (user/list), and customers may have tokens all the same. The server
// does not say which list it has; a whole page without a customer does.
func customersLeftOut(q model.Query, users []model.User) string {
	narrowed := q.Search != "" || q.Filter != (model.Filter{}) || len(q.Ranges) > 0
	if narrowed || len(users) < 2 || slices.ContainsFunc(users, func(u model.User) bool { return u.Staff != model.Yes && u.Admin != model.Yes }) {
		return ""
	}
	return "All on this page are staff or administrators: newer servers list nobody else, though customers may have tokens too."
}

// user reads one user. Whether it has a token is known to whoever asks, or
// not: the object does not say.
func (h *hamgam) user(ctx context.Context, only model.User) (model.Page[model.User], error) {
	path, err := wire.Slashed("api", "users", only.ID)
	if err != nil {
		return model.Page[model.User]{}, err
	}
	w, err := wire.Call[user](ctx, h.conn, wire.Request{Method: http.MethodGet, Path: path})
	if err != nil {
		return model.Page[model.User]{}, err
	}
	u := w.user()
	if u.ID != only.ID {
		return model.Page[model.User]{}, wire.ErrAnother("user")
	}
	u.HasToken = only.HasToken
	return model.Page[model.User]{Items: []model.User{u}, Total: 1}, nil
}

// markHolders says of each user on a page whether it has a token, and returns
// where the next page's holders begin. Both lists have the same order, so the
// page's holders are the first rows of the holders' list from where the page
// before ended; the last row of that page is read once more, to see that nothing
// has moved. A list that does not come, or does not fit to that, leaves the rest
// of this page unknown, and all of the pages that follow.
func (h *hamgam) markHolders(ctx context.Context, q model.Query, at pageCursor, users []model.User) pageCursor {
	off := pageCursor{offset: at.offset, beside: lost}
	holders, whole, ok := h.holders(ctx, q, at)
	if !ok {
		return off
	}
	on := map[string]*model.User{}
	for i := range users {
		on[users[i].ID] = &users[i]
	}
	found := 0
	for ; found < len(holders) && on[holders[found]] != nil; found++ {
		on[holders[found]].HasToken = model.Yes
		at.last = holders[found]
	}
	for _, id := range holders[found:] {
		if on[id] != nil {
			return off // a holder of another page stands between those of this one
		}
	}
	if found < len(users) && found == len(holders) && !whole {
		return off // the holders' page ends before the users' does
	}
	for i := range users {
		if users[i].HasToken == model.Unsaid {
			users[i].HasToken = model.No
		}
	}
	at.beside += found
	return at
}

// holders are the numbers of the users with a token from a place on; whole says
// that the list ends with them.
func (h *hamgam) holders(ctx context.Context, q model.Query, at pageCursor) (ids []string, whole, ok bool) {
	again := min(1, at.beside) // how many rows are read once more
	q.At, q.Size = pageCursor{offset: at.beside - again}.encode(), q.Size+again
	_, page, err := list[user](ctx, h, "/api/users/", q, hasToken(withToken))
	if err != nil {
		return nil, false, false
	}
	for _, w := range page.Results {
		ids = append(ids, strconv.FormatInt(w.ID, 10))
	}
	if again == 1 && (len(ids) == 0 || ids[0] != at.last) {
		return nil, false, false
	}
	ids = ids[again:]
	return ids, at.beside+len(ids) >= page.total(), true
}

// hasToken is a filter in the server's words.
func hasToken(choice string) url.Values {
	value := map[string]string{withToken: "true", withoutToken: "false"}[choice]
	if value == "" {
		return nil
	}
	return url.Values{"has_token": {value}}
}
