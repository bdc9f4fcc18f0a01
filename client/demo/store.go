package demo

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// right is what a user may do. Dialects have their own words for them.
type right uint8

const (
	signedIn    right = 1 << iota // every user
	insider                       // staff or administrator: may ask who they are
	seeTokens                     // list and read
	issueTokens                   // create
	renewTokens                   // regenerate
	dropTokens                    // delete
	seeUsers
	anyone    right = 0
	allRights       = signedIn | insider | seeTokens | issueTokens | renewTokens | dropTokens | seeUsers
)

// user is a person or a machine. Users do not change once they are seeded, so
// they are read without a lock. Empty texts and zero times are unset.
type user struct {
	id                   int
	username, password   string
	mobile, email        string
	first, last, gender  string
	avatar               string
	group                int // 0 is none
	active, staff, admin bool
	online               bool
	rights               right
	lastLogin            time.Time
	createdAt, updatedAt time.Time
}

func (u *user) may(need right) bool { return u.rights&need == need }

func (u *user) fullName() string { return strings.TrimSpace(u.first + " " + u.last) }

func (u *user) complete() bool { return u.first != "" && u.last != "" && u.email != "" }

// token is one version of a token. A change makes a new value, so a reader
// keeps what it was given.
type token struct {
	id                   int
	key                  string
	owner                *user
	createdAt, updatedAt time.Time
}

var (
	errNoUser  = errors.New("no such user")
	errNoToken = errors.New("no such token")
	errHolds   = errors.New("the user holds a token")
)

// store is the one truth behind all dialects. It is safe for concurrent use.
type store struct {
	now    func() time.Time
	users  []*user // by id
	mu     sync.RWMutex
	mint   func() string
	tokens []*token       // by id
	held   map[int]*token // by the owner's id
	keys   map[[sha256.Size]byte]*token
	lastID int
}

func newStore(users []*user, mint func() string, now func() time.Time) *store {
	return &store{
		now: now, users: users, mint: mint,
		held: map[int]*token{}, keys: map[[sha256.Size]byte]*token{},
	}
}

// searchText is what a search for users looks at.
func (u *user) searchText() string { return haystack(decimal(u.id), u.ownerText(), u.email) }

// ownerText is what a search for tokens looks at of their owner.
func (u *user) ownerText() string { return haystack(u.username, u.mobile, u.first, u.last) }

func (t *token) searchText() string { return haystack(decimal(t.id), t.key, t.owner.ownerText()) }

// haystack joins by a line end, which no search term can hold.
func haystack(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }

func (s *store) user(id int) (*user, error) {
	i, found := slices.BinarySearchFunc(s.users, id, func(u *user, id int) int { return cmp.Compare(u.id, id) })
	if !found {
		return nil, errNoUser
	}
	return s.users[i], nil
}

// allTokens is the caller's to sort and to cut.
func (s *store) allTokens() []*token {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.tokens)
}

func (s *store) token(id int) (*token, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, found := s.find(id)
	if !found {
		return nil, errNoToken
	}
	return s.tokens[i], nil
}

func (s *store) holds(u *user) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.held[u.id] != nil
}

// byKey finds by a digest and then compares in constant time, so that no
// duration tells how much of a guess was right.
func (s *store) byKey(key string) (*token, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.keys[sha256.Sum256([]byte(key))]
	if t == nil || subtle.ConstantTimeCompare([]byte(t.key), []byte(key)) != 1 {
		return nil, errNoToken
	}
	return t, nil
}

// create makes a token for a user who holds none; the one held comes with
// errHolds.
func (s *store) create(owner int) (*token, error) {
	u, err := s.user(owner)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if held := s.held[owner]; held != nil {
		return held, errHolds
	}
	now := s.today()
	t := &token{id: s.lastID + 1, owner: u, createdAt: now, updatedAt: now.Add(6 * time.Microsecond)}
	s.put(t, s.mint())
	return t, nil
}

// renew gives a token a new key; the old one is forgotten at once.
func (s *store) renew(id int) (*token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, found := s.find(id)
	if !found {
		return nil, errNoToken
	}
	old := s.tokens[i]
	t := &token{id: id, owner: old.owner, createdAt: old.createdAt, updatedAt: s.today()}
	if !t.updatedAt.After(old.updatedAt) {
		t.updatedAt = old.updatedAt.Add(time.Microsecond)
	}
	delete(s.keys, sha256.Sum256([]byte(old.key)))
	s.put(t, s.mint())
	return t, nil
}

func (s *store) remove(id int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, found := s.find(id)
	if !found {
		return errNoToken
	}
	t := s.tokens[i]
	s.tokens = slices.Delete(s.tokens, i, i+1)
	delete(s.keys, sha256.Sum256([]byte(t.key)))
	delete(s.held, t.owner.id)
	return nil
}

// put files a new version of a token; the caller holds the lock.
func (s *store) put(t *token, key string) {
	t.key = key
	if i, found := s.find(t.id); found {
		s.tokens[i] = t
	} else {
		s.tokens = slices.Insert(s.tokens, i, t)
	}
	s.lastID = max(s.lastID, t.id)
	s.held[t.owner.id] = t
	s.keys[sha256.Sum256([]byte(key))] = t
}

func (s *store) find(id int) (int, bool) {
	return slices.BinarySearchFunc(s.tokens, id, func(t *token, id int) int { return cmp.Compare(t.id, id) })
}

// today is now with the precision that the systems keep.
func (s *store) today() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
