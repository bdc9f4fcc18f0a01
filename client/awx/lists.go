package awx

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

// largestPage is what a server gives at most; it lowers a larger wish in silence.
const largestPage = 200

// listing is what a list can be ordered and narrowed by. The keys of its sorts and
// the names of its ranges are the server's own fields: whatever else stands in a
// query is taken for a filter and refused.
type listing struct {
	sorts   []model.Sort // the first is the default; one order is always sent, because some lists have none
	filters []model.Choice
	ranges  []model.RangeField
	chosen  map[string][2]string // a filter's parameter and value
	search  []string             // the parameters that a search is sent in
	always  url.Values           // goes with every query
}

// within is a list that is narrowed already.
func (l listing) within(always url.Values) listing {
	l.always = always
	return l
}

// query is a query in the server's words, and the place that it begins at.
func (l listing) query(q model.Query) (pageCursor, url.Values, error) {
	order, err := l.order(q.Sort)
	if err != nil {
		return pageCursor{}, nil, err
	}
	at, err := parseCursor(q.At, order)
	if err != nil {
		return pageCursor{}, nil, err
	}
	values := url.Values{"page_size": {strconv.Itoa(min(max(1, q.Size), largestPage))}, "order_by": {order}}
	maps.Copy(values, l.always)
	at.setQuery(values, order)
	if err := l.narrow(values, q); err != nil {
		return pageCursor{}, nil, err
	}
	return at, values, nil
}

// order ends with the number, so that rows that are equal keep their places from
// page to page.
func (l listing) order(key string) (string, error) {
	key = cmp.Or(key, l.sorts[0].Key)
	if !slices.ContainsFunc(l.sorts, func(s model.Sort) bool { return s.Key == key }) {
		return "", model.Fail(model.Invalid, "this server does not order this list in that way")
	}
	if afterParameter(key) != "" {
		return key, nil
	}
	return key + ",id", nil
}

func (l listing) narrow(values url.Values, q model.Query) error {
	if err := redact.CheckSearch(q.Search); err != nil {
		return err
	}
	if q.Search != "" {
		for _, parameter := range l.search {
			values.Set(parameter, q.Search)
		}
	}
	if q.Filter.Choice != "" {
		pair, ok := l.chosen[q.Filter.Choice]
		if !ok {
			return errNoFilter()
		}
		values.Set(pair[0], pair[1])
	}
	for _, r := range q.Ranges {
		if err := l.between(values, r); err != nil {
			return err
		}
	}
	return nil
}

func errNoFilter() error {
	return model.Fail(model.Invalid, "this list cannot be narrowed to that")
}

// between adds a range, both ends included (AWX docs, section on filtering). A day
// ends where the next one begins.
func (l listing) between(values url.Values, r model.Range) error {
	i := slices.IndexFunc(l.ranges, func(f model.RangeField) bool { return f.Name == r.Field })
	if i < 0 {
		return model.Fail(model.Invalid, "this list cannot be narrowed by "+r.Field)
	}
	from, to, last := r.From, r.To, "__lte"
	if l.ranges[i].Kind == model.Numbers {
		if err := whole(from, to); err != nil {
			return err
		}
	} else {
		var err error
		if from, to, err = days(from, to); err != nil {
			return err
		}
		last = "__lt"
	}
	for suffix, value := range map[string]string{"__gte": from, last: to} {
		if value != "" {
			values.Set(r.Field+suffix, value)
		}
	}
	return nil
}

func days(from, to string) (since, before string, err error) {
	for _, end := range []struct {
		day   string
		later int
		at    *string
	}{{from, 0, &since}, {to, 1, &before}} {
		if end.day == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, end.day)
		if err != nil {
			return "", "", model.Fail(model.Invalid, "a day is written as 2006-01-31")
		}
		*end.at = day.AddDate(0, 0, end.later).Format(time.RFC3339)
	}
	return since, before, nil
}

func whole(numbers ...string) error {
	for _, n := range numbers {
		if _, err := strconv.ParseInt(n, 10, 64); n != "" && err != nil {
			return model.Fail(model.Invalid, "a number has digits only")
		}
	}
	return nil
}

// envelope is what stands around a page. Results is nil in an object that has none.
type envelope[W any] struct {
	Count   wire.Maybe[*int] `json:"count"`
	Next    more             `json:"next"`
	Results wire.Rows[W]     `json:"results"`
}

// more reports whether there is a link to another page. The link itself is not
// kept: behind a proxy it names hosts that are not ours.
type more bool

// UnmarshalJSON implements [json.Unmarshaler].
func (m *more) UnmarshalJSON(data []byte) error {
	var link string
	*m = json.Unmarshal(data, &link) == nil && link != ""
	return nil
}

func (e envelope[W]) total() int {
	if n := e.Count.Value; n != nil && *n >= 0 {
		return *n
	}
	return model.Uncounted
}

// row is one of a list as it came.
type row interface{ number() number }

func (w token) number() number { return w.ID }

func (w user) number() number { return w.ID }

// list asks for one page.
func list[W row, T any](ctx context.Context, s *server, path string, l listing, q model.Query, item func(W) (T, error)) (model.Page[T], error) {
	at, values, err := l.query(q)
	if err != nil {
		return model.Page[T]{}, err
	}
	answer, err := ask[envelope[W]](ctx, s, wire.Request{Method: http.MethodGet, Path: path, Query: values})
	switch {
	case at.page > 1 && wire.Status(err) == http.StatusNotFound && wire.FromSystem(err):
		return model.Page[T]{}, wire.Reword(err, model.NotFound, noSuchPage)
	case err != nil:
		return model.Page[T]{}, err
	case answer.Results == nil:
		return model.Page[T]{}, model.Fail(model.Malformed, "the server answered without a list; is this an AWX, a Tower or an automation platform?")
	case len(answer.Results) == 0 && at.after != 0:
		return model.Page[T]{}, model.Fail(model.NotFound, noSuchPage)
	}
	return paged(answer, at, values.Get("order_by"), item)
}

const noSuchPage = "the list has become shorter and has no such page any more; read it from its beginning"

// paged is a page of an answer.
func paged[W row, T any](answer envelope[W], at pageCursor, order string, item func(W) (T, error)) (model.Page[T], error) {
	page := model.Page[T]{Total: answer.total(), Steady: at.steady(order)}
	if page.Total != model.Uncounted {
		page.Total += at.before // the server counts from the place on
	}
	page.Items = slices.Grow(page.Items, len(answer.Results))
	for _, w := range answer.Results {
		one, err := item(w)
		if err != nil {
			return model.Page[T]{}, err
		}
		if !at.beyond(w.number(), order) {
			return model.Page[T]{}, model.Fail(model.Malformed, "asked for the rows after number "+at.after.id()+", the server answered with others")
		}
		page.Items = append(page.Items, one)
	}
	if rows := len(page.Items); bool(answer.Next) && rows > 0 {
		page.Next = at.next(answer.Results[rows-1].number(), rows, order)
		page.Onward = at.onward(order)
	}
	return page, nil
}
