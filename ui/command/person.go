package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/report"
	"authdeck/ui/batch"
)

// errPartly says that something is missing in a report, which says what.
func errPartly() error { return batch.End(batch.Partly, nil) }

// Asked is whom a report is wanted about, and from where.
type Asked struct {
	Config  string   // the configuration that was named; empty for that of the environment
	Name    string   // a user name, an e-mail address or a phone number
	Systems []string // those that are asked; none for all
	Record  string   // the path of the record; empty for that of [World.RecordPath]
}

// written is how a report is written, and where.
type written struct {
	asked Asked
	json  bool
	out   string // a file; empty for the terminal
	force bool   // one that is there is replaced
}

func (o *options) reportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a page for an auditor.",
		Long:  "report reads the systems anew, and what is on record. It changes nothing.",
	}
	cmd.AddCommand(o.personCommand())
	return cmd
}

func (o *options) personCommand() *cobra.Command {
	w := written{}
	cmd := &cobra.Command{
		Use:   "person NAME",
		Short: "What somebody has and had where, what was done by whom, and what is left.",
		Long: "person looks for NAME, which is a user name, an e-mail address or a phone number, in all\n" +
			"systems, as the console does, and writes what they have there and what is on record of it:\n" +
			"Markdown, or JSON with --json. What is not sure to be theirs stands apart. What could not\n" +
			"be asked stands at the top.\n\nExit codes:\n" +
			"  0  the report is whole\n" +
			"  1  it could not be written\n" +
			"  2  the command line, the configuration or the file is not as it must be\n" +
			"  3  it is written, and tells of nobody: no account, no token, nothing on record\n" +
			"  4  it is written, and not whole: it says which system could not be asked, or that the\n" +
			"     record is not as it was written",
		Args: batch.Takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := batch.Named(cmd, "system", w.asked.Systems); err != nil {
				return err
			}
			w.asked.Config, w.asked.Name = o.choice.Config, args[0]
			return o.logged(func(journal *slog.Logger) error {
				return batch.Interruptible(cmd.Context(), func(ctx context.Context) error { return o.reportOn(ctx, w, journal) })
			})
		},
	}
	o.configFlag(cmd)
	cmd.Flags().StringSliceVar(&w.asked.Systems, "system", nil, "ask only the system of that `NAME`; several times for several")
	batch.Completes(cmd, "system", o.SystemNames())
	cmd.Flags().StringVar(&w.asked.Record, "record", "", "what was done is read from the record in `FILE` (default: "+o.RecordPath+")")
	cmd.Flags().BoolVar(&w.json, "json", false, "write JSON")
	cmd.Flags().StringVarP(&w.out, "output", "o", "", "write to a new `FILE`, which is yours alone")
	cmd.Flags().BoolVar(&w.force, "force", false, "replace the file of that name")
	return cmd
}

// reportOn writes a report, and is content only with one that is whole.
func (o *options) reportOn(ctx context.Context, w written, journal *slog.Logger) error {
	r, err := o.ReportOn(ctx, w.asked, journal)
	if err == nil {
		err = batch.GivenUp(ctx)
	}
	if err != nil {
		return err
	}
	var content bytes.Buffer
	write := r.Markdown
	if w.json {
		write = r.JSON
	}
	if err = write(&content); err == nil {
		err = o.Heard(o.deliver(w, content.Bytes()))
	}
	switch {
	case err != nil:
		return err
	case !r.Whole:
		o.complain(r)
		return errPartly()
	case r.Nobody():
		o.Say("nobody is found by %s, and nothing is on record of them: is it written as the systems have it?", model.Clean(w.asked.Name))
		return batch.End(batch.Found, nil)
	}
	return nil
}

// deliver writes it where it is wanted.
func (o *options) deliver(w written, content []byte) error {
	if w.out == "" {
		if _, err := o.Stdout.Write(content); err != nil {
			return batch.Fail(err)
		}
		return nil
	}
	err := o.WriteFile(w.out, w.force, content)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: %w; --force replaces it", model.Clean(w.out), err)
	case err != nil:
		return batch.Fail(fmt.Errorf("%s: %w", model.Clean(w.out), err))
	}
	return nil
}

// complain says what a report lacks where it is not read at once.
func (o *options) complain(r report.Report) {
	for _, g := range r.Missing {
		of := g.What
		if g.System != "" {
			of = g.System + ", " + g.What
		}
		fmt.Fprintf(o.Stderr, "authdeck: the report is not whole: %s: %s\n", of, g.Why)
	}
}
