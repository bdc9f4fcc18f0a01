package stage

import (
	"math"
	"net/url"
	"strconv"
)

// BackendURL is the address that the server believes to have: there is a
// proxy before it, so links in its answers lead nowhere.
const BackendURL = "http://backend.internal"

// Window is the part of a list that a request asks for. What is no number, or
// none that makes sense, is ignored, and a greedy limit is cut without a word.
type Window struct{ Limit, Offset int }

// WindowOf reads limit and offset, with a limit unless given and the most there is.
func WindowOf(q url.Values, unlessGiven, most int) Window {
	win := Window{Limit: unlessGiven}
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 {
		win.Limit = min(n, most)
	}
	if n, err := strconv.Atoi(q.Get("offset")); err == nil && n > 0 {
		win.Offset = min(n, math.MaxInt32)
	}
	return win
}

// Links are the addresses of the pages around the window, nil where there are none.
func (win Window) Links(u *url.URL, total int) (next, previous *string) {
	if after := win.Offset + win.Limit; after < total {
		next = win.link(u, after)
	}
	if win.Offset > 0 {
		previous = win.link(u, win.Offset-win.Limit)
	}
	return next, previous
}

func (win Window) link(u *url.URL, offset int) *string {
	q := u.Query()
	q.Set("limit", Decimal(win.Limit))
	q.Set("offset", Decimal(offset))
	if offset <= 0 {
		q.Del("offset")
	}
	link := BackendURL + u.Path + "?" + q.Encode()
	return &link
}

// Cut is the window's part of the rows.
func Cut[T any](win Window, rows []T) []T {
	from := min(win.Offset, len(rows))
	return rows[from : from+min(win.Limit, len(rows)-from)]
}
