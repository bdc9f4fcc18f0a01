package authentik

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"authdeck/client/page"
	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

// largest is the page size that a server of 2025.12 or later allows unless it is
// told otherwise (authentik/tenants/models.py, pagination_max_page_size). More is
// lowered in silence.
const largest = 100

// shorter is for a page that is behind the end of a list.
const shorter = "the list has become shorter and has no such page any more; read it from its beginning"

// order is a sort, and the ordering parameter that it is sent as. Each ends with
// a field that no two rows share, or rows could move between pages.
type order struct {
	key, label, sent string
	by               model.By
}

func sorts(orders []order) []model.Sort {
	var all []model.Sort
	for _, o := range orders {
		all = append(all, model.Sort{Key: o.key, Label: o.label, By: o.by})
	}
	return all
}

// ordering is what a sort is sent as; the first one is the default. The server
// would drop an unknown name in silence.
func ordering(orders []order, key string) (string, error) {
	if key == "" {
		return orders[0].sent, nil
	}
	i := slices.IndexFunc(orders, func(o order) bool { return o.key == key })
	if i < 0 {
		return "", model.Fail(model.Invalid, "authentik is not asked for that order")
	}
	return orders[i].sent, nil
}

// lean reads users without their groups and roles: a row of authentik's is heavy
// with them. The serializer reads that from the query of whatever request it serves
// (core/api/users.py, include_groups and include_roles).
func lean(r wire.Request) wire.Request {
	r.Query = url.Values{"include_groups": {"false"}, "include_roles": {"false"}}
	return r
}

// list asks for one page of a list.
func list[T any](ctx context.Context, a *authentik, path, order string, q model.Query, more url.Values) (envelope[T], model.Cursor, error) {
	var none envelope[T]
	n, err := page.Number(q.At)
	if err == nil {
		err = redact.CheckSearch(q.Search)
	}
	if err == nil && len(q.Ranges) > 0 {
		err = model.Fail(model.Invalid, "authentik is not asked for ranges: older versions would pass over them in silence")
	}
	if err != nil {
		return none, "", err
	}
	r := lean(wire.Get(path))
	maps.Copy(r.Query, more)
	maps.Copy(r.Query, url.Values{
		"page": {strconv.Itoa(n)}, "page_size": {strconv.Itoa(max(1, min(q.Size, largest)))}, "ordering": {order},
	})
	if q.Search != "" {
		r.Query.Set("search", q.Search)
	}
	page, err := wire.Call[envelope[T]](ctx, a.conn, r)
	switch {
	case n > 1 && wire.Status(err) == http.StatusNotFound:
		return none, "", wire.Reword(err, model.NotFound, shorter)
	case err != nil:
		return none, "", err
	case page.whole:
		next := page.cut(n, max(1, q.Size))
		if n > 1 && len(page.Results) == 0 {
			return none, "", model.Fail(model.NotFound, shorter)
		}
		return page, next, nil
	case page.Results == nil || page.Pagination == nil:
		return none, "", model.Fail(model.Malformed, "the server answered without a list; is this an authentik?")
	}
	next, err := page.next(n)
	return page, next, err
}
