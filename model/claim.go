package model

import "context"

// Passage is how a key that was pasted gets to a system that is asked whose it is.
type Passage int

// The passages.
const (
	NoPassage Passage = iota // it does not: the system is not asked
	InHeader                 // in a header of one request, which the system could keep
	Compared                 // not at all: the keys that the system shows are held against it here
	InAddress                // in the address of one request, which the logs on the way keep; a person has to want that
)

// String is what a person reads of a passage.
func (p Passage) String() string {
	return [...]string{"not asked", "in a header", "compared here", "in the address"}[p]
}

// Candidate is a system as somebody sees it who has a key in hand and asks nobody yet.
type Candidate struct {
	// Fits says whether keys of the system have this form; it is unsaid where they usually
	// have another one.
	Fits Answer
	// Passages are the ways in which it can be asked, the first of them being the one that
	// is meant unless a person chooses; none where it is not asked.
	Passages []Passage
	// Why is what to know beside that: the form that its keys have, or why it is not asked.
	Why string
	// Open is what is not known of the system yet, by which it may turn out that it is not
	// asked after all; empty where nothing is.
	Open string
}

// Asked reports whether a system is asked unless a person says otherwise: its keys have
// that form, and no address has to carry the key.
func (c Candidate) Asked() bool {
	p := c.Passage()
	return c.Fits == Yes && (p == InHeader || p == Compared)
}

// Passage is the way that is meant unless a person chooses.
func (c Candidate) Passage() Passage {
	if len(c.Passages) == 0 {
		return NoPassage
	}
	return c.Passages[0]
}

// Claim is what a system says of a key.
type Claim struct {
	// Known is a yes where the system takes the key, or shows it. It is a no where the system
	// itself says so, and never where something before it does. It is unsaid where that
	// cannot be told, and Words say why.
	Known Answer
	Owner User
	May   Text    // what the key may do, as far as that is told
	Token Token   // the one in the system's list; without an ID where it cannot be told which
	Alike []Token // then it is most likely one of these
	Words string  // what else is to be known; a sentence or more
	ByKey bool    // Revoke ends it, with the key that was pasted
	// Instead is another passage, by which more could be told; NoPassage for none.
	Instead Passage
}

// End is the action that ends the key in one step, and Nothing where the system has none.
// Revoke takes the key itself, the others the token.
func (c Claim) End(info Info) Action {
	can := func(a Action) bool { return info.Missing[a] == "" }
	switch there := c.Known == Yes && c.Token.ID != ""; {
	case c.Known == Yes && c.ByKey && can(Revoke):
		return Revoke
	case there && can(Delete):
		return Delete
	case there && can(Regenerate):
		return Regenerate
	}
	return Nothing
}

// Identifier is a system that can be asked whose a key is. It is apart from [API], since
// that asks it for somebody who is not signed in.
type Identifier interface {
	// Candidate says whether and how it would be asked. It does no I/O.
	Candidate(key Secret) Candidate
	// Whose asks once, in a way that the candidate offers. The key stays the caller's, who
	// wipes it; nothing of it is kept. What goes wrong is a claim of which nothing is known.
	Whose(ctx context.Context, key Secret, by Passage) Claim
}

// CandidateOf is what [Identifier.Candidate] says, of any system.
func CandidateOf(api API, key Secret) Candidate {
	if system, ok := api.(Identifier); ok {
		return system.Candidate(key)
	}
	return Candidate{Why: nobodyKnows}
}

// WhoseOf is what [Identifier.Whose] says, of any system.
func WhoseOf(ctx context.Context, api API, key Secret, by Passage) Claim {
	if system, ok := api.(Identifier); ok {
		return system.Whose(ctx, key, by)
	}
	return Claim{Words: nobodyKnows}
}

const nobodyKnows = "nobody knows how this system is asked whose a key is"
