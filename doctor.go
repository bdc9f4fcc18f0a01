package main

import (
	"context"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
	"authdeck/ui"
	"authdeck/ui/terminal"
)

func (o *options) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor [NAME...]",
		Short: "Check the configuration, the connections, the rights and the terminal.",
		Long:  "doctor looks at every system of the configuration, or at those named, and at the\nterminal: a line a check, and what to do about it.\n\n" + exitCodes,
		RunE: func(cmd *cobra.Command, names []string) error {
			return o.logged(func(env client.Env) error { return o.doctor(cmd.Context(), env, cmd.OutOrStdout(), names) })
		},
	}
	o.configFlag(cmd)
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	return cmd
}

// doctor checks the systems that are named, or all, and the terminal.
func (o *options) doctor(ctx context.Context, env client.Env, out io.Writer, names []string) error {
	all, err := o.profiles()
	if err != nil {
		return err
	}
	profiles, err := config.Choose(all, names)
	if err != nil {
		return err
	}
	var checks []model.Check
	env.Getenv = config.UnsetCredentials(all, os.Getenv, os.Unsetenv) // a command of one system sees the credential of none
	for _, p := range profiles {
		checks = append(checks, client.Diagnose(ctx, p, env)...)
	}
	checks = append(checks, terminal.Describe(os.Getenv, os.Stdin, os.Stdout)...)
	report := ui.Report
	if o.json {
		report = ui.ReportJSON
	}
	if err := report(out, checks); err != nil {
		return failure{err}
	}
	if slices.ContainsFunc(checks, func(c model.Check) bool { return c.Verdict == model.Failed }) {
		return errUnhealthy
	}
	return nil
}
