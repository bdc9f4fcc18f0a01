package query

// Query is a question that was read. Its zero value is everything, in whatever order.
type Query struct {
	Where Condition // nil for every row
	Sorts []Sort    // the first decides first
}

// Sort is an order by a field.
type Sort struct {
	Field string
	Falls bool // the greatest first
}

// Condition is what a row has to be: one of [All], [Any], [Not], [Word] and [Test].
type Condition interface{ condition() }

// All holds where each of its conditions does.
type All []Condition

// Any holds where one of its conditions does.
type Any []Condition

// Not holds where its condition does not.
type Not struct{ Of Condition }

// Word is somewhere in the texts of a row.
type Word struct{ Text string }

// Test compares a field with values; one of them is enough.
type Test struct {
	Field  string // the name of its entry
	Op     Op
	Values []Value
}

// Op is how a test compares.
type Op string

// The comparisons. [Has] is for texts a part of them, for the rest one of the values.
const (
	Has     Op = ":"
	Equal   Op = "="
	Less    Op = "<"
	More    Op = ">"
	AtMost  Op = "<="
	AtLeast Op = ">="
)

// Value is what a test compares with. Text is a text, a choice, or one of the words for a
// moment that is not there; else From and To are the ends, alike where one was given.
type Value struct {
	Text     string
	From, To Point // an open end is zero
}

func (All) condition()  {}
func (Any) condition()  {}
func (Not) condition()  {}
func (Word) condition() {}
func (Test) condition() {}
