package inventory

import "authdeck/model"

// Class is what a change means for who reviews it.
type Class string

// The classes, the most telling first.
const (
	Owner   Class = "owner"    // it is somebody else's
	Standby Class = "standing" // whose it is may sign in no more, or again
	Key     Class = "key"      // there is a new key
	Expiry  Class = "expiry"   // when it ends
	Reach   Class = "reach"    // what it may do, and for what it was made
	State   Class = "state"    // whether it can be used
	Words   Class = "words"    // what it is called, and what else is said of it
	Told    Class = "told"     // one of the two does not say: whether it changed nobody knows
	Used    Class = "used"     // it was used
)

// Classes are all of them.
func Classes() []Class { return []Class{Owner, Standby, Key, Expiry, Reach, State, Words, Told, Used} }

// Change is a field that is no more what it was.
type Change struct {
	Class Class  `json:"class"`
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// field is one of a token that is held against what it was. That authdeck itself signs in with a
// token is none: it is a fact of who reads.
type field struct {
	name  string
	class Class
	of    func(*Token) string
}

func fields() []field {
	return []field{
		{"owner_id", Owner, func(t *Token) string { return t.OwnerID }},
		{"owner", Owner, func(t *Token) string { return t.Owner }},
		{"owner_active", Standby, func(t *Token) string { return t.OwnerActive }},
		{"created", Key, func(t *Token) string { return t.Created }},
		{"updated", Key, func(t *Token) string { return t.Updated }},
		{"expires", Expiry, func(t *Token) string { return t.Expires }},
		{"scope", Reach, func(t *Token) string { return t.Scope }},
		{"app", Reach, func(t *Token) string { return t.App }},
		{"type", Reach, func(t *Token) string { return t.Kind }},
		{"managed", Reach, func(t *Token) string { return t.Managed }},
		{"state", State, func(t *Token) string { return t.State }},
		{"name", Words, func(t *Token) string { return t.Name }},
		{"description", Words, func(t *Token) string { return t.Description }},
		{"note", Words, func(t *Token) string { return t.Note }},
		{"owner_name", Words, func(t *Token) string { return t.OwnerName }},
		{"owner_email", Words, func(t *Token) string { return t.OwnerEmail }},
		{"rolls", Words, func(t *Token) string { return t.Rolls }},
		{"last_used", Used, func(t *Token) string { return t.LastUsed }},
	}
}

// changes are what is no more what it was of a token.
func changes(was, is *Token, all []field) (found []Change) {
	for i := range all {
		from, to := all[i].of(was), all[i].of(is)
		if from != to {
			found = append(found, Change{classOf(&all[i], was, is), all[i].name, from, to})
		}
	}
	return found
}

// classOf is what a change of a field means. What one of the two does not say is no change that
// anybody knows of. A user name that is another one while the account is the same was renamed.
// A token whose end each use puts off was used; and the note of one that was used says from where,
// in some systems.
func classOf(f *field, was, is *Token) Class {
	moved := was.LastUsed != is.LastUsed
	switch {
	case f.of(was) == model.UnknownWord || f.of(is) == model.UnknownWord:
		return Told
	case f.name == "owner" && was.OwnerID != "" && was.OwnerID == is.OwnerID:
		return Words
	case f.name == "expires" && was.Rolls == model.Yes.Word() && is.Rolls == model.Yes.Word():
		return Used
	case f.name == "note" && moved:
		return Used
	}
	return f.class
}
