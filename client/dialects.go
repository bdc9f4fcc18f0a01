package client

import (
	"authdeck/client/authentik"
	"authdeck/client/awx"
	"authdeck/client/config"
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

// Kinds are what profiles of each kind of system may say.
func Kinds() config.Kinds {
	kinds := config.Kinds{}
	for name, dialect := range dialects() {
		kind := config.Kind{Generations: dialect.Generations}
		for _, way := range dialect.Ways {
			kind.Ways = append(kind.Ways, config.Way{Name: string(way), Password: way.WithPassword(), NoColon: way == wire.ByBasic})
		}
		kinds[name] = kind
	}
	return kinds
}
