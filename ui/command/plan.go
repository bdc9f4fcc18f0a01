package command

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
	"authdeck/ui/batch/plans"
)

// readPlan reads the plan that is named, if one is.
func (o *options) readPlan() error {
	if o.planFile == "" {
		return nil
	}
	f, err := o.ReadPlan(o.planFile)
	if err != nil {
		return fmt.Errorf("--plan %s: %w", model.Clean(o.planFile), err)
	}
	o.plan = &f
	return nil
}

func (o *options) planCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Make plans, look at them and sign them: one action on many tokens, in a file.",
		Long:  "plan makes plans, looks at them and signs them. authdeck apply FILE applies one, and so does the\nconsole: authdeck --plan FILE opens it there.\n\n" + batch.ExitCodes,
	}
	all := false
	show := &cobra.Command{
		Use:   "show FILE",
		Short: "Print a plan, and what was done for it.",
		Args:  batch.Takes(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := o.ReadPlan(args[0])
			if err != nil {
				return fmt.Errorf("the plan %s: %w", model.Clean(args[0]), err)
			}
			return batch.Fail(ShowPlan(o.Stdout, f, all))
		},
	}
	show.Flags().BoolVar(&all, "all", false, "print all that the systems said, however much it is")
	cmd.AddCommand(plans.Commands(o.World.World, &o.log)...)
	cmd.AddCommand(o.signCommand(), show, o.listPlansCommand(), o.dismissCommand())
	return cmd
}

// ShowPlan writes a plan for people, in letters only, so that it can be piped and mailed, with
// the risks that it tells of itself. All that the systems said is printed, or as much as somebody
// reads.
func ShowPlan(to io.Writer, f plan.Stored, all bool) error {
	w := bufio.NewWriter(to)
	now := time.Now()
	f.Plan = f.Plan.Told(now)
	p := f.Plan
	c := p.Left(f.Ends)
	passed := p.Passed(now)
	if passed != nil {
		c.Sent, c.Grave = 0, 0
	}
	fmt.Fprintf(w, "Plan %s, made on %s by %s on %s.\n", p.ID, p.Made.Format("2006-01-02 at 15:04 UTC"), orNobody(p.By), orNobody(p.Host))
	fmt.Fprintf(w, "%s: tokens %d, will be sent %d, cannot %d, for a second look %d.\n", p.Action, c.Lines, c.Sent, c.Cannot, c.Grave)
	if p.Action == model.Edit {
		fmt.Fprintf(w, "Each is to end: %s.\n", plan.EndWords(p.Set.Expires))
	}
	if at, dated := p.Set.Expires.Time(); passed != nil {
		fmt.Fprintf(w, "Nothing of it is sent any more: %s.\n", passed)
	} else if dated && !at.After(now) {
		fmt.Fprintln(w, "That lay in the past when it was made: a key that takes it ends at once.")
	}
	if did := tally(f.Ends); did != "" {
		fmt.Fprintf(w, "So far: %s.\n", did)
	}
	for _, held := range plan.KeysHeld(f.Ends) {
		fmt.Fprintf(w, "New keys %s: %s.\n", held.Place, ranges(held.Lines))
	}
	fmt.Fprintln(w)
	if err := showLines(w, f); err != nil {
		return err
	}
	showSaid(w, p, all)
	return w.Flush()
}

// showLines writes a table of the lines; of a plan for a new end with the one that each has.
func showLines(w io.Writer, f plan.Stored) error {
	p, ends := f.Plan, f.Plan.Action == model.Edit
	table := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "LINE\tSYSTEM\tOWNER\tTOKEN\t"+map[bool]string{true: "ENDS\t"}[ends]+"RISKS\tOUTCOME")
	for i := range p.Lines {
		l := &p.Lines[i]
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t", i+1, l.System, orNobody(l.Token.Owner.Username.String()), nameAndID(l.Token))
		if ends {
			fmt.Fprintf(table, "%s\t", plan.EndWords(l.Token.Expires))
		}
		fmt.Fprintf(table, "%s\t%s\n", risks(l), ending(f.Ends[i]))
	}
	return table.Flush()
}

func orNobody(word string) string {
	if word == "" {
		return "–"
	}
	return word
}

func nameOf(t model.Token) string {
	if t.Name.Empty() {
		return model.Clean(t.ID).String()
	}
	return t.Name.String()
}

// nameAndID is what a token is called, and what is sent to its system where that is something else:
// who signs a plan has to read which token it will be.
func nameAndID(t model.Token) string {
	name, id := nameOf(t), model.Clean(t.ID).String()
	if name == id || name == "#"+id {
		return name
	}
	return name + " (id " + id + ")"
}

func risks(l *plan.Line) string {
	words := make([]string, len(l.Risks))
	for i, r := range l.Risks {
		words[i] = string(r)
	}
	return strings.Join(words, ", ")
}

func ending(e plan.End) string {
	word := string(e.Outcome)
	if e.Outcome == plan.NotBegun {
		word = ""
	}
	if e.Told() == "" {
		return word
	}
	return strings.TrimPrefix(word+": "+e.Told(), ": ")
}

// tally is how many lines ended how; empty where none has.
func tally(ends []plan.End) string {
	counted := plan.Tally(ends)
	var said []string
	for _, o := range []plan.Outcome{plan.Done, plan.Uncertain, plan.Failed, plan.Refused, plan.Conflict, plan.NotThere} {
		if n := counted[o]; n > 0 {
			said = append(said, fmt.Sprintf("%s %d", o, n))
		}
	}
	return strings.Join(said, ", ")
}

// ranges are numbers in words: "lines 1–3, 7".
func ranges(numbers []int) string {
	var words []string
	numbers = slices.Compact(numbers)
	for at := 0; at < len(numbers); {
		end := at
		for end+1 < len(numbers) && numbers[end+1] == numbers[end]+1 {
			end++
		}
		word := fmt.Sprint(numbers[at])
		if end > at {
			word += fmt.Sprintf("–%d", numbers[end])
		}
		words = append(words, word)
		at = end + 1
	}
	if len(numbers) == 1 {
		return "line " + words[0]
	}
	return "lines " + strings.Join(words, ", ")
}
