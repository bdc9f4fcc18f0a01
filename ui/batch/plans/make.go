package plans

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/query"
	"authdeck/ui/batch"
)

// making is a command that makes a plan.
type making struct {
	batch.World
	batch.Flags

	without []string // systems that are left out, by name
	out     string   // the file that the plan goes to
	atOnce  int
	all     bool // an empty question is meant
	dry     bool // nothing is written
	json    bool
}

// Commands are those that make plans: delete, rotate and expiry.
func Commands(w batch.World, log *string) []*cobra.Command {
	return []*cobra.Command{deletion(w, log), rotation(w, log), expiry(w, log)}
}

func deletion(w batch.World, log *string) *cobra.Command {
	m := &making{World: w}
	return m.command(log, "delete QUERY... -o FILE", "Make a plan to delete tokens.",
		"delete makes a plan to delete the tokens that are what QUERY asks for.",
		func(words []string) (model.Action, plan.Set, []string, error) {
			return model.Delete, plan.Set{}, words, nil
		})
}

func rotation(w batch.World, log *string) *cobra.Command {
	m, by := &making{World: w}, ""
	cmd := m.command(log, "rotate QUERY... -o FILE", "Make a plan that gives tokens new keys.",
		"rotate makes a plan that gives a new key to each token that is what QUERY asks for.",
		func(words []string) (model.Action, plan.Set, []string, error) {
			for _, a := range []model.Action{model.Regenerate, model.Replace} {
				if a.String() == by {
					return a, plan.Set{}, words, nil
				}
			}
			return 0, plan.Set{}, nil, fmt.Errorf("--by %s: there are %s and %s", model.Clean(by), model.Regenerate, model.Replace)
		})
	cmd.Flags().StringVar(&by, "by", model.Regenerate.String(), "`HOW`: "+model.Regenerate.String()+" has each token keep its place, "+model.Replace.String()+" puts another one in it")
	batch.Completes(cmd, "by", batch.OneOf(model.Regenerate.String(), model.Replace.String()))
	return cmd
}

func expiry(w batch.World, log *string) *cobra.Command {
	m := &making{World: w}
	return m.command(log, plan.Expiry+" WHEN QUERY... -o FILE", "Make a plan that gives tokens another end.",
		"expiry makes a plan that has each token end at WHEN that is what QUERY asks for: a day, a minute\n"+
			"(UTC), a span from now such as 90d, or never.",
		func(words []string) (model.Action, plan.Set, []string, error) {
			if len(words) == 0 {
				return 0, plan.Set{}, nil, errors.New("WHEN says when the tokens are to end, such as 2026-12-31, 90d or never")
			}
			end, err := model.TypedWhen(words[0], time.Now(), true)
			if err != nil {
				return 0, plan.Set{}, nil, fmt.Errorf("WHEN is %s: %w", model.Clean(words[0]), err)
			}
			return model.Edit, plan.Set{Expires: end}, words[1:], nil
		})
}

// command is one that makes a plan of what its words say.
func (m *making) command(log *string, use, short, long string, said func(words []string) (model.Action, plan.Set, []string, error)) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short,
		Long: long + "\nNothing is sent. The language of QUERY is that of / in the console (docs/query.md). Where a\n" +
			"system cannot be read there is no plan. authdeck plan show FILE prints it, authdeck apply FILE\napplies it.\n\n" + batch.ExitCodes,
		ValidArgsFunction: batch.Question(m.World, query.Tokens),
		RunE: func(cmd *cobra.Command, words []string) error {
			m.Log = *log
			a, set, words, err := said(words)
			if err != nil {
				return err
			}
			where, err := m.question(words)
			if err != nil {
				return err
			}
			return m.With(cmd, m.Flags, func(ctx context.Context, s batch.Session) error { return m.make(ctx, s, a, set, where) })
		},
	}
	m.Register(cmd, m.World)
	cmd.Flags().StringVarP(&m.out, "output", "o", "", "the new `FILE` that the plan goes to; one that is there is never written over")
	cmd.Flags().StringSliceVar(&m.without, "without", nil, "leave out the system of that `NAME`; several times for several")
	cmd.Flags().BoolVar(&m.all, "all", false, "all tokens are meant, and there is no QUERY")
	cmd.Flags().BoolVar(&m.dry, "dry-run", false, "say what the plan would be, and write nothing")
	cmd.Flags().BoolVar(&m.json, "json", false, "write JSON")
	batch.Completes(cmd, "without", m.SystemNames())
	atOnce(cmd, &m.atOnce)
	return cmd
}

// question is what the words ask for. That nothing is asked for is most likely a variable of a
// script that is empty, and would mean everything.
func (m *making) question(words []string) (string, error) {
	where := strings.TrimSpace(strings.Join(words, " "))
	switch {
	case where == "" && !m.all:
		return "", errors.New("QUERY says which tokens are meant, and is empty; --all is for all of them")
	case where != "" && m.all:
		return "", errors.New("--all is for all tokens, and a QUERY says which; one of the two is enough")
	}
	if _, err := query.Parse(where, query.Tokens()); err != nil {
		return "", fmt.Errorf("QUERY: %w", err)
	}
	return where, m.place()
}

