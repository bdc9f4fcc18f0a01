package saymon

import (
	"encoding/json"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

// The states of a user.
const (
	statusWaiting = 0 // has signed up and is not let in yet
	statusActive  = 2
	statusBlocked = 3
)

// The sources of a user.
const (
	sourceOwn = iota
	sourceLDAP
	sourceKeycloak
)

const (
	managersGroup = 9 // the group whose members may manage users
	deputy        = 2 // the place of somebody who is always in it
)

// account is what the system knows of a user, but for the token.
type account struct {
	row     userRow
	manages bool // by permission or by group
}

func newAccounts(on stage.Stage) map[int]account {
	accounts := map[int]account{}
	for i, u := range on.Users {
		accounts[u.ID] = newAccount(on.Seeder, i, u)
	}
	return accounts
}

func newAccount(s *stage.Seeder, i int, u *stage.User) account {
	manages := u.May(manageUsers) || i == deputy
	byGroup := i == deputy || manages && i > deputy && s.Rand.IntN(2) == 0
	row := userRow{
		ID: formatID(u.ID), Login: u.Username, Email: u.Email,
		Permissions: permissionsOf(u, manages && !byGroup),
		Contacts:    []string{}, EventFilter: make([]struct{}, s.Rand.IntN(8)/6), Status: statusActive,
		Group: groupsOf(s, u, byGroup),
	}
	if u.Mobile != "" {
		row.Contacts = append(row.Contacts, u.Mobile)
	}
	if i%2 == 0 || s.Rand.IntN(3) > 0 { // names that do harm are on even places
		row.DisplayName = u.FullName()
	}
	setStatus(s, &row, u)
	if i > 1 { // those who sign in have a password, so they are the system's own
		row.Source = newSource(s, u)
	}
	addExtras(s, &row)
	return account{row: row, manages: manages}
}

// permissionsOf are only the user's own, not those of a group.
func permissionsOf(u *stage.User, manages bool) []string {
	own := []string{}
	if u.Staff && u.Rights != stage.SignedIn|stage.Insider {
		own = append(own, "manage-objects", "manage-links")
	}
	if manages {
		own = append(own, "manage-users")
	}
	return own
}

// groupsOf is an array today, one id in old records, and null where somebody
// has left.
func groupsOf(s *stage.Seeder, u *stage.User, manager bool) any {
	groups := []string{}
	if u.Group > 0 {
		groups = append(groups, objectID("64c", u.Group))
	}
	if manager {
		groups = append(groups, objectID("64c", managersGroup))
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

// setStatus blocks the inactive. Some were blocked by a day that has come,
// and some who are active have theirs this week or far ahead.
func setStatus(s *stage.Seeder, row *userRow, u *stage.User) {
	limited := s.Rand.IntN(8) == 0
	switch {
	case u.Active && limited:
		row.ActiveTo = s.Base.Add([]time.Duration{6 * stage.Day, 10 * stage.History}[min(1, s.Rand.IntN(4))]).Truncate(time.Second).UnixMilli()
	case u.Active:
	case s.Rand.IntN(3) == 0:
		row.Status = statusWaiting
	default:
		row.Status = statusBlocked
		row.ActiveTo = u.UpdatedAt.UnixMilli()
	}
}

func newSource(s *stage.Seeder, u *stage.User) *sourceRow {
	source := &sourceRow{SourceType: new(int)}
	switch s.Rand.IntN(8) {
	case 0:
		*source.SourceType, source.Data = sourceLDAP, "ou=people,cn="+u.Username
	case 1:
		*source.SourceType = sourceKeycloak
	case 2:
		*source.SourceType = sourceOwn
	case 3:
		source.SourceType = nil
	default:
		return nil
	}
	return source
}

// addExtras are what somebody set once: a field that nobody touched is absent.
func addExtras(s *stage.Seeder, row *userRow) {
	if s.Rand.IntN(5) == 0 {
		row.ObjectPermissions = &objectPermissions{Include: []any{objectID("64d", 1+s.Rand.IntN(99)), 1}}
	}
	if s.Rand.IntN(9) == 0 {
		row.ObjectPermissions = &objectPermissions{Exclude: []any{objectID("64d", 1+s.Rand.IntN(99))}}
	}
	if s.Rand.IntN(4) == 0 {
		row.Language = []string{"en", "ru", "fa-IR"}[s.Rand.IntN(3)]
	}
	if s.Rand.IntN(6) == 0 {
		row.PushFilter = map[string][]int{objectID("64d", 1+s.Rand.IntN(99)): {3, 5}}
	}
	if s.Rand.IntN(6) == 0 {
		row.UISettings, row.Favorites = &uiSettings{MuteSystemSounds: true}, &struct{}{}
	}
	row.EntityType = 5 * s.Rand.IntN(2)
}

// maskLogin hides the second half of a login.
func maskLogin(login string) string {
	letters := []rune(login)
	half := len(letters) / 2
	return string(letters[:half]) + strings.Repeat("*", len(letters)-half)
}

// newKey has the form of a UUID.
func newKey(s *stage.Seeder) string {
	digits := s.Hex(len(s.Prefix) + 32)[len(s.Prefix):]
	return s.Prefix + strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}
