package inventory

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	lines "authdeck/model/inventory"
	"authdeck/ui/batch"
)

func (o *options) diffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what came, went and changed between two inventories.",
		Long: "Reads both to their end, and says of each system which tokens came, which went, and what changed\n" +
			"of those that stayed. Of a system that was not read whole in one of them it says what nobody knows.\n" +
			"Exit code 3 where somebody has to look; that tokens were used is no such thing. An inventory that\n" +
			"is not as it was written is compared with nothing (exit code 1).\n\n" +
			"Classes of changes: " + strings.Join(classes(), ", ") + ".",
		Args: batch.Takes(2, 2),
		RunE: func(_ *cobra.Command, args []string) error { return o.diff(args[0], args[1]) },
	}
	o.jsonFlag(cmd)
	cmd.Flags().StringSliceVar(&o.without, "without", nil, "leave changes of a `CLASS` out, such as used; several times for several")
	batch.Completes(cmd, "without", batch.OneOf(classes()...))
	return cmd
}

func classes() (names []string) {
	for _, c := range lines.Classes() {
		names = append(names, string(c))
	}
	return names
}

func (o *options) diff(old, now string) error {
	var without []lines.Class
	for _, name := range o.without {
		if !slices.Contains(classes(), name) {
			return fmt.Errorf("--without %s: there is no such class of changes; there are %s", name, strings.Join(classes(), ", "))
		}
		without = append(without, lines.Class(name))
	}
	before, closes, err := o.open(old)
	if err != nil {
		return uncompared(err)
	}
	defer closes()
	after, closes, err := o.open(now)
	if err != nil {
		return uncompared(err)
	}
	defer closes()
	d, err := lines.Compare(before, after, without...)
	if err != nil {
		return batch.End(batch.Failed, err)
	}
	if o.json {
		err = batch.Document(o.Stdout, lines.DiffKind, d)
	} else {
		err = batch.Fail(d.Text(o.Stdout))
	}
	if err = o.Heard(err); err == nil && d.Differs() {
		err = batch.End(batch.Found, nil)
	}
	return err
}

// uncompared is of an inventory with which nothing was compared: that is no difference.
func uncompared(err error) error {
	if end, is := errors.AsType[*batch.EndError](err); is {
		return batch.End(batch.Failed, end.Cause)
	}
	return err
}
