package command

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"authdeck/ui/batch"
	"authdeck/ui/terminal"
)

func (o *options) demoCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the console on demo systems that live in this process.",
		Long: "demo opens the console on demo systems in memory, on a free port of 127.0.0.1. With\n" +
			"--serve it only serves them, until it is interrupted, and prints a line of JSON for each;\n" +
			"--write-config FILE has them in a configuration meanwhile, for commands and scripts.\n" +
			"The company lives today: the same seed gives the same people and keys, and on one day\n" +
			"the same dates.\n\n" + o.FaultHelp,
		Args: batch.Takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.logged(func(journal *slog.Logger) error {
				if o.lendTo != "" && !o.serve {
					return errors.New("--write-config goes with --serve: the console knows the demo's systems without one")
				}
				if o.serve {
					return o.serveDemo(cmd.Context(), journal)
				}
				return o.demoConsole(cmd.Context(), journal)
			})
		},
	}
	o.consoleFlags(cmd)
	cmd.Flags().Uint64Var(&o.demo.Seed, "seed", 0, "another company for another `NUMBER`")
	cmd.Flags().IntVar(&o.demo.Users, "users", 240, "`HOW MANY` users")
	cmd.Flags().IntVar(&o.demo.Tokens, "tokens", 170, "`HOW MANY` tokens; users grow with them, as each holds one")
	cmd.Flags().StringVar(&o.demo.AWX, "awx-generation", "", "which AWX is played: tower, oauth2, gateway-2024, gateway or none (default oauth2)")
	batch.Completes(cmd, "awx-generation", batch.OneOf("tower", "oauth2", "gateway-2024", "gateway", "none"))
	cmd.Flags().StringVar(&o.demo.Quirks, "quirk", "", "`NAME`s of ways in which real servers differ, with commas between, as above")
	cmd.Flags().StringVar(&o.demo.Faults, "fault", "", "faults on purpose, as `SPEC` above")
	cmd.Flags().BoolVar(&o.demo.Hostile, "hostile", false, "24 names and many texts that attack a terminal, on the first pages; few and far down without")
	cmd.Flags().BoolVar(&o.serve, "serve", false, "serve without a console")
	cmd.Flags().StringVar(&o.lendTo, "write-config", "", "with --serve, write a configuration of the demo's systems to a new `FILE`, and their credentials to FILE.credentials, for as long as it serves")
	cmd.Flags().BoolVar(&o.demo.Ports, "ports", false, "serve each system on a port of its own too, without a path: root_url in its line of JSON")
	cmd.Flags().StringVar(&o.demo.Record, "record", "", "record what is done there in `FOLDER`; without it, it is recorded nowhere")
	cmd.Flags().StringVar(&o.demo.Listen, "listen", "127.0.0.1:0", "`HOST:PORT` to serve on")
	return cmd
}

// demoConsole opens the demo's systems.
func (o *options) demoConsole(ctx context.Context, journal *slog.Logger) error {
	if err := o.ready(); err != nil {
		return err
	}
	if err := o.readPlan(); err != nil {
		return err
	}
	server, err := o.StartDemo(ctx, o.demo, journal)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	systems, err := server.Open(ctx, o.choice, o.first)
	if err != nil {
		return err
	}
	return o.show(ctx, terminal.NewSession(o.Getenv, o.Stdin, o.Stdout), systems, journal)
}

// serveDemo tells of the demo's systems and serves them until it is interrupted.
func (o *options) serveDemo(ctx context.Context, journal *slog.Logger) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	server, err := o.StartDemo(ctx, o.demo, journal)
	if err != nil {
		return err
	}
	if o.lendTo != "" {
		take, err := server.Lend(o.lendTo)
		if err != nil {
			return errors.Join(batch.Fail(err), server.Close())
		}
		defer take()
	}
	encoder := json.NewEncoder(o.Stdout)
	for _, s := range server.Systems {
		if err := encoder.Encode(s); err != nil {
			return errors.Join(batch.Fail(err), server.Close())
		}
	}
	<-ctx.Done()
	return server.Close()
}
