package export

import (
	"cmp"

	"authdeck/model"
	"authdeck/model/review"
)

// field is a column: its name, which stays what it is, and what a row has there.
type field[T any] struct {
	name string
	of   func(*T) value
}

// What a field is called in a document of commands, where kind is what the document is of.
const (
	kindField = "kind"
	typeField = "type"
)

// source is where rows come from.
type source struct {
	system string                     // of rows that do not say it
	silent map[string]map[string]bool // the fields of which a system tells nothing, by its name
	at     review.Moment

	reasons []review.Reason // that there are
}

func sourceOf(of Of) source {
	s := source{silent: map[string]map[string]bool{}, at: of.At, reasons: review.Reasons()}
	for _, info := range of.Systems {
		s.system, s.silent[info.Name] = info.Name, map[string]bool{}
		for _, name := range info.Silent {
			s.silent[info.Name][name] = true
		}
	}
	return s
}

// of is the system of a row that names it, or the only one.
func (s source) of(named string) string { return cmp.Or(named, s.system) }

// tokens are the columns of a token; docs/export.md has the same table.
func (s source) tokens() []field[model.Token] {
	type token = model.Token
	return []field[token]{
		{"system", func(t *token) value { return value{text: s.of(t.System)} }},
		{"id", func(t *token) value { return text(model.Clean(t.ID)) }},
		{"name", func(t *token) value { return s.text(t.System, "name", t.Name) }},
		{"kind", func(t *token) value { return s.text(t.System, "kind", t.Kind) }},
		{"owner", func(t *token) value { return s.text(t.System, "owner", t.Owner.Username) }},
		{"owner_id", func(t *token) value { return s.text(t.System, "owner", model.Clean(t.Owner.ID)) }},
		{"owner_name", func(t *token) value { return text(t.Owner.FullName) }},
		{"owner_email", func(t *token) value { return s.text(t.System, "owner_email", t.Owner.Email) }},
		{"owner_active", func(t *token) value { return answer(t.Owner.Active) }},
		{"description", func(t *token) value { return s.text(t.System, "description", t.Description) }},
		{"scope", func(t *token) value { return s.text(t.System, "scope", t.Scope) }},
		{"managed", func(t *token) value { return text(t.Managed) }},
		{"created", func(t *token) value { return when(t.Created) }},
		{"updated", func(t *token) value { return when(t.Updated) }},
		{"expires", func(t *token) value { return when(t.Expires) }},
		{"last_used", func(t *token) value { return when(t.LastUsed) }},
		{"state", func(t *token) value { return state(t.State) }},
		{"own", func(t *token) value { return answer(model.AnswerOf(t.Own)) }},
		{"note", func(t *token) value { return s.text(t.System, "note", t.Note) }},
		{"look", s.look},
		{"untold", s.untold},
		{"app", func(t *token) value { return s.text(t.System, "app", t.App) }},
	}
}

// users are the columns of a user.
func (s source) users() []field[model.User] {
	type user = model.User
	return []field[user]{
		{"system", func(u *user) value { return value{text: s.of(u.System)} }},
		{"id", func(u *user) value { return text(model.Clean(u.ID)) }},
		{"user", func(u *user) value { return s.text(u.System, "user", u.Username) }},
		{"name", func(u *user) value { return s.text(u.System, "name", u.FullName) }},
		{"email", func(u *user) value { return s.text(u.System, "email", u.Email) }},
		{"mobile", func(u *user) value { return s.text(u.System, "mobile", u.Mobile) }},
		{"kind", func(u *user) value { return s.text(u.System, "kind", u.Kind) }},
		{"role", func(u *user) value { return s.text(u.System, "role", u.Role) }},
		{"active", func(u *user) value { return answer(u.Active) }},
		{"staff", func(u *user) value { return answer(u.Staff) }},
		{"admin", func(u *user) value { return answer(u.Admin) }},
		{"has_token", func(u *user) value { return answer(u.HasToken) }},
		{"token", func(u *user) value { return text(u.TokenWord) }},
		{"last_login", func(u *user) value { return when(u.LastLogin) }},
		{"created", func(u *user) value { return when(u.Created) }},
	}
}

// text is one of a system: that it is empty says nothing where the system does not tell it.
func (s source) text(system, name string, t model.Text) value {
	if t.Empty() && s.silent[s.of(system)][name] {
		return ours(model.UnknownWord)
	}
	return text(t)
}

// look are the reasons to look at a token. Without one it is fine only where each of them is
// known not to be.
func (s source) look(t *model.Token) value {
	reasons, _ := review.Of(t, s.at)
	switch {
	case len(reasons) > 0:
		return wordsOf(reasons...)
	case review.Looked(t, s.at) == model.No:
		return wordsOf(fine)
	}
	return wordsOf(model.UnknownWord)
}

// untold are the reasons of which it cannot be told whether they are there. What is over
// has no other reason than that.
func (s source) untold(t *model.Token) value {
	var silent []review.Reason
	if review.Is(t, review.Expired, s.at) != model.Yes {
		for _, r := range s.reasons {
			if review.Is(t, r, s.at) == model.Unsaid {
				silent = append(silent, r)
			}
		}
	}
	return wordsOf(silent...)
}

// tied are the columns of rows that are a person's: how the account was told to be theirs, and
// how sure that is.
func tied[T any](of Of, whose func(*T) (system string, account model.User)) []field[T] {
	if of.Tie == nil {
		return nil
	}
	tie := func(row *T) (string, model.Answer) { return of.Tie(whose(row)) }
	return []field[T]{
		{"how", func(row *T) value { how, _ := tie(row); return value{text: how} }},
		{"sure", func(row *T) value { _, sure := tie(row); return answer(sure) }},
	}
}
