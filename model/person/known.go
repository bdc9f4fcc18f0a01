package person

import (
	"slices"

	"authdeck/model"
)

// most is how many traits of a kind a person is looked for by: each is a question to every
// system.
const most = 4

// Known is by what accounts are told to be the person's. Its methods are for one goroutine
// at a time.
type Known struct {
	seed                         Seed
	fold                         func(string) string
	users, names, emails, phones []trait
}

// Begin knows what the seed says. Fold makes two texts equal that people take for one.
func Begin(seed Seed, fold func(string) string) *Known {
	k := &Known{seed: seed, fold: fold}
	k.learn("", seed.Account)
	return k
}

// Learn takes in what an account says, if it is sure to be the person's: of any other one it
// would be said of somebody else. It reports whether anything is new by which others are told.
func (k *Known) Learn(system string, u model.User) bool {
	tie, is := k.Tie(system, u)
	if !is || !tie.How.Sure() {
		return false
	}
	if tie.How == Itself {
		system = ""
	}
	return k.learn(system, u)
}

func (k *Known) learn(via string, u model.User) bool {
	before := len(k.users) + len(k.emails) + len(k.phones)
	for _, email := range addresses(u) {
		k.emails = added(k.emails, trait{email, email, via})
	}
	if n := k.number(u.Mobile); n.country != unsaid {
		k.phones = added(k.phones, trait{n.tail(), k.fold(u.Mobile.String()), via})
	}
	if name := k.fold(u.Username.String()); name != "" {
		k.users = added(k.users, trait{u.Username.String(), name, via})
	}
	if name := k.fold(u.FullName.String()); name != "" {
		k.names = added(k.names, trait{u.FullName.String(), name, via})
	}
	return len(k.users)+len(k.emails)+len(k.phones) > before
}

func added(to []trait, one trait) []trait {
	if len(to) == most || slices.ContainsFunc(to, func(t trait) bool { return t.alike == one.alike }) {
		return to
	}
	return append(to, one)
}

// number is a phone number, in whatever digits it is written.
func (k *Known) number(t model.Text) number {
	if t.Changed() {
		return number{}
	}
	return numberOf(k.fold(t.String()))
}

// Users are the user names to ask for.
func (k *Known) Users() []string { return said(k.users) }

// Emails are the addresses to ask for.
func (k *Known) Emails() []string { return said(k.emails) }

// Phones are the phone numbers to ask for: of each the digits that it has however it is
// written.
func (k *Known) Phones() []string { return said(k.phones) }

func said(traits []trait) []string {
	all := make([]string, len(traits))
	for i, t := range traits {
		all[i] = t.said
	}
	return all
}

// Tie is how an account is tied to the person; false where nothing says that it is. What one
// of the two does not say is neither for nor against it.
func (k *Known) Tie(system string, u model.User) (Tie, bool) {
	how, via := k.tie(system, u)
	return Tie{How: how, Via: via, System: system}, how != Stranger
}

func (k *Known) tie(system string, u model.User) (how How, via string) {
	if k.seed.Account.ID != "" && u.ID == k.seed.Account.ID && system == k.seed.System {
		return Itself, ""
	}
	own := addresses(u)
	for _, email := range k.emails {
		if slices.Contains(own, email.alike) {
			return SameEmail, email.via
		}
	}
	if how, via = k.byPhone(u); how != Stranger {
		return how, via
	}
	return k.byName(u, len(own) > 0 && len(k.emails) > 0)
}

func (k *Known) byPhone(u model.User) (how How, via string) {
	own := k.number(u.Mobile)
	for _, phone := range k.phones {
		switch own.same(numberOf(phone.alike)) {
		case model.Yes:
			return SamePhone, phone.via
		case model.Unsaid:
			how, via = LikePhone, phone.via
		case model.No:
		}
	}
	return how, via
}

func (k *Known) byName(u model.User, otherEmail bool) (how How, via string) {
	name, full := k.fold(u.Username.String()), k.fold(u.FullName.String())
	i := slices.IndexFunc(k.users, func(t trait) bool { return t.alike == name })
	switch {
	case i < 0:
		return Stranger, ""
	case otherEmail:
		return SameUserNoMore, k.users[i].via
	case slices.ContainsFunc(k.names, func(t trait) bool { return t.alike == full }):
		return SameNames, k.users[i].via
	}
	return SameUser, k.users[i].via
}
