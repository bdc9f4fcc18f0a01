package demo

import (
	"fmt"
	"time"
)

// company is the people behind all systems: one truth, told in several dialects.
type company struct {
	users []*user // by id; the first is the administrator, the second the one without rights
	base  time.Time
	now   func() time.Time
}

// today is now with the precision that the systems keep.
func (c *company) today() time.Time { return c.now().UTC().Truncate(time.Microsecond) }

// passwords are those of the two users that the demo signs in as. They have a
// source of numbers of their own, so that they are known before the people are.
type passwords struct{ admin, weak string }

// Streams of random numbers: each mirror has one of its own after these.
const (
	peopleStream uint64 = iota
	passwordStream
	mirrorStream
)

func newPasswords(o settings) passwords {
	s := newSeeder(o, passwordStream)
	return passwords{admin: s.hex(keyPrefix + 8), weak: s.hex(keyPrefix + 8)}
}

func newCompany(o settings, p passwords) *company {
	s := newSeeder(o, peopleStream)
	c := &company{now: o.now, base: s.base, users: s.people(o.users)}
	if c.now == nil {
		c.now = time.Now
	}
	c.users[0].password, c.users[1].password = p.admin, p.weak
	return c
}

func (s *seeder) person(id int, born time.Time) *user {
	f := s.families[s.rng.IntN(len(s.families))]
	given, gender := f.men, "male"
	if s.rng.IntN(2) == 0 {
		given, gender = f.women, "female"
	}
	first, last := given[s.rng.IntN(len(given))], f.family[s.rng.IntN(len(f.family))]
	u := &user{
		id: id, username: s.username(first.latin+"."+last.latin, id),
		mobile: fmt.Sprintf("%s%07d", f.dial, id*7919%10_000_000),
		first:  first.native, last: last.native, gender: gender,
		rights: signedIn,
		group:  s.rng.IntN(6), active: s.rng.IntN(12) > 0, online: s.rng.IntN(20) == 0,
		createdAt: born, updatedAt: s.between(born, s.base),
	}
	u.email = u.username + "@shop.example"
	s.forget(u)
	s.lastLogin(u)
	s.promote(u)
	return u
}

// forget leaves out what real people leave out.
func (s *seeder) forget(u *user) {
	if s.rng.IntN(15) == 0 {
		u.first = ""
	}
	if s.rng.IntN(12) == 0 {
		u.last = ""
	}
	if s.rng.IntN(8) == 0 {
		u.email = ""
	}
	if s.rng.IntN(20) == 0 {
		u.mobile = ""
	}
	if s.rng.IntN(25) == 0 {
		u.gender = "other"
	}
	if s.rng.IntN(6) == 0 {
		u.avatar = fmt.Sprintf("https://shop.example/media/avatars/%d.png", u.id)
	}
}

func (s *seeder) lastLogin(u *user) {
	isNew := s.base.Sub(u.createdAt) < 30*day
	if odds := s.rng.IntN(10); odds > 0 && !isNew || odds > 6 {
		u.lastLogin = s.between(u.createdAt, s.base)
	}
}

// promote makes some people staff, with all rights, with those to look, or with
// none, and a few of them administrators.
func (s *seeder) promote(u *user) {
	switch odds := s.rng.IntN(48); {
	case odds == 0:
		u.staff, u.admin, u.rights = true, true, allRights
	case odds == 1:
		u.staff, u.rights = true, allRights
	case odds < 4:
		u.staff, u.rights = true, signedIn|insider|seeTokens|seeUsers
	case odds < 6:
		u.staff, u.rights = true, signedIn|insider
	}
}

// appoint makes the first two users the ones that the demo signs in as.
func (s *seeder) appoint(admin, weak *user) {
	admin.username, admin.first, admin.last, admin.gender = adminName, "Ali", "Kamali", "male"
	admin.active, admin.staff, admin.admin, admin.rights = true, true, true, allRights
	weak.username, weak.first, weak.last, weak.gender = weakName, "Dana", "Desk", "female"
	weak.active, weak.staff, weak.admin, weak.rights = true, true, false, signedIn|insider
	for _, u := range []*user{admin, weak} {
		u.email, u.mobile = u.username+"@shop.example", fmt.Sprintf("0912%07d", u.id)
		u.lastLogin = s.between(u.createdAt, s.base)
	}
}

// plant gives somebody a name that does harm.
func plant(u *user, i int, text string) {
	u.active = true
	switch i % 3 {
	case 0:
		u.first = text
	case 1:
		u.last = text
	default:
		u.username = text
	}
}

// username is the one wanted, or one with the id in it if that is taken.
func (s *seeder) username(wanted string, id int) string {
	if s.taken[wanted] {
		wanted += decimal(id)
	}
	s.taken[wanted] = true
	return wanted
}

// groupName is what a group of people is called; there are five, from 1.
func groupName(group int) string {
	return []string{"Operators", "Support", "Finance", "Warehouse", "Engineering"}[group-1]
}
