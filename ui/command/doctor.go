package command

import (
	"context"
	"log/slog"
	"slices"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/ui/batch"
	"authdeck/ui/terminal"
)

func (o *options) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:               "doctor [NAME...]",
		Short:             "Check the configuration, the connections, the rights, the record and the terminal.",
		Long:              "doctor looks at every system of the configuration, or at those named, at the record of\nwhat was done, and at the terminal: a line a check, and what to do about it.\n\n" + batch.ExitCodes,
		ValidArgsFunction: o.SystemNames(),
		RunE: func(cmd *cobra.Command, names []string) error {
			return o.logged(func(journal *slog.Logger) error {
				return batch.Interruptible(cmd.Context(), func(ctx context.Context) error { return o.doctor(ctx, names, journal) })
			})
		},
	}
	o.configFlag(cmd)
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	return cmd
}

// doctor checks the systems that are named, or all, and the terminal.
func (o *options) doctor(ctx context.Context, names []string, journal *slog.Logger) error {
	checks, err := o.Diagnose(ctx, o.choice.Config, names, journal)
	if err == nil {
		err = batch.GivenUp(ctx)
	}
	if err != nil {
		return err
	}
	checks = append(checks, terminal.Describe(o.Getenv, o.Stdin, o.Stdout)...)
	report := Report
	if o.json {
		report = ReportJSON
	}
	if err := o.Heard(report(o.Stdout, checks)); err != nil {
		return batch.Fail(err)
	}
	if slices.ContainsFunc(checks, func(c model.Check) bool { return c.Verdict == model.Failed }) {
		return errUnhealthy()
	}
	return nil
}
