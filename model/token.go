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

// Word is the state as it is written for other programs.
func (s State) Word() string {
	switch s {
	case Active:
		return "active"
	case Expired:
		return "expired"
	case Revoked:
		return "revoked"
	case Unclear:
	}
	return UnknownWord
}

// Token is one key of a remote system, without the key. What a system does not
// have is empty, unknown or not applicable.
type Token struct {
	ID          string // what the system's own API calls it; to be cleaned before it is shown
	Name        Text   // what people call it; a system without names gives its number
	Kind        Text   // what sort of key, in the system's words, such as "app_password"
	Owner       User   // whose it is; often only ID and Username are known
	Description Text
	Scope       Text
	App         Text // the application that it was made for; empty for a person's own
	Managed     Text // by what part of the system itself; empty for a person's
	Created     When
	Updated     When // last change of the key itself
	Expires     When
	LastUsed    When
	State       State
	Note        Text // what else has to be known, such as that it rotates itself
	Own         bool // the console itself signs in with it
	Rolls       bool // each use puts its end off, as that of a session

	// System is the operator's name of the system that it is of, in a list of a [Union];
	// empty in a system's own, where it goes without saying.
	System string

	// Version is by what the client knows this state of the token again, where no
	// field above tells; opaque, and empty where they do. The same state has the same one
	// in every process: plans are held against it.
	Version string
}

// Draft is a filled-in form.
type Draft struct {
	Owner    User              // of an AskUser; without an ID, whoever signs in
	Values   map[string]string // by [Field].Key, in the form of its kind
	Password Secret            // of an AskSecret

	// Ends is, of an edit, when the token is to end from then on, or that it never is; unknown where
	// that stays as it is. Beside values it is what they say of that; without values all else of the
	// token stays: see [Form.Ending].
	Ends When
}

// Issued is the answer to an order. For one that makes a key it is the one moment
// at which the key is in hand.
type Issued struct {
	Token Token
	Key   Secret   // empty where the order makes and shows none
	Notes []string // what the person has to know, such as what the server changed
	Alike []Token  // others that came of the same order, most likely; Notes speak of them
	Kept  Kept     // what outlives the program of the key; whoever hands it over drops that
}

// Of is the token of which the key is: the one that the answer names, where it names one, and else
// the one that the order was about. The owner is that of the order where the answer says none.
func (i Issued) Of(before Token) Token {
	t := i.Token
	if t.ID == "" {
		t = before
	}
	if t.Owner.Username.Empty() {
		t.Owner = before.Owner
	}
	return t
}
