package waldur

import (
	"time"

	"authdeck/model"
)

// The kinds of token, which also begin their IDs: both kinds stand in one list.
const (
	kindSession  = "session"
	kindPersonal = "personal access"

	sessionID  = "session-"
	personalID = "pat-"
)

// token is a session as people see it. It belongs to the console where it is
// that of the account that signs in with its session: there is one a user.
func (s session) token(id string, own bool) model.Token {
	t := model.Token{
		ID:       sessionID + id,
		Name:     s.Username,
		Kind:     model.Clean(kindSession),
		Owner:    s.owner(),
		Created:  model.Not(model.Unknown),
		Updated:  model.Not(model.Unknown),
		Expires:  s.Lifetime.end(s.Created.When()),
		LastUsed: s.Created.When(),
		State:    model.Active, // others are not listed
		Note:     s.note(),
		Own:      own,
		Rolls:    true,
	}
	if t.Name.Empty() {
		t.Name = t.Kind
	}
	return t
}

func (s session) owner() model.User {
	return model.User{
		ID: lastOf(s.User), Username: s.Username, FullName: model.Join(" ", s.FirstName, s.LastName),
		Active: s.Active.Bool.Answer, HasToken: model.Yes,
	}
}

func (s session) note() model.Text {
	said := "Use keeps it alive. Its last use is known roughly, and may be the making of its key"
	if s.Lifetime.end(s.Created.When()).Knowledge() == model.Known {
		said += "; it ends at the time shown or later"
	}
	said += "."
	if s.Active.Bool.Answer == model.No {
		said += " Its user is inactive: it opens nothing while that is so."
	}
	return model.Clean(said)
}

// token is a personal access token as people see it. Waldur shows everybody
// their own, so it belongs to whoever asks. Which of them the console itself
// uses nobody says: the prefix is the beginning of a date.
func (p personal) token(owner model.User) model.Token {
	t := model.Token{
		ID:       personalID + p.id(),
		Name:     p.Name,
		Kind:     model.Clean(kindPersonal),
		Owner:    owner,
		Scope:    model.Join(" ", p.Scopes...),
		Created:  p.Created.When(),
		Updated:  p.Created.When(), // a key does not change: rotation makes another token
		Expires:  p.Expires.When(),
		LastUsed: p.LastUsed.OrNever(),
		State:    p.state(time.Now()),
		Note:     p.note(),
	}
	if t.Name.Empty() {
		t.Name = t.Kind
	}
	if !p.Prefix.Empty() {
		t.Description = model.Join(" ", model.Clean("the key begins with"), p.Prefix)
	}
	return t
}

// state goes by the clock too: the server marks what has expired every six hours
// only. Of one that is over and inactive it does not say which came first.
func (p personal) state(now time.Time) model.State {
	end, known := p.Expires.When().Time()
	switch {
	case known && !end.After(now):
		return model.Expired
	case p.Active.Answer == model.Yes:
		return model.Active
	case p.Active.Answer == model.No:
		return model.Revoked
	}
	return model.Unclear
}

func (p personal) note() model.Text {
	var bound []model.Text
	for _, b := range p.Bound {
		bound = append(bound, model.Join(" ", b.Type, b.Name))
	}
	return model.Join(" ",
		about("Good for these alone:", model.Join(", ", bound...)),
		about("Accepted only from", model.Join(", ", p.Networks...)),
		about("Last used from", p.LastIP))
}

// about is a sentence with foreign words at its end, or nothing without them.
func about(words string, foreign model.Text) model.Text {
	if foreign.Empty() {
		return model.Text{}
	}
	return model.Join("", model.Clean(words+" "), foreign, model.Clean("."))
}

func (u user) user() model.User {
	m := model.User{
		ID: u.id(), Username: u.Username, FullName: u.FullName, Email: u.Email,
		Active: u.Active.Answer, Staff: u.Staff.Answer, HasToken: u.HasSession.Answer,
		TokenWord: u.tokenWord(time.Now()), Kind: u.Registration, Created: u.Joined.When(),
	}
	if u.Support.Answer == model.Yes {
		m.Role = model.Clean("support")
	}
	return m
}

// tokenWord says what a yes leaves out: Waldur says that a user has a session as
// long as its row is there, also when its time is over.
func (u user) tokenWord(now time.Time) model.Text {
	if u.HasSession.Answer != model.Yes {
		return model.Text{}
	}
	ends := u.SessionEnds.OrNever()
	if end, known := ends.Time(); known && !end.After(now) {
		return model.Clean("expired")
	}
	if ends.Knowledge() == model.Never {
		return model.Clean("never expires")
	}
	return model.Text{}
}
