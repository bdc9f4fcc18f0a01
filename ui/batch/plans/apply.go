package plans

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// choices are what the command line says of a plan that is to be applied.
type choices struct {
	keys       wanted
	id         string // of the plan that is meant
	reason     string
	yes        bool // nobody is asked
	onlyFailed bool
	noReread   bool
	dry        bool // nothing is sent
	look       bool // uncertain lines are looked at, and nothing is sent
	json       bool
	atOnce     int
}

// application is a plan that is to be applied.
type application struct {
	batch.Session
	choices

	path  string
	plan  *plan.Plan // as it was made: what is applied
	here  *plan.Plan // as it is to be read here, after all that is known by now
	ends  []plan.End
	which plan.Which
	seen  map[int]plan.Seen // of a second reading
	out   bool              // the keys have the output to themselves
}

// Apply is the command that applies a plan.
func Apply(w batch.World, log *string) *cobra.Command {
	var f batch.Flags
	var c choices
	cmd := &cobra.Command{
		Use:   "apply FILE [flags] [-- PROGRAM ARGUMENT...]",
		Short: "Apply a plan, or what is left of one.",
		Long: "apply sends what of the plan in FILE was not sent so far, a few lines at once, each written down\n" +
			"before and after beside FILE. It asks as the console does. --yes answers, together with --id and\n" +
			"the id of the plan. A line that is uncertain is never sent again: --look looks at it.\n\n" + batch.ExitCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.Log = *log
			return apply(cmd, w, f, c, args)
		},
	}
	f.Register(cmd, w)
	f.RegisterReadOnly(cmd)
	c.keys.register(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&c.yes, "yes", false, "ask nobody; only with --id")
	flags.StringVar(&c.id, "id", "", "the plan has to be the one of this `ID`")
	flags.BoolVar(&c.onlyFailed, "only-failed", false, "send the lines that failed, and no others")
	flags.BoolVar(&c.noReread, "no-reread", false, "do not read again first what the plan is about; each token is read right before it is changed all the same")
	flags.StringVar(&c.reason, "reason", "", "why it is done, for the record, such as the number of a ticket, as `WORDS`")
	flags.BoolVar(&c.dry, "dry-run", false, "say what would be sent, and send nothing")
	flags.BoolVar(&c.look, "look", false, "look what there is to see of each uncertain line, note it, and send nothing")
	flags.BoolVar(&c.json, "json", false, "write JSON")
	atOnce(cmd, &c.atOnce)
	batch.Heeds(cmd)
	return cmd
}

// apply reads the plan before any system is opened.
func apply(cmd *cobra.Command, w batch.World, f batch.Flags, c choices, args []string) error {
	argv := []string(nil)
	if dash := cmd.ArgsLenAtDash(); dash >= 0 {
		args, argv = args[:dash], args[dash:]
	}
	switch {
	case len(args) != 1:
		return errors.New("one FILE with a plan is wanted")
	case c.yes && c.id == "":
		return errors.New("--yes answers for one plan: --id says which, with the ID that somebody has read in it (authdeck plan show FILE), and not with one that a script takes out of FILE")
	case c.look && (c.onlyFailed || c.dry):
		return errors.New("--look sends nothing, and goes with neither --only-failed nor --dry-run")
	}
	if err := c.keys.check(argv); err != nil {
		return err
	}
	stored, err := w.ReadPlan(args[0])
	if err != nil {
		return fmt.Errorf("the plan %s: %w", model.Clean(args[0]), err)
	}
	if c.id != "" && c.id != stored.Plan.ID {
		return batch.End(batch.Misuse, fmt.Errorf("nothing was sent: --id is %s, and the plan in %s is %s", model.Clean(c.id), model.Clean(args[0]), stored.Plan.ID))
	}
	c.keys.choose(&f.Choice, argv)
	return w.With(cmd, f, func(ctx context.Context, s batch.Session) error {
		a := &application{Session: s, choices: c, path: whole(stored.Path), plan: stored.Plan, ends: stored.Ends}
		if c.onlyFailed {
			a.which = plan.OnlyFailed
		}
		a.survey()
		if c.look {
			return a.inquire(ctx)
		}
		return a.apply(ctx)
	})
}

// whole is a path from the root on.
func whole(path string) string {
	if at, err := filepath.Abs(path); err == nil {
		return at
	}
	return path
}

// survey is the plan as it is to be read here.
func (a *application) survey() {
	a.here = a.plan.Told(time.Now()).Here(a.Union).Known(a.seen)
}

