package client_test

import (
	"time"

	"authdeck/model"
)

// spoken is a moment in words.
func spoken(w model.When) string {
	at, known := w.Time()
	if !known {
		return map[model.Knowledge]string{
			model.Unknown: "unknown", model.Never: "never", model.NotApplicable: "not applicable",
		}[w.Knowledge()]
	}
	return at.Format(time.RFC3339Nano)
}

func answered(a model.Answer) string {
	return map[model.Answer]string{model.Unsaid: "unsaid", model.Yes: "yes", model.No: "no"}[a]
}

// aText is a fact that is a text, with what cleaning took off.
func aText[T any](at string, said func(T) model.Text) fact[T] {
	return texted(func(r row) model.Text { return model.Clean(r.text(at)) }, said, at)
}

// texted is a text that is put together from several members.
func texted[T any](read func(row) model.Text, said func(T) model.Text, at ...string) fact[T] {
	return fact[T]{
		at: at, read: func(r row) string { return read(r).Quoted() }, said: func(item T) string { return said(item).Quoted() },
	}
}

func aWord[T any](at string, read func(row, string) string, said func(T) string) fact[T] {
	return fact[T]{at: []string{at}, read: func(r row) string { return read(r, at) }, said: said}
}

func aNumber[T any](at string, said func(T) string) fact[T] { return aWord(at, row.number, said) }

func anAnswer[T any](at string, said func(T) model.Answer) fact[T] {
	return aWord(at, func(r row, at string) string { return answered(r.answer(at)) }, func(item T) string { return answered(said(item)) })
}

// aMoment reads null as unknown, and aMomentOrNever as "it has not happened".
func aMoment[T any](at string, said func(T) model.When) fact[T] {
	return momentary(func(r row) model.When { return r.when(at) }, said, at)
}

func aMomentOrNever[T any](at string, said func(T) model.When) fact[T] {
	return momentary(func(r row) model.When { return r.orNever(at) }, said, at)
}

func momentary[T any](read func(row) model.When, said func(T) model.When, at ...string) fact[T] {
	return fact[T]{
		at: at, read: func(r row) string { return spoken(read(r)) }, said: func(item T) string { return spoken(said(item)) },
	}
}

// aYes is a fact that shows only where it is so, as one word.
func aYes[T any](at, word string, said func(T) model.Text) fact[T] {
	return texted(func(r row) model.Text {
		if r.answer(at) != model.Yes {
			return model.Text{}
		}
		return model.Clean(word)
	}, said, at)
}

// ofOwner are the facts of a token's owner, who stands in the row under a name,
// or in the row itself.
func ofOwner(under string, facts []fact[model.User]) []fact[model.Token] {
	var all []fact[model.Token]
	for _, f := range facts {
		read, prefix := f.read, ""
		if under != "" {
			prefix = under + "."
			read = func(r row) string {
				inner, _ := r[under].(map[string]any)
				return f.read(inner)
			}
		}
		var at []string
		for _, path := range f.at {
			at = append(at, prefix+path)
		}
		all = append(all, fact[model.Token]{at: at, read: read, said: func(token model.Token) string { return f.said(token.Owner) }})
	}
	return all
}

func userID(u model.User) string           { return u.ID }
func userName(u model.User) model.Text     { return u.Username }
func userFullName(u model.User) model.Text { return u.FullName }
func userEmail(u model.User) model.Text    { return u.Email }
func userKind(u model.User) model.Text     { return u.Kind }
func userRole(u model.User) model.Text     { return u.Role }
func userActive(u model.User) model.Answer { return u.Active }
func userAdmin(u model.User) model.Answer  { return u.Admin }
func userStaff(u model.User) model.Answer  { return u.Staff }
func userHolds(u model.User) model.Answer  { return u.HasToken }
func tokenID(t model.Token) string         { return t.ID }
func tokenOwner(t model.Token) string      { return t.Owner.ID }
func tokenVersion(t model.Token) string    { return t.Version }
func tokenKind(t model.Token) model.Text   { return t.Kind }
func tokenScope(t model.Token) model.Text  { return t.Scope }
func tokenWords(t model.Token) model.Text  { return t.Description }
