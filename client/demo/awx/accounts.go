package awx

import (
	"cmp"
	"slices"
	"sync"

	"authdeck/client/demo/stage"
)

// accounts are the users of this server. The people of the other mirrors stay as they
// are. It is safe for concurrent use: a user is a value that a change files anew.
type accounts struct {
	mu       sync.RWMutex
	users    []*stage.User // by id
	profiles map[int]profile
	lastID   int
}

func newAccounts(users []*stage.User, profiles map[int]profile) *accounts {
	return &accounts{users: slices.Clone(users), profiles: profiles, lastID: users[len(users)-1].ID}
}

// all are the users by id, the caller's to sort and to cut.
func (c *accounts) all() []*stage.User {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.users)
}

// find is the first user who fits, nil for nobody.
func (c *accounts) find(fits func(*stage.User) bool) *stage.User {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if i := slices.IndexFunc(c.users, fits); i >= 0 {
		return c.users[i]
	}
	return nil
}

// byID is asked for each row of a list.
func (c *accounts) byID(id int) *stage.User {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if i, found := slices.BinarySearchFunc(c.users, id, func(u *stage.User, id int) int { return cmp.Compare(u.ID, id) }); found {
		return c.users[i]
	}
	return nil
}

// latest is a user as they are now; who was deleted stays as they were.
func (c *accounts) latest(u *stage.User) *stage.User {
	if now := c.byID(u.ID); now != nil {
		return now
	}
	return u
}

// profile is what a user is beside an administrator.
func (c *accounts) profile(id int) profile {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.profiles[id]
}

// save files a user under their id, or under the next one if they have none, unless
// somebody else has the name.
func (c *accounts) save(u stage.User, p profile) (saved *stage.User, taken bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := -1
	for i, other := range c.users {
		switch {
		case other.ID == u.ID:
			at = i
		case other.Username == u.Username:
			return nil, true
		}
	}
	if u.ID == 0 {
		c.lastID++
		u.ID = c.lastID
	}
	if at < 0 {
		c.users = append(c.users, &u)
	} else {
		c.users[at] = &u
	}
	c.profiles[u.ID] = p
	return &u, false
}

func (c *accounts) remove(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.users = slices.DeleteFunc(c.users, func(u *stage.User) bool { return u.ID == id })
}
