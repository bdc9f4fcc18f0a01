// Package manual writes the man pages and what completes a command line in a shell, for a package.
// It is a program of its own, so that what makes them is not in the program that people run. It
// reads the commands as a shell would show them, and knows nothing of what they do.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/record"
	"authdeck/ui/batch"
	"authdeck/ui/command"
)

func main() {
	if err := run(os.Args[1:], os.Getenv("SOURCE_DATE_EPOCH")); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1) //nolint:forbidigo // this is a main as well
	}
}

// run writes both into folders below one that is given.
func run(args []string, epoch string) error {
	if len(args) != 1 {
		return errors.New("one argument is wanted: the folder in which man1 and completions are made")
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return fmt.Errorf("SOURCE_DATE_EPOCH has to be the seconds of the pages' date: %q", epoch)
	}
	pages, completions := filepath.Join(args[0], "man1"), filepath.Join(args[0], "completions")
	for _, folder := range []string{pages, completions} {
		if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // for everybody to read, as what lies in it
			return err
		}
	}
	if err := complete(root(), completions); err != nil {
		return err
	}
	return describe(root(), pages, time.Unix(seconds, 0).UTC())
}

// root is the command line as it is in everybody's home: nothing of this machine is in it.
func root() *cobra.Command {
	home := func(name string) string { return map[string]string{"HOME": "~"}[name] }
	return command.Root(command.World{
		World: batch.World{
			ConfigPath: config.Path("", home),
			RecordPath: filepath.Join(config.StateFolder(home), record.FileName),
			Getenv:     home,
		},
		Version:   command.Version(),
		FaultHelp: demo.FaultHelp(),
	})
}

// complete writes what a shell reads to complete a command line, each as its shell wants it named.
func complete(cmd *cobra.Command, folder string) error {
	return errors.Join(
		cmd.GenBashCompletionFileV2(filepath.Join(folder, "authdeck.bash"), true),
		cmd.GenZshCompletionFile(filepath.Join(folder, "_authdeck")),
		cmd.GenFishCompletionFile(filepath.Join(folder, "authdeck.fish"), true),
		cmd.GenPowerShellCompletionFileWithDesc(filepath.Join(folder, "authdeck.ps1")),
	)
}

// describe writes a page for each command. The generator's own date is that of the local time
// zone, so that it is given one.
func describe(cmd *cobra.Command, folder string, date time.Time) error {
	asMarkdown(cmd)
	return doc.GenManTree(cmd, &doc.GenManHeader{
		Section: "1", Date: &date, Source: cmd.Version, Manual: "authdeck",
	}, folder)
}
