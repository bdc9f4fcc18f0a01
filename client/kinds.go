package client

import (
	"authdeck/client/config"
	"authdeck/client/wire"
)

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
