package model

import "time"

// Cursor is a place in a list. It is opaque: made and read only by the client
// that gave it. The zero cursor is the first page.
type Cursor string

// Sort is one order that a server offers. Key is the client's, Label a
// person's.
type Sort struct {
	Key, Label string
	By         By
}

// By is the fact of its rows that a list goes by, and which way. The zero value is for an
// order by what no row shows.
type By struct {
	Fact  Fact
	Falls bool // the largest or the latest comes first
}

// Rising has the smallest, the earliest or the first of the alphabet on top.
func Rising(fact Fact) By { return By{Fact: fact} }

// Falling is the other way round.
func Falling(fact Fact) By { return By{fact, true} }

// Fact is something that is known of a token or a user.
type Fact int

// The facts that lists go by. The name of a user is the one to sign in with.
const (
	_ Fact = iota
	ByName
	ByOwner
	ByFullName
	ByEmail
	ByKind
	ByDescription
	ByCreated
	ByUpdated
	ByExpires
	ByLastUsed
	ByLastLogin
	BySystem
)

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

	// Most is after how many rows whoever goes through a whole list may have enough of it, so that no
	// page is read ahead; 0 where all of them are wanted.
	Most int

	// Without are systems of a union that are not asked, by name: a person has said so.
	Without []string

	// Where is a question in the language of model/query, for which a list is read to its
	// end; empty for none. Search and Ranges are not looked at beside it.
	Where string
	// Untold asks a Where for the rows of which it cannot be told, in place of those that
	// are it.
	Untold bool
	// Told is told how far a reading for a Where is, from wherever the reading is made; nil
	// for nobody.
	Told func(Sifted)
}

// Uncounted is a Page.Total of a system that does not count.
const Uncounted = -1

// Page is what one request brings.
type Page[T any] struct {
	Items []T
	Next  Cursor // zero on the last page
	// Onward is the cursor of the page so many after this one, where the client can tell
	// without those between: of 1 it is Next. Nil where it cannot, and on the last page.
	Onward func(pages int) Cursor
	Whole  []T    // all rows of the list, where the client has them; not to be changed
	Total  int    // rows in the whole list, or Uncounted
	Note   string // what has to be known of this list, such as what it leaves out

	// Age is for how long the client has had what it answers with; zero for what was
	// asked for just now.
	Age time.Duration

	// Steady says that rows that come or go before this page hide none of it and
	// double none, as where pages have numbers. The total may change all the same.
	Steady bool

	// Sifted says what was read for a Where; nil where the server alone answered.
	Sifted *Sifted
	// Alike is that of a Sifted, also where no Where was asked; nil where nobody knows.
	Alike func(*Token) int

	// Unfinished says that more is on its way by itself: whoever asks the same in a moment,
	// and not anew, has more of it.
	Unfinished bool
	// Stop ends what is on its way by itself: what has come stays, and Lacks has the rest. It
	// waits for nothing; nil where nothing can be ended.
	Stop func()
	// Lacks is what was asked for and is not in the list, a sentence each: of what is not
	// here nothing can be told.
	Lacks []string
}

// Sifted is how far a question was followed through a list.
type Sifted struct {
	Read   int      // rows
	Total  int      // rows in the list, or Uncounted
	Unsaid int      // rows of which it cannot be told whether they are it
	Untold []string // the fields for which it cannot

	// Alike is how many tokens of its kind the owner of a token has, that one with them; 0 where
	// that is not known. Nil while not all rows of a list were read, and where some were not.
	Alike func(*Token) int
}
