package settings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/setting"
	"authdeck/ui/batch"
)

const initLong = `init writes the first configuration, for its owner alone (mode 0600), whole or not at all, and
never over a file that is there. At a terminal it asks for each system: what it is called, its
kind and its address, where its credential comes from, and whether it is production. What flags
say is not asked for. The credential itself is never asked for, nor written.

  authdeck config init --name shop --kind hamgam --url https://shop.example.com --token-env SHOP_TOKEN
  authdeck config init --name shop ... --token-command -- pass show shop

`

// first is a first configuration in the making.
type first struct {
	*about

	system  setting.System  // as the flags say
	said    map[string]bool // what of it they say, as [setting.Files.Amiss] has it
	sources map[string]*string
	taken   map[string]bool // the names of those that were asked for so far
}

func initCommand(a *about) *cobra.Command {
	f := &first{about: a, said: map[string]bool{}, taken: map[string]bool{}, sources: map[string]*string{}}
	cmd := &cobra.Command{
		Use:   "init [flags] [-- PROGRAM [ARGUMENT...]]",
		Short: "Write the first configuration: ask for what is in it.",
		Long:  initLong + batch.ExitCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.take(cmd, args); err != nil {
				return err
			}
			return f.begin(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.system.Name, "name", "", "what the system is called, as `NAME`")
	flags.StringVar(&f.system.Kind, "kind", "", "its `KIND`: "+strings.Join(names(a.Kinds), ", "))
	batch.Completes(cmd, "kind", batch.OneOf(names(a.Kinds)...))
	flags.StringVar(&f.system.URL, "url", "", "its `ADDRESS`")
	flags.StringVar(&f.system.Username, "username", "", "sign in as `NAME`, with a password instead of a token")
	for _, what := range []string{"token", "password"} {
		f.sources[what+"-env"] = flags.String(what+"-env", "", "the `VARIABLE` that holds the "+what)
		f.sources[what+"-file"] = flags.String(what+"-file", "", "the `FILE` that holds the "+what)
		flags.Bool(what+"-command", false, "the "+what+" is printed by the program after --")
	}
	flags.BoolVar(&f.system.Production, "production", false, "it is production")
	return cmd
}

// names are those of kinds.
func names(kinds []setting.Kind) []string {
	all := make([]string, len(kinds))
	for i, k := range kinds {
		all[i] = k.Name
	}
	return all
}

// take takes what the flags say, and refuses what does not go together.
func (f *first) take(cmd *cobra.Command, args []string) error {
	for _, said := range []string{"name", "kind", "url", "username"} {
		f.said[said] = cmd.Flags().Changed(said)
	}
	from := ""
	for _, flag := range []string{"token-env", "token-file", "token-command", "password-env", "password-file", "password-command"} {
		if !cmd.Flags().Changed(flag) {
			continue
		}
		if from != "" {
			return fmt.Errorf("--%s and --%s: a credential comes from one place; keep one of them", from, flag)
		}
		from = flag
	}
	what, how, _ := strings.Cut(from, "-")
	switch {
	case len(args) > 0 && (how != "command" || cmd.ArgsLenAtDash() != 0):
		return errors.New("init takes no arguments but a program after --, with --token-command or --password-command")
	case how == "command" && len(args) == 0:
		return fmt.Errorf("--%s takes the program after --, such as: --%s -- pass show shop", from, from)
	case what == "token" && f.said["username"]:
		return fmt.Errorf("--username and --%s: a system signs in with a token or with a user name and a password, not with both", from)
	case what == "password" && !f.said["username"]:
		return fmt.Errorf("--%s: a password needs --username", from)
	}
	switch how {
	case "env":
		f.system.Variable, f.said["variable"] = *f.sources[from], true
	case "file":
		f.system.File, f.said["file"] = *f.sources[from], true
	case "command":
		f.system.Command, f.said["command"] = args, true
	}
	return f.right(from)
}

// right says whether what the flags say is as it must be.
func (f *first) right(from string) error {
	for _, said := range []string{"name", "kind", "url", "username", "variable", "file", "command"} {
		if !f.said[said] || said == "username" && !f.said["kind"] { // which says who has passwords
			continue
		}
		if err := f.Amiss(f.system, said); err != nil {
			flag := said
			if said == "variable" || said == "file" || said == "command" {
				flag = from
			}
			return fmt.Errorf("--%s: %w", flag, err)
		}
	}
	return nil
}

// begin asks for what is not said yet, and writes the file.
func (f *first) begin(ctx context.Context) error {
	at := f.Find(f.named)
	if f.There(at.Path) == nil {
		return fmt.Errorf("%s: there is a file of this name already, and it stays as it is; add a [[system]] to it by hand, or name another file with --config", model.Clean(at.Path))
	}
	if missing := f.missing(); missing != "" && !f.Attended() {
		return fmt.Errorf("there is no terminal to ask at, and nothing was written; give %s too", missing)
	}
	systems, err := f.systems(ctx)
	if err != nil {
		fmt.Fprintln(f.Stderr) // behind the question
		return unanswered(err)
	}
	if err := f.Init(at.Path, systems); errors.Is(err, fs.ErrExist) {
		return err
	} else if err != nil { // what was said is right, and this machine is not
		return batch.Fail(err)
	}
	if _, err := fmt.Fprintln(f.Stdout, model.Clean(at.Path)); err != nil {
		return batch.Unsaid(model.Clean(at.Path).String()+" is written", err)
	}
	f.Say("it is written; authdeck config check looks at it, and authdeck doctor asks the systems")
	return nil
}

// missing are the flags that would have to be given where nobody can be asked.
func (f *first) missing() string {
	var flags []string
	for _, said := range []string{"name", "kind", "url"} {
		if !f.said[said] {
			flags = append(flags, "--"+said)
		}
	}
	switch {
	case f.said["variable"], f.said["file"], f.said["command"]:
	case f.said["username"]:
		flags = append(flags, "one of --password-env, --password-file, --password-command")
	default:
		flags = append(flags, "one of --token-env, --token-file, --token-command")
	}
	return strings.Join(flags, ", ")
}

// systems are those that were said with flags or at the terminal. Who interrupts the asking has
// written nothing.
func (f *first) systems(ctx context.Context) ([]setting.System, error) {
	if f.missing() == "" {
		return []setting.System{f.system}, nil
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return f.ask(ctx)
}

// unanswered is the error of questions that were not answered to the end.
func unanswered(err error) error {
	const nothing = "and nothing was written"
	if model.KindOf(err) == model.Cancelled && errors.Is(err, context.Canceled) {
		return batch.End(batch.Failed, errors.New("interrupted, "+nothing))
	}
	if batch.CodeOf(err) == batch.Misuse {
		return batch.End(batch.Misuse, errors.New("the input ended before everything was answered, "+nothing))
	}
	return batch.Fail(err)
}
