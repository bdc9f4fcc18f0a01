package traffic

import (
	"time"

	"authdeck/model"
)

// Exchange is one request that was sent, and what came of it. It holds no secret: the path
// has no query and no word that may be a key, and of a body only the names of its fields.
type Exchange struct {
	Number int64 // from 1 on, in the order in which they ended
	System string
	Method string
	Base   string // the address of the system, to which the path is added
	Path   string // without the query
	Status int    // 0 without an answer
	Words  string // of the status, such as "not found"; empty where nobody knows any
	Kind   model.Kind
	End    End
	At     time.Time // when it was begun
	Took   time.Duration
	Tries  int          // how often it was sent; a read is once more
	Action model.Action // what it was a part of; nothing for reading
	Sort   Sort
	Sent   Sent
}

// End is what was made of an answer.
type End int

// The ends.
const (
	Served End = iota // it is what was asked for
	Failed            // Kind says how
)

// Sort is what a request was for.
type Sort int

// The sorts.
const (
	Read   Sort = iota
	Write       // it was to change something
	SignIn      // it was to get a key for the console itself
)

// Sent is what went with a request, as far as it may be known.
type Sent struct {
	Credential Credential
	Fields     []string // of its JSON body, by their names; what stood in them is not kept
	Omitted    []string // what else it had and is not kept, in words
}

// Credential is where the credential stood, never the credential itself. The zero value is
// none.
type Credential struct {
	Header string // the name of the header that it stood in
	Scheme string // the word before it in the header; empty for none
	Query  string // the name in the query that it stood under
	User   string // with the scheme Basic: whose password it was
}

// Outcome is what came of it, in a word or two.
func (e Exchange) Outcome() string {
	if e.End == Failed {
		return e.Kind.String()
	}
	return "ok"
}

// Purpose is what it was for, in a word.
func (e Exchange) Purpose() string {
	switch {
	case e.Sort == SignIn:
		return "sign in"
	case e.Action != model.Nothing:
		return e.Action.String()
	case e.Sort == Write:
		return "write"
	}
	return "read"
}
