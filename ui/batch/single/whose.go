package single

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/ui/batch"
)

// inquiry asks systems whose a key is.
type inquiry struct {
	batch.World
	batch.Flags

	also []string // systems that are asked besides, by their names
	json bool
}

// mostKey is in bytes; a key that is a JWT with many claims has a few thousand.
const mostKey = 8 << 10

// errArgument does not repeat what stands there: it may be the key.
var errArgument = errors.New("whose takes no arguments: a key in one is seen by everybody on this machine, and stays in the history of the shell; give it on the standard input, or type it where it is asked for")

// Whose is the command that finds out whose a key is.
func Whose(w batch.World, log *string) *cobra.Command {
	q := &inquiry{World: w}
	cmd := &cobra.Command{
		Use: "whose", Short: "Find out whose a key is.",
		Long: "Asks the systems whose keys look like it whether they know a key, which is read from the standard\n" +
			"input or asked for without being shown. Who is asked sees the key, and it counts as a use. A system\n" +
			"that would get it in an address, where logs keep it, or whose keys look otherwise, is asked where\n" +
			"--ask names it. Nothing is ended: the command that would do that is said.\n\n" +
			"It ends with 3 where a system knows the key and it opens something, with 0 where none does, and\n" +
			"with 4 where that could not be told.\n\n" + batch.ExitCodes,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return errArgument
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			q.Log = *log
			return w.With(cmd, q.Flags, q.run)
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if strings.HasPrefix(err.Error(), "unknown") {
			return errors.New("there is no such flag, and what stands there is not repeated, for it may be a key; authdeck whose --help lists them")
		}
		return err
	})
	q.Register(cmd, w)
	cmd.Flags().StringSliceVar(&q.also, "ask", nil, "ask the system of that `NAME` too, also where the key would stand in an address")
	batch.Completes(cmd, "ask", w.SystemNames())
	cmd.Flags().BoolVar(&q.json, "json", false, "write JSON (docs/json.md)")
	return cmd
}

// answer is what one system says.
type answer struct {
	api   model.API
	info  model.Info
	may   model.Candidate
	by    model.Passage // NoPassage for one that was not asked
	claim model.Claim
}

func (q *inquiry) run(ctx context.Context, s batch.Session) error {
	for _, name := range q.also {
		if s.Named(name) == nil {
			return fmt.Errorf("--ask: there is no system %q among those that are open", model.Clean(name))
		}
	}
	key, err := q.read(ctx)
	if err != nil {
		return err
	}
	defer key.Wipe()
	answers := make([]answer, len(s.All))
	for i, api := range s.All {
		if answers[i], err = q.candidate(api, key); err != nil {
			return err
		}
	}
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i].ask(ctx, key, q.wants(answers[i].info.Name)) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
	if err := q.Heard(q.write(answers)); err != nil {
		return batch.Fail(err)
	}
	return verdict(answers)
}

// read reads the key, as a person pastes it: without the blanks around it, which no key has.
func (q *inquiry) read(ctx context.Context) (model.Secret, error) {
	if q.Attended() {
		key, err := q.AskSecret(ctx, "The key, which is not shown: ")
		if err == nil && key.Empty() {
			err = batch.End(batch.Misuse, errors.New("no key was typed; nobody was asked"))
		}
		return key, err
	}
	content, err := io.ReadAll(io.LimitReader(q.Stdin, mostKey+1))
	defer clear(content)
	if err != nil {
		return model.Secret{}, fmt.Errorf("the key on the standard input: %w", err)
	}
	if len(content) > mostKey {
		return model.Secret{}, errors.New("what stands on the standard input is longer than any key; nobody was asked")
	}
	text := strings.TrimSpace(string(content))
	if err := secretWrong(text); err != nil {
		return model.Secret{}, fmt.Errorf("the key on the standard input: %w; nobody was asked", err)
	}
	return model.NewSecret(text), nil
}

func (q *inquiry) wants(name string) bool { return slices.Contains(q.also, name) }

// candidate is how a system is asked, if it is.
func (q *inquiry) candidate(api model.API, key model.Secret) (answer, error) {
	a := answer{api: api, info: api.Info(), may: model.CandidateOf(api, key)}
	switch {
	case a.may.Asked():
		a.by = a.may.Passage()
	case q.wants(a.info.Name) && a.may.Passage() == model.NoPassage:
		return a, fmt.Errorf("--ask %s: it cannot be asked: %s", a.info.Name, model.Clean(a.may.Why))
	case q.wants(a.info.Name):
		a.by = a.may.Passage()
	}
	return a, nil
}

// ask asks the system, in the other way too where more could be told by that and somebody wants it.
func (a *answer) ask(ctx context.Context, key model.Secret, also bool) {
	if a.by == model.NoPassage {
		return
	}
	own := key.Copy()
	defer own.Wipe()
	a.claim = model.WhoseOf(ctx, a.api, own, a.by)
	if also && a.claim.Known == model.Unsaid && a.claim.Instead != model.NoPassage {
		a.by = a.claim.Instead
		a.claim = model.WhoseOf(ctx, a.api, own, a.by)
	}
	a.info, a.may = a.api.Info(), model.CandidateOf(a.api, own)
	if !slices.Contains(a.may.Passages, a.by) {
		a.by = model.NoPassage // it turned out only then to have no such keys, and did not get it
	}
}

// opens reports whether the key is known there, and opens something.
func (a *answer) opens() bool {
	return a.claim.Known == model.Yes && a.claim.Token.State != model.Expired && a.claim.Token.State != model.Revoked
}

// verdict is the code with which it ends.
func verdict(answers []answer) error {
	asked, unsure := 0, 0
	for i := range answers {
		a := &answers[i]
		switch {
		case a.opens():
			return batch.End(batch.Found, nil)
		case a.by == model.NoPassage:
		case a.claim.Known == model.Unsaid:
			asked, unsure = asked+1, unsure+1
		default:
			asked++
		}
	}
	switch {
	case asked == 0:
		return batch.End(batch.Partly, errors.New("no system was asked, so that nothing is known of the key; --ask NAME asks one whose keys look otherwise"))
	case unsure > 0:
		return batch.End(batch.Partly, errors.New("not all systems that were asked could tell whose it is"))
	}
	return nil
}
