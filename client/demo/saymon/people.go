package saymon

import (
	"encoding/json"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

// The states of a user.
const (
	saymonWaiting = 0 // has signed up and is not let in yet
	saymonActive  = 2
	saymonBlocked = 3
)

// The sources of a user.
const (
	saymonOwn = iota
	saymonLDAP
	saymonKeycloak
)

const (
	saymonManagers = 9 // the group whose members may manage users
	saymonDeputy   = 2 // the place of somebody who is always in it
)

// saymonAccount is what the system knows of a user, but for the token.
type saymonAccount struct {
	row     saymonUser
	manages bool // by permission or by group
}

func saymonAccounts(on stage.Stage) map[int]saymonAccount {
	accounts := map[int]saymonAccount{}
	for i, u := range on.Users {
		accounts[u.ID] = saymonAccountOf(on.Seeder, i, u)
	}
	return accounts
}

func saymonAccountOf(s *stage.Seeder, i int, u *stage.User) saymonAccount {
	manages := u.May(saymonManage) || i == saymonDeputy
	byGroup := i == saymonDeputy || manages && i > saymonDeputy && s.Rand.IntN(2) == 0
	row := saymonUser{
		ID: saymonID(u.ID), Login: u.Username, Email: u.Email,
		Permissions: saymonPermissions(u, manages && !byGroup),
		Contacts:    []string{}, EventFilter: make([]struct{}, s.Rand.IntN(8)/6), Status: saymonActive,
		Group: saymonGroups(s, u, byGroup),
	}
	if u.Mobile != "" {
		row.Contacts = append(row.Contacts, u.Mobile)
	}
	if i%2 == 0 || s.Rand.IntN(3) > 0 { // names that do harm are on even places
		row.DisplayName = u.FullName()
	}
	saymonStatus(s, &row, u)
	if i > 1 { // those who sign in have a password, so they are the system's own
		row.Source = saymonSourceOf(s, u)
	}
	saymonExtras(s, &row)
	return saymonAccount{row: row, manages: manages}
}

// saymonPermissions are only the user's own, not those of a group.
func saymonPermissions(u *stage.User, manages bool) []string {
	own := []string{}
	if u.Staff && u.Rights != stage.SignedIn|stage.Insider {
		own = append(own, "manage-objects", "manage-links")
	}
	if manages {
		own = append(own, "manage-users")
	}
	return own
}

// saymonGroups is an array today, one id in old records, and null where somebody
// has left.
func saymonGroups(s *stage.Seeder, u *stage.User, manager bool) any {
	groups := []string{}
	if u.Group > 0 {
		groups = append(groups, saymonPad("64c", u.Group))
	}
	if manager {
		groups = append(groups, saymonPad("64c", saymonManagers))
	}
	switch odds := s.Rand.IntN(4); {
	case len(groups) == 0 && odds == 0:
		return json.RawMessage("null")
	case len(groups) == 0 && odds > 1:
		return nil
	case len(groups) == 1 && odds == 0:
		return groups[0]
	}
	return groups
}

// saymonStatus blocks the inactive. Some were blocked by a day that has come,
// and some who are active have theirs far ahead.
func saymonStatus(s *stage.Seeder, row *saymonUser, u *stage.User) {
	limited := s.Rand.IntN(8) == 0
	switch {
	case u.Active && limited:
		row.ActiveTo = s.Base.Add(10 * stage.History).Truncate(time.Second).UnixMilli()
	case u.Active:
	case s.Rand.IntN(3) == 0:
		row.Status = saymonWaiting
	default:
		row.Status = saymonBlocked
		row.ActiveTo = u.UpdatedAt.UnixMilli()
	}
}

func saymonSourceOf(s *stage.Seeder, u *stage.User) *saymonSource {
	source := &saymonSource{SourceType: new(int)}
	switch s.Rand.IntN(8) {
	case 0:
		*source.SourceType, source.Data = saymonLDAP, "ou=people,cn="+u.Username
	case 1:
		*source.SourceType = saymonKeycloak
	case 2:
		*source.SourceType = saymonOwn
	case 3:
		source.SourceType = nil
	default:
		return nil
	}
	return source
}

// saymonExtras are what somebody set once: a field that nobody touched is absent.
func saymonExtras(s *stage.Seeder, row *saymonUser) {
	if s.Rand.IntN(5) == 0 {
		row.ObjectPermissions = &saymonObjects{Include: []any{saymonPad("64d", 1+s.Rand.IntN(99)), 1}}
	}
	if s.Rand.IntN(9) == 0 {
		row.ObjectPermissions = &saymonObjects{Exclude: []any{saymonPad("64d", 1+s.Rand.IntN(99))}}
	}
	if s.Rand.IntN(4) == 0 {
		row.Language = []string{"en", "ru", "fa-IR"}[s.Rand.IntN(3)]
	}
	if s.Rand.IntN(6) == 0 {
		row.PushFilter = map[string][]int{saymonPad("64d", 1+s.Rand.IntN(99)): {3, 5}}
	}
	if s.Rand.IntN(6) == 0 {
		row.UISettings, row.Favorites = &saymonSettings{MuteSystemSounds: true}, &struct{}{}
	}
	row.EntityType = 5 * s.Rand.IntN(2)
}

// saymonAlias hides the second half of a login.
func saymonAlias(login string) string {
	letters := []rune(login)
	half := len(letters) / 2
	return string(letters[:half]) + strings.Repeat("*", len(letters)-half)
}

// saymonKey has the form of a UUID.
func saymonKey(s *stage.Seeder) string {
	digits := s.Hex(len(s.Prefix) + 32)[len(s.Prefix):]
	return s.Prefix + strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}
