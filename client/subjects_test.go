//go:build !sixth

package client_test

import "slices"

// subjects is the one list of what the contract is held against.
func subjects() []subject {
	return slices.Concat(
		hamgams(),
		authentiks(),
		awxs(),
		waldurs(),
		saymons(),
	)
}
