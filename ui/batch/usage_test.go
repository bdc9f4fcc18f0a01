package batch_test

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"authdeck/ui/batch"
)

func TestACommandSaysWhatItTakesAndWhatStandsThere(t *testing.T) {
	does := func(*cobra.Command, []string) error { return nil }
	root := func() *cobra.Command {
		all := &cobra.Command{Use: "authdeck", Args: batch.Takes(0, 0), RunE: does, SilenceErrors: true, SilenceUsage: true}
		all.SetFlagErrorFunc(batch.Flagged)
		find := &cobra.Command{Use: "tokens [QUERY...]", RunE: func(cmd *cobra.Command, _ []string) error { return batch.One(cmd, "json", "csv", "tsv") }}
		for _, form := range []string{"json", "csv", "tsv"} {
			find.Flags().Bool(form, false, "")
		}
		all.AddCommand(
			&cobra.Command{Use: "version", Args: batch.Takes(0, 0), RunE: does}, &cobra.Command{Use: "diff OLD NEW", Args: batch.Takes(2, 2), RunE: does},
			&cobra.Command{Use: "take [NAME]", Args: batch.Takes(0, 1), RunE: does}, &cobra.Command{Use: "remove NAME...", Args: batch.Takes(1, batch.AnyNumber), RunE: does}, find,
		)
		return all
	}
	for line, want := range map[string]string{
		"": "", "version": "", "diff a b": "", "take": "", "take a": "", "remove a b c": "", "tokens --json a b": "", "tokens -- -is:over": "",
		"toknes":                    `unknown command "toknes"; is it authdeck tokens?`,
		"frobnicate":                `unknown command "frobnicate"; authdeck --help lists them`,
		strings.Repeat("k3y", 10):   `unknown command "(not shown: it may be a key)"; authdeck --help lists them`,
		"version now":               `version takes no arguments, and "now" stands there`,
		"diff a":                    "diff takes 2 arguments, and 1 argument stands there: authdeck diff OLD NEW",
		"diff a b c":                "diff takes 2 arguments, and 3 arguments stand there: authdeck diff OLD NEW",
		"take a b":                  "take takes at most 1 argument, and 2 arguments stand there: authdeck take [NAME]",
		"remove":                    "remove takes at least 1 argument, and no argument stands there: authdeck remove NAME...",
		"tokens --json --csv":       "--json and --csv are 2 forms; one of them is enough",
		"tokens --json --csv --tsv": "--json, --csv and --tsv are 3 forms; one of them is enough",
		"tokens -is:over":           "unknown shorthand flag: 'i' in -is:over; a condition that begins with - comes after a --, as in: authdeck tokens -- -is:over",
		"tokens -owner:x":           "unknown shorthand flag: 'o' in -owner:x; a condition that begins with - comes after a --, as in: authdeck tokens -- -owner:x",
		"version -x":                "unknown shorthand flag: 'x' in -x",
	} {
		cmd, said := root(), ""
		cmd.SetArgs(strings.Fields(line))
		if err := cmd.ExecuteContext(t.Context()); err != nil {
			said = err.Error()
		}
		if said != want {
			t.Errorf("%q: %s\nwant %s", line, said, want)
		}
	}
}
