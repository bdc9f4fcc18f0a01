package fleet

import (
	"cmp"
	"strings"

	"authdeck/model"
)

// The name of an object among those of all systems is that of its system and its own.
const between = "\x00"

func joined(system, id string) string {
	if id == "" {
		return ""
	}
	return system + between + id
}

// parted takes a name apart again; what is no such name is an object's own.
func parted(id string) (system, own string) {
	if system, own, is := strings.Cut(id, between); is {
		return system, own
	}
	return "", id
}

// Members implements [model.Union].
func (f *Fleet) Members() []model.API {
	apis := make([]model.API, len(f.members))
	for i, m := range f.members {
		apis[i] = home{m.api, m}
	}
	return apis
}

// Home implements [model.Union].
func (f *Fleet) Home(t model.Token) (model.API, model.Token) {
	ofToken, id := parted(t.ID)
	ofOwner, owner := ownUser(t.Owner)
	name := cmp.Or(ofToken, t.System, ofOwner)
	for _, m := range f.members {
		if m.name == name {
			t.ID, t.Owner, t.System = id, owner, ""
			return home{m.api, m}, t
		}
	}
	return nil, t
}

// ownUser is a user as the own system knows it.
func ownUser(u model.User) (system string, own model.User) {
	system, u.ID = parted(u.ID)
	system, u.System = cmp.Or(system, u.System), ""
	return system, u
}

// Guest implements [model.Union].
func (f *Fleet) Guest(system string, t model.Token) model.Token {
	t.ID, t.System = joined(system, t.ID), system
	t.Owner = guestUser(system, t.Owner)
	return t
}

func guestUser(system string, u model.User) model.User {
	u.ID, u.System = joined(system, u.ID), system
	return u
}
