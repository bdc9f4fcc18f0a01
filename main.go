// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/spf13/cobra"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/file"
	"authdeck/model"
	"authdeck/ui"
	"authdeck/ui/background"
	"authdeck/ui/terminal"
	"authdeck/ui/wait"
)

const exitCodes = `Exit codes:
  0  all is well
  1  a check of doctor failed, or the console came to a bad end
  2  the command line, the configuration or the terminal is not as it must be`

// errUnhealthy says that a check of doctor failed; the report has said which.
var errUnhealthy = errors.New("some checks failed")

func main() {
	log.SetOutput(io.Discard) // net/http writes whole answers to it, keys included, over the screen
	os.Exit(run())
}

func run() int {
	if err := terminal.Undumpable(); err != nil {
		fmt.Fprintln(os.Stderr, "authdeck:", printable(err))
	}
	err := command().Execute()
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUnhealthy):
		return 1
	}
	fmt.Fprintln(os.Stderr, "authdeck:", printable(err))
	if _, ok := errors.AsType[failure](err); ok {
		return 1
	}
	return 2
}

// failure is an error of ours or of the world: exit code 1. Every other error is
// a misuse.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// printable is an error as letters; lines stay lines.
func printable(err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = model.Clean(line).String()
	}
	return strings.Join(lines, "\n")
}

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

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && text == "(devel)" {
			text += " " + s.Value
		}
	}
	return text
}

// console opens the configured systems.
func (o *options) console(ctx context.Context, env client.Env) error {
	if err := o.ready(); err != nil {
		return err
	}
	profiles, err := o.profiles()
	if err != nil {
		return err
	}
	return o.open(ctx, env, profiles)
}

// ready looks at what the console needs before anything else is done.
func (o *options) ready() error {
	if o.fps < 1 || o.fps > 120 {
		return fmt.Errorf("--fps %d: 1 to 120 are possible", o.fps)
	}
	return terminal.Usable(os.Getenv, os.Stdin, os.Stdout)
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

// profiles reads the configuration.
func (o *options) profiles() ([]config.Profile, error) {
	return config.Load(config.Path(o.config, os.Getenv), os.Getenv, client.Kinds())
}

// logged opens the log for what is done, if one is wanted.
func (o *options) logged(do func(client.Env) error) error {
	env := client.Env{Getenv: os.Getenv, Version: version(), Log: slog.New(slog.DiscardHandler)}
	if o.log == "" {
		return do(env)
	}
	f, err := file.Append(o.log)
	if err != nil {
		return fmt.Errorf("--log %s: %w", o.log, err)
	}
	env.Log = slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
	defer func() { _ = f.Close() }()
	return do(env)
}

// open runs the console on the profiles.
func (o *options) open(ctx context.Context, env client.Env, profiles []config.Profile) error {
	first := 0
	if o.system != "" {
		if _, err := config.Choose(profiles, []string{o.system}); err != nil {
			return fmt.Errorf("--system: %w", err)
		}
		first = slices.IndexFunc(profiles, func(p config.Profile) bool { return p.Name == o.system })
	}
	apis := client.OpenAll(ctx, profiles, env, client.Opening{ReadOnly: o.readOnly, Unset: os.Unsetenv, Runs: func(p config.Profile) {
		fmt.Fprintf(os.Stderr, "authdeck: the credential of %s comes from a %s\n", p.Name, p.Credential)
	}})
	defer client.CloseAll(ctx, apis, env.Log)
	return o.show(apis, first, env.Log) //nolint:contextcheck // a question to a system ends with the person who waits for it, not with main
}

// farewell bounds how long the end waits for the clipboard to be let go of.
const farewell = 3 * time.Second

// show takes the screen.
func (o *options) show(apis []model.API, first int, journal *slog.Logger) error {
	session := terminal.NewSession(os.Stdin, os.Stdout)
	clipboard := terminal.NewClipboard(os.Getenv, session.Wire(), terminal.Exec)
	renderer := lipgloss.NewRenderer(os.Stdout)
	renderer.SetHasDarkBackground(background.Dark(os.Getenv))
	renderer.SetColorProfile(terminal.Colours(os.Getenv))
	console := ui.New(ui.World{
		Clock:       wait.System(),
		Renderer:    renderer,
		Log:         journal,
		Hangup:      session.Hangup(),
		Unveil:      session.Unveil,
		Send:        clipboard.Send,
		NoClipboard: terminal.NoClipboard(os.Getenv),
		Welcome:     model.Clean(config.Rescued(config.KeyFolder("", os.Getenv))).String(),
		Keep: func(under, name string, key model.Secret) (string, error) {
			return config.WriteKey(config.KeyFolder(under, os.Getenv), name, key)
		},
	}, apis, first)
	bad := session.Run(console, o.fps, journal)
	said, lost := console.Farewell()
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if err := clipboard.Settle(ctx); err != nil {
		said = append(said, err.Error())
	}
	for _, line := range said {
		fmt.Fprintln(os.Stderr, "authdeck:", line)
	}
	if err := errors.Join(bad, lost); err != nil {
		return failure{err}
	}
	return nil
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
