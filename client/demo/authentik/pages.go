package authentik

import (
	"net/http"
	"net/url"
	"strconv"

	"authdeck/client/demo/stage"
)

// authentikPaged answers with the page that is asked for, by its number. The
// completion is what newer servers say about the search of a list.
func authentikPaged[T, Row any](a *authentik, w http.ResponseWriter, r *http.Request, rows []T, completion any, rowOf func(T) Row) {
	q := r.URL.Query()
	size := a.pageSize(q)
	pages, ok := authentikPagesOf(q.Get("page"), size, len(rows))
	if !ok {
		stage.Detail(w, http.StatusNotFound, "Invalid page.")
		return
	}
	answer := authentikPage[Row]{Pagination: pages, Results: []Row{}}
	if !a.old() {
		answer.Autocomplete = completion
	}
	for _, row := range stage.Cut(stage.Window{Limit: size, Offset: size * (pages.Current - 1)}, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	stage.Reply(w, http.StatusOK, answer)
}

// pageSize ignores what makes no sense, and lowers what is too much in silence.
func (a *authentik) pageSize(q url.Values) int {
	n, err := strconv.Atoi(q.Get("page_size"))
	given := err == nil && n > 0
	switch {
	case given && a.old():
		return n
	case given:
		return min(n, authentikMost)
	case a.old():
		return authentikMost
	default:
		return authentikLimit
	}
}

// authentikPagesOf says where a page stands; an empty list has one page.
func authentikPagesOf(asked string, size, total int) (authentikPages, bool) {
	last := max(1, (total-1)/size+1)
	number, err := strconv.Atoi(asked)
	switch asked {
	case "":
		number, err = 1, nil
	case "last":
		number, err = last, nil
	}
	if err != nil || number < 1 || number > last {
		return authentikPages{}, false
	}
	p := authentikPages{
		Previous: number - 1, Count: total, Current: number, TotalPages: last,
		StartIndex: min(total, size*(number-1)+1), EndIndex: total,
	}
	if number < last {
		p.Next, p.EndIndex = number+1, size*number
	}
	return p, true
}
