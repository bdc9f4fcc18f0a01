package command

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
	"authdeck/ui/batch/inventory"
	"authdeck/ui/batch/listing"
	"authdeck/ui/batch/monitoring"
	"authdeck/ui/batch/people"
	"authdeck/ui/batch/plans"
	"authdeck/ui/batch/settings"
	"authdeck/ui/batch/single"
)

// options are what the flags of all commands say, and the world that they are
// followed in.
type options struct {
	World
	choice      batch.Choice
	first       string // the system that is shown first, by its name; empty for the first
	demo        Demo
	lendTo      string // the file that a served demo writes a configuration to; empty for none
	log, reason string
	fps         int
	planFile    string
	atOnce      int          // lines of a plan at once; 0 where no flag says
	plan        *plan.Stored // of that file; nil for none
	serve, json bool
}

// Root is the command without a name: it opens the console.
func Root(w World) *cobra.Command { return root(w, w.Stdout) }

// root is that command, with where its helps and completions go.
func root(w World, helps io.Writer) *cobra.Command {
	o := &options{World: w}
	cmd := &cobra.Command{
		Use:   "authdeck",
		Short: "Keep the auth tokens of remote systems in order, over SSH.",
		Long: "authdeck opens a console on the systems of its configuration: see tokens and users\n" +
			"page by page, find what is stale, create, regenerate and delete.\n\n" + batch.ExitCodes,
		Version:       w.Version,
		Args:          batch.Takes(0, 0),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.logged(func(journal *slog.Logger) error { return o.console(cmd.Context(), journal) })
		},
	}
	cmd.SetArgs(w.Args)
	cmd.SetOut(helps)
	cmd.SetErr(w.Stderr)
	cmd.SetFlagErrorFunc(batch.Flagged)
	cmd.PersistentFlags().StringVar(&o.log, "log", "", "append a log to `FILE`; it never holds a key")
	o.configFlag(cmd)
	o.consoleFlags(cmd)
	o.add(cmd)
	cmd.InitDefaultCompletionCmd()
	strict(cmd)
	return cmd
}

// strict has commands that only hold others say which these are, and take no word that is none:
// cobra calls a mistyped one done.
func strict(of *cobra.Command) {
	for _, c := range of.Commands() {
		strict(c)
		if of.Name() == "completion" {
			c.Args = batch.Takes(0, 0)
		}
		if c.HasSubCommands() && !c.Runnable() {
			c.Args, c.RunE = batch.Takes(0, 0), func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
}

// add adds the commands, by what somebody wants.
func (o *options) add(cmd *cobra.Command) {
	w, log := o.World.World, &o.log
	for _, g := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"See what there is:", []*cobra.Command{listing.Tokens(w, log), listing.Users(w, log), people.Person(w, log), single.Whose(w, log)}},
		{"Change it:", []*cobra.Command{single.Token(w, log), o.planCommand(), plans.Apply(w, log), o.keysCommand()}},
		{"Watch over it, and show what was done:", []*cobra.Command{monitoring.Check(w, log), inventory.Inventory(w, log, o.Version), o.auditCommand(), o.reportCommand()}},
		{"authdeck itself:", []*cobra.Command{settings.Command(w, o.Settings), o.doctorCommand(), o.demoCommand(), o.versionCommand()}},
	} {
		cmd.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.title
		}
		cmd.AddCommand(g.commands...)
	}
	cmd.SetHelpCommandGroupID("authdeck itself:")
	cmd.SetCompletionCommandGroupID("authdeck itself:")
}

// width takes how many lines of a plan are under way at once.
func (o *options) width(said string) error {
	n, err := strconv.Atoi(model.Digits(said))
	if err != nil || n < 1 || n > model.MostAtOnce {
		return fmt.Errorf("1 to %d are possible", model.MostAtOnce)
	}
	o.atOnce = n
	return nil
}

func (o *options) configFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.choice.Config, "config", "", "the configuration `FILE` (default: $AUTHDECK_CONFIG, else "+o.ConfigPath+")")
}

func (o *options) consoleFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.first, "system", "", "the system to open first, by its `NAME`")
	batch.Completes(cmd, "system", o.SystemNames())
	cmd.Flags().BoolVar(&o.choice.ReadOnly, "read-only", false, "change nothing in any system")
	cmd.Flags().StringVar(&o.reason, "reason", "", "why things are done, for the record, such as the number of a ticket, as `WORDS`")
	cmd.Flags().StringVar(&o.planFile, "plan", "", "show the plan in a `FILE` first, to apply it")
	cmd.Flags().Func("at-once", fmt.Sprintf("`HOW MANY` lines of a plan are under way at once, over all systems (default: at_once of the configuration, else %d)", plan.AtOnce), o.width)
	cmd.Flags().StringArrayVar(&o.choice.Recipients, "recipient", nil, "seal the new keys of plans, and those that are not handed over, to `AGE` (age1… or \"ssh-ed25519 …\"); may be repeated, and takes the place of age_recipients")
	cmd.Flags().IntVar(&o.fps, "fps", 30, "frames a second at most")
}
