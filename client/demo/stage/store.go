package stage

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"slices"
	"sync"
	"time"
)

// Token is one version of a token. A change makes a new value, so a reader
// keeps what it was given.
type Token struct {
	ID                   int
	Key                  string
	Owner                *User
	CreatedAt, UpdatedAt time.Time
}

// What a store answers other than a token.
var (
	ErrNoUser   = errors.New("no such user")
	ErrNoToken  = errors.New("no such token")
	ErrHasToken = errors.New("the user holds a token")
)

// Store is the one truth behind all dialects. It is safe for concurrent use.
type Store struct {
	now    func() time.Time
	Users  []*User // by id
	mu     sync.RWMutex
	newKey func() string
	tokens []*Token       // by id
	held   map[int]*Token // by the owner's id
	keys   map[[sha256.Size]byte]*Token
	lastID int
}

func newStore(users []*User, newKey func() string, now func() time.Time) *Store {
	return &Store{
		now: now, Users: users, newKey: newKey,
		held: map[int]*Token{}, keys: map[[sha256.Size]byte]*Token{},
	}
}

// SearchText is what a search for tokens looks at.
func (t *Token) SearchText() string { return SearchText(Decimal(t.ID), t.Key, t.Owner.ownerText()) }

// User finds by number.
func (s *Store) User(id int) (*User, error) {
	i, found := slices.BinarySearchFunc(s.Users, id, func(u *User, id int) int { return cmp.Compare(u.ID, id) })
	if !found {
		return nil, ErrNoUser
	}
	return s.Users[i], nil
}

// AllTokens is the caller's to sort and to cut.
func (s *Store) AllTokens() []*Token {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.tokens)
}

// Token finds by number.
func (s *Store) Token(id int) (*Token, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, found := s.find(id)
	if !found {
		return nil, ErrNoToken
	}
	return s.tokens[i], nil
}

// HasToken says whether a user holds a token.
func (s *Store) HasToken(u *User) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.held[u.ID] != nil
}

// ByKey finds by a digest and then compares in constant time, so that no
// duration tells how much of a guess was right.
func (s *Store) ByKey(key string) (*Token, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.keys[sha256.Sum256([]byte(key))]
	if t == nil || subtle.ConstantTimeCompare([]byte(t.Key), []byte(key)) != 1 {
		return nil, ErrNoToken
	}
	return t, nil
}

// Create makes a token for a user who holds none; the one held comes with
// errHolds.
func (s *Store) Create(owner int) (*Token, error) {
	u, err := s.User(owner)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if held := s.held[owner]; held != nil {
		return held, ErrHasToken
	}
	now := s.today()
	t := &Token{ID: s.lastID + 1, Owner: u, CreatedAt: now, UpdatedAt: now.Add(6 * time.Microsecond)}
	s.put(t, s.newKey())
	return t, nil
}

// Renew gives a token a new key; the old one is forgotten at once.
func (s *Store) Renew(id int) (*Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, found := s.find(id)
	if !found {
		return nil, ErrNoToken
	}
	old := s.tokens[i]
	t := &Token{ID: id, Owner: old.Owner, CreatedAt: old.CreatedAt, UpdatedAt: s.today()}
	if !t.UpdatedAt.After(old.UpdatedAt) {
		t.UpdatedAt = old.UpdatedAt.Add(time.Microsecond)
	}
	delete(s.keys, sha256.Sum256([]byte(old.Key)))
	s.put(t, s.newKey())
	return t, nil
}

// Remove deletes a token and its key.
func (s *Store) Remove(id int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, found := s.find(id)
	if !found {
		return ErrNoToken
	}
	t := s.tokens[i]
	s.tokens = slices.Delete(s.tokens, i, i+1)
	delete(s.keys, sha256.Sum256([]byte(t.Key)))
	delete(s.held, t.Owner.ID)
	return nil
}

// put files a new version of a token; the caller holds the lock.
func (s *Store) put(t *Token, key string) {
	t.Key = key
	if i, found := s.find(t.ID); found {
		s.tokens[i] = t
	} else {
		s.tokens = slices.Insert(s.tokens, i, t)
	}
	s.lastID = max(s.lastID, t.ID)
	s.held[t.Owner.ID] = t
	s.keys[sha256.Sum256([]byte(key))] = t
}

func (s *Store) find(id int) (int, bool) {
	return slices.BinarySearchFunc(s.tokens, id, func(t *Token, id int) int { return cmp.Compare(t.ID, id) })
}

// today is now with the precision that the systems keep.
func (s *Store) today() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
