package stage

import (
	"strings"
	"time"
)

// Right is what a user may do. Dialects have their own words for them.
type Right uint8

// The rights, which add up.
const (
	SignedIn  Right = 1 << iota // every user
	Insider                     // staff or administrator: may ask who they are
	SeeTokens                   // list and read
	CreateTokens
	RegenerateTokens
	DeleteTokens
	SeeUsers
	Anyone    Right = 0
	AllRights       = SignedIn | Insider | SeeTokens | CreateTokens | RegenerateTokens | DeleteTokens | SeeUsers
)

// User is a person or a machine. Users do not change once they are seeded, so
// they are read without a lock. Empty texts and zero times are unset.
type User struct {
	ID                   int
	Username, Password   string
	Mobile, Email        string
	First, Last, Gender  string
	Avatar               string
	Group                int // 0 is none
	Active, Staff, Admin bool
	Harmful              bool // the name is one of Hostile
	Online               bool
	Rights               Right
	LastLogin            time.Time
	CreatedAt, UpdatedAt time.Time
}

// May says whether the user has all the rights given.
func (u *User) May(need Right) bool { return u.Rights&need == need }

// FullName is empty for a user without names.
func (u *User) FullName() string { return strings.TrimSpace(u.First + " " + u.Last) }

// Complete says whether the user has filled in the profile.
func (u *User) Complete() bool { return u.First != "" && u.Last != "" && u.Email != "" }

// SearchText is what a search for users looks at.
func (u *User) SearchText() string { return SearchText(Decimal(u.ID), u.ownerText(), u.Email) }

// ownerText is what a search for tokens looks at of their owner.
func (u *User) ownerText() string { return SearchText(u.Username, u.Mobile, u.First, u.Last) }

// SearchText joins by a line end, which no search term can hold.
func SearchText(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }
