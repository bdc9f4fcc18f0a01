package authentik

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

const (
	authentikLifetimeKey = "goauthentik.io/user/token-maximum-lifetime"
	authentikExpiringKey = "goauthentik.io/user/token-expires"
	authentikMachineKey  = "goauthentik.io/user/service-account"

	authentikInternal = "internal"
	authentikExternal = "external"
	authentikService  = "service_account"
	authentikOutpost  = "internal_service_account"
)

func authentikKinds() []string {
	return []string{authentikInternal, authentikExternal, authentikService, authentikOutpost}
}

// authentikAccount is a user as this system knows one. It does not change.
type authentikAccount struct {
	*stage.User
	kind, path, uuid string
	attributes       map[string]any
	passwordChanged  time.Time
	teams            []*authentikTeam // of which the user is a member, without their parents
	roles            []authentikNamed
}

// authentikTeam is a group; members of it have what its parent gives too.
type authentikTeam struct {
	authentikNamed
	number     int
	superuser  bool
	attributes map[string]any
	parent     *authentikTeam
}

// superuser may do everything, and is one by a group or by its parent.
func (c *authentikAccount) superuser() bool {
	return slices.ContainsFunc(c.allTeams(), func(t *authentikTeam) bool { return t.superuser })
}

func (c *authentikAccount) allTeams() []*authentikTeam {
	var all []*authentikTeam
	for _, t := range c.teams {
		for ; t != nil; t = t.parent {
			all = append(all, t)
		}
	}
	return all
}

// attribute is the user's own, or what a group says.
func (c *authentikAccount) attribute(name string) any {
	if own, ok := c.attributes[name]; ok {
		return own
	}
	for _, t := range c.allTeams() {
		if given, ok := t.attributes[name]; ok {
			return given
		}
	}
	return nil
}

// uid is the name by which other systems know the user.
func (c *authentikAccount) uid() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "uid-%d-%s", c.ID, c.uuid))
	return hex.EncodeToString(sum[:])
}

// authentikTeams are the superusers, a group below theirs, and one for each group of
// people.
func authentikTeams(on stage.Stage) []*authentikTeam {
	var teams []*authentikTeam
	for i, name := range []string{"authentik Admins", "Platform", "Retail", "Helpdesk", "Accounting", "Logistics", "Developers"} {
		teams = append(teams, &authentikTeam{
			authentikNamed: authentikNamed{PK: authentikUUID(on.Seeder), Name: name},
			number:         18_000 + i*7919, attributes: map[string]any{},
		})
	}
	teams[0].superuser, teams[1].parent = true, teams[0]
	teams[6].attributes[authentikLifetimeKey] = "days=90"
	return teams
}

// authentikAccounts are the people, and after them the machines of this system.
func authentikAccounts(on stage.Stage, teams []*authentikTeam) []*authentikAccount {
	auditors := authentikNamed{PK: authentikUUID(on.Seeder), Name: "Auditors"}
	var all []*authentikAccount
	for i, u := range on.Users {
		c := newAuthentikAccount(on, u, authentikInternal, "users")
		if i > 1 && on.Seeder.Rand.IntN(7) == 0 {
			c.kind, c.path = authentikExternal, "users/partners"
		}
		c.characterise(on.Seeder)
		c.join(teams, auditors)
		all = append(all, c)
	}
	return append(all, authentikMachines(on, on.Users[len(on.Users)-1].ID)...)
}

func newAuthentikAccount(on stage.Stage, u *stage.User, kind, path string) *authentikAccount {
	return &authentikAccount{
		User: u, kind: kind, path: path, uuid: authentikUUID(on.Seeder), attributes: map[string]any{},
		passwordChanged: on.Seeder.Between(u.CreatedAt, on.Base),
	}
}

// characterise gives some people what their tokens go by. The two that the demo
// signs in as are bound by the defaults.
func (c *authentikAccount) characterise(s *stage.Seeder) {
	odds := s.Rand.IntN(12)
	switch {
	case c.Username == stage.AdminName || c.Username == stage.WeakName:
	case odds < 2:
		c.attributes[authentikLifetimeKey] = "days=365"
	case odds == 2:
		c.attributes[authentikExpiringKey] = false
	case odds == 3:
		c.attributes["settings"] = map[string]any{"locale": "de", "theme": map[string]any{"base": "dark"}}
	}
}

// join makes a superuser of who may do everything, half of them by a detour, and
// gives those who may look a role that says so.
func (c *authentikAccount) join(teams []*authentikTeam, auditors authentikNamed) {
	c.roles = []authentikNamed{}
	switch {
	case c.Admin:
		c.teams = append(c.teams, teams[0])
	case c.May(stage.AllRights):
		c.teams = append(c.teams, teams[1])
	case c.May(stage.SeeTokens | stage.SeeUsers):
		c.roles = append(c.roles, auditors)
	}
	if c.Group > 0 {
		c.teams = append(c.teams, teams[1+c.Group])
	}
}
