package awx

import (
	"net/http"
	"net/url"
	"strconv"

	"authdeck/client/demo/stage"
)

const (
	awxPageSize     = 25
	gatewayPageSize = 50
	awxMost         = 200 // rows of a page, whatever is asked
)

type awxPage struct {
	Count    int     `json:"count"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []any   `json:"results"`
}

// awxUncounted is the page of who does not want to wait for the count.
type awxUncounted struct {
	Results []any `json:"results"`
}

// answerList sifts the rows and answers with a page of what is left.
func answerList[T any](a *awx, w http.ResponseWriter, r *http.Request, l awxList[T], rows []T, rowOf func(T) any) {
	q := r.URL.Query()
	rows, no := l.sift(q, rows)
	if no != nil {
		stage.Detail(w, no.status, no.detail)
		return
	}
	size := a.pageSize(q)
	number, last, ok := awxPageNumber(q, size, len(rows))
	if !ok {
		stage.Detail(w, http.StatusNotFound, "Invalid page.")
		return
	}
	answer := awxPage{Count: len(rows), Results: []any{}}
	for _, row := range stage.Cut(stage.Window{Limit: size, Offset: (number - 1) * size}, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	if q.Has("count_disabled") {
		stage.Reply(w, http.StatusOK, awxUncounted{answer.Results})
		return
	}
	if number < last {
		answer.Next = awxLink(r.URL, size, number+1)
	}
	if number > 1 {
		answer.Previous = awxLink(r.URL, size, number-1)
	}
	stage.Reply(w, http.StatusOK, answer)
}

func (a *awx) pageSize(q url.Values) int {
	unlessGiven := awxPageSize
	if a.generation == AwxGateway {
		unlessGiven = gatewayPageSize
	}
	if n, err := strconv.Atoi(q.Get("page_size")); err == nil && n > 0 {
		return min(n, awxMost)
	}
	return unlessGiven
}

// awxPageNumber is the page asked for and the last there is: an empty list has
// one page too.
func awxPageNumber(q url.Values, size, total int) (number, last int, ok bool) {
	last = max(1, (total+size-1)/size)
	switch asked := q.Get("page"); asked {
	case "":
		return 1, last, !q.Has("page")
	case "last":
		return last, last, true
	default:
		number, err := strconv.Atoi(asked)
		return number, last, err == nil && number > 0 && number <= last
	}
}

// awxLink has no host: path and query alone.
func awxLink(u *url.URL, size, number int) *string {
	q := u.Query()
	q.Set("page", stage.Decimal(number))
	if q.Has("page_size") {
		q.Set("page_size", stage.Decimal(size))
	}
	link := u.EscapedPath() + "?" + q.Encode()
	return &link
}
