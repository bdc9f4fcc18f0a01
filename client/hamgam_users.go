package client

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"authdeck/model"
)

// Users implements [model.API]. A user does not say whether it has a token, so
// the page is held against the list of those that have one.
func (h *hamgam) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if q.Filter.Only.ID != "" {
		return h.user(ctx, q.Filter.Only)
	}
	q.Sort = cmp.Or(q.Sort, h.info.UserSorts[0].Key)
	at, page, err := hamgamList[hamgamUser](ctx, h, "/api/users/", q, hasToken(q.Filter.HasToken))
	if err != nil {
		return model.Page[model.User]{}, err
	}
	found := model.Page[model.User]{Total: page.total()}
	for _, w := range *page.Results {
		if w.ID == 0 {
			return found, model.Fail(model.Malformed, "the server answered with a user that has no id")
		}
		u := w.user()
		u.HasToken = q.Filter.HasToken
		found.Items = append(found.Items, u)
	}
	next := at
	if q.Filter.HasToken == model.Unsaid {
		next.beside = h.markHolders(ctx, q, at, found.Items)
	}
	found.Next = next.after(len(found.Items), page.total())
	return found, nil
}

// user reads one user. Whether it has a token is known to whoever asks, or
// not: the object does not say.
func (h *hamgam) user(ctx context.Context, only model.User) (model.Page[model.User], error) {
	path, err := join("api", "users", only.ID)
	if err != nil {
		return model.Page[model.User]{}, err
	}
	w, err := call[hamgamUser](ctx, h.conn, request{method: http.MethodGet, path: path})
	if err != nil {
		return model.Page[model.User]{}, err
	}
	u := w.user()
	if u.ID != only.ID {
		return model.Page[model.User]{}, model.Fail(model.Malformed, "the server answered with another user")
	}
	u.HasToken = only.HasToken
	return model.Page[model.User]{Items: []model.User{u}, Total: 1}, nil
}

// markHolders says of each user on a page whether it has a token, and returns
// how many holders come before the next page. Both lists have the same order, so
// the page's holders are the first rows of the holders' list from where the page
// before ended. A list that does not come, or does not fit to that, leaves the
// rest of this page unknown, and all of the pages that follow.
func (h *hamgam) markHolders(ctx context.Context, q model.Query, at place, users []model.User) int {
	if at.beside == lost {
		return lost
	}
	q.At = place{offset: at.beside}.cursor()
	_, page, err := hamgamList[hamgamUser](ctx, h, "/api/users/", q, hasToken(model.Yes))
	if err != nil {
		return lost
	}
	on := map[string]*model.User{}
	for i := range users {
		on[users[i].ID] = &users[i]
	}
	found := 0
	for row, w := range *page.Results {
		holder := on[strconv.FormatInt(w.ID, 10)]
		switch {
		case holder == nil:
			continue
		case row != found:
			return lost // a holder of another page stands between those of this one
		}
		holder.HasToken = model.Yes
		found++
	}
	for i := range users {
		if users[i].HasToken == model.Unsaid {
			users[i].HasToken = model.No
		}
	}
	return at.beside + found
}

func hasToken(a model.Answer) url.Values {
	switch a {
	case model.Yes:
		return url.Values{"has_token": {"true"}}
	case model.No:
		return url.Values{"has_token": {"false"}}
	case model.Unsaid:
	}
	return nil
}
