package model

import "context"

// API is one remote system. Its methods are safe for concurrent use, and every
// error is, or wraps, an *Error. A write whose answer is lost is not repeated.
type API interface {
	// Info says what the system is and offers. It does no I/O.
	Info() Info
	// WhoAmI asks who the credential is.
	WhoAmI(ctx context.Context) (User, error)
	// Tokens and Users ask for one page.
	Tokens(ctx context.Context, q Query) (Page[Token], error)
	Users(ctx context.Context, q Query) (Page[User], error)
	// Create makes a token. Its key is only in this answer.
	Create(ctx context.Context, d Draft) (Issued, error)
	// Regenerate gives a token a new key; the old one ends. It stops with
	// Conflict when the token is no longer what t says.
	Regenerate(ctx context.Context, t Token) (Issued, error)
	// Delete ends a token for good, under the same condition.
	Delete(ctx context.Context, t Token) error
	// Reveal shows the key of a token again, where a system does that.
	Reveal(ctx context.Context, t Token) (Secret, error)
}

// Action is something that can be done to a system's tokens.
type Action int

// The actions.
const (
	Create Action = iota
	Regenerate
	Delete
	Reveal
)

// Actions are all of them, in the order in which a console names them.
func Actions() []Action { return []Action{Create, Regenerate, Delete, Reveal} }

// String is the action's verb.
func (a Action) String() string {
	return [...]string{"create", "regenerate", "delete", "reveal"}[a]
}

// Caps says of each action why it cannot be done here. An action that is not in
// it can be. Capabilities are data so that they survive a decorator, can be
// narrowed at run time, and bring their reason to the screen.
type Caps map[Action]string

// Info is what is known of a system without asking it.
type Info struct {
	Name        string // the operator's
	Kind        string // the dialect, such as "hamgam"
	Host        string // host and port, without credentials
	Production  bool
	ReadOnly    bool
	Missing     Caps
	Consequence map[Action]string // what an action breaks, as a sentence for its question
	Form        []Field
	TokenSorts  []Sort // the first is the default
	UserSorts   []Sort
	TokenRanges []RangeField
	UserRanges  []RangeField
	Holders     bool // users can be narrowed to those with, or without, a token
}

// FieldKind is how a form asks for a value.
type FieldKind int

// The kinds of field.
const (
	AskUser FieldKind = iota // one of the system's users
)

// Field is one question of a create form.
type Field struct {
	Label  string
	Kind   FieldKind
	Help   string
	Filter Filter // AskUser: which users may be picked
}
