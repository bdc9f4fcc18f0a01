package awx

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"authdeck/client/page"
	"authdeck/model"
)

// spot is where a page begins. In an order by number it begins after a row, so that
// none is missed or comes twice when others come and go between two pages: of a list
// that was read by page numbers while 60 tokens were deleted, 60 others were on no
// page (AWX 24.6.2). In every other order a page has a number.
type spot struct {
	page   int    // from 1
	after  number // the row before it; 0 for none
	before int    // how many rows are before it
}

// onward is the parameter with which a server goes on after a row, in an order by
// number; it is empty for every other order.
func onward(order string) string {
	switch order {
	case "id":
		return "id__gt"
	case "-id":
		return "id__lt"
	}
	return ""
}

// begin reads a cursor.
func begin(at model.Cursor, order string) (spot, error) {
	var s spot
	n, err := fmt.Sscanf(string(at), "%d~%d", &s.after, &s.before)
	if n != 2 || err != nil {
		s.after, s.before = 0, 0
		s.page, err = page.Number(at)
		return s, err
	}
	s.page = 1
	if onward(order) == "" || s.after < 1 || s.before < 1 || s.cursor() != at {
		return spot{}, page.ErrForeignCursor()
	}
	return s, nil
}

func (s spot) cursor() model.Cursor {
	return model.Cursor(s.after.id() + "~" + strconv.Itoa(s.before))
}

// steady reports whether what comes and goes before a page moves no row of it.
func (s spot) steady(order string) bool { return onward(order) != "" && s.page == 1 }

// ask puts the place into a query.
func (s spot) ask(values url.Values, order string) {
	values.Set("page", strconv.Itoa(s.page))
	if s.after != 0 {
		values.Set(onward(order), s.after.id())
	}
}

// beyond reports whether a row lies after the place; a server that does not know the
// parameter would give the first page for ever.
func (s spot) beyond(row number, order string) bool {
	return s.after == 0 || (row < s.after) == strings.HasPrefix(order, "-") && row != s.after
}

// next is the cursor of the page after one that ends with a row and has some rows.
func (s spot) next(last number, rows int, order string) model.Cursor {
	if !s.steady(order) {
		return page.Cursor(s.page + 1)
	}
	return spot{after: last, before: s.before + rows}.cursor()
}
