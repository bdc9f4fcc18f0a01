package model

import "time"

// Cursor is a place in a list. It is opaque: made and read only by the client
// that gave it. The zero cursor is the first page.
type Cursor string

// Sort is one order that a server offers. Key is the client's, Label a
// person's.
type Sort struct{ Key, Label string }

// Filter narrows a list. Its zero value lets everything through.
type Filter struct {
	Only   User   // tokens: only this user's; users: only this one; without an ID, no filter
	Choice string // the Value of one of Info's filters; empty for none
}

// Range narrows a list to the rows whose field lies between two values, in the
// form of its RangeField; an empty one leaves that end open.
type Range struct{ Field, From, To string }

// RangeField is a field that a system can narrow a list by.
type RangeField struct {
	Name string
	Kind RangeKind
}

// RangeKind is what the values of a range are.
type RangeKind int

// The kinds of range.
const (
	Dates   RangeKind = iota // days, as 2006-01-31
	Numbers                  // whole numbers
)

// Query asks for one page. Size is rows, and a wish: a server may give fewer.
type Query struct {
	At     Cursor
	Size   int
	Search string
	Ranges []Range
	Sort   string // a Sort.Key; empty is the first of Info's sorts
	Filter Filter
	Fresh  bool // what was read before will not do, as after a write
}

// Uncounted is a Page.Total of a system that does not count.
const Uncounted = -1

// Page is what one request brings.
type Page[T any] struct {
	Items []T
	Next  Cursor // zero on the last page
	Total int    // rows in the whole list, or Uncounted
	Note  string // what has to be known of this list, such as what it leaves out

	// Age is for how long the client has had what it answers with; zero for what was
	// asked for just now.
	Age time.Duration

	// Steady says that rows that come or go before this page hide none of it and
	// double none, as where pages have numbers. The total may change all the same.
	Steady bool
}
