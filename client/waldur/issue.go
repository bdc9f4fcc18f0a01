package waldur

import (
	"slices"
	"time"

	"authdeck/model"
)

// issue is what a person gets of a new token, held against what was meant. An
// answer leaves out that it is active and was never used. A key is handed out
// whatever else is wrong: the server does not show it again.
func issue(answer personal, meant model.Token) (model.Issued, error) {
	if answer.Token.Empty() {
		return model.Issued{}, model.Fail(model.Uncertain, "the server said yes, but its answer holds no key")
	}
	if answer.Active.Answer == model.Unsaid {
		answer.Active.Answer = model.Yes
	}
	made := answer.token(meant.Owner)
	made.LastUsed = model.Not(model.Never)
	issued := model.Issued{Token: made, Key: answer.Token}
	if made.Name != meant.Name {
		issued.Notes = append(issued.Notes, "The server calls it "+made.Name.String()+".")
	}
	if !slices.Equal(words(made.Scope), words(meant.Scope)) {
		issued.Notes = append(issued.Notes, "The server gave it other scopes: "+made.Scope.String()+".")
	}
	if at, wanted := made.Expires, meant.Expires; !near(at, wanted) {
		issued.Notes = append(issued.Notes, "The server does not say that it expires on "+day(wanted)+", but "+day(at)+".")
	}
	if answer.id() == "" {
		issued.Token.ID = ""
		return issued, model.Fail(model.Uncertain, "the server gave a key, but its answer names no token; the list shows which one is new")
	}
	return issued, nil
}

// near allows for the fraction of a second that a server may drop.
func near(a, b model.When) bool {
	first, known1 := a.Time()
	second, known2 := b.Time()
	return known1 == known2 && first.Sub(second).Abs() < time.Second
}

func day(w model.When) string {
	at, known := w.Time()
	if !known {
		return "no day"
	}
	return at.Format("2006-01-02 15:04 UTC")
}
