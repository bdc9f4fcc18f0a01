package model

import "strings"

// Marked is a foreign text within words of ours, with a mark if cleaning changed it.
func (t Text) Marked() string {
	switch {
	case t.Changed():
		return "!" + t.String()
	case t.Empty():
		return "–"
	case strings.TrimSpace(t.String()) == "":
		return "(blank)"
	}
	return t.String()
}

// Called is a token in a sentence. Some systems have no other name for it than its owner's.
func (t Token) Called() string {
	if t.Name == t.Owner.Username {
		return "the token of " + t.Owner.Username.Marked()
	}
	return "token " + t.Name.Marked() + " of " + t.Owner.Username.Marked()
}

// Typable is what a person types to name an object: its name, or its number where the name is
// missing or is not what came.
func Typable(name Text, id string) string {
	if strings.TrimSpace(name.String()) == "" || name.Changed() {
		return Clean(id).String()
	}
	return name.String()
}

// Wording is an order in words: as a question, while it is done, and after.
type Wording struct{ Ask, Doing, Done string }

// Wording is what an order is called wherever a person is asked or told.
func (o Order) Wording() Wording {
	what, whose := o.Token.Called(), ""
	if o.Owner.ID != "" {
		whose = " of " + o.Owner.Username.Marked()
	}
	forWhom := strings.Replace(whose, " of ", " for ", 1)
	return map[Action]Wording{
		Create:     {"create a token" + forWhom, "Creating a token" + forWhom, "The new token" + whose},
		Edit:       {"change " + what, "Changing " + what, "Changed: " + what + "."},
		Regenerate: {"regenerate " + what, "Regenerating " + what, "The new key of " + what},
		Replace:    {"delete " + what + " and create one like it", "Replacing " + what, "The new key of " + what},
		Delete:     {"delete " + what, "Deleting " + what, "Deleted: " + what + "."},
		Revoke:     {"revoke the pasted key" + whose, "Revoking the pasted key" + whose, "The pasted key" + whose + ": the order was sent."},
		Reveal:     {"show the key of " + what, "Fetching the key of " + what, "The key of " + what},
	}[o.Action]
}

// Phrase is what a person types in place of a yes where that is too little, and why it is; empty
// where a yes will do. In a production system it is the name of what the order is about.
func (o Order) Phrase(info Info) (phrase, why string) {
	if !info.Production || !o.Action.Writes() {
		return "", ""
	}
	phrase, why = info.Name, "This is a production system."
	switch {
	case o.Action.AboutOne():
		phrase = Typable(o.Token.Name, o.Token.ID)
	case o.Owner.ID != "":
		phrase = Typable(o.Owner.Username, o.Owner.ID)
	}
	return phrase, why
}

// Agrees reports whether a phrase was typed, in whatever digits a keyboard has.
func Agrees(typed, phrase string) bool { return Digits(typed) == Digits(phrase) }
