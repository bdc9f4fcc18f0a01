package client_test

import (
	"fmt"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/demo"
	"authdeck/client/fleet"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/review"
)

// TestTheCountsOfASystemAreWhatItsOwnPageSays asks the five systems of the demo, one by one
// and all at once, what was counted: every number is the same, that of what cannot be told too.
func TestTheCountsOfASystemAreWhatItsOwnPageSays(t *testing.T) {
	t.Parallel()
	_, apis, all := allOf(t, demo.Options{Tokens: 150, Users: 100}, nil, record.Nowhere())
	each := counted(t, client.Together(apis))
	for i, api := range apis {
		c, name := each[i], api.Info().Name
		if c.System != name || c.Stage != review.Whole || c.Err != nil || c.All == 0 {
			t.Fatalf("%+v", c)
		}
		answers := func(where string, of model.API, only string) string {
			page := must(of.Tokens(t.Context(), model.Query{Size: 1, Fresh: true, Where: where, Filter: model.Filter{Choice: only}}))(t)
			return fmt.Sprintf("%d, of %d it cannot be told", page.Total, page.Sifted.Unsaid)
		}
		for where, got := range map[string]review.Tally{
			"expires:never -is:over":    c.Never,
			"is:never-expires -is:over": c.Never,
			"is:stale -is:over":         c.Stale,
		} {
			here := fmt.Sprintf("%d, of %d it cannot be told", got.Yes, got.Unsaid)
			if own, joint := answers(where, api, ""), answers(where, all, name); here != own || here != joint {
				t.Errorf("%s, %s: counted %s; its own page says %s, that of all systems %s", name, where, here, own, joint)
			}
		}
		if own := must(api.Tokens(t.Context(), model.Query{Size: 1}))(t); own.Total != c.Total || own.Total != model.Uncounted && c.Total != c.All {
			t.Errorf("%s: %d of %d were counted; its own page says %d", name, c.All, c.Total, own.Total)
		}
	}
}

// counted are the counts when all is read.
func counted(t *testing.T, all *fleet.Fleet) []review.Counted {
	t.Helper()
	for {
		each, reading := all.Count(t.Context(), false), false
		for _, c := range each {
			reading = reading || c.Stage.Reading()
		}
		if !reading {
			return each
		}
		time.Sleep(10 * time.Millisecond)
	}
}