// chosen are the lines that could be sent.
func (a *application) chosen() iter.Seq[*plan.Line] {
	return func(yield func(*plan.Line) bool) {
		for i := range a.here.Lines {
			l := &a.here.Lines[i]
			if a.ends[i].Outcome == a.which.Of() && l.Cannot == "" && !yield(l) {
				return
			}
		}
	}
}

// apply asks, and sends.
func (a *application) apply(ctx context.Context) error {
	if err := a.refusal(); err != nil {
		return err
	}
	if none(a.chosen()) {
		return a.nothing()
	}
	if err := a.again(ctx); err != nil {
		return err
	}
	if a.dry {
		return a.rehearse()
	}
	to, err := a.delivery(ctx)
	if err != nil {
		return err
	}
	a.out = to.Way == plan.InPipe
	going := a.going(to)
	if none(going) {
		return batch.End(batch.Failed, errors.New("nothing was sent: the command can be told of no token of these"))
	}
	if err := a.consent(ctx, going, to); err != nil {
		return err
	}
	return a.run(ctx, to)
}

// none reports whether there is no line.
func none(lines iter.Seq[*plan.Line]) bool {
	for range lines {
		return false
	}
	return true
}

// refusal is why nothing is sent by a rule of the operator's, or of the plan's.
func (a *application) refusal() error {
	if a.Plans == nil {
		return batch.End(batch.Failed, errors.New("nothing was sent: no file can be written from here, and without a journal nothing is sent"))
	}
	if none(a.chosen()) {
		return a.locked()
	}
	if passed := a.plan.Passed(time.Now()); passed != nil {
		return batch.End(batch.Failed, fmt.Errorf("nothing was sent: %w", passed))
	}
	barred := a.plan.Objections(a.Union, func(signers string) error { return a.Plans.Vouch(a.plan, a.path, signers) })
	for l := range a.chosen() {
		info := a.Named(l.System).Info()
		switch {
		case barred[l.System] != "":
			return batch.End(batch.Refused, errors.New("nothing was sent: "+plan.Wanted(l.System, barred[l.System])))
		case info.WantsReason && a.because().Empty():
			return batch.End(batch.Refused, fmt.Errorf("nothing was sent: %s wants a reason; --reason gives one, such as the number of a ticket", l.System))
		}
	}
	return nil
}

// locked is why nothing can be sent where a rule of this console forbids all that is left.
func (a *application) locked() error {
	for i := range a.plan.Lines {
		l := &a.plan.Lines[i]
		api := a.Named(l.System)
		if a.ends[i].Outcome != a.which.Of() || api == nil || l.Cannot != "" {
			continue
		}
		if err := api.Info().Cannot(a.plan.Action); model.KindOf(err) == model.Refused && err != nil {
			return batch.End(batch.Refused, fmt.Errorf("nothing was sent: %s: %s", l.System, model.Reason(err)))
		}
	}
	return nil
}

// because is why it is done.
func (a *application) because() model.Text { return model.Because(a.reason) }

// nothing says how a plan is of which nothing can be sent.
func (a *application) nothing() error {
	a.Say("nothing was sent: %s", map[plan.Which]string{plan.Rest: "nothing is left that can be", plan.OnlyFailed: "no line has failed that can be"}[a.which])
	return a.conclude(nil)
}

// going are the lines that are sent: those whose key would be taken.
func (a *application) going(to delivery) iter.Seq[*plan.Line] {
	return func(yield func(*plan.Line) bool) {
		for l := range a.chosen() {
			if (to.Unfit == nil || to.Unfit(l) == "") && !yield(l) {
				return
			}
		}
	}
}

// again reads once more what the plan is about, and says what is different by now.
func (a *application) again(ctx context.Context) error {
	if a.noReread {
		return nil
	}
	told := a.Progress()
	defer told.Clear()
	a.seen = a.plan.Again(ctx, a.Union, plan.Rereading{
		AtOnce: width(a.atOnce, a.Systems), Ends: a.ends, Told: func(lines, of int) { told.Tell("reading again what it is about: %d of %d", lines, of) },
	})
	told.Clear()
	if ctx.Err() != nil {
		return batch.Fail(batch.GivenUp(ctx))
	}
	for i := range a.plan.Lines {
		l := &a.plan.Lines[i]
		switch s := a.seen[i]; {
		case a.ends[i].Outcome != a.which.Of():
		case s.Changed != "":
			a.Say("%s: it has changed since: %s", called(l, i), model.Clean(s.Changed))
		case s.Unread != "":
			a.Say("%s: whether it has changed could not be read: %s", called(l, i), model.Clean(s.Unread))
		}
	}
	a.survey()
	return nil
}