// place looks whether the plan can go where it is to go: to read the systems for it may take minutes.
func (m *making) place() error {
	switch {
	case m.out == "-":
		return errors.New("-o -: a plan is kept in a file, and what was done for it beside it; --dry-run --json writes one to the standard output, and no file")
	case m.dry:
		return nil
	case m.out == "":
		return errors.New("-o FILE says where the plan goes; --dry-run writes none")
	}
	if _, err := m.NewFile(m.out); err != nil {
		return fmt.Errorf("-o: %w", err)
	}
	return nil
}

func (m *making) make(ctx context.Context, s batch.Session, a model.Action, set plan.Set, where string) error {
	for _, name := range m.without {
		if s.Named(name) == nil {
			return fmt.Errorf("--without: no system is called %q", model.Clean(name))
		}
	}
	told := s.Progress()
	defer told.Clear()
	tokens, far, err := m.tokens(ctx, s, told, where)
	if err != nil {
		return err
	}
	how := s.Making
	how.Set, how.AtOnce = set, width(m.atOnce, s.Systems)
	how.Told = func(asked int) { told.Tell("asking what to know before: %d of %d", asked, len(tokens)) }
	p, err := plan.Make(ctx, s.Union, a, tokens, how)
	told.Clear()
	if err != nil {
		return batch.Fail(err)
	}
	return m.keep(s, p, far)
}

// tokens are those that are asked for, as all systems tell.
func (m *making) tokens(ctx context.Context, s batch.Session, told *batch.Progress, where string) ([]model.Token, model.Sifted, error) {
	var tokens []model.Token
	var last model.Sifted
	note, err := s.Each(ctx, s.Union, model.Query{Where: where, Without: m.without}, func(rows []model.Token, far model.Sifted) error {
		if tokens = append(tokens, rows...); len(tokens) > plan.Most {
			return fmt.Errorf("it would have more than %s lines; make several of a narrower QUERY", model.Thousands(plan.Most))
		}
		last = far
		told.Tell("%d tokens read", far.Read)
		return nil
	})
	told.Clear()
	switch {
	case err == nil:
	case model.KindOf(err) == model.Cancelled:
		return nil, last, batch.Fail(err)
	case len(model.Failures(err)) > 0:
		for words := range strings.Lines(batch.Failures(err)) {
			s.Say("%s", strings.TrimSpace(words))
		}
		return nil, last, batch.End(batch.Failed, errors.New("there is no plan: not all systems could be read; --without NAME leaves one out"))
	default:
		return nil, last, batch.End(batch.Failed, fmt.Errorf("there is no plan: %w", err))
	}
	if note != "" {
		s.Say("%s", model.Clean(note))
	}
	if last.Unsaid > 0 {
		s.Say("tokens of which it cannot be told whether they are asked for, and which are not in the plan: %d (not told: %s)", last.Unsaid, strings.Join(last.Untold, ", "))
	}
	return tokens, last, nil
}

// keep writes the plan to its file, and says what it is. One of which nothing can be sent is none: a
// script that ends the tokens of a person whose name is mistyped is not to go on.
func (m *making) keep(s batch.Session, p *plan.Plan, far model.Sifted) error {
	count := p.Count()
	switch {
	case count.Lines == 0:
		return batch.End(batch.Failed, errors.New("there is no plan: no token is what is asked for"))
	case count.Sent == 0:
		for _, why := range reasons(p) {
			s.Say("cannot: %s", why)
		}
		return batch.End(barred(s, p), errors.New("there is no plan: nothing of it can be sent"))
	}
	path := ""
	if !m.dry {
		if s.Plans == nil {
			return batch.End(batch.Failed, errors.New("there is no plan: no file can be written from here"))
		}
		var err error
		if path, err = s.Plans.Keep(p, m.out, false); errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("there is no plan: %s is there already, and nothing is written over", model.Clean(m.out))
		} else if err != nil {
			return batch.Fail(fmt.Errorf("there is no plan: it could not be written: %w", err))
		}
	}
	say := func() error { return batch.Fail(sayPlan(s, p, path)) }
	if m.json {
		say = func() error {
			d := documentOf(p, path)
			d.Untold = &untold{far.Unsaid, append([]string{}, far.Untold...)}
			return batch.Document(s.Stdout, "plan", d)
		}
	}
	err := say()
	if path != "" {
		return batch.Unsaid(model.Clean(path).String()+" is written", err)
	}
	return err
}

// barred is the code of a plan of whose lines none can be sent: refused, where a rule of this console
// forbids all of them.
func barred(s batch.Session, p *plan.Plan) batch.Exit {
	for i := range p.Lines {
		api := s.Named(p.Lines[i].System)
		if api == nil {
			return batch.Failed
		}
		if err := api.Info().Cannot(p.Action); err == nil || model.KindOf(err) != model.Refused {
			return batch.Failed
		}
	}
	return batch.Refused
}
