package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/setting"
	"authdeck/ui/batch"
)

// about is a command about the configuration that is named, or the usual one.
type about struct {
	batch.World
	setting.Files

	named string // by --config; empty for the one of the environment
	json  bool
}

// Command is config, with all that there is below it.
func Command(w batch.World, files setting.Files) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show, check or begin the configuration.",
		Long: "config says what holds and where each value comes from, what is wrong with it, and writes\n" +
			"the first one. No system is asked, no credential is read, and none is ever shown.\n\n" + batch.ExitCodes,
		Args: batch.Takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, below := range []func(*about) *cobra.Command{showCommand, pathCommand, checkCommand, initCommand} {
		a := &about{World: w, Files: files}
		one := below(a)
		one.Flags().StringVar(&a.named, "config", "", "the configuration `FILE` (default: $AUTHDECK_CONFIG, else "+w.ConfigPath+")")
		cmd.AddCommand(one)
	}
	return cmd
}

func pathCommand(a *about) *cobra.Command {
	return &cobra.Command{
		Use:   "path",
		Short: "Print the path of the configuration, and say what chose it.",
		Args:  batch.Takes(0, 0),
		RunE:  func(*cobra.Command, []string) error { return a.path() },
	}
}

// path prints the path, and what there is to say of it beside the output.
func (a *about) path() error {
	at := a.Find(a.named)
	if _, err := fmt.Fprintln(a.Stdout, model.Clean(at.Path)); err != nil {
		return batch.Fail(err)
	}
	switch err := a.There(at.Path); {
	case errors.Is(err, fs.ErrNotExist):
		a.Say("there is nothing there yet; authdeck config init writes it")
	case err != nil:
		a.Say("it cannot be read: %s", model.Clean(err.Error()))
	default:
		a.Say("it is there")
	}
	if at.By.How == setting.BuiltIn {
		a.Say("this is the usual place: neither --config nor $AUTHDECK_CONFIG nor $XDG_CONFIG_HOME names another")
	} else {
		a.Say("%s says so", at.By)
	}
	return nil
}

func checkCommand(a *about) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong with the configuration, and what it names that is not there.",
		Long: "check says each fault with its line, and warns of what will not work as it is meant:\n" +
			"variables that are not set, files that others can read, programs that are not found. None\n" +
			"of them is read or run, and no system is asked; authdeck doctor does that.\n\n" +
			"Exit codes:\n" +
			"  0  it is as it must be\n" +
			"  2  there are faults, and authdeck does not work with it\n" +
			"  3  there are warnings and no faults",
		Args: batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return a.check() },
	}
	cmd.Flags().BoolVar(&a.json, "json", false, "write JSON")
	return cmd
}

// check says what was found, and ends with the worst of it.
func (a *about) check() error {
	at := a.Find(a.named)
	found := a.Check(at)
	if err := a.Heard(a.report(at, found)); err != nil {
		return err
	}
	switch {
	case len(found) == 0:
		return nil
	case slices.ContainsFunc(found, func(f setting.Finding) bool { return !f.Doubt }):
		return batch.End(batch.Misuse, nil)
	}
	return batch.End(batch.Found, nil)
}

// report writes a line for each finding, as compilers do, or a document.
func (a *about) report(at setting.Place, found []setting.Finding) error {
	if a.json {
		return batch.Document(a.Stdout, "config-check", checkedOf(at, found))
	}
	var lines strings.Builder
	for _, f := range found {
		fmt.Fprintf(&lines, "%s: %s: %s\n", f.At, verdict(f), indented(f.Words))
	}
	if len(found) == 0 {
		fmt.Fprintf(&lines, "%s: it is as it must be\n", model.Clean(at.Path))
	}
	_, err := fmt.Fprint(a.Stdout, lines.String())
	return batch.Fail(err)
}

// verdict is the word for how bad a finding is.
func verdict(f setting.Finding) string {
	if f.Doubt {
		return "warning"
	}
	return "error"
}

// indented are words of several lines, of which a finding is the first.
func indented(words string) string {
	lines := strings.Split(words, "\n")
	for i, line := range lines {
		if lines[i] = model.Clean(line).String(); i > 0 && line != "" {
			lines[i] = "  " + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}
