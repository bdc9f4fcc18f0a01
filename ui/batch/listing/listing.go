package listing

import (
	"context"
	"errors"
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
	how

	rows  model.Rows
	parse func(question string, of []model.Info) error
}

// Tokens is the command that lists tokens.
func Tokens(w batch.World, log *string) *cobra.Command {
	return command(&list{World: w, rows: model.TokenRows, parse: parsed(query.Tokens)}, log, batch.Question(w, query.Tokens))
}

// Users is the command that lists users.
func Users(w batch.World, log *string) *cobra.Command {
	return command(&list{World: w, rows: model.UserRows, parse: parsed(query.Users)}, log, batch.Question(w, query.Users))
}

func command(l *list, log *string, words batch.Completion) *cobra.Command {
	cmd := &cobra.Command{
		Use:   string(l.rows) + " [QUERY...]",
		Short: "List " + string(l.rows) + ", over all systems or some.",
		Long: "Lists the " + string(l.rows) + " that are what QUERY asks for, in the language of / in the console\n" +
			"(docs/query.md), or all of them; rows come as pages arrive. On a terminal they are a table,\n" +
			"and elsewhere all columns with tabs between. docs/json.md tells what a program is given.\n\n" +
			"A condition that begins with - comes after a --, as in: " + string(l.rows) + " -- " + map[model.Rows]string{model.TokenRows: "-is:over", model.UserRows: "-is:active"}[l.rows] + "\n\n" +
			"A system that does not answer is said to be missing, with code 4; one that fails on the way\n" +
			"ends the list.\n\n" + batch.ExitCodes,
		ValidArgsFunction: words,
		RunE: func(cmd *cobra.Command, words []string) error {
			l.Log = *log
			wanted, err := l.export(cmd, l.World, l.rows, words)
			if err != nil {
				return err
			}
			return l.With(cmd, l.Flags, func(ctx context.Context, s batch.Session) error { return l.write(ctx, s, wanted) })
		},
	}
	l.Register(cmd, l.World)
	l.how.register(cmd, l.World, l.rows)
	return cmd
}

// parsed reads a question as the systems will that are asked, which are not asked for that.
func parsed[T any](fields func() []query.Field[T]) func(string, []model.Info) error {
	return func(question string, of []model.Info) error {
		_, err := query.Parse(question, query.Among(fields(), of))
		return err
	}
}

// write writes the rows as they are read.
func (l *list) write(ctx context.Context, s batch.Session, e model.Export) error {
	var of []model.Info
	for _, api := range s.All {
		of = append(of, api.Info())
	}
	if err := l.parse(e.Query.Where, of); err != nil {
		return batch.End(batch.Misuse, err)
	}
	told := s.Progress()
	defer told.Clear()
	e.Query.Told = func(far model.Sifted) { told.Tell("%d rows read", far.Read) }
	done, err := s.Rows(ctx, s.Union, e, s.Stdout)
	if silent := model.Failures(err); done.Rows == 0 && ctx.Err() == nil && len(silent) > 0 && len(silent) < len(s.All) {
		for _, one := range silent {
			e.Query.Without, e.Lacks = append(e.Query.Without, one.System), append(e.Lacks, model.Reason(one))
		}
		done, err = s.Rows(ctx, s.Union, e, s.Stdout)
	}
	told.Clear()
	if err != nil {
		return batch.Fail(err)
	}
	l.tell(s, done)
	if len(e.Lacks) > 0 {
		return batch.End(batch.Partly, errors.New("not in the list: "+strings.Join(e.Lacks, "\nnot in the list: ")))
	}
	return nil
}

// tell says what has to be known of a list where the list itself has no place for it.
func (l *list) tell(s batch.Session, done model.Exported) {
	if l.json {
		return
	}
	if done.Note != "" {
		for line := range strings.Lines(done.Note) {
			s.Say("%s", strings.TrimSpace(line))
		}
	}
	if n := done.Read.Unsaid; n > 0 {
		s.Say("%d more may be it: of them nobody says enough (%s)", n, strings.Join(done.Read.Untold, ", "))
	}
}
