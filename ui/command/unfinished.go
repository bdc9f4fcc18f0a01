package command

import (
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

func (o *options) listPlansCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the plans of this machine that were begun and left in the middle.",
		Args:  batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			plans, err := o.Unfinished()
			if err != nil {
				return batch.Fail(err)
			}
			if len(plans) == 0 {
				fmt.Fprintln(o.Stderr, "authdeck: no plan was left in the middle")
				return nil
			}
			table := tabwriter.NewWriter(o.Stdout, 0, 4, 2, ' ', 0)
			for _, u := range plans {
				fmt.Fprintf(table, "%s\t%s\t%s\n", model.Clean(u.Path), u.Made.UTC().Format(time.RFC3339), howFar(u))
			}
			return batch.Fail(table.Flush())
		},
	}
}

func (o *options) dismissCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "dismiss FILE",
		Short: "Have a plan that was left in the middle stay so: the start tells of it no more.",
		Args:  batch.Takes(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.DismissPlan(args[0]); err != nil {
				return batch.Fail(fmt.Errorf("%s: %w", model.Clean(args[0]), err))
			}
			return nil
		},
	}
}

// howFar is a plan that was left in the middle, in a line.
func howFar(u plan.Unfinished) string {
	words := fmt.Sprintf("%s: %d of %d done", u.Action, u.Done, u.Lines)
	if u.Open > 0 {
		words += fmt.Sprintf(", %d not begun", u.Open)
	}
	if u.Half > 0 {
		words += fmt.Sprintf(", %d under way when the program ended", u.Half)
	}
	return words
}

// leftInTheMiddle is what the start says of such plans; empty where there is none.
func leftInTheMiddle(plans []plan.Unfinished) string {
	switch n := len(plans); n {
	case 0:
		return ""
	case 1:
		return "1 plan was left in the middle: authdeck plan list shows it."
	default:
		return fmt.Sprintf("%d plans were left in the middle: authdeck plan list shows them.", n)
	}
}
