package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/ui/terminal"
)

// options are the flags that every way of running shares.
type options struct {
	config, system, log string
	readOnly            bool
	fps                 int
	demo                demo.Options
	serve, json         bool
}

func command() *cobra.Command {
	o := &options{}
	root := &cobra.Command{
		Use:   "authdeck",
		Short: "Keep the auth tokens of remote systems in order, over SSH.",
		Long: "authdeck opens a console on the systems of its configuration: see tokens and users\n" +
			"page by page, find what is stale, create, regenerate and delete.\n\n" + exitCodes,
		Version:       version(),
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.logged(func(env client.Env) error { return o.console(cmd.Context(), env) })
		},
	}
	root.PersistentFlags().StringVar(&o.log, "log", "", "append a log to `FILE`; it never holds a key")
	o.configFlag(root)
	o.consoleFlags(root)
	root.AddCommand(o.demoCommand(), o.doctorCommand())
	return root
}

func (o *options) configFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.config, "config", "", "the configuration `FILE` (default: $AUTHDECK_CONFIG, else "+config.Path("", noConfig)+")")
}

func (o *options) consoleFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.system, "system", "", "the system to open first, by its `NAME`")
	cmd.Flags().BoolVar(&o.readOnly, "read-only", false, "change nothing in any system")
	cmd.Flags().IntVar(&o.fps, "fps", 30, "frames a second at most")
}

// noConfig shows the default path as a manual does.
func noConfig(name string) string {
	if name == "HOME" {
		return "~"
	}
	return ""
}

// ready looks at what the console needs before anything else is done.
func (o *options) ready() error {
	if o.fps < 1 || o.fps > 120 {
		return fmt.Errorf("--fps %d: 1 to 120 are possible", o.fps)
	}
	return terminal.Usable(os.Getenv, os.Stdin, os.Stdout)
}
