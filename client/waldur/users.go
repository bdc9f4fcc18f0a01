package waldur

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/model"
)

const usersPath = "/api/users/"

// Users implements [model.API]. The server keeps a record of whose name and
// address somebody has read, so no more is asked than is shown.
func (w *waldur) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if q.Filter.Only.ID != "" {
		return w.oneUser(ctx, q.Filter.Only.ID)
	}
	n, err := page.Number(q.At)
	if err == nil {
		err = w.understood(q, w.info.UserSorts, nil, w.info.UserFilters)
	}
	if err != nil {
		return model.Page[model.User]{}, err
	}
	query, note := w.asked(q)
	s, err := fetchPage[user](ctx, w, usersPath, n, min(max(1, q.Size), maxPageSize), query)
	if err != nil {
		return model.Page[model.User]{}, err
	}
	found := model.Page[model.User]{Total: s.total, Note: joined(note, w.visibleUsersNote())}
	for _, row := range s.rows {
		if row.id() == "" {
			return model.Page[model.User]{}, wire.ErrNoID("a user")
		}
		found.Items = append(found.Items, w.person(row))
	}
	if s.more {
		found.Next = page.Cursor(n + 1)
		found.Onward = page.Onward(q.At, found.Next)
	}
	return found, nil
}

// asked is a query in the server's words (waldur_core/structure/filters.py,
// UserFilter). The user name decides between those who are equal, or rows would
// change places between two pages. The note is what the server cannot be asked.
func (w *waldur) asked(q model.Query) (_ url.Values, note string) {
	sort := cmp.Or(q.Sort, w.info.UserSorts[0].Key)
	if sort == "full_name" || sort == "email" {
		sort += ",username"
	}
	query := url.Values{"field": userFields(), "o": {sort}}
	note = search(query, q.Search)
	switch q.Filter.Choice {
	case "active":
		query.Set("is_active", "true")
	case "inactive":
		query.Set("is_active", "false")
	case "staff":
		query.Set("is_staff", "true")
	case "support":
		query.Set("is_support", "true")
	}
	return query, note
}

// visibleUsersNote says whom the list leaves out, once it is known who asks. Only to
// staff and support does the server say at all who is staff: to everybody else it
// leaves that out, of themselves too (7.0.7, seen).
func (w *waldur) visibleUsersNote() string {
	me := w.account.Load()
	if me == nil || me.user.Staff == model.Yes || !me.user.Role.Empty() {
		return ""
	}
	return "Waldur shows you those who share an organization or a project with you; staff and support see everybody."
}

func (w *waldur) oneUser(ctx context.Context, id string) (model.Page[model.User], error) {
	path, err := wire.Slashed("api", "users", id)
	if err != nil {
		return model.Page[model.User]{}, err
	}
	row, err := wire.Call[user](ctx, w.conn, wire.Request{
		Method: http.MethodGet, Path: path, Query: url.Values{"field": userFields()},
	})
	if err != nil {
		return model.Page[model.User]{}, err
	}
	if row.id() != id {
		return model.Page[model.User]{}, wire.ErrAnother("user")
	}
	return model.Page[model.User]{Items: []model.User{w.person(row)}, Total: 1}, nil
}

// person is a user. That we have no session does not say that we have no token:
// ours may be personal access tokens, which the row leaves out.
func (w *waldur) person(row user) model.User {
	u, me := row.user(), w.account.Load()
	if me != nil && me.user.ID == u.ID && u.HasToken == model.No && !w.noPersonal.Load() {
		u.HasToken = model.Unsaid
	}
	return u
}
