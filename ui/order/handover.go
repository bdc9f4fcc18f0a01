package order

import (
	"authdeck/model"
	"authdeck/ui/look"
)

// Deliver shows a key that was kept since it came, as it would have been shown then.
func (d *Desk) Deliver(kept model.Issued) Modal {
	what := "The kept key of " + look.TokenName(kept.Token)
	system := model.Clean(kept.Token.System).String()
	return newReveal(d, operation{system: system, ask: "hand over a key", doing: what, done: what, shows: once}, kept)
}
