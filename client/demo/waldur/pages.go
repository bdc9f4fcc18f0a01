package waldur

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

const (
	defaultPageSize = 10  // rows unless asked otherwise
	maxPageSize     = 300 // rows, whatever is asked
)

// paginate is the page of the rows that a request asks for. A list has no
// envelope here: the headers tell its length and its neighbours.
func paginate[T any](w http.ResponseWriter, r *http.Request, rows []T) ([]T, bool) {
	q := r.URL.Query()
	size := defaultPageSize
	if n, ok := pythonInt(stage.Last(q, "page_size")); ok && n > 0 {
		size = min(n, maxPageSize)
	}
	last := max(1, (len(rows)+size-1)/size)
	number, ok := pageNumber(stage.Last(q, "page"), last)
	if !ok {
		stage.Detail(w, http.StatusNotFound, "Invalid page.")
		return nil, false
	}
	w.Header().Set("X-Result-Count", stage.Decimal(len(rows)))
	w.Header().Set("Link", pageLinks(r.URL, number, last))
	return stage.Cut(stage.Window{Limit: size, Offset: (number - 1) * size}, rows), true
}

func pageNumber(asked string, last int) (int, bool) {
	switch asked {
	case "":
		return 1, true
	case "last":
		return last, true
	}
	n, ok := pythonInt(asked)
	return n, ok && n >= 1 && n <= last
}

// pageLinks always tell the first page and the last.
func pageLinks(u *url.URL, number, last int) string {
	links := []string{pageLink(u, 1, "first")}
	if number > 1 {
		links = append(links, pageLink(u, number-1, "prev"))
	}
	if number < last {
		links = append(links, pageLink(u, number+1, "next"))
	}
	return strings.Join(append(links, pageLink(u, last, "last")), ", ")
}

func pageLink(u *url.URL, number int, rel string) string {
	q := u.Query()
	q.Set("page", stage.Decimal(number))
	if number == 1 {
		q.Del("page")
	}
	to := url.URL{Path: u.Path, RawQuery: q.Encode()}
	return fmt.Sprintf("<%s%s>; rel=%q", stage.BackendURL, to.String(), rel)
}

// unordered are the rows as a database gives them that nobody has asked for an order:
// as they stand in the table of users, which the query goes through (7.0.7). A sign-in
// moves its own, so that the next page may lack one and show one twice; use does not.
func unordered(rows []account) []account {
	slices.SortFunc(rows, func(a, b account) int { return cmp.Compare(a.place, b.place) })
	return rows
}
