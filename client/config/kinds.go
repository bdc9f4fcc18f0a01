package config

import (
	"maps"
	"slices"
	"strings"

	"authdeck/model/setting"
)

// Kinds are the kinds of system that a profile may be of, by their names. Who uses
// this package says which there are.
type Kinds map[string]Kind

// Kind is what the profiles of one kind may say.
type Kind struct {
	Ways        []Way    // the first one that fits the credential is taken where auth names none
	Generations []string // that may be forced; none where there is nothing to force
}

// Way is a way to sign in.
type Way struct {
	Name     string // as auth has it
	Password bool   // it takes a user name and a password, and no token
	NoColon  bool   // it cannot send a user name with a colon
}

// names are those of the kinds, sorted, for a sentence.
func (k Kinds) names() string { return strings.Join(slices.Sorted(maps.Keys(k)), ", ") }

// fitting are the ways that take such a credential.
func (k Kind) fitting(password bool) []Way {
	return slices.DeleteFunc(slices.Clone(k.Ways), func(w Way) bool { return w.Password != password })
}

// namesOf are those of some ways, for a sentence.
func namesOf(ways []Way) string {
	var names []string
	for _, way := range ways {
		names = append(names, way.Name)
	}
	return strings.Join(names, ", ")
}

// Described are the kinds as somebody is asked for one, sorted by name.
func (k Kinds) Described() (all []setting.Kind) {
	for _, name := range slices.Sorted(maps.Keys(k)) {
		all = append(all, setting.Kind{Name: name, Password: len(k[name].fitting(true)) > 0})
	}
	return all
}
