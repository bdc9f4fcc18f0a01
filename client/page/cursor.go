package page

import (
	"strconv"

	"authdeck/model"
)

// Number reads a cursor of a system that numbers its pages, from 1; the zero
// cursor is the first page.
func Number(at model.Cursor) (int, error) {
	if at == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(string(at))
	if err != nil || n < 1 || strconv.Itoa(n) != string(at) {
		return 0, ErrForeignCursor()
	}
	return n, nil
}

// Cursor is the cursor of a numbered page; 0, which no page has, is none.
func Cursor(n int) model.Cursor {
	if n < 1 {
		return ""
	}
	return model.Cursor(strconv.Itoa(n))
}

// Onward gives the cursors of the pages after one of a system that numbers them; nil after
// the last one.
func Onward(at, next model.Cursor) func(pages int) model.Cursor {
	n, err := Number(at)
	if err != nil || next == "" || next != Cursor(n+1) {
		return nil
	}
	return func(pages int) model.Cursor { return Cursor(n + pages) }
}

// ErrForeignCursor is for a cursor that the client did not write itself.
func ErrForeignCursor() error {
	return model.Fail(model.Invalid, "this is no page of this list")
}
