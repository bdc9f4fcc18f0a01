package stage

import (
	"fmt"
	"time"
)

// People is the people behind all systems: one truth, told in several dialects.
type People struct {
	Users []*User   // by id; the first is the administrator, the second the one without rights
	Base  time.Time // the data look back from here: this morning
	Now   func() time.Time
}

// Today is now with the precision that the systems keep.
func (c *People) Today() time.Time { return c.Now().UTC().Truncate(time.Microsecond) }

// Passwords are those of the two users that the demo signs in as. They have a
// source of numbers of their own, so that they are known before the people are.
type Passwords struct{ Admin, Weak string }

// Streams of random numbers: each mirror has one of its own after these.
const (
	peopleStream uint64 = iota
	passwordStream
	mirrorStream
)

// NewPasswords are the passwords of a seed.
func NewPasswords(o Settings) Passwords {
	s := newSeeder(o, passwordStream)
	return Passwords{Admin: s.Hex(LongestPrefix + 8), Weak: s.Hex(LongestPrefix + 8)}
}

// NewPeople are the people of a seed, two of whom have these passwords.
func NewPeople(o Settings, p Passwords) *People {
	s := newSeeder(o, peopleStream)
	c := &People{Now: o.Now, Base: s.Base, Users: s.people(o.Users)}
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Users[0].Password, c.Users[1].Password = p.Admin, p.Weak
	return c
}

func (s *Seeder) person(id int, born time.Time) *User {
	f := s.families[s.Rand.IntN(len(s.families))]
	given, gender := f.men, "male"
	if s.Rand.IntN(2) == 0 {
		given, gender = f.women, "female"
	}
	first, last := given[s.Rand.IntN(len(given))], f.family[s.Rand.IntN(len(f.family))]
	u := &User{
		ID: id, Username: s.username(first.latin+"."+last.latin, id),
		Mobile: fmt.Sprintf("%s%07d", f.dial, id*7919%10_000_000),
		First:  first.native, Last: last.native, Gender: gender,
		Rights: SignedIn,
		Group:  s.Rand.IntN(6), Active: s.Rand.IntN(12) > 0, Online: s.Rand.IntN(20) == 0,
		CreatedAt: born, UpdatedAt: s.Between(born, s.Base),
	}
	u.Email = u.Username + "@shop.example"
	s.forget(u)
	s.lastLogin(u)
	s.promote(u)
	return u
}

// forget leaves out what real people leave out.
func (s *Seeder) forget(u *User) {
	if s.Rand.IntN(15) == 0 {
		u.First = ""
	}
	if s.Rand.IntN(12) == 0 {
		u.Last = ""
	}
	if s.Rand.IntN(8) == 0 {
		u.Email = ""
	}
	if s.Rand.IntN(20) == 0 {
		u.Mobile = ""
	}
	if s.Rand.IntN(25) == 0 {
		u.Gender = "other"
	}
	if s.Rand.IntN(6) == 0 {
		u.Avatar = fmt.Sprintf("https://shop.example/media/avatars/%d.png", u.ID)
	}
}

// lastLogin is this week for most, long ago for some, before they left for those who
// are inactive, and never for a few, many of them new.
func (s *Seeder) lastLogin(u *User) {
	isNew := s.Base.Sub(u.CreatedAt) < 30*Day
	switch odds := s.Rand.IntN(10); {
	case odds == 0 || isNew && odds < 7:
	case u.Active:
		u.LastLogin = s.Lately(u.CreatedAt, s.Base)
	default:
		u.LastLogin = s.Between(u.CreatedAt, u.UpdatedAt)
	}
}

// promote makes some people staff, with all rights, with those to look, or with
// none, and a few of them administrators.
func (s *Seeder) promote(u *User) {
	switch odds := s.Rand.IntN(48); {
	case odds == 0:
		u.Staff, u.Admin, u.Rights = true, true, AllRights
	case odds == 1:
		u.Staff, u.Rights = true, AllRights
	case odds < 4:
		u.Staff, u.Rights = true, SignedIn|Insider|SeeTokens|SeeUsers
	case odds < 6:
		u.Staff, u.Rights = true, SignedIn|Insider
	}
}

// appoint makes the first two users the ones that the demo signs in as.
func (s *Seeder) appoint(admin, weak *User) {
	admin.Username, admin.First, admin.Last, admin.Gender = AdminName, "Ali", "Kamali", "male"
	admin.Active, admin.Staff, admin.Admin, admin.Rights = true, true, true, AllRights
	weak.Username, weak.First, weak.Last, weak.Gender = WeakName, "Dana", "Desk", "female"
	weak.Active, weak.Staff, weak.Admin, weak.Rights = true, true, false, SignedIn|Insider
	for _, u := range []*User{admin, weak} {
		u.Email, u.Mobile = u.Username+"@shop.example", fmt.Sprintf("0912%07d", u.ID)
		u.LastLogin = s.Between(s.Base.Add(-Morning), s.Base)
	}
}

// plant gives somebody a name that does harm.
func plant(u *User, i int, text string) {
	u.Active, u.Harmful = true, true
	switch i % 3 {
	case 0:
		u.First = text
	case 1:
		u.Last = text
	default:
		u.Username = text
	}
}

// username is the one wanted, or one with the id in it if that is taken.
func (s *Seeder) username(wanted string, id int) string {
	if s.taken[wanted] {
		wanted += Decimal(id)
	}
	s.taken[wanted] = true
	return wanted
}

// GroupName is what a group of people is called; there are five, from 1.
func GroupName(group int) string {
	return []string{"Operators", "Support", "Finance", "Warehouse", "Engineering"}[group-1]
}
