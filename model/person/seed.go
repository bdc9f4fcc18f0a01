package person

import (
	"strings"

	"authdeck/model"
)

// Seed is by what a person is looked for.
type Seed struct {
	System  string     // of the account below; empty where it is of none
	Account model.User // as its own system knows it; without an ID, what somebody has said
}

// Named looks for whoever has a user name, an e-mail address or a phone number.
func Named(name string) Seed {
	said := model.Clean(strings.TrimSpace(name))
	seed := Seed{Account: model.User{Username: said}}
	switch number := numberOf(said.String()); {
	case address(said) != "":
		seed.Account.Email = said
	case number.country == open: // people sign in with numbers as well
		seed.Account.Mobile = said
	case number.country != unsaid:
		seed.Account = model.User{Mobile: said}
	}
	return seed
}

// Called is what the person is called while nothing else is known.
func (s Seed) Called() model.Text {
	for _, name := range []model.Text{s.Account.Username, s.Account.Email, s.Account.Mobile, s.Account.FullName} {
		if !name.Empty() {
			return name
		}
	}
	return model.Clean("number " + s.Account.ID)
}

// View is a person over several systems: the accounts that were found, and the tokens of
// those that were not taken out, as one.
type View interface {
	model.Union
	// Ties are how accounts were told to be the person's by now, by the IDs that the union
	// has for them. It does no I/O.
	Ties() map[string]Tie
	// Take takes an account out, or puts it back. Its tokens go with it.
	Take(id string, out bool)
}

// Finder finds a person in all of its systems. Nobody is asked before the view is.
type Finder interface {
	Person(seed Seed) View
}
