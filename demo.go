package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/model"
)

func (o *options) demoCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the console on demo systems that live in this process.",
		Long: "demo opens the console on demo systems in memory, on a free port of 127.0.0.1. With\n" +
			"--serve it only serves them, until it is interrupted, and prints a line of JSON for each.\n\n" + demo.FaultHelp(),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.logged(func(env client.Env) error {
				o.demo.Log = env.Log
				if o.serve {
					return o.serveDemo(cmd.Context(), cmd.OutOrStdout())
				}
				return o.demoConsole(cmd.Context(), env)
			})
		},
	}
	o.consoleFlags(cmd)
	cmd.Flags().Uint64Var(&o.demo.Seed, "seed", 0, "another company for another `NUMBER`")
	cmd.Flags().IntVar(&o.demo.Users, "users", 240, "`HOW MANY` users")
	cmd.Flags().IntVar(&o.demo.Tokens, "tokens", 170, "`HOW MANY` tokens; users grow with them, as each holds one")
	cmd.Flags().StringVar((*string)(&o.demo.AWX), "awx-generation", "", "which AWX is played: tower, oauth2, gateway or none (default oauth2)")
	cmd.Flags().StringVar(&o.demo.Faults, "fault", "", "faults on purpose, as `SPEC` above")
	cmd.Flags().BoolVar(&o.serve, "serve", false, "serve without a console")
	cmd.Flags().StringVar(&o.demo.Listen, "listen", "127.0.0.1:0", "`HOST:PORT` to serve on")
	return cmd
}

// demoConsole opens the demo's systems.
func (o *options) demoConsole(ctx context.Context, env client.Env) error {
	if err := o.ready(); err != nil {
		return err
	}
	server, err := demo.Start(ctx, o.demo)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	var profiles []config.Profile
	for _, s := range server.Systems() {
		p, err := demoProfile(s)
		if err != nil {
			return err
		}
		profiles = append(profiles, p)
	}
	return o.open(ctx, env, profiles)
}

// demoProfile enters a demo system as its administrator: by token, where the
// system has tokens that can be had before a sign-in.
func demoProfile(s demo.System) (config.Profile, error) {
	if s.Token != "" {
		return config.NewProfile(client.Kinds(), s.Name, s.Kind, s.URL, config.Given(model.NewSecret(s.Token)))
	}
	p, err := config.NewProfile(client.Kinds(), s.Name, s.Kind, s.URL, config.Given(model.NewSecret(s.Password)))
	if err != nil {
		return p, err
	}
	return p.SignInWith(s.Username)
}

func (o *options) serveDemo(ctx context.Context, out io.Writer) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	server, err := demo.Start(ctx, o.demo)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	for _, s := range server.Systems() {
		if err := encoder.Encode(s); err != nil { //nolint:gosec // the demo shows its own password on purpose
			return errors.Join(failure{err}, server.Close())
		}
	}
	<-ctx.Done()
	return server.Close()
}
