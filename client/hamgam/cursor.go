package hamgam

import (
	"fmt"
	"strconv"
	"strings"

	"authdeck/client/page"
	"authdeck/model"
)

// pageCursor is a cursor of a system that pages by limit and offset: how many rows
// come before the page and, of a list that is read beside another, how many of
// the other's, or lost, and the last of these.
type pageCursor struct {
	offset, beside int
	last           string // a number; empty at the beginning
}

// lost says that nobody knows any more where the list beside stands.
const lost = -1

// parseCursor reads a cursor that [pageCursor.cursor] wrote; the zero cursor is the
// beginning.
func parseCursor(at model.Cursor) (pageCursor, error) {
	if at == "" {
		return pageCursor{}, nil
	}
	parts := append(strings.Split(string(at), "+"), "", "")
	offset, err1 := strconv.Atoi(parts[0])
	beside, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || offset < 0 || beside < lost {
		return pageCursor{}, page.ErrForeignCursor()
	}
	return pageCursor{offset, beside, parts[2]}, nil
}

func (p pageCursor) encode() model.Cursor {
	return model.Cursor(fmt.Sprintf("%d+%d+%s", p.offset, p.beside, p.last))
}

// next is the cursor of the page that follows one of so many rows, of so many
// in all, or of an uncounted number. It goes by what came and not by what was
// asked: servers lower a limit in silence. A page without rows is the last,
// whatever the count says.
func (p pageCursor) next(rows, total int) model.Cursor {
	p.offset += rows
	if rows == 0 || total != model.Uncounted && p.offset >= total {
		return ""
	}
	return p.encode()
}
