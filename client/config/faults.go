package config

import (
	"errors"

	"authdeck/client/courier"
)

// faults are what is wrong with a system: the first fault that was found, and what else can be
// told without knowing how that will be mended. Of one key there is one.
func (e entry) faults(first error, paths expander, kinds Kinds) []error {
	takes, unknown := e.ofKind(kinds)
	_, noAddress := e.address()
	_, noCredential := e.credential(paths)
	_, noSigners := e.signers(paths)
	found := []error{first}
	for _, err := range []error{e.named(), unknown, noAddress, e.own(), noCredential, noSigners, e.noCourier()} {
		found = another(found, err)
	}
	if unknown != nil { // which says what a system takes
		return found
	}
	_, noWay := e.way(takes)
	_, noGeneration := e.generation(takes)
	return another(another(found, noWay), noGeneration)
}

// noCourier is what is wrong with the command that takes keys.
func (e entry) noCourier() error {
	if e.KeyCommand == nil {
		return nil
	}
	if _, err := courier.Parse(*e.KeyCommand); err != nil {
		return wrong("key_command", "%v", err)
	}
	return nil
}

// another has an error beside those of other keys.
func another(found []error, err error) []error {
	if err == nil {
		return found
	}
	for _, before := range found {
		if keyOf(before) == keyOf(err) {
			return found
		}
	}
	return append(found, err)
}

// keyOf is the key that an error is about; empty for a whole system.
func keyOf(err error) string {
	if w, ok := errors.AsType[*keyError](err); ok {
		return w.key
	}
	return ""
}
