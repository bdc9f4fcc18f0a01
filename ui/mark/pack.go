package mark

import (
	"time"

	"authdeck/model"
)

// entry is a token in a fifth of the room that a [model.Token] takes: a hundred thousand are
// marked by one key.
type entry struct {
	at                                  int
	texts                               [7]string // name, kind, description, scope, managed, note, application
	altered                             altered
	owner                               *person
	created, updated, expires, lastUsed moment
	version                             string
	state                               model.State
	own, rolls                          bool
}

// person is an owner, held once for all tokens that were seen with the same.
type person struct {
	id                           string
	texts                        [7]string // username, full name, mobile, email, word of the token, kind, role
	altered                      altered
	lastLogin, created           moment
	active, staff, admin, tokens model.Answer
	system                       string
}

// altered are the texts that are not had again by cleaning their letters, by their place: few
// of many.
type altered map[int]model.Text

// moment is a [model.When] in half the room.
type moment struct {
	second    int64
	nano      int32
	knowledge int8
}

func momentOf(w model.When) moment {
	at, known := w.Time()
	if !known {
		return moment{knowledge: int8(w.Knowledge())} //nolint:gosec // there are four
	}
	return moment{at.Unix(), int32(at.Nanosecond()), int8(model.Known)} //nolint:gosec // less than a billion
}

func (m moment) when() model.When {
	if k := model.Knowledge(m.knowledge); k != model.Known {
		return model.Not(k)
	}
	return model.At(time.Unix(m.second, int64(m.nano)))
}

// shared are the people and the words that tokens have in common, each once.
type shared struct {
	people map[string]*person // by their IDs; of two systems the one that came last
	words  map[string]string
}

func newShared() *shared { return &shared{people: map[string]*person{}, words: map[string]string{}} }

// letters puts texts into their places.
func (a *altered) letters(into []string, texts ...model.Text) {
	for i, t := range texts {
		into[i] = t.String()
		if model.Clean(into[i]) == t {
			continue
		}
		if *a == nil {
			*a = altered{}
		}
		(*a)[i] = t
	}
}

func (a altered) text(from []string, place int) model.Text {
	if t, is := a[place]; is {
		return t
	}
	return model.Clean(from[place])
}

// packed is a token without its ID, which whoever keeps it has.
func (s *shared) packed(t *model.Token) *entry {
	e := &entry{
		owner: s.person(&t.Owner), created: momentOf(t.Created), updated: momentOf(t.Updated), expires: momentOf(t.Expires), lastUsed: momentOf(t.LastUsed),
		version: t.Version, state: t.State, own: t.Own, rolls: t.Rolls,
	}
	e.altered.letters(e.texts[:], t.Name, t.Kind, t.Description, t.Scope, t.Managed, t.Note, t.App)
	for i, word := range e.texts[1:] {
		e.texts[i+1] = s.word(word)
	}
	return e
}

// token is what was packed, under its ID.
func (e *entry) token(id string) model.Token {
	text := func(place int) model.Text { return e.altered.text(e.texts[:], place) }
	return model.Token{
		ID: id, Name: text(0), Kind: text(1), Description: text(2), Scope: text(3), Managed: text(4), Note: text(5), App: text(6), Owner: e.owner.user(),
		Created: e.created.when(), Updated: e.updated.when(), Expires: e.expires.when(), LastUsed: e.lastUsed.when(),
		Version: e.version, State: e.state, Own: e.own, Rolls: e.rolls,
	}
}

// word is a text that others may have too.
func (s *shared) word(text string) string {
	if held, is := s.words[text]; is {
		return held
	}
	s.words[text] = text
	return text
}

func (s *shared) person(u *model.User) *person {
	if held := s.people[u.ID]; held != nil && held.user() == *u {
		return held
	}
	p := &person{
		id: u.ID, lastLogin: momentOf(u.LastLogin), created: momentOf(u.Created),
		active: u.Active, staff: u.Staff, admin: u.Admin, tokens: u.HasToken, system: u.System,
	}
	p.altered.letters(p.texts[:], u.Username, u.FullName, u.Mobile, u.Email, u.TokenWord, u.Kind, u.Role)
	s.people[u.ID] = p
	return p
}

func (p *person) user() model.User {
	text := func(place int) model.Text { return p.altered.text(p.texts[:], place) }
	return model.User{
		ID: p.id, Username: text(0), FullName: text(1), Mobile: text(2), Email: text(3), TokenWord: text(4), Kind: text(5), Role: text(6),
		Active: p.active, Staff: p.staff, Admin: p.admin, HasToken: p.tokens,
		LastLogin: p.lastLogin.when(), Created: p.created.when(), System: p.system,
	}
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
	p.objects, p.entries = append(p.objects, object{system, t.ID}), append(p.entries, p.shared.packed(&t))
}

// Len is how many there are.
func (p *Pile) Len() int { return len(p.objects) }
