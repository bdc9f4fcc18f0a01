package model

// Cursor is a place in a list. It is opaque: made and read only by the client
// that gave it. The zero cursor is the first page.
type Cursor string

// Sort is one order that a server offers. Key is the client's, Label a
// person's.
type Sort struct{ Key, Label string }

// Filter narrows a list. Its zero value lets everything through.
type Filter struct {
	Only     User   // tokens: only this user's; users: only this one; without an ID, no filter
	HasToken Answer // users: only those with, or without, a token
}

// Query asks for one page. Size is rows, and a wish: a server may give fewer.
type Query struct {
	At     Cursor
	Size   int
	Search string
	Sort   string // a Sort.Key; empty is the first of Info's sorts
	Filter Filter
}

// Uncounted is a Page.Total of a system that does not count.
const Uncounted = -1

// Page is what one request brings.
type Page[T any] struct {
	Items []T
	Next  Cursor // zero on the last page
	Total int    // rows in the whole list, or Uncounted
}
