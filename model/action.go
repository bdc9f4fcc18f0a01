package model

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Action is something that can be done to a system's tokens. The zero action is
// nothing.
type Action int

// The actions.
const (
	Nothing    Action = iota
	Create            // make a token
	Edit              // change what is said of a token, not its key
	Regenerate        // give a token a new key; the old one ends
	Replace           // make a token like this one, and delete this one
	Delete            // end a token for good
	Revoke            // end a key that is pasted, whoever's it is
	Reveal            // show the key of a token again
)

// Actions are all of them, in the order in which a console names them.
func Actions() []Action {
	return []Action{Create, Edit, Regenerate, Replace, Delete, Revoke, Reveal}
}

// String is the action's verb.
func (a Action) String() string {
	return [...]string{"nothing", "create", "edit", "regenerate", "replace", "delete", "revoke", "reveal"}[a]
}

// Writes reports whether the action changes anything.
func (a Action) Writes() bool { return a != Reveal && a != Nothing }

// MakesKey reports whether the action ends in a new key.
func (a Action) MakesKey() bool { return a == Create || a == Regenerate || a == Replace }

// AboutOne reports whether the action is about a token that is there.
func (a Action) AboutOne() bool { return a != Create && a != Revoke }

// Caps says of each action why it cannot be done here. An action that is not in
// it can be. Capabilities are data so that they survive a decorator, can be
// narrowed at run time, and bring their reason to the screen.
type Caps map[Action]string

// Order is one thing to do: the action, the token it is about as the person saw
// it, and what was filled in.
type Order struct {
	Action Action
	Token  Token
	At     time.Time // when the person said yes, by the console's clock; zero before
	Reason Text      // for the record, such as the number of a ticket; empty without one
	Plan   string    // for the record: which plan it is of; empty without one
	Draft
}

// MostAtOnce is how many orders of a plan may be under way at once.
const MostAtOnce = 64

// NoReason is what is said where an order wants a reason and has none ([Info.WantsReason]).
const NoReason = "a reason has to be given first: type :reason and a ticket's number, or start authdeck with --reason"

// Because is a reason as it was typed, for [Order.Reason]. One of blanks alone is none, and neither is
// one of which nothing shows: whoever has to give one would not have said why.
func Because(words string) Text {
	said := Clean(strings.TrimSpace(words))
	if !strings.ContainsFunc(said.String(), tells) {
		return Text{}
	}
	return said
}

// tells reports whether a letter says anything: no blank does, no picture of a control character,
// and no letter that was none when it came.
func tells(r rune) bool {
	const blankBraille = '\u2800'
	return !unicode.IsSpace(r) && r != blankBraille && r != utf8.RuneError && (r < picture || r > pictureDel)
}

// End is what can be told of the end of an order.
type End int

// The ends.
const (
	Untold  End = iota // what can be read does not tell
	Unseen             // nothing shows of it; a server may still be at it
	Visible            // it shows: it happened, by this order or by somebody else in this moment
)

// Finding is what there is to see of an order afterwards.
type Finding struct {
	End   End
	Words string // a sentence about what was read and what it means; empty for nothing to add
	Token Token  // the one that was made, most likely; without an ID where none shows, or several do
}

// Said is what was seen, in sentences: where it does not tell, that is said too.
func (f Finding) Said() string {
	words := f.Words
	if words == "" || f.End == Untold {
		words = strings.TrimSpace(words + " What can be read does not tell.")
	}
	return Clean(words).String()
}

// Form is what a person is asked and told before an order.
type Form struct {
	Fields   []Field
	Warnings []string // what it breaks, and what else to know; a sentence each
	Danger   bool     // it ends a key that may be in use
	Now      []string // what is so on this machine in this moment, a sentence each: no plan remembers it

	// NoEnd is why no field asks when the token ends, of a system or a token whose end is
	// nobody's to set; empty where one does.
	NoEnd string

	// Review says what the server will do with what was filled in, a sentence each; nil
	// for nothing. It stands in the form too, and is asked anew with every key there: it
	// does no I/O.
	Review func(Draft) []string
}

// Whatever is the review that says the same of whatever was filled in.
func Whatever(sentences ...string) func(Draft) []string {
	return func(Draft) []string { return sentences }
}

// FieldKind is how a form asks for a value, and the form that the value has.
type FieldKind int

// The kinds of field.
const (
	AskText    FieldKind = iota
	AskUser              // one of the system's users; goes to Draft.Owner
	AskSecret            // a password or a key, masked; goes to Draft.Password
	AskChoice            // the Value of one of the choices
	AskChoices           // the Values of some of them, with blanks between
	AskYesNo             // "yes" or "no"
	AskTime              // RFC 3339 in UTC, or empty
)

// Field is one question of a form.
type Field struct {
	Key      string
	Label    string
	Help     string
	Kind     FieldKind
	Means    Meaning
	Value    string // what it begins with, as the server has it: see [Text.Original]
	Optional bool   // may be left empty
	Lines    bool   // AskText: may hold line breaks and tabs, and blanks at its ends
	Never    bool   // AskTime: may be the word [NeverWord]
	Choices  []Choice
	Filter   Filter                   // AskUser: which users may be picked
	Check    func(value string) error // says what is wrong with a value, in a few words; nil takes any

	// Idle says in a few words why the field does not count beside what the others hold;
	// empty where it does, and nil where it always does. What an idle field holds is
	// neither checked nor sent.
	Idle func(values map[string]string) string
}

// Idles is why the field does not count beside such values; empty where it does.
func (f Field) Idles(values map[string]string) (why string) {
	if f.Idle == nil {
		return ""
	}
	return f.Idle(values)
}

// Choice is one of several values, and what a person reads for it.
type Choice struct{ Value, Label string }
