package model

import "context"

// API is one remote system. Its methods are safe for concurrent use, and every
// error is, or wraps, an *Error. A write whose answer is lost is not repeated.
type API interface {
	// Info says what the system is and offers, as far as it is known. It does no
	// I/O.
	Info() Info
	// WhoAmI asks who the credential is.
	WhoAmI(ctx context.Context) (User, error)
	// Tokens and Users ask for one page.
	Tokens(ctx context.Context, q Query) (Page[Token], error)
	Users(ctx context.Context, q Query) (Page[User], error)
	// Prepare says what a person has to be asked and told before an action. It
	// may ask the server, and changes nothing. The token is the one that it is
	// about; of one that does not exist yet only the owner may be set. To Create with a token
	// that does exist is to make one like it beside it: the form begins with its values. It
	// fails where the action is not possible, with the reason.
	Prepare(ctx context.Context, a Action, t Token) (Form, error)
	// Do carries an order out. It stops with Conflict when the token is no longer
	// what the order says.
	Do(ctx context.Context, o Order) (Issued, error)
	// Look reads what there is to see now of an order that was sent and whose end
	// is in doubt. It changes nothing, and may be asked again: a server may still
	// be at it. Not for a Reveal, which changes nothing.
	Look(ctx context.Context, o Order) (Finding, error)
	// Close ends what the console itself has opened, such as a session, and
	// nothing else. The system is not used after it.
	Close(ctx context.Context) error
}

// Info is what is known of a system without asking it.
type Info struct {
	Name         string // the operator's
	Kind         string // the dialect, such as "hamgam"
	Host         string // host, port and path, without credentials
	Generation   string // which of the kind's generations it turned out to be; empty while that is not known, or where there is one
	Production   bool
	ReadOnly     bool
	Missing      Caps
	TokenSorts   []Sort // the first is the default
	UserSorts    []Sort
	TokenRanges  []RangeField
	UserRanges   []RangeField
	TokenFilters []Choice // what tokens can be narrowed to
	UserFilters  []Choice

	// NeverFilter is the TokenFilters that has the tokens which never expire, where the system
	// can be asked for those; empty where it cannot.
	NeverFilter string

	// TokenWord is what the system calls what people know a token by, such as
	// "identifier"; empty where that is a name. TokenSearch and UserSearch are what a
	// search looks at, in a person's words.
	TokenWord               string
	TokenSearch, UserSearch []string

	// Silent are the fields of texts, as model/query names them, of which the system tells
	// nothing: that one is empty says nothing there. The e-mail of whose a token is, which no
	// question has for itself, is "owner_email".
	Silent []string

	// Endless says that no key of the system ever ends by itself: that is known of each, and
	// no news of any.
	Endless bool

	// OwnerAndMore says that the tokens of one owner ([Filter.Only]) can be searched,
	// ordered and narrowed as those of everybody can.
	OwnerAndMore bool

	// Lone is why no second token like it can stand beside a token of the system, so that none
	// takes another's place without an outage; empty where one can.
	Lone string

	// WantsReason says that nothing is done there without a reason ([Order.Reason]).
	WantsReason bool

	// Signers is the file that says who may sign a plan of which anything is sent there; empty
	// where none has to be signed.
	Signers string

	// UsersRecorded says that the system keeps a record of whose data were read,
	// so that no page of users is read that nobody asked for.
	UsersRecorded bool
}

// Cannot is why an action is not possible here; nil where it is. What a rule of this console
// forbids is an error of another kind than what the system does not offer.
func (i Info) Cannot(a Action) error {
	why, missing := i.Missing[a]
	switch {
	case !missing:
		return nil
	case i.ReadOnly && a.Writes():
		return Fail(Refused, why)
	}
	return Fail(Unsupported, why)
}
