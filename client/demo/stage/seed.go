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
	History       = 2 * 365 * Day // how far back the data go
	Morning       = time.Hour     // after midnight: until then things were made today
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
	calm     bool
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
		Base:     morning(o.Began),
		Prefix:   o.KeyPrefix,
		calm:     o.Calm,
		families: families(),
		taken:    map[string]bool{},
	}
	return s
}

// morning is the last time that it was an hour after midnight. So a day has one
// company, which made something today, and nothing of it lies ahead of the clock.
func morning(now time.Time) time.Time {
	return now.UTC().Add(-Morning).Truncate(Day).Add(Morning)
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
		if i > 1 && i == n-1 { // began this morning
			born = s.Between(Later(users[i-1].CreatedAt, s.Base.Add(-Morning)), s.Base)
		}
		users[i] = s.person(id, born)
	}
	s.appoint(users[0], users[1])
	if s.calm {
		plantFew(users)
		return users
	}
	for i, text := range Hostile() {
		if at := 2 + 2*i; at < n {
			plant(users[at], i, text)
		}
	}
	return users
}

// Holders orders the users by how much they shall hold a token: those the demo
// signs in as, every other hostile one, the many, and the rest of the hostile. In a
// calm company the few hostile ones are the last.
func (s *Seeder) Holders(users []*User) []*User {
	rank := make(map[*User]int, len(users))
	for i, u := range users {
		switch {
		case i < 2:
			rank[u] = i - len(users)
		case u.Harmful && i%4 == 2 && !s.calm:
			rank[u] = -1
		case u.Harmful:
			rank[u] = len(users)
		default:
			rank[u] = s.Rand.IntN(len(users))
		}
	}
	chosen := slices.Clone(users)
	slices.SortStableFunc(chosen, func(a, b *User) int { return cmp.Compare(rank[a], rank[b]) })
	return chosen
}

// tokens come soon after their owners, or any time after; most are never regenerated,
// which leaves some microseconds between their two times.
func (s *Seeder) tokens(holders []*User) []*Token {
	tokens := make([]*Token, len(holders))
	for i, u := range holders {
		born := s.tokenBorn(i, u)
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

// tokenBorn is when somebody's token was made. One in sixty is of today, and one of
// yesterday.
func (s *Seeder) tokenBorn(i int, u *User) time.Time {
	midnight := s.Base.Add(-Morning)
	switch {
	case u.Harmful:
	case i == 0: // the administrator's came after those of others
		return s.Between(Earlier(s.Base, u.CreatedAt.Add(20*Day)), Earlier(s.Base, u.CreatedAt.Add(60*Day)))
	case i == 1: // that of the one without rights is the first of all
		return s.Between(u.CreatedAt, Earlier(s.Base, u.CreatedAt.Add(time.Minute)))
	case i%60 == 5:
		return s.Between(Later(midnight, u.CreatedAt), s.Base)
	case i%60 == 8 && u.CreatedAt.Before(midnight):
		return s.Between(Later(midnight.Add(-Day), u.CreatedAt), midnight)
	}
	soon := Earlier(s.Base, u.CreatedAt.Add(20*Day))
	if s.Rand.IntN(3) == 0 && !u.Harmful {
		soon = s.Base
	}
	return s.Between(u.CreatedAt, soon)
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

// Lately is a moment between two as well, and most often near the second: what is in
// use was used this week, and what is not lies anywhere.
func (s *Seeder) Lately(after, upTo time.Time) time.Time {
	part := s.Rand.Float64()
	part *= part * part // most parts are small, and their sixth power is a few days of two years
	ago := time.Duration(part*part*float64(upTo.Sub(after))) + s.UpTo(Day)
	return Later(after.Add(time.Microsecond), upTo.Add(-ago)).Truncate(time.Microsecond)
}

// UpTo is a part of a duration.
func (s *Seeder) UpTo(d time.Duration) time.Duration {
	return time.Duration(s.Rand.Int64N(max(int64(d), 1))).Truncate(time.Microsecond)
}

// Later is the later of two times.
func Later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Earlier is the earlier of two times.
func Earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
