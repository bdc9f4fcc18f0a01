package waldur

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

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
	at    time.Time // by the server's clock; zero where it does not say
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
	s.at, _ = http.ParseTime(reply.Header.Get("Date"))
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

// wholeList is a list as far as it has been read.
type wholeList[T interface{ id() string }] struct {
	rows []T
	seen map[string]bool
	from time.Time // of its first page
	last listPage[T]
}

// add takes in a page. A row that comes twice is taken once.
func (l *wholeList[T]) add(s listPage[T]) (grown bool, _ error) {
	before := len(l.rows)
	if before == 0 {
		l.from = s.at
	}
	for _, row := range s.rows {
		id := row.id()
		if id == "" {
			return false, wire.ErrNoID("a token")
		}
		if !l.seen[id] {
			l.seen[id] = true
			l.rows = append(l.rows, row)
		}
	}
	if s.total == model.Uncounted { // a page behind the end has none
		s.total = l.last.total
	}
	l.last = s
	return len(l.rows) > before, nil
}

// fetchAll reads a list to its end. The sessions come in no order, and a sign-in
// moves its own: a row that comes twice is taken once, and the note says when
// another was missed for it. Ended tells whether a row left the list between
// two times; nil for a list that keeps its rows.
func fetchAll[T interface{ id() string }](ctx context.Context, w *waldur, path string, ended func(row T, from, to time.Time) bool) (rows []T, note string, _ error) {
	whole := wholeList[T]{seen: map[string]bool{}, last: listPage[T]{total: model.Uncounted}}
	for page := 1; page <= maxPages; page++ {
		s, err := fetchPage[T](ctx, w, path, page, maxPageSize, nil)
		if err != nil {
			return nil, "", err
		}
		grown, err := whole.add(s)
		if err != nil {
			return nil, "", err
		}
		if !s.more || !grown {
			return whole.rows, whole.missed(ended), nil
		}
	}
	return nil, "", model.Fail(model.Malformed, fmt.Sprintf("the server's list does not end after %d pages", maxPages))
}

// missed says where what came is not what the server counts. It counts anew for
// every page, and the last count is that of the rows as they were read: what ended
// before it was read is in neither. What came and ended then has drawn as many
// others to a page that had been read.
func (l *wholeList[T]) missed(ended func(row T, from, to time.Time) bool) string {
	came, total, over := len(l.rows), l.last.total, 0
	for _, row := range l.rows {
		if ended != nil && ended(row, l.from, l.last.at) {
			over++
		}
	}
	switch {
	case came < total:
		return fmt.Sprintf("The list moved while it was read: %d of %d came. Read it again.", came, total)
	case total != model.Uncounted && came > total:
		return fmt.Sprintf("%d came, though the server counts %d only.", came, total)
	case over > 0 && total != model.Uncounted:
		return fmt.Sprintf("Of the sessions that came, %d ended while the list was read, and as many others may be missing. Read it again.", over)
	}
	return ""
}
