//go:build !sixth

package demo

import (
	"authdeck/client/demo/authentik"
	"authdeck/client/demo/awx"
	"authdeck/client/demo/hamgam"
	"authdeck/client/demo/saymon"
	"authdeck/client/demo/stage"
	"authdeck/client/demo/waldur"
)

// mirrors is the one list of the systems that can be played, in the order in
// which they are shown.
func mirrors(o Options) []stage.Mirror {
	return []stage.Mirror{
		hamgam.Mirror(),
		authentik.Mirror(),
		awx.Mirror(o.AWX),
		waldur.Mirror(),
		saymon.Mirror(),
	}
}
