package demo

import (
	"math"
	"net/url"
	"strconv"
)

// behindProxy is the address that the server believes to have: there is a
// proxy before it, so links in its answers lead nowhere.
const behindProxy = "http://backend.internal"

// window is the part of a list that a request asks for. What is no number, or
// none that makes sense, is ignored, and a greedy limit is cut without a word.
type window struct{ limit, offset int }

func windowOf(q url.Values, unlessGiven, most int) window {
	win := window{limit: unlessGiven}
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 {
		win.limit = min(n, most)
	}
	if n, err := strconv.Atoi(q.Get("offset")); err == nil && n > 0 {
		win.offset = min(n, math.MaxInt32)
	}
	return win
}

// links are the addresses of the pages around the window, nil where there are none.
func (win window) links(u *url.URL, total int) (next, previous *string) {
	if after := win.offset + win.limit; after < total {
		next = win.link(u, after)
	}
	if win.offset > 0 {
		previous = win.link(u, win.offset-win.limit)
	}
	return next, previous
}

func (win window) link(u *url.URL, offset int) *string {
	q := u.Query()
	q.Set("limit", decimal(win.limit))
	q.Set("offset", decimal(offset))
	if offset <= 0 {
		q.Del("offset")
	}
	link := behindProxy + u.Path + "?" + q.Encode()
	return &link
}

// cut is the window's part of the rows.
func cut[T any](win window, rows []T) []T {
	from := min(win.offset, len(rows))
	return rows[from : from+min(win.limit, len(rows)-from)]
}
