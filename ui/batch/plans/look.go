package plans

import (
	"context"
	"errors"
	"fmt"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// inquire looks what there is to see of each line of which nobody knows what became, and writes it
// down with it. Such a line stays uncertain: what shows may be somebody else's doing.
func (a *application) inquire(ctx context.Context) (err error) {
	if a.Plans == nil {
		return batch.End(batch.Failed, errors.New("what is seen could not be written down from here"))
	}
	var open int
	for i, end := range a.ends {
		if end.Outcome != plan.Uncertain {
			continue
		}
		told, err := a.inspect(ctx, i)
		switch {
		case ctx.Err() != nil:
			return batch.Fail(batch.GivenUp(ctx))
		case err != nil:
			a.Say("%s: it could not be looked at: %s", called(&a.plan.Lines[i], i), model.Reason(err))
			open++
		case !told:
			open++
		}
	}
	if err := a.Heard(a.sawAll()); err != nil {
		return batch.Fail(err)
	}
	if open > 0 {
		a.Say("lines of which nothing tells whether they happened: %d", open)
		return batch.End(batch.Found, nil)
	}
	return nil
}

// inspect looks at one, and reports whether what was seen tells how it ended.
func (a *application) inspect(ctx context.Context, i int) (told bool, err error) {
	l := &a.plan.Lines[i]
	api := a.Named(l.System)
	switch {
	case api == nil:
		return false, fmt.Errorf("no system here is called %s", l.System)
	case api.Info().Kind != l.Kind || api.Info().Host != l.Host:
		return false, fmt.Errorf("%s is another system here", l.System)
	}
	finding, err := api.Look(ctx, a.plan.Order(i, a.ends[i].At, a.because()))
	if err != nil {
		return false, err
	}
	a.ends[i].Seen = finding.Said()
	journal, err := a.Plans.Journal(a.plan, a.path)
	if err != nil {
		return false, fmt.Errorf("what was seen is not in the journal of the plan (%s): %w", a.ends[i].Seen, err)
	}
	err = errors.Join(journal.Write(plan.Record{Line: i, At: time.Now(), Step: plan.Looked, Words: a.ends[i].Seen}), journal.Close())
	return finding.End != model.Untold, err
}

// sawAll says what was seen of each.
func (a *application) sawAll() error {
	if a.json {
		return batch.Document(a.Stdout, "applied", appliedOf(a.plan, a.path, a.ends, nil))
	}
	var lines []string
	for i, end := range a.ends {
		if end.Outcome == plan.Uncertain {
			lines = append(lines, called(&a.plan.Lines[i], i)+": "+endWords(end))
		}
	}
	if lines == nil {
		a.Say("no line of the plan is uncertain")
	}
	return a.write(lines)
}
