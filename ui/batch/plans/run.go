package plans

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// journey is a plan that is being applied.
type journey struct {
	*application

	told      *batch.Progress
	ended, of int
	until     time.Time // a system is left alone until then
}

// run applies the plan, as far as it goes, and says what has become of it. Whatever interrupts
// it, what is under way is waited for.
func (a *application) run(ctx context.Context, to delivery) (err error) {
	journal, err := a.Plans.Journal(a.plan, a.path)
	if err != nil {
		return batch.Fail(unsent(err))
	}
	how := plan.Options{
		AtOnce: width(a.atOnce, a.Systems), Which: a.which, Unfit: to.Unfit, Rescue: a.rescue(), Alone: true, Ends: a.ends,
		Reason: a.because(), Known: a.here, Vouch: func(signers string) error { return a.Plans.Vouch(a.plan, a.path, signers) },
	}
	if to.Open != nil {
		if how.Keys, err = to.Open(to.path); err != nil {
			return batch.Fail(unsent(errors.Join(err, journal.Close())))
		}
	}
	run, err := plan.Apply(ctx, a.plan, a.Union, journal, how)
	if err != nil {
		return batch.Fail(unsent(errors.Join(err, shut(journal, how.Keys))))
	}
	a.watch(ctx, run)
	a.ends = run.Ends()
	return a.conclude(errors.Join(run.Err(), shut(journal, how.Keys)))
}

// unsent is why a plan was not begun.
func unsent(err error) error { return errors.New("nothing was sent: " + err.Error()) }

// shut lets go of what was written to. Each line was on the disk before.
func shut(journal plan.Journal, keys plan.Keys) error {
	err := journal.Close()
	if keys != nil {
		err = errors.Join(err, keys.Close())
	}
	return err
}

// watch says what comes, until all is over.
func (a *application) watch(ctx context.Context, run *plan.Run) {
	j := &journey{application: a, told: a.Progress()}
	for range a.chosen() {
		j.of++
	}
	defer j.told.Clear()
	j.listen(ctx, run)
	if ctx.Err() == nil {
		return
	}
	run.Stop()
	j.told.Clear()
	a.Say("nothing more is begun, and what is under way is waited for; a second signal ends it at once")
	j.listen(context.WithoutCancel(ctx), run)
}

// listen takes in what comes, until it is over or somebody interrupts it.
func (j *journey) listen(ctx context.Context, run *plan.Run) {
	for e, more := run.Next(ctx); more; e, more = run.Next(ctx) {
		j.hear(e)
	}
}

// hear takes in what came of a line, and says it where it is not simply done.
func (j *journey) hear(e plan.Event) {
	switch e.Step {
	case plan.Begins, plan.Looked:
	case plan.PutOff:
		j.until = e.Until
	case plan.Ends:
		j.ended++
		if e.End.Outcome != plan.Done || e.End.Words != "" {
			j.told.Clear()
			j.Say("%s: %s", called(&j.plan.Lines[e.Line], e.Line), endWords(e.End))
		}
	}
	if !e.Lost.Key.Empty() { // nothing took it, and it is printed nowhere: the line says so
		e.Lost.Key.Wipe()
		e.Lost.Kept.LetGo()
	}
	if rest := time.Until(j.until).Round(time.Second); rest > 0 {
		j.told.Tell("%d of %d; a system wants to be left alone for another %v", j.ended, j.of, rest)
		return
	}
	j.told.Tell("%d of %d", j.ended, j.of)
}

// conclude says what has become of the plan by now, and what can be done about the rest. Broken is
// why nothing more was begun, where nobody has asked for that.
func (a *application) conclude(broken error) error {
	if broken != nil {
		a.Say("%s", batch.Words(broken))
	}
	a.unfit()
	said := a.report()
	a.advise()
	switch code := a.code(); {
	case said != nil && a.dry:
		return batch.Fail(said)
	case said != nil: // what was done was done
		return batch.End(max(code, batch.Partly), said)
	case broken != nil && code == batch.Done: // a key that was taken is not there any more
		return batch.End(batch.Partly, nil)
	case code != batch.Done:
		return batch.End(code, nil)
	}
	return nil
}

