package single

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/ui/batch"
)

// command is one of the commands about a token, as it was written.
type command struct {
	batch.World
	batch.Flags

	action model.Action // Nothing for one that only shows it
	log    *string

	yes, dry, json, fields bool

	reason, owner, expires, by string

	set, from []string
	key       batch.KeyTo

	looks []time.Duration // when one whose end is in doubt is looked for, after the look before
}

// Token is the command about one token, with those below it.
func Token(w batch.World, log *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "See, make, change, rotate or delete one token.",
		Long: "The token is named by its exact ID, as authdeck tokens shows it, or by a name that no other\n" +
			"token of the system has. What the console would ask is asked on the terminal; without one\n" +
			"--yes is the answer, which counts with the exact ID and with nothing else.\n\n" + batch.ExitCodes,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return errors.New("authdeck token takes show, create, edit, rotate or delete")
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			return errors.New("authdeck token takes show, create, edit, rotate or delete")
		},
	}
	cmd.AddCommand(show(w, log), create(w, log), edit(w, log), rotate(w, log), remove(w, log))
	return cmd
}

// begin is a command with what all of them have.
func begin(w batch.World, log *string, a model.Action) *command {
	return &command{World: w, log: log, action: a, looks: []time.Duration{0, 5 * time.Second, 10 * time.Second}}
}

func show(w batch.World, log *string) *cobra.Command {
	c := begin(w, log, model.Nothing)
	cmd := &cobra.Command{Use: "show SYSTEM ID", Short: "Show a token.", Long: "Shows what there is to see of a token. Its key is not among that.\n\n" + batch.ExitCodes}
	c.both(cmd)
	c.runs(cmd, "SYSTEM", "ID")
	return cmd
}

func create(w batch.World, log *string) *cobra.Command {
	c := begin(w, log, model.Create)
	cmd := &cobra.Command{
		Use: "create SYSTEM", Short: "Make a token.",
		Long: "Makes a token. What is wanted of it are fields of the system's own form: --fields lists them.\n\n" + batch.ExitCodes,
		Example: "  authdeck token create idp --fields\n" +
			"  authdeck token create idp --set identifier=ci-deploy --expires 90d --key-to /run/keys/ci --yes\n" +
			"  authdeck token create idp --set identifier=ci --yes --key-to-command -- pass insert --multiline --force ci",
	}
	c.fills(cmd)
	c.writes(cmd)
	cmd.Flags().StringVar(&c.owner, "owner", "", "whose it is: the user name or the ID of a `USER`")
	cmd.Flags().BoolVar(&c.fields, "fields", false, "list the fields, and make nothing")
	c.key.Register(cmd)
	c.runs(cmd, "SYSTEM")
	return cmd
}

func edit(w batch.World, log *string) *cobra.Command {
	c := begin(w, log, model.Edit)
	cmd := &cobra.Command{
		Use: "edit SYSTEM ID", Short: "Change what is said of a token, not its key.",
		Long:    "Changes the fields that are named, and no others: --fields lists them.\n\n" + batch.ExitCodes,
		Example: "  authdeck token edit idp ci-deploy --set description='nightly build' --yes",
	}
	c.fills(cmd)
	c.writes(cmd)
	cmd.Flags().BoolVar(&c.fields, "fields", false, "list the fields, and change nothing")
	c.runs(cmd, "SYSTEM", "ID")
	return cmd
}

func rotate(w batch.World, log *string) *cobra.Command {
	c := begin(w, log, model.Regenerate)
	cmd := &cobra.Command{
		Use: "rotate SYSTEM ID", Short: "Give a token a new key; the old one ends.",
		Long: "Regenerates a token where the system does that, and else replaces it: one like it is made, and\n" +
			"it is deleted. Which of the two it is stands on the standard error.\n\n" + batch.ExitCodes,
		Example: "  authdeck token rotate shop 31 --yes --key-to-command -- pass insert --multiline --force shop/ci\n" +
			"  authdeck token rotate shop 31 --dry-run",
	}
	cmd.Flags().StringVar(&c.by, "by", "", "rotate by `HOW`: regenerate or replace (default: by what the system offers)")
	batch.Completes(cmd, "by", batch.OneOf(model.Regenerate.String(), model.Replace.String()))
	c.secrets(cmd)
	c.writes(cmd)
	c.key.Register(cmd)
	c.runs(cmd, "SYSTEM", "ID")
	return cmd
}

func remove(w batch.World, log *string) *cobra.Command {
	c := begin(w, log, model.Delete)
	cmd := &cobra.Command{
		Use: "delete SYSTEM ID", Short: "End a token for good.",
		Long:    "Deletes a token.\n\n" + batch.ExitCodes,
		Example: "  authdeck token delete shop 31 --reason OPS-1 --yes",
	}
	c.secrets(cmd)
	c.writes(cmd)
	c.runs(cmd, "SYSTEM", "ID")
	return cmd
}

// both are the flags of all of them.
func (c *command) both(cmd *cobra.Command) {
	c.RegisterConfig(cmd, c.World)
	cmd.Flags().BoolVar(&c.json, "json", false, "write JSON (docs/json.md)")
}

// writes are those of a command that changes something.
func (c *command) writes(cmd *cobra.Command) {
	c.both(cmd)
	c.RegisterReadOnly(cmd)
	counts := "; it counts with the exact ID alone"
	if c.action == model.Create { // which takes none
		counts = ""
	}
	cmd.Flags().BoolVar(&c.yes, "yes", false, "yes to what would be asked"+counts)
	cmd.Flags().BoolVar(&c.dry, "dry-run", false, "say what would be sent, and send nothing")
	cmd.Flags().StringVar(&c.reason, "reason", "", "why, for the record, such as the number of a ticket, as `WORDS`")
}

// secrets are those of a command whose form may ask for a password.
func (c *command) secrets(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&c.from, "set-from", nil, "a value of the form that stands in a file or, for -, on the standard input, as `KEY=FILE`; may be repeated")
}

// fills are those of a command with a form to be filled in.
func (c *command) fills(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&c.set, "set", nil, "a value of the form, as `KEY=VALUE`; may be repeated")
	c.secrets(cmd)
	cmd.Flags().StringVar(&c.expires, "expires", "", "when it ends: `WHEN` is 2026-12-31, 90d or never")
}

// runs gives the command its end: which arguments it takes, and what it does.
func (c *command) runs(cmd *cobra.Command, wanted ...string) {
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 { // an id wants a request
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return c.SystemNames()(cmd, args, word)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		args, err := c.key.Split(cmd, args)
		if err != nil {
			return err
		}
		if err := batch.Takes(len(wanted), len(wanted))(cmd, args); err != nil {
			return err
		}
		c.Log, c.Systems = *c.log, args[:1]
		return c.With(cmd, c.Flags, func(ctx context.Context, s batch.Session) error { return c.do(ctx, s, args) })
	}
	if c.action.Writes() {
		batch.Heeds(cmd)
	}
}

// do does what was written.
func (c *command) do(ctx context.Context, s batch.Session, args []string) error {
	api := s.Named(args[0])
	if api == nil {
		return fmt.Errorf("there is no system %q", model.Clean(args[0]))
	}
	d := &deed{command: c, systems: s.Systems, api: api, info: api.Info()}
	if err := d.allowed(); err != nil {
		return err
	}
	if len(args) > 1 {
		found, err := c.find(ctx, api, args[1])
		if err != nil {
			return err
		}
		d.order.Token, d.exact = found.token, found.exact
	}
	if c.action == model.Nothing {
		return d.show()
	}
	return d.carry(ctx)
}
