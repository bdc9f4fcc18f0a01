package people

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/ui/batch"
)

// wanted is how a person is shown.
type wanted struct {
	batch.World
	batch.Flags

	json, jsonl bool
}

// Person is the command.
func Person(w batch.World, log *string) *cobra.Command {
	p := &wanted{World: w}
	cmd := &cobra.Command{
		Use:   "person NAME",
		Short: "List the accounts and tokens of one person, over all systems.",
		Long: "person looks for NAME, which is a user name, an e-mail address or a phone number, in all systems,\n" +
			"as the console does: accounts with how they were told to be the person's and how sure that is,\n" +
			"and their tokens. What could not be asked is said, and has exit code 4; that nobody is found has\n" +
			"exit code 1. authdeck report person NAME writes a page of it, with what is on record.\n\n" + batch.ExitCodes,
		Args: batch.Takes(1, 1),
		RunE: func(cmd *cobra.Command, names []string) error {
			p.Log = *log
			if err := batch.One(cmd, "json", "jsonl"); err != nil {
				return err
			}
			who, err := w.Seed(names[0])
			if err != nil {
				return err
			}
			return w.With(cmd, p.Flags, func(ctx context.Context, s batch.Session) error { return p.show(ctx, s, who) })
		},
	}
	p.Register(cmd, w)
	cmd.Flags().BoolVar(&p.json, "json", false, "write JSON")
	cmd.Flags().BoolVar(&p.jsonl, "jsonl", false, "write JSON, an object a line: accounts, and then tokens")
	return cmd
}

// found is what is known of a person.
type found struct {
	accounts, tokens []row
	missing          []gap
	notes            []string
}

// gap is something that could not be asked.
type gap struct {
	System string `json:"system"`
	What   string `json:"what"`
	Why    string `json:"why"`
}

// show looks for the person, and says what there is of them.
func (p *wanted) show(ctx context.Context, s batch.Session, who person.Seed) error {
	view := s.Union.Person(who)
	defer func() { _ = view.Close(context.WithoutCancel(ctx)) }()
	f, err := look(ctx, s, view)
	if err != nil {
		return err
	}
	for _, note := range f.notes {
		s.Say("%s", note)
	}
	for _, g := range f.missing {
		s.Say("%s of %s could not be read: %s", g.What, g.System, g.Why)
	}
	if err := s.Heard(p.write(s, who, f)); err != nil {
		return batch.Fail(err)
	}
	return verdict(s, who, view, f)
}

// verdict is what is to be known of what was found, and the code for it: a name of which there is
// nobody is most likely mistyped.
func verdict(s batch.Session, who person.Seed, view person.View, f found) error {
	if sum := person.SumOf(view.Ties()); sum.Unsure > 0 {
		s.Say("not sure to be the same person: %d of %d accounts; the column sure says which", sum.Unsure, sum.Accounts)
	}
	switch {
	case len(f.missing) > 0:
		return batch.End(batch.Partly, nil)
	case len(f.accounts) == 0:
		return batch.End(batch.Failed, fmt.Errorf("nobody is found by %s", who.Called()))
	}
	return nil
}

// look reads what the person has in each system, one after the other.
func look(ctx context.Context, s batch.Session, view person.View) (f found, _ error) {
	told := s.Progress()
	defer told.Clear()
	for _, member := range view.Members() {
		name := member.Info().Name
		for _, rows := range []model.Rows{model.UserRows, model.TokenRows} {
			told.Tell("%s: reading", name)
			read, note, err := rowsOf(ctx, s, view, rows, name)
			what, to := "accounts", &f.accounts
			if rows == model.TokenRows {
				what, to = "tokens", &f.tokens
			}
			switch _, bad := errors.AsType[*model.Error](err); {
			case ctx.Err() != nil:
				return f, batch.Fail(batch.GivenUp(ctx))
			case bad:
				f.missing = append(f.missing, gap{name, what, why(err)})
				continue
			case err != nil:
				return f, batch.Fail(err)
			}
			if note != "" {
				f.notes = append(f.notes, model.Clean(note).String())
			}
			*to = append(*to, read...)
		}
	}
	return f, nil
}

// why is an error of a system without its name, which stands beside it.
func why(err error) string {
	if cause := errors.Unwrap(err); cause != nil {
		err = cause
	}
	return model.Reason(err)
}

// rowsOf are those of one system.
func rowsOf(ctx context.Context, s batch.Session, view person.View, rows model.Rows, system string) (read []row, note string, _ error) {
	var lines bytes.Buffer
	done, err := s.Rows(ctx, view, model.Export{Rows: rows, Format: model.Lines, Query: model.Query{Filter: model.Filter{Choice: system}}}, &lines)
	if err != nil {
		return nil, "", err
	}
	for line := range bytes.Lines(lines.Bytes()) {
		r, err := readRow(line)
		if err != nil {
			return nil, "", err
		}
		read = append(read, r)
	}
	return read, done.Note, nil
}
