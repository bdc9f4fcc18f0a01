package listing

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/ui/batch"
)

// list is what a command lists, and how.
type list struct {
	batch.World
	batch.Flags

	rows    model.Rows
	formats map[model.Format]*bool
}

// Tokens is the command that lists tokens.
func Tokens(w batch.World, log *string) *cobra.Command {
	return command(w, log, model.TokenRows, batch.Question(w, query.Tokens))
}

// Users is the command that lists users.
func Users(w batch.World, log *string) *cobra.Command {
	return command(w, log, model.UserRows, batch.Question(w, query.Users))
}

func command(w batch.World, log *string, rows model.Rows, words batch.Completion) *cobra.Command {
	l := &list{World: w, rows: rows, formats: map[model.Format]*bool{}}
	cmd := &cobra.Command{
		Use:   string(rows) + " [QUERY...]",
		Short: "List " + string(rows) + ", over all systems or some.",
		Long: "Lists the " + string(rows) + " that are what QUERY asks for, in the language of / in the console\n" +
			"(docs/query.md), or all of them; rows come as pages arrive.\n\n" + batch.ExitCodes,
		ValidArgsFunction: words,
		RunE: func(cmd *cobra.Command, words []string) error {
			l.Log = *log
			return w.With(cmd, l.Flags, func(ctx context.Context, s batch.Session) error { return l.write(ctx, s, words) })
		},
	}
	l.Register(cmd, w)
	for _, as := range model.Formats() {
		l.formats[as] = cmd.Flags().Bool(string(as), false, "write "+strings.ToUpper(string(as)))
	}
	return cmd
}

// write writes the rows as they are read.
func (l *list) write(ctx context.Context, s batch.Session, words []string) error {
	told := s.Progress()
	defer told.Clear()
	done, err := s.Rows(ctx, s.Union, model.Export{
		Rows: l.rows, Format: l.format(),
		Query: model.Query{Where: strings.Join(words, " "), Told: func(far model.Sifted) { told.Tell("%d rows read", far.Read) }},
	}, s.Stdout)
	told.Clear()
	if err != nil {
		return batch.Fail(err)
	}
	if done.Note != "" {
		s.Say("%s", done.Note)
	}
	return nil
}

func (l *list) format() model.Format {
	for as, wanted := range l.formats {
		if *wanted {
			return as
		}
	}
	return model.JSONL
}
