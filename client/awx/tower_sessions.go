package awx

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// sessionStore are the auth tokens that authdeck has made, which is the only list of
// them that there is.
type sessionStore struct {
	mu   sync.Mutex
	last int
	rows []*session
}

// session is one of them. Its key is a copy of its own: a dialog wipes the one
// that it shows.
type session struct {
	id       int
	key      model.Secret
	username string // as it was typed; to sign in with again
	owner    model.User
	made     time.Time
	seen     time.Time     // its last use, as far as authdeck knows
	idle     time.Duration // how long it lives without use; zero if the server did not say
	until    wire.Time     // its end when it was made, where that is all there is
	handed   bool          // a person has the key, so that it is not authdeck's alone
}

// keep adds a token, or finds the one that has this key already: the server gives
// one key to all sign-ins of a user from one place.
func (m *sessionStore) keep(s session) (row session, again bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s = s.apart()
	if i := m.index(s.key); i >= 0 {
		old := m.rows[i]
		old.seen, old.idle, old.until, old.handed = s.seen, s.idle, s.until, old.handed || s.handed
		if s.owner.ID != "" {
			old.owner = s.owner
		}
		return old.apart(), true
	}
	m.last++
	s.id = m.last
	m.rows = append(m.rows, &s)
	return s.apart(), false
}

// apart is a copy with a key of its own: the kept one is wiped when it is dropped,
// while somebody may still be proving that it has ended.
func (s session) apart() session {
	s.key = model.NewSecret(s.key.Reveal())
	return s
}

func (m *sessionStore) index(key model.Secret) int {
	return slices.IndexFunc(m.rows, func(s *session) bool { return s.key.Equal(key) })
}

// find is a token by its number.
func (m *sessionStore) find(id string) (session, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.rows {
		if strconv.Itoa(s.id) == id {
			return s.apart(), true
		}
	}
	return session{}, false
}

// drop forgets tokens, and their keys.
func (m *sessionStore) drop(which func(*session) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows = slices.DeleteFunc(m.rows, func(s *session) bool {
		if !which(s) {
			return false
		}
		s.key.Wipe()
		return true
	})
}

// forget drops all.
func (m *sessionStore) forget() { m.drop(func(*session) bool { return true }) }

// with does something to the token of a key, if there is one.
func (m *sessionStore) with(key model.Secret, do func(*session)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := m.index(key); i >= 0 {
		do(m.rows[i])
	}
}

// used notes that a token was used, which puts its end off.
func (m *sessionStore) used(key model.Secret, at time.Time) {
	m.with(key, func(s *session) { s.seen = at })
}

// over reports whether disuse has ended a token.
func (m *sessionStore) over(key model.Secret, now time.Time) (over bool) {
	m.with(key, func(s *session) { over = s.idle > 0 && now.After(s.seen.Add(s.idle)) })
	return over
}

// shared reports whether a person has a key too.
func (m *sessionStore) shared(key model.Secret) (shared bool) {
	m.with(key, func(s *session) { shared = s.handed })
	return shared
}

// mine notes who authdeck itself is, on the token that it uses.
func (m *sessionStore) mine(conn *wire.Conn, me model.User) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.rows {
		if conn.InUse(s.key) {
			s.owner = me
		}
	}
}

// tokens are all of them.
func (m *sessionStore) tokens(conn *wire.Conn) []model.Token {
	m.mu.Lock()
	defer m.mu.Unlock()
	var tokens []model.Token
	for _, s := range m.rows {
		tokens = append(tokens, s.token(conn))
	}
	return tokens
}

// token is a session as the console shows it.
func (s session) token(conn *wire.Conn) model.Token {
	t := model.Token{
		ID:       strconv.Itoa(s.id),
		Name:     model.Clean("#" + strconv.Itoa(s.id)),
		Kind:     model.Clean("auth token"),
		Owner:    s.owner,
		Created:  model.At(s.made),
		Updated:  model.At(s.made),
		Expires:  s.end(),
		LastUsed: model.Not(model.Unknown), // others may use it, and the server does not say
		Own:      conn.InUse(s.key),
		Rolls:    true,
	}
	t.Note = model.Clean("Every use puts its end off; uses that authdeck does not see are not counted here.")
	if s.idle > 0 {
		t.Note = model.Clean("It ends " + minutes(s.idle) + " after its last use; uses that authdeck does not see are not counted here.")
	}
	if stateAt(t.Expires) == model.Active {
		t.State = model.Active
	}
	if t.Own {
		t.LastUsed = model.At(s.seen)
	}
	return t
}

// end is the earliest end: the last known use, and the time without use after it.
func (s session) end() model.When {
	if s.idle > 0 {
		return model.At(s.seen.Add(s.idle))
	}
	return s.until.When()
}

// minutes is a span of the server's in words: it counts in minutes.
func minutes(d time.Duration) string {
	if d == time.Minute {
		return "a minute"
	}
	return strconv.Itoa(int(d.Minutes())) + " minutes"
}
