package stage

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"time"
)

// What the seeded data keep to.
const (
	Day           = 24 * time.Hour
	History       = 3 * 365 * Day // how far back the data go
	FirstID       = 1001          // of tokens, so that nobody can take a user's id for one
	FewestUsers   = 2             // users: the administrator and the one without rights
	LongestPrefix = 24            // letters of a prefix at most, which leaves enough of a key to be unique
)

// KeyLetters are those that a prefix of keys may have.
const KeyLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// Seeder makes up the people. Everything comes from one source of numbers in
// one order, so the seed decides it all.
type Seeder struct {
	Rand     *rand.Rand
	Base     time.Time // the data look back from here
	Prefix   string
	families []family
	taken    map[string]bool // usernames
}

// The two users that the demo signs in as: the administrator, and the one without
// rights.
const (
	AdminName = "root.admin"
	WeakName  = "desk.staff"
)

func newSeeder(o Settings, stream uint64) *Seeder {
	s := &Seeder{
		Rand:     rand.New(rand.NewPCG(o.Seed, stream)), //nolint:gosec // must repeat; opens nothing but the demo
		Base:     time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC),
		Prefix:   o.KeyPrefix,
		families: families(),
		taken:    map[string]bool{},
	}
	if o.Now != nil {
		s.Base = o.Now().UTC()
	}
	return s
}

// people are so many users: the administrator, the one without rights, and the rest.
func (s *Seeder) people(n int) []*User {
	users := make([]*User, n)
	slot, id := History/time.Duration(n), 0
	for i := range users {
		id++
		if i > 1 && s.Rand.IntN(6) == 0 {
			id += 1 + s.Rand.IntN(3) // somebody has left
		}
		born := s.Base.Add(-History + time.Duration(i)*slot + s.UpTo(slot))
		users[i] = s.person(id, born)
	}
	s.appoint(users[0], users[1])
	for i, text := range Hostile() {
		if at := 2 + 2*i; at < n {
			plant(users[at], i, text)
		}
	}
	return users
}

// Holders orders the users by how much they shall hold a token: those the demo
// signs in as, every other hostile one, the many, and the rest of the hostile.
func (s *Seeder) Holders(users []*User) []*User {
	hostile := 2 * len(Hostile())
	rank := make(map[*User]int, len(users))
	for i, u := range users {
		switch {
		case i < 2:
			rank[u] = i - len(users)
		case i%4 == 2 && i < 2+hostile:
			rank[u] = -1
		case i%4 == 0 && i < 2+hostile:
			rank[u] = len(users)
		default:
			rank[u] = s.Rand.IntN(len(users))
		}
	}
	chosen := slices.Clone(users)
	slices.SortStableFunc(chosen, func(a, b *User) int { return cmp.Compare(rank[a], rank[b]) })
	return chosen
}

// tokens come soon after their owners; most are never regenerated, which
// leaves some microseconds between their two times.
func (s *Seeder) tokens(holders []*User) []*Token {
	tokens := make([]*Token, len(holders))
	for i, u := range holders {
		born := s.Between(u.CreatedAt, Earlier(s.Base, u.CreatedAt.Add(20*Day)))
		tokens[i] = &Token{Owner: u, CreatedAt: born, UpdatedAt: born.Add(time.Duration(3+s.Rand.IntN(9)) * time.Microsecond)}
		if s.Rand.IntN(4) == 0 {
			tokens[i].UpdatedAt = s.Between(tokens[i].UpdatedAt, s.Base)
		}
	}
	slices.SortFunc(tokens, func(a, b *Token) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Owner.ID, b.Owner.ID))
	})
	id := FirstID
	for _, t := range tokens {
		t.ID = id
		id += 1 + s.Rand.IntN(3)/2
	}
	return tokens
}

// Hex makes a secret of the wanted length.
func (s *Seeder) Hex(length int) string {
	raw := make([]byte, 0, length)
	for len(raw) < length {
		n := s.Rand.Uint64()
		raw = binary.LittleEndian.AppendUint64(raw, n)[:len(raw)+6]
	}
	return (s.Prefix + hex.EncodeToString(raw))[:length]
}

// Between is a moment after one and not after another.
func (s *Seeder) Between(after, upTo time.Time) time.Time {
	return after.Add(1 + s.UpTo(upTo.Sub(after))).Truncate(time.Microsecond)
}

// UpTo is a part of a duration.
func (s *Seeder) UpTo(d time.Duration) time.Duration {
	return time.Duration(s.Rand.Int64N(max(int64(d), 1))).Truncate(time.Microsecond)
}

// Earlier is the earlier of two times.
func Earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
