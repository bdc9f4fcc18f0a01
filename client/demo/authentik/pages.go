package authentik

import (
	"net/http"
	"net/url"
	"strconv"

	"authdeck/client/demo/stage"
)

// replyPage answers with the page that is asked for, by its number. The
// completion is what newer servers say about the search of a list.
func replyPage[T, Row any](a *server, w http.ResponseWriter, r *http.Request, rows []T, completion any, rowOf func(T) Row) {
	q := stage.Lasts(r.URL.Query())
	if a.Settings.Has(Unpaged) {
		shown := []Row{}
		for _, row := range rows {
			shown = append(shown, rowOf(row))
		}
		stage.Reply(w, http.StatusOK, shown)
		return
	}
	size := a.pageSize(q)
	pages, ok := paginate(q.Get("page"), size, len(rows))
	if !ok {
		stage.Detail(w, http.StatusNotFound, "Invalid page.")
		return
	}
	answer := page[Row]{Pagination: pages, Results: []Row{}}
	if !a.old() {
		answer.Autocomplete = completion
	}
	for _, row := range stage.Cut(stage.Window{Limit: size, Offset: size * (pages.Current - 1)}, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	stage.Reply(w, http.StatusOK, answer)
}

// pageSize ignores what makes no sense, and lowers what is too much in silence.
func (a *server) pageSize(q url.Values) int {
	n, err := strconv.Atoi(q.Get("page_size"))
	given := err == nil && n > 0
	switch {
	case given && a.old():
		return n
	case given:
		return min(n, maxPageSize)
	case a.old():
		return maxPageSize
	default:
		return defaultPageSize
	}
}

// paginate says where a page stands; an empty list has one page.
func paginate(asked string, size, total int) (pagination, bool) {
	last := max(1, (total-1)/size+1)
	number, err := strconv.Atoi(asked)
	switch asked {
	case "":
		number, err = 1, nil
	case "last":
		number, err = last, nil
	}
	if err != nil || number < 1 || number > last {
		return pagination{}, false
	}
	p := pagination{
		Previous: number - 1, Count: total, Current: number, TotalPages: last,
		StartIndex: min(total, size*(number-1)+1), EndIndex: total,
	}
	if number < last {
		p.Next, p.EndIndex = number+1, size*number
	}
	return p, true
}
