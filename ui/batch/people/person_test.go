package people

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/review"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

// system is one by its name.
type system struct {
	model.API

	name string
}

func (s system) Info() model.Info { return model.Info{Name: s.name} }

// view is a person in two systems.
type view struct {
	model.Union

	ties map[string]person.Tie
}

func (view) Members() []model.API                         { return []model.API{system{name: "idp"}, system{name: "shop"}} }
func (view) Close(context.Context) error                  { return nil }
func (v view) Ties() map[string]person.Tie                { return v.ties }
func (view) Take(string, bool)                            {}
func (v view) Person(person.Seed) person.View             { return v }
func (view) Count(context.Context, bool) []review.Counted { return nil }

// shown runs the command over what the systems say of the rows that are asked for.
func shown(t *testing.T, v view, says func(rows model.Rows, system string) (string, error), args ...string) (code batch.Exit, stdout, stderr string) {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	var complaints strings.Builder
	w := batch.World{
		Stdout: out, Stderr: &complaints, Seed: func(name string) (person.Seed, error) { return person.Named(name), nil },
		Open: func(context.Context, batch.Choice, *slog.Logger) (batch.Systems, error) {
			return batch.Systems{Union: v, Close: func(context.Context) {}}, nil
		},
		Rows: func(_ context.Context, _ model.API, e model.Export, to io.Writer) (model.Exported, error) {
			lines, err := says(e.Rows, e.Query.Filter.Choice)
			_, _ = io.WriteString(to, lines)
			return model.Exported{}, err
		},
	}
	log := ""
	root := &cobra.Command{Use: "authdeck", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(Person(w, &log))
	root.SetArgs(append([]string{"person"}, args...))
	err = root.ExecuteContext(t.Context())
	_ = out.Close()
	content, bad := os.ReadFile(out.Name())
	if bad != nil {
		t.Fatal(bad)
	}
	if strings.Contains(strings.Join(args, " "), "--json") && len(content) > 0 {
		batchtest.Holds(t, content)
	}
	return batch.CodeOf(err), string(content), complaints.String()
}

// one has an account and a token in idp, of which it is not sure that they are theirs.
func one(rows model.Rows, system string) (string, error) {
	switch {
	case system != "idp":
		return "", nil
	case rows == model.UserRows:
		return `{"schema":"authdeck/1","kind":"user","system":"idp","id":"7","user":"sara","type":"internal","active":"yes","how":"user name only","sure":"no"}` + "\n", nil
	}
	return `{"schema":"authdeck/1","kind":"token","system":"idp","id":"t1","name":"ci","owner":"sara","look":["unused","old"],"expires":"never","sure":"no"}` + "\n", nil
}

func TestAPersonIsAccountsAndTokensWithHowSureThatIs(t *testing.T) {
	v := view{ties: map[string]person.Tie{"7": {How: person.SameUser, System: "idp"}}}
	code, out, said := shown(t, v, one, "sara")
	if code != batch.Done || out != "account\tidp\t7\tsara\t\t\tyes\tuser name only\tno\ntoken\tidp\tt1\tci\tsara\t\tnever\t\tno\n" || !strings.Contains(said, "not sure to be the same person: 1 of 1 accounts") {
		t.Errorf("exit code %d: %q, %q", code, out, said)
	}
	code, out, _ = shown(t, v, one, "sara", "--json")
	if code != batch.Done || !strings.Contains(out, `"kind": "person"`) || strings.Contains(out, `"kind": "user"`) || !strings.Contains(out, `"type": "internal"`) || !strings.Contains(out, `"missing": []`) {
		t.Errorf("exit code %d: %s", code, out)
	}
	code, out, _ = shown(t, v, one, "sara", "--jsonl")
	if user, _ := one(model.UserRows, "idp"); code != batch.Done || !strings.HasPrefix(out, user) || strings.Count(out, "\n") != 2 {
		t.Errorf("exit code %d: %s", code, out)
	}
}

func TestWhatCouldNotBeAskedOfAPersonIsSaidAndIsNoWholeAnswer(t *testing.T) {
	code, out, said := shown(t, view{}, func(rows model.Rows, system string) (string, error) {
		if system == "shop" && rows == model.TokenRows {
			return "", &model.Error{Kind: model.Unavailable, Message: model.Clean("shop: no answer"), Cause: model.Fail(model.Unavailable, "no answer")}
		}
		return one(rows, system)
	}, "sara", "--json")
	if code != batch.Partly || !strings.Contains(said, "tokens of shop could not be read: no answer") || !strings.Contains(out, `"why": "no answer"`) {
		t.Errorf("exit code %d: %s%s", code, out, said)
	}
}

func TestThatNobodyIsFoundIsNoAnswerAboutSomebody(t *testing.T) {
	nobody := func(model.Rows, string) (string, error) { return "", nil }
	if code, out, _ := shown(t, view{}, nobody, "sara"); code != batch.Failed || out != "" {
		t.Errorf("exit code %d: %s", code, out)
	}
	if code, _, _ := shown(t, view{}, nobody, "sara", "--json", "--jsonl"); code != batch.Misuse {
		t.Errorf("exit code %d", code)
	}
	if code, _, _ := shown(t, view{}, func(model.Rows, string) (string, error) { return "", errors.New("the disk is full") }, "sara"); code != batch.Failed {
		t.Errorf("exit code %d", code)
	}
}
