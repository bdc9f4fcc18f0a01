package look

import "authdeck/model"

// Marked is foreign text with a mark if cleaning changed it: what came is in
// the details.
func Marked(t model.Text) string { return t.Marked() }

// TokenName is a token in a sentence. Some systems have no other name for it than its
// owner's.
func TokenName(t model.Token) string { return t.Called() }

// UserName is a user in a sentence.
func UserName(u model.User) string { return "user " + Marked(u.Username) }

// OwnerLine is a user in a question: the name may be anything, the number is not.
func OwnerLine(u model.User) string {
	who := Marked(u.Username)
	if !u.FullName.Empty() {
		who += " (" + Marked(u.FullName) + ")"
	}
	return who + ", number " + model.Clean(u.ID).String()
}
