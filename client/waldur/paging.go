package waldur

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

const (
	maxPageSize = 300 // rows; waldur_core/core/pagination.py cuts down what is more
	maxPages    = 100 // of one list; a server that goes on is not believed
)

// listPage is one page as the server gives it: a bare array, and the rest in headers.
type listPage[T any] struct {
	rows  []T
	total int
	more  bool
}

// fetchPage asks for one. A page behind the end is one without rows: the list has
// become shorter since.
func fetchPage[T any](ctx context.Context, w *waldur, path string, page, size int, query url.Values) (listPage[T], error) {
	asked := url.Values{"page": {strconv.Itoa(page)}, "page_size": {strconv.Itoa(size)}}
	maps.Copy(asked, query)
	reply, err := wire.Ask[wire.Rows[T]](ctx, w.conn, wire.Request{Method: http.MethodGet, Path: path, Query: asked})
	switch {
	case page > 1 && wire.Status(err) == http.StatusNotFound:
		return listPage[T]{total: model.Uncounted}, nil
	case err == nil && reply.Value == nil:
		err = model.Fail(model.Malformed, "the server answered without a list; is this a Waldur?")
	case len(reply.Value) > maxPageSize:
		err = model.Fail(model.Malformed, fmt.Sprintf("the server answered with a page of %d rows, and Waldur's have %d at the most", len(reply.Value), maxPageSize))
	}
	if err != nil {
		return listPage[T]{}, err
	}
	s := listPage[T]{rows: reply.Value, total: totalCount(reply.Header)}
	s.more = hasNext(reply.Header, page, len(s.rows), s.total)
	return s, nil
}

func totalCount(h http.Header) int {
	n, err := strconv.Atoi(h.Get("X-Result-Count"))
	if err != nil || n < 0 {
		return model.Uncounted
	}
	return n
}

// hasNext reports whether another page comes. Waldur says so in every Link; where
// something on the way drops that, the count decides by the rows that came, and
// may promise a page that turns out to be behind the end.
func hasNext(h http.Header, page, rows, total int) bool {
	links := strings.Join(h.Values("Link"), ",")
	switch {
	case rows == 0:
		return false
	case links != "":
		return strings.Contains(links, `rel="next"`)
	}
	return total == model.Uncounted || page*rows < total
}

// fetchAll reads a list to its end. The sessions come in no order, and using one may
// move it: a row that comes twice is taken once, and the note says when another
// was missed for it.
func fetchAll[T interface{ id() string }](ctx context.Context, w *waldur, path string) (rows []T, note string, _ error) {
	seen, total := map[string]bool{}, model.Uncounted
	for page := 1; page <= maxPages; page++ {
		s, err := fetchPage[T](ctx, w, path, page, maxPageSize, nil)
		if err != nil {
			return nil, "", err
		}
		before := len(rows)
		for _, row := range s.rows {
			id := row.id()
			if id == "" {
				return nil, "", wire.ErrNoID("a token")
			}
			if !seen[id] {
				seen[id] = true
				rows = append(rows, row)
			}
		}
		total = max(total, s.total)
		if !s.more || len(rows) == before {
			return rows, missed(len(rows), total), nil
		}
	}
	return nil, "", model.Fail(model.Malformed, fmt.Sprintf("the server's list does not end after %d pages", maxPages))
}

// missed says where what came is not what the server counts.
func missed(came, total int) string {
	switch {
	case came < total:
		return fmt.Sprintf("The list moved while it was read: %d of %d came. Read it again.", came, total)
	case total != model.Uncounted && came > total:
		return fmt.Sprintf("%d came, though the server counts %d only.", came, total)
	}
	return ""
}
