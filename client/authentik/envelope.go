package authentik

import (
	"math"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/model"
)

// envelope is what stands around a page (authentik/api/pagination.py). Pagination and
// Results are nil in an object that has none. A server whose pagination_max_page_size
// is 0 has none: it gives the bare rows of the whole list, whatever page is asked for
// (seen on 2025.12.4 and 2026.5.0-rc1).
type envelope[T any] struct {
	Pagination *struct {
		Next  float64              `json:"next"` // number of a page; 0 for none
		Count wire.Maybe[*float64] `json:"count"`
	} `json:"pagination"`
	Results wire.Rows[T] `json:"results"`

	whole bool // the list came without pages
	count int  // of its rows then
}

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (e *envelope[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == '[' {
		err := json.UnmarshalDecode(d, &e.Results)
		e.whole, e.count = true, len(e.Results)
		return err
	}
	type paged envelope[T]
	return json.UnmarshalDecode(d, (*paged)(e))
}

// cut leaves page n of a list that came whole, and says what comes after it.
func (e *envelope[T]) cut(n, size int) model.Cursor {
	from := min(min(n-1, e.count)*size, e.count)
	to := min(from+size, e.count)
	e.Results = e.Results[from:to]
	if to == e.count {
		return ""
	}
	return page.Cursor(n + 1)
}

// note says of a list that came whole what that costs.
func (e envelope[T]) note() string {
	if !e.whole {
		return ""
	}
	return "This authentik does not page its lists (its setting pagination_max_page_size is 0): each page is cut from the whole list, which is read anew."
}

func (e envelope[T]) total() int {
	if e.whole {
		return e.count
	}
	if n := e.Pagination.Count.Value; n != nil && *n >= 0 && *n < 1<<31 {
		return int(*n)
	}
	return model.Uncounted
}

// next is the cursor of the page after page n. A page without rows is the last,
// whatever is said around it.
func (e envelope[T]) next(n int) (model.Cursor, error) {
	following := e.Pagination.Next
	switch {
	case following == 0 || len(e.Results) == 0:
		return "", nil
	case following != math.Trunc(following) || following <= float64(n) || following >= 1<<31:
		return "", model.Fail(model.Malformed, "the server's list goes on with a page that cannot come after this one")
	}
	return page.Cursor(int(following)), nil
}

// onward gives the cursors of the pages after one, which have numbers.
func onward(q model.Query, next model.Cursor) func(pages int) model.Cursor {
	return page.Onward(q.At, next)
}