// unfit says of lines that were left out why.
func (a *application) unfit() {
	a.sayOnce(func(i int) string {
		end, cannot := a.ends[i], a.here.Lines[i].Cannot
		switch {
		case end.Outcome != plan.NotBegun:
		case cannot != "":
			return cannot
		default:
			return strings.TrimPrefix(endWords(end), plan.NotBegun.Words())
		}
		return ""
	})
}

// sayOnce says of lines why they are not sent, and what is so of many once.
func (a *application) sayOnce(why func(line int) string) {
	counted, first := map[string]int{}, []int(nil)
	for i := range a.plan.Lines {
		if words := why(i); words != "" {
			if counted[words]++; counted[words] == 1 {
				first = append(first, i)
			}
		}
	}
	for _, i := range first {
		words := strings.TrimPrefix(why(i), ": ")
		who := called(&a.plan.Lines[i], i)
		if more := counted[why(i)] - 1; more > 0 {
			who += fmt.Sprintf(", and %s more", model.Thousands(more))
		}
		a.Say("%s: not begun: %s", who, model.Clean(words))
	}
}

// report writes the tally, where the keys have not the output to themselves.
func (a *application) report() error {
	if a.json {
		return batch.Document(a.Stdout, "applied", appliedOf(a.plan, a.path, a.ends, a.seen))
	}
	tally := plan.Tally(a.ends)
	lines := []string{"the plan " + a.plan.ID + " to " + a.plan.Action.String() + " " + tokens(len(a.plan.Lines)) + ": " + plan.SoFar(tally, 0, len(a.plan.Lines))}
	if n := tally[plan.Cannot]; n > 0 {
		lines[0] += ", " + model.Thousands(n) + " that it cannot"
	}
	if where := plan.WhereKeys(a.ends, tally[plan.Done]); where != "" {
		lines = append(lines, where)
	}
	return a.write(lines)
}

// write writes lines to the output, or where all else is said.
func (a *application) write(lines []string) error {
	for _, l := range lines {
		if a.out {
			a.Say("%s", l)
			continue
		}
		if _, err := a.Stdout.WriteString(l + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// advise says how to go on.
func (a *application) advise() {
	tally, path := plan.Tally(a.ends), model.ShellWord(a.path)
	waits, open := 0, 0
	for i, end := range a.ends {
		if end.NotHandedOver() {
			waits++
		}
		if end.Outcome == plan.NotBegun && a.here.Lines[i].Cannot == "" {
			open++
		}
	}
	if waits > 0 {
		a.Say("%s; authdeck keys lists what waits, and authdeck keys take takes it", model.NotHandedOver(waits))
	}
	if open > 0 {
		a.Say("to go on with it: authdeck apply %s", path)
	}
	if tally[plan.Failed] > 0 {
		a.Say("to try again what failed: authdeck apply %s --only-failed", path)
	}
	if tally[plan.Uncertain] > 0 {
		a.Say("to look at what is uncertain: authdeck apply %s --look", path)
	}
}

// code is how the plan stands: all of it is done, or a part, or nothing. A key that waits is a part
// that is missing, and so is a line that cannot be done: its token is alive.
func (a *application) code() batch.Exit {
	all, some := true, false
	for _, end := range a.ends {
		switch end.Outcome {
		case plan.Done:
			some = true
			all = all && !end.NotHandedOver()
		case plan.Uncertain:
			some, all = true, false
		case plan.Cannot, plan.NotBegun, plan.Conflict, plan.NotThere, plan.Refused, plan.Failed:
			all = false
		}
	}
	switch {
	case all:
		return batch.Done
	case some:
		return batch.Partly
	}
	return batch.Failed
}
