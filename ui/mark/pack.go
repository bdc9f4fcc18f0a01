package mark

import "authdeck/model"

// entry is a token in a third of the room that a [model.Token] takes: a hundred thousand are
// marked by one key. What tokens have in common is held once.
type entry struct {
	at                                  int
	name, description                   model.Text
	kind, scope, managed, note          *model.Text
	owner                               *model.User
	created, updated, expires, lastUsed model.When
	version                             string
	state                               model.State
	own, rolls                          bool
}

// token is what was packed, under its name.
func (e *entry) token(id string) model.Token {
	return model.Token{
		ID: id, Name: e.name, Kind: *e.kind, Owner: *e.owner, Description: e.description, Scope: *e.scope, Managed: *e.managed,
		Created: e.created, Updated: e.updated, Expires: e.expires, LastUsed: e.lastUsed,
		State: e.state, Note: *e.note, Own: e.own, Rolls: e.rolls, Version: e.version,
	}
}

// shared are the texts and the people that tokens have in common, each once.
type shared struct {
	texts map[model.Text]*model.Text
	users map[string]*model.User // by their IDs; of two systems the one that came last
}

func newShared() *shared {
	return &shared{texts: map[model.Text]*model.Text{}, users: map[string]*model.User{}}
}

// packed is a token without its ID, which whoever keeps it has.
func (s *shared) packed(t model.Token) *entry {
	return &entry{
		name: t.Name, description: t.Description, kind: s.text(t.Kind), scope: s.text(t.Scope), managed: s.text(t.Managed), note: s.text(t.Note),
		owner: s.user(t.Owner), created: t.Created, updated: t.Updated, expires: t.Expires, lastUsed: t.LastUsed,
		version: t.Version, state: t.State, own: t.Own, rolls: t.Rolls,
	}
}

func (s *shared) text(t model.Text) *model.Text {
	if held := s.texts[t]; held != nil {
		return held
	}
	s.texts[t] = &t
	return &t
}

func (s *shared) user(u model.User) *model.User {
	if held := s.users[u.ID]; held != nil && *held == u {
		return held
	}
	s.users[u.ID] = &u
	return &u
}

// Pile are tokens that may be marked together later. It is filled where no set is at hand, as
// in a command. Its zero value is empty.
type Pile struct {
	objects []object
	entries []*entry
	shared  *shared
}

// Put lays a token on the pile.
func (p *Pile) Put(system string, t model.Token) {
	if p.shared == nil {
		p.shared = newShared()
	}
	p.objects, p.entries = append(p.objects, object{system, t.ID}), append(p.entries, p.shared.packed(t))
}

// Len is how many there are.
func (p *Pile) Len() int { return len(p.objects) }
