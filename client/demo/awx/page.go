package awx

import (
	"net/http"
	"net/url"
	"strconv"

	"authdeck/client/demo/stage"
)

const (
	defaultPageSize = 25
	gatewayPageSize = 50
	maxPageSize     = 200 // rows of a page, whatever is asked
)

type page struct {
	Count    int     `json:"count"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []any   `json:"results"`
}

// uncountedPage is the page of who does not want to wait for the count.
type uncountedPage struct {
	Results []any `json:"results"`
}

// denied answers in place of a list.
func (a *server) denied(w http.ResponseWriter, no *listError) {
	switch {
	case no.status == http.StatusInternalServerError:
		a.crash(w)
	case no.bare:
		stage.Reply(w, no.status, []string{no.detail})
	default:
		stage.Detail(w, no.status, no.detail)
	}
}

// asked reports whether a row is let through by the filters that stand in the address
// of one row too, and answers if it is not.
func asked[T any](a *server, w http.ResponseWriter, r *http.Request, l list[T], row T) bool {
	left, no := l.apply(r.URL.Query(), []T{row})
	switch {
	case no != nil:
		a.denied(w, no)
	case len(left) == 0:
		a.noMatch(w, l.model)
	default:
		return true
	}
	return false
}

// answerList filters the rows and answers with a page of what is left.
func answerList[T any](a *server, w http.ResponseWriter, r *http.Request, l list[T], rows []T, rowOf func(T) any) {
	q := r.URL.Query()
	rows, no := l.apply(q, rows)
	if no != nil {
		a.denied(w, no)
		return
	}
	size := a.pageSize(q)
	number, last, ok := pageNumber(q, size, len(rows))
	if !ok {
		stage.Detail(w, http.StatusNotFound, "Invalid page.")
		return
	}
	answer := page{Count: len(rows), Results: []any{}}
	for _, row := range stage.Cut(stage.Window{Limit: size, Offset: (number - 1) * size}, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	if q.Has("count_disabled") {
		stage.Reply(w, http.StatusOK, uncountedPage{answer.Results})
		return
	}
	if a.linkless(q) && last > 1 {
		a.crash(w)
		return
	}
	if number < last {
		answer.Next = pageLink(r.URL, number+1)
	}
	if number > 1 {
		answer.Previous = pageLink(r.URL, number-1)
	}
	stage.Reply(w, http.StatusOK, answer)
}

func (a *server) pageSize(q url.Values) int {
	unlessGiven := defaultPageSize
	if a.generation.IsGateway() {
		unlessGiven = gatewayPageSize
	}
	if n, err := strconv.Atoi(stage.Last(q, "page_size")); err == nil && n > 0 {
		return min(n, maxPageSize)
	}
	return unlessGiven
}

// linkless reports whether AWX fails to write a link: it reads the size for that once
// more, and without care.
func (a *server) linkless(q url.Values) bool {
	_, err := strconv.Atoi(stage.Last(q, "page_size"))
	return q.Has("page_size") && err != nil && !a.generation.IsGateway()
}

// pageNumber is the page asked for and the last there is: an empty list has
// one page too.
func pageNumber(q url.Values, size, total int) (number, last int, ok bool) {
	last = max(1, (total+size-1)/size)
	switch asked := stage.Last(q, "page"); asked {
	case "":
		return 1, last, true
	case "last":
		return last, last, true
	default:
		number, err := strconv.Atoi(asked)
		return number, last, err == nil && number > 0 && number <= last
	}
}

// pageLink has no host: path and query alone, with what was asked for but for a size
// that is too large.
func pageLink(u *url.URL, number int) *string {
	q := u.Query()
	q.Set("page", stage.Decimal(number))
	if n, err := strconv.Atoi(stage.Last(q, "page_size")); err == nil && n > maxPageSize {
		q.Set("page_size", stage.Decimal(maxPageSize))
	}
	link := u.EscapedPath() + "?" + q.Encode()
	return &link
}
