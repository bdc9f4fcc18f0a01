package batch

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/query"
)

// AnyNumber is no bound of how many arguments a command takes.
const AnyNumber = -1

// Takes holds a command to a number of arguments. One that takes none and has others below it takes
// the word for the name of one that there is not.
func Takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		n := len(args)
		switch {
		case n >= least && (n <= most || most == AnyNumber):
			return nil
		case most == 0 && cmd.HasSubCommands():
			return unknown(cmd, args[0])
		case most == 0:
			return fmt.Errorf("%s takes no arguments, and %q stands there", below(cmd), named(args[0]))
		}
		wanted := arguments(least)
		switch {
		case most == AnyNumber:
			wanted = "at least " + wanted
		case most > least:
			wanted = "at most " + arguments(most)
		}
		stand := "no argument stands"
		if n > 0 {
			stand = map[bool]string{true: "1 argument stands", false: arguments(n) + " stand"}[n == 1]
		}
		before := strings.TrimSuffix(cmd.CommandPath(), cmd.Name())
		return fmt.Errorf("%s takes %s, and %s there: %s", below(cmd), wanted, stand, before+cmd.Use)
	}
}

// below is the path of a command without the program, whose name stands before each error.
func below(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}

func arguments(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// named is a word that was typed, to be told; not one that may be a key.
func named(word string) string {
	if model.LikeSecret(word) {
		return "(not shown: it may be a key)"
	}
	return model.Clean(word).String()
}

// unknown is the error of a word that is the name of no command, with the nearest that is one.
func unknown(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near := query.Nearest(strings.ToLower(word), names); near != "" {
		return fmt.Errorf("unknown command %q; is it %s %s?", named(word), cmd.CommandPath(), near)
	}
	return fmt.Errorf("unknown command %q; %s --help lists them", named(word), cmd.CommandPath())
}

// One refuses flags that exclude each other: each is a form of the same thing.
func One(cmd *cobra.Command, flags ...string) error {
	var said []string
	for _, name := range flags {
		if on, err := cmd.Flags().GetBool(name); err == nil && on {
			said = append(said, "--"+name)
		}
	}
	if n := len(said); n > 1 {
		return fmt.Errorf("%s and %s are %d forms; one of them is enough", strings.Join(said[:n-1], ", "), said[n-1], n)
	}
	return nil
}

// Flagged is the error of a flag. What begins with a - and is none is most likely the condition of a
// question.
func Flagged(cmd *cobra.Command, err error) error {
	if !strings.Contains(cmd.Use, "QUERY") || !strings.HasPrefix(err.Error(), "unknown shorthand flag") {
		return err
	}
	_, word, _ := strings.Cut(err.Error(), " in ")
	return fmt.Errorf("%w; a condition that begins with - comes after a --, as in: %s -- %s", err, cmd.CommandPath(), word)
}
