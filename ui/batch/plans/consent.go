package plans

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// consent asks whether the lines are to be sent, as the console asks it; --yes has answered that.
func (a *application) consent(ctx context.Context, lines iter.Seq[*plan.Line], to delivery) error {
	q := plan.Asked(a.plan.Action, lines)
	if !a.yes && !a.Attended() {
		return errors.New("nobody is at the input who could be asked; --yes --id " + a.plan.ID + " answers, once somebody has read the plan")
	}
	a.explain(q, lines, to)
	if a.yes {
		return nil
	}
	phrase, asks := q.Phrase, "y"
	if phrase == "" {
		phrase = "y"
	} else {
		asks = model.Clean(phrase).String()
	}
	said, err := a.Ask(ctx, "authdeck: type "+asks+" and press enter to go on: ")
	switch {
	case err != nil:
		return err
	case said != phrase:
		return batch.Fail(errors.New("nothing was sent: the answer was not " + asks))
	}
	return nil
}

// explain says what is about to be sent.
func (a *application) explain(q plan.Question, lines iter.Seq[*plan.Line], to delivery) {
	what := a.plan.Action.String()
	if a.plan.Action == model.Edit {
		what = "a new end, " + plan.EndWords(a.plan.Set.Expires) + ", for"
	}
	a.Say("%s %s of the plan %s: %s", what, tokens(q.Lines), a.plan.ID, plan.BySystem(lines))
	if q.Grave != "" {
		a.Say("%s", q.Grave)
	}
	said, more := plan.Commonest(lines)
	for _, one := range said {
		a.Say("%s", model.Clean(one))
	}
	if more > 0 {
		a.Say("of single lines there is more to know; authdeck plan show %s prints it", model.ShellWord(a.path))
	}
	if !a.plan.Action.MakesKey() {
		return
	}
	a.Say("the new keys go to %s", model.Clean(to.says()))
	if a.Systems.Safe != nil {
		if why := a.Systems.Safe.Ready(); why != nil {
			a.Say("%s", model.Unkept(why))
		}
	}
}

func tokens(n int) string {
	if n == 1 {
		return "1 token"
	}
	return fmt.Sprintf("%s tokens", model.Thousands(n))
}
