package awx

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"authdeck/client/page"
	"authdeck/model"
)

// pageCursor is where a page begins. In an order by number it begins after a row, so
// that none is missed or comes twice when others come and go between two pages: of a
// list that was read by page numbers while 60 tokens were deleted, 60 others were on
// no page (AWX 24.6.2). In every other order a page has a number.
type pageCursor struct {
	page   int    // from 1
	after  number // the row before it; 0 for none
	before int    // how many rows are before it
}

// afterParameter is the parameter with which a server goes on after a row, in an
// order by number; it is empty for every other order.
func afterParameter(order string) string {
	switch order {
	case "id":
		return "id__gt"
	case "-id":
		return "id__lt"
	}
	return ""
}

// parseCursor reads a cursor.
func parseCursor(at model.Cursor, order string) (pageCursor, error) {
	var s pageCursor
	n, err := fmt.Sscanf(string(at), "%d~%d", &s.after, &s.before)
	if n != 2 || err != nil {
		s.after, s.before = 0, 0
		s.page, err = page.Number(at)
		return s, err
	}
	s.page = 1
	if afterParameter(order) == "" || s.after < 1 || s.before < 1 || s.encode() != at {
		return pageCursor{}, page.ErrForeignCursor()
	}
	return s, nil
}

func (s pageCursor) encode() model.Cursor {
	return model.Cursor(s.after.id() + "~" + strconv.Itoa(s.before))
}

// steady reports whether what comes and goes before a page moves no row of it.
func (s pageCursor) steady(order string) bool { return afterParameter(order) != "" && s.page == 1 }

// setQuery puts the place into a query.
func (s pageCursor) setQuery(values url.Values, order string) {
	values.Set("page", strconv.Itoa(s.page))
	if s.after != 0 {
		values.Set(afterParameter(order), s.after.id())
	}
}

// beyond reports whether a row lies after the place; a server that does not know the
// parameter would give the first page for ever.
func (s pageCursor) beyond(row number, order string) bool {
	return s.after == 0 || (row < s.after) == strings.HasPrefix(order, "-") && row != s.after
}

// onward gives the cursors of the pages after one that has a number. After a row there is no
// telling which one a later page comes after.
func (s pageCursor) onward(order string) func(pages int) model.Cursor {
	if s.steady(order) {
		return nil
	}
	return page.Onward(page.Cursor(s.page), page.Cursor(s.page+1))
}

// next is the cursor of the page after one that ends with a row and has some rows.
func (s pageCursor) next(last number, rows int, order string) model.Cursor {
	if !s.steady(order) {
		return page.Cursor(s.page + 1)
	}
	return pageCursor{after: last, before: s.before + rows}.encode()
}
