package demo

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"time"
)

const (
	day       = 24 * time.Hour
	history   = 3 * 365 * day // how far back the data go
	firstID   = 1001          // of tokens, so that nobody can take a user's id for one
	fewest    = 2             // users: the administrator and the one without rights
	keyPrefix = 24            // letters of a prefix at most, which leaves enough of a key to be unique
)

// keyLetters are those that a prefix of keys may have.
const keyLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// seeder makes up the people. Everything comes from one source of numbers in
// one order, so the seed decides it all.
type seeder struct {
	rng      *rand.Rand
	base     time.Time // the data look back from here
	prefix   string
	families []family
	taken    map[string]bool // usernames
}

const (
	adminName = "root.admin"
	weakName  = "desk.staff"
)

func newSeeder(o settings, stream uint64) *seeder {
	s := &seeder{
		rng:      rand.New(rand.NewPCG(o.seed, stream)), //nolint:gosec // must repeat; opens nothing but the demo
		base:     time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC),
		prefix:   o.keyPrefix,
		families: families(),
		taken:    map[string]bool{},
	}
	if o.now != nil {
		s.base = o.now().UTC()
	}
	return s
}

// people are so many users: the administrator, the one without rights, and the rest.
func (s *seeder) people(n int) []*user {
	users := make([]*user, n)
	slot, id := history/time.Duration(n), 0
	for i := range users {
		id++
		if i > 1 && s.rng.IntN(6) == 0 {
			id += 1 + s.rng.IntN(3) // somebody has left
		}
		born := s.base.Add(-history + time.Duration(i)*slot + s.upTo(slot))
		users[i] = s.person(id, born)
	}
	s.appoint(users[0], users[1])
	for i, text := range hostile() {
		if at := 2 + 2*i; at < n {
			plant(users[at], i, text)
		}
	}
	return users
}

// holders orders the users by how much they shall hold a token: those the demo
// signs in as, every other hostile one, the many, and the rest of the hostile.
func (s *seeder) holders(users []*user) []*user {
	hostile := 2 * len(hostile())
	rank := make(map[*user]int, len(users))
	for i, u := range users {
		switch {
		case i < 2:
			rank[u] = i - len(users)
		case i%4 == 2 && i < 2+hostile:
			rank[u] = -1
		case i%4 == 0 && i < 2+hostile:
			rank[u] = len(users)
		default:
			rank[u] = s.rng.IntN(len(users))
		}
	}
	chosen := slices.Clone(users)
	slices.SortStableFunc(chosen, func(a, b *user) int { return cmp.Compare(rank[a], rank[b]) })
	return chosen
}

// tokens come soon after their owners; most are never regenerated, which
// leaves some microseconds between their two times.
func (s *seeder) tokens(holders []*user) []*token {
	tokens := make([]*token, len(holders))
	for i, u := range holders {
		born := s.between(u.createdAt, earlier(s.base, u.createdAt.Add(20*day)))
		tokens[i] = &token{owner: u, createdAt: born, updatedAt: born.Add(time.Duration(3+s.rng.IntN(9)) * time.Microsecond)}
		if s.rng.IntN(4) == 0 {
			tokens[i].updatedAt = s.between(tokens[i].updatedAt, s.base)
		}
	}
	slices.SortFunc(tokens, func(a, b *token) int {
		return cmp.Or(a.createdAt.Compare(b.createdAt), cmp.Compare(a.owner.id, b.owner.id))
	})
	id := firstID
	for _, t := range tokens {
		t.id = id
		id += 1 + s.rng.IntN(3)/2
	}
	return tokens
}

// hex makes a secret of the wanted length.
func (s *seeder) hex(length int) string {
	raw := make([]byte, 0, length)
	for len(raw) < length {
		n := s.rng.Uint64()
		raw = binary.LittleEndian.AppendUint64(raw, n)[:len(raw)+6]
	}
	return (s.prefix + hex.EncodeToString(raw))[:length]
}

// between is a moment after one and not after another.
func (s *seeder) between(after, upTo time.Time) time.Time {
	return after.Add(1 + s.upTo(upTo.Sub(after))).Truncate(time.Microsecond)
}

func (s *seeder) upTo(d time.Duration) time.Duration {
	return time.Duration(s.rng.Int64N(max(int64(d), 1))).Truncate(time.Microsecond)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
