package waldur

import (
	"net/http"

	"authdeck/client/wire"
)

// refusals are the answers with which Waldur says that it did nothing (7.0.7, seen).
// An address that a version does not know yet is Django's own page.
func refusals() wire.Refusals {
	table := wire.DjangoRefusals()
	table[http.StatusNotFound] = wire.Either(wire.InDetail, wire.NoRoute)
	return table
}

// noRoute reports whether the server said that it does not know an address at all:
// its page for that has none of the words of a row that is missing.
func noRoute(err error) bool {
	return wire.IsNotFound(err) && len(wire.FieldErrorsOf(err)) == 0
}
