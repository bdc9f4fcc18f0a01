package query

import (
	"cmp"
	"strconv"
	"strings"

	"authdeck/model"
	"authdeck/model/review"
)

// Tokens are the fields of a token.
func Tokens() []Field[model.Token] {
	type token = model.Token
	text := func(of func(*token) model.Text) func(*token, *Source) string {
		return func(t *token, _ *Source) string { return seen(of(t)) }
	}
	return []Field[token]{
		{Entry: Entry{Name: "owner", Taken: []string{"user", "username", "login", "email", "e-mail", "mail", "mobile", "phone", "person", "account", "who"}, About: "user name, full name, e-mail or phone of whose it is", By: model.Rising(model.ByOwner)}, Words: true, Text: func(t *token, _ *Source) string { return person(t.Owner) }},
		{Entry: Entry{Name: "owner_id", About: "the system's own key of whose it is, exactly"}, Exact: true, Text: func(t *token, _ *Source) string { return t.Owner.ID }},
		{Entry: Entry{Name: "name", Taken: []string{"identifier", "title"}, About: "what people call it", By: model.Rising(model.ByName)}, Words: true, Text: text(func(t *token) model.Text { return t.Name })},
		{Entry: Entry{Name: "description", Taken: []string{"comment"}, By: model.Rising(model.ByDescription)}, Words: true, Text: text(func(t *token) model.Text { return t.Description })},
		{Entry: Entry{Name: "kind", Taken: []string{"type"}, About: "what sort of key, in the system's words", By: model.Rising(model.ByKind)}, Words: true, Text: text(func(t *token) model.Text { return t.Kind })},
		{Entry: Entry{Name: "scope", Taken: []string{"permission", "permissions", "scopes", "may", "role"}, About: "what it may do, in the system's words"}, Words: true, Text: text(func(t *token) model.Text { return t.Scope })},
		{Entry: Entry{Name: "app", Also: []string{"application"}, About: "the application that it was made for; empty where it is a person's own"}, Words: true, Text: text(func(t *token) model.Text { return t.App })},
		{Entry: Entry{Name: "note", About: "what else the system says of it"}, Text: text(func(t *token) model.Text { return t.Note })},
		{Entry: Entry{Name: system, About: "name or kind of the system", By: model.Rising(model.BySystem)}, Text: func(t *token, s *Source) string { return cmp.Or(t.System, s.called()) }},
		{Entry: Entry{Name: "id", Taken: []string{"number", "no"}, Kind: Number, About: "its number"}, Number: func(t *token) (int64, bool) { return numberOf(t.ID) }},
		{Entry: Entry{Name: "token_id", About: "what the system's own API calls it, exactly"}, Exact: true, Text: func(t *token, _ *Source) string { return t.ID }},
		{Entry: Entry{Name: "state", Taken: []string{"status"}, Kind: Choice, Choices: states(), About: "what the system says of it"}, Is: inState},
		{Entry: Entry{Name: "is", Kind: Choice, Choices: tokenWords(), About: "what there is to know of it"}, Is: tokenIs},
		{Entry: Entry{Name: "age", Kind: Past, Spans: true, About: "how long ago its key was made", By: model.Falling(model.ByUpdated)}, When: review.Made},
		{Entry: Entry{Name: "created", Taken: []string{"made"}, Kind: Past, By: model.Rising(model.ByCreated)}, When: func(t *token) model.When { return t.Created }},
		{Entry: Entry{Name: "updated", Taken: []string{"changed", "modified", "rotated"}, Kind: Past, About: "when its key last changed", By: model.Rising(model.ByUpdated)}, When: func(t *token) model.When { return t.Updated }},
		{Entry: Entry{Name: "used", Taken: []string{"last-used", "last_login", "seen"}, Also: []string{"last_used"}, Kind: Past, About: "when it was last used", By: model.Rising(model.ByLastUsed)}, When: func(t *token) model.When { return t.LastUsed }},
		{Entry: Entry{Name: "expires", Taken: []string{"expiry", "expiration", "ends", "end", "until"}, Kind: Future, About: "when it ends", By: model.Rising(model.ByExpires)}, When: func(t *token) model.When { return t.Expires }},
	}
}

// person is every name of a user, with a blank line between two, so that no search runs
// from one into the next.
func person(u model.User) string {
	names := make([]string, 0, 4)
	for _, name := range [...]model.Text{u.Username, u.FullName, u.Email, u.Mobile} {
		if !name.Empty() {
			names = append(names, seen(name))
		}
	}
	return strings.Join(names, between)
}

func (s *Source) called() string {
	if s == nil {
		return ""
	}
	return s.Name + between + s.Kind
}

// numberOf is an identifier that is a number.
func numberOf(id string) (int64, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	return n, err == nil
}

const (
	active  = "active"
	expired = "expired"
	revoked = "revoked"
)

func states() []string { return []string{active, expired, revoked, Unknown} }

// inState asks what the system says of a token. What it does not say may be each of them.
func inState(t *model.Token, state string, _ review.Moment) model.Answer {
	said := map[model.State]string{model.Active: active, model.Expired: expired, model.Revoked: revoked}[t.State]
	switch {
	case state == Unknown:
		return model.AnswerOf(said == "")
	case said == "":
		return model.Unsaid
	}
	return model.AnswerOf(said == state)
}

// tokenWords are what a token can be, beside the reasons to look at it.
func tokenWords() []string {
	words := []string{"look", "over", "fine", "stale", "mine", "managed"}
	for _, r := range review.Reasons() {
		words = append(words, string(r))
	}
	return words
}

func tokenIs(t *model.Token, word string, at review.Moment) model.Answer {
	switch word {
	case "look":
		return review.Looked(t, at)
	case "over":
		return review.Is(t, review.Expired, at)
	case "fine":
		return review.Looked(t, at).Or(review.Is(t, review.Expired, at)).Not()
	case "stale":
		return review.Stale(t, at)
	case "mine":
		return model.AnswerOf(t.Own)
	case "managed":
		return model.AnswerOf(!t.Managed.Empty())
	}
	return review.Is(t, review.Reason(word), at)
}
