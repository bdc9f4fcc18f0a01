//go:build !sixth

package client

import (
	"authdeck/client/authentik"
	"authdeck/client/awx"
	"authdeck/client/hamgam"
	"authdeck/client/saymon"
	"authdeck/client/waldur"
	"authdeck/client/wire"
)

// dialects is the one list of the kinds of system that can be spoken to.
func dialects() map[string]wire.Dialect {
	return map[string]wire.Dialect{
		"authentik": authentik.Dialect(),
		"awx":       awx.Dialect(),
		"hamgam":    hamgam.Dialect(),
		"saymon":    saymon.Dialect(),
		"waldur":    waldur.Dialect(),
	}
}
