package ui

import (
	"fmt"
	"testing"

	"authdeck/model"
)

// TestAListByItsEndsOpensOnWhatEndsNext has more that is over than a window is high, and is
// read as a server gives it.
func TestAListByItsEndsOpensOnWhatEndsNext(t *testing.T) {
	r := company(newClock())
	r.info.TokenSorts = []model.Sort{
		{Key: "ends", Label: "expires soonest", By: model.Rising(model.ByExpires)},
		{Key: "name", Label: "by name", By: model.Rising(model.ByName)},
	}
	var gone []model.Token
	for i := range 40 {
		over := token(300+i, account(300+i, fmt.Sprintf("gone%02d", i), true))
		over.State, over.Expires = model.Expired, since(r.clock, oneDay)
		gone = append(gone, over)
	}
	r.tokens = append(gone, r.tokens...)
	r.page = 50
	d := start(t, r)
	d.pointsAt("sara")
	d.sees("gone39", "reza")
	d.press("k")
	d.pointsAt("gone39")
	d.press("sj⏎")
	d.pointsAt("gone00")
}
