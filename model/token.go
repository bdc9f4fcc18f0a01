package model

// State is what a system says of a token's usability.
type State int

// The states. Unclear is what a system gives that does not say.
const (
	Unclear State = iota
	Active
	Expired
	Revoked
)

// Token is one key of a remote system, without the key.
type Token struct {
	ID       string // what the system's own API calls it; to be cleaned before it is shown
	Name     Text   // what people call it; a system without names gives its number
	Owner    User   // whose it is; often only ID and Username are known
	Created  When
	Updated  When // last change of the key itself
	Expires  When
	LastUsed When
	State    State
	Own      bool // the console itself signs in with it
}

// Draft is a filled-in create form.
type Draft struct {
	Owner User // the user the token is for
}

// Issued is the answer to a create or a regenerate: the one moment at which a
// key is in hand.
type Issued struct {
	Token Token
	Key   Secret
	Notes []string // what the person has to know, such as what the server changed
}
