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
	lifetimeAttribute = "goauthentik.io/user/token-maximum-lifetime"
	expiringAttribute = "goauthentik.io/user/token-expires"
	machineAttribute  = "goauthentik.io/user/service-account"

	kindInternal = "internal"
	kindExternal = "external"
	kindService  = "service_account"
	kindOutpost  = "internal_service_account"
)

func kinds() []string {
	return []string{kindInternal, kindExternal, kindService, kindOutpost}
}

// account is a user as this system knows one. It does not change.
type account struct {
	*stage.User
	kind, path, uuid string
	attributes       map[string]any
	passwordChanged  time.Time
	groups           []*group // of which the user is a member, without their parents
	roles            []namedRow
}

// group is a group; members of it have what its parent gives too.
type group struct {
	namedRow
	number     int
	superuser  bool
	attributes map[string]any
	parent     *group
}

// superuser may do everything, and is one by a group or by its parent.
func (c *account) superuser() bool {
	return slices.ContainsFunc(c.allGroups(), func(t *group) bool { return t.superuser })
}

func (c *account) allGroups() []*group {
	var all []*group
	for _, t := range c.groups {
		for ; t != nil; t = t.parent {
			all = append(all, t)
		}
	}
	return all
}

// attribute is the user's own, or what a group says.
func (c *account) attribute(name string) any {
	if own, ok := c.attributes[name]; ok {
		return own
	}
	for _, t := range c.allGroups() {
		if given, ok := t.attributes[name]; ok {
			return given
		}
	}
	return nil
}

// uid is the name by which other systems know the user.
func (c *account) uid() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "uid-%d-%s", c.ID, c.uuid))
	return hex.EncodeToString(sum[:])
}

// roleUUID is that of the role that the server makes for a user who makes a token.
func (c *account) roleUUID() string {
	sum := sha256.Sum256([]byte("role-" + c.uuid))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// newGroups are the superusers, a group below theirs, and one for each group of
// people.
func newGroups(on stage.Stage) []*group {
	var teams []*group
	for i, name := range []string{"authentik Admins", "Platform", "Retail", "Helpdesk", "Accounting", "Logistics", "Developers"} {
		teams = append(teams, &group{
			namedRow: namedRow{PK: newUUID(on.Seeder), Name: name},
			number:   18_000 + i*7919, attributes: map[string]any{},
		})
	}
	teams[0].superuser, teams[1].parent = true, teams[0]
	teams[6].attributes[lifetimeAttribute] = "days=90"
	return teams
}

// newAccounts are the people, and after them the machines of this system.
func newAccounts(on stage.Stage, teams []*group) []*account {
	auditors := namedRow{PK: newUUID(on.Seeder), Name: "Auditors"}
	var all []*account
	for i, u := range on.Users {
		c := newAccount(on, u, kindInternal, "users")
		if i > 1 && on.Seeder.Rand.IntN(7) == 0 {
			c.kind, c.path = kindExternal, "users/partners"
		}
		c.characterise(on.Seeder)
		c.join(teams, auditors)
		all = append(all, c)
	}
	return append(all, newMachines(on, on.Users[len(on.Users)-1].ID)...)
}

func newAccount(on stage.Stage, u *stage.User, kind, path string) *account {
	return &account{
		User: u, kind: kind, path: path, uuid: newUUID(on.Seeder), attributes: map[string]any{},
		passwordChanged: on.Seeder.Between(u.CreatedAt, on.Base),
	}
}

// characterise gives some people what their tokens go by. The two that the demo
// signs in as are bound by the defaults.
func (c *account) characterise(s *stage.Seeder) {
	odds := s.Rand.IntN(12)
	switch {
	case c.Username == stage.AdminName || c.Username == stage.WeakName:
	case odds < 2:
		c.attributes[lifetimeAttribute] = "days=365"
	case odds == 2:
		c.attributes[expiringAttribute] = false
	case odds == 3:
		c.attributes["settings"] = map[string]any{"locale": "de", "theme": map[string]any{"base": "dark"}}
	}
}

// join makes a superuser of who may do everything, half of them by a detour, and
// gives those who may look a role that says so.
func (c *account) join(teams []*group, auditors namedRow) {
	c.roles = []namedRow{}
	switch {
	case c.Admin:
		c.groups = append(c.groups, teams[0])
	case c.May(stage.AllRights):
		c.groups = append(c.groups, teams[1])
	case c.May(stage.SeeTokens | stage.SeeUsers):
		c.roles = append(c.roles, auditors)
	}
	if c.Group > 0 {
		c.groups = append(c.groups, teams[1+c.Group])
	}
}
