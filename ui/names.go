package ui

import (
	"strings"

	"authdeck/model"
)

// marked is foreign text with a mark if cleaning changed it: what came is in
// the details.
func marked(t model.Text) string {
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

// called is a token in a sentence. Some systems have no other name for it than its
// owner's.
func called(t model.Token) string {
	if t.Name == t.Owner.Username {
		return "the token of " + marked(t.Owner.Username)
	}
	return "token " + marked(t.Name) + " of " + marked(t.Owner.Username)
}

func calledUser(u model.User) string { return "user " + marked(u.Username) }

// whose is a user in a question: the name may be anything, the number is not.
func whose(u model.User) string {
	who := "owner: " + marked(u.Username)
	if !u.FullName.Empty() {
		who += " (" + marked(u.FullName) + ")"
	}
	return who + ", number " + model.Clean(u.ID).String()
}

// typable is what a person types to name an object: its name, or its number where
// the name is missing or is not what came.
func typable(name model.Text, id string) string {
	if strings.TrimSpace(name.String()) == "" || name.Changed() {
		return model.Clean(id).String()
	}
	return name.String()
}
