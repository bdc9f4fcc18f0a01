package client

import (
	"fmt"
	"strings"

	"authdeck/client/planfile"
	"authdeck/model"
	"authdeck/model/rotation"
)

// rotationsCheck is what doctor says of rotations. One that is under way is as it should be, unless
// nobody knows what became of its last step, or nobody has its key.
func rotationsCheck(getenv func(string) string) model.Check {
	check := model.Check{Subject: "rotations", What: "under way", Verdict: model.OK, Found: model.Clean("no rotation is under way")}
	pairs, err := RotationsOf(getenv).Pairs()
	doubt, waiting := 0, 0
	for _, p := range pairs {
		switch {
		case p.Doubt:
			doubt++
		case p.Stage == rotation.Made:
			waiting++
		}
	}
	if len(pairs) > 0 {
		check.Found = model.Clean(rotation.Count(len(pairs)))
	}
	switch {
	case err != nil:
		check.Verdict, check.Found = model.Warning, model.Clean("not all rotations can be read: "+err.Error())
		check.Advice = "mend the file or take it away: no token is rotated meanwhile"
	case doubt+waiting > 0:
		check.Verdict, check.Found = model.Warning, model.Clean(fmt.Sprintf("%s; not known what became of it: %d; key not handed over: %d", check.Found, doubt, waiting))
		check.Advice = "W in the console shows them, and l there looks what became of one"
	}
	return check
}

// plansCheck is what doctor says of plans that were begun.
func plansCheck(getenv func(string) string) model.Check {
	check := model.Check{Subject: "plans", What: "left in the middle", Verdict: model.OK, Found: model.Clean("no plan was left in the middle")}
	switch plans, err := planfile.Unfinished(plansOf(getenv)); {
	case err != nil:
		check.Verdict, check.Found = model.Warning, model.Clean("whether a plan was left in the middle cannot be told: "+err.Error())
		check.Advice = "make the folder readable"
	case len(plans) > 0:
		paths := make([]string, len(plans))
		for i, u := range plans {
			paths[i] = u.Path
		}
		check.Verdict, check.Found = model.Warning, model.Clean("left in the middle: "+strings.Join(paths, ", "))
		check.Advice = "authdeck plan list says how far; authdeck --plan FILE goes on, authdeck plan dismiss FILE lets it be"
	}
	return check
}
