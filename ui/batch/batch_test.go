package batch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/ui/batch"
)

func TestAnErrorHasTheCodeOfWhatItMeans(t *testing.T) {
	broken := errors.New("the disk is full")
	for _, c := range []struct {
		err  error
		want batch.Exit
	}{
		{nil, batch.Done},
		{errors.New("unknown flag: --colour"), batch.Misuse},
		{batch.Fail(broken), batch.Failed},
		{fmt.Errorf("the plan: %w", batch.Fail(broken)), batch.Failed},
		{batch.End(batch.Found, nil), batch.Found},
		{model.Fail(model.Unavailable, "no answer"), batch.Failed},
		{model.Fail(model.NotFound, "gone"), batch.Failed},
		{model.Fail(model.Uncertain, "no answer"), batch.Partly},
		{batch.Fail(fmt.Errorf("shop: %w", model.Fail(model.Partial, "half"))), batch.Partly},
		{model.Fail(model.Contradicted, "still there"), batch.Partly},
		{model.Fail(model.Refused, "read-only"), batch.Refused},
		{batch.End(batch.Misuse, model.Fail(model.Invalid, "no field")), batch.Misuse},
	} {
		if got := batch.CodeOf(c.err); got != c.want {
			t.Errorf("%v has the code %d, want %d", c.err, got, c.want)
		}
	}
	if batch.Fail(nil) != nil {
		t.Error("no failure is one")
	}
}

// TestTheTableOfTheHelpHasEveryCode and no other one.
func TestTheTableOfTheHelpHasEveryCode(t *testing.T) {
	var codes []string
	for line := range strings.Lines(batch.ExitCodes) {
		if code, _, is := strings.Cut(strings.TrimSpace(line), "  "); is {
			codes = append(codes, code)
		}
	}
	if !slices.Equal(codes, []string{"0", "1", "2", "3", "4", "5"}) {
		t.Errorf("the help tells of %q", codes)
	}
	for _, page := range []string{"README.md", "docs/json.md"} {
		text, err := os.ReadFile("../../" + page)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(batch.ExitCodes) {
			if code, words, is := strings.Cut(strings.TrimSpace(line), "  "); is && !strings.Contains(string(text), "| "+code+" | "+words+" |") {
				t.Errorf("%s does not say of %s: %s", page, code, words)
			}
		}
	}
}

func TestAResultForProgramsBeginsWithWhatItIs(t *testing.T) {
	var out bytes.Buffer
	if err := batch.Document(&out, "version", struct {
		Version string `json:"version"`
	}{"<v1> & more"}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"schema\": \"authdeck/1\",\n  \"kind\": \"version\",\n  \"version\": \"<v1> & more\"\n}\n"; out.String() != want {
		t.Errorf("it is %q", out.String())
	}
}

// piped is a world whose input is what somebody has written, and ends there.
func piped(t *testing.T, typed string) (batch.World, *bytes.Buffer) {
	t.Helper()
	in, far, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	_, _ = far.WriteString(typed)
	_ = far.Close()
	said := new(bytes.Buffer)
	return batch.World{Stdin: in, Stderr: said, Getenv: func(string) string { return "" }}, said
}

func TestEachAnswerIsALineAndTheRestIsForTheNextQuestion(t *testing.T) {
	w, said := piped(t, " yes \r\nshop\nno end")
	for _, want := range []string{"yes", "shop", "no end"} {
		if got, err := w.Ask(t.Context(), "What? "); got != want || err != nil {
			t.Errorf("it is %q, %v; want %q", got, err, want)
		}
	}
	if _, err := w.Ask(t.Context(), "And? "); batch.CodeOf(err) != batch.Misuse || !strings.Contains(err.Error(), "nothing was done") {
		t.Errorf("after the end of the input: %v", err)
	}
	if said.String() != "What? What? What? And? " || w.Attended() {
		t.Errorf("it was said %q, and somebody is there: %v", said, w.Attended())
	}
}

func TestNobodyIsToldHowFarItIsWithoutATerminal(t *testing.T) {
	w, said := piped(t, "")
	p := w.Progress()
	p.Tell("%d rows", 7)
	p.Clear()
	if said.Len() != 0 {
		t.Errorf("%q", said)
	}
}

// opened is a command over such systems; what it does is given.
func opened(t *testing.T, systems batch.Systems, do func(context.Context, batch.Session) error) (closed *int, run func(args ...string) error) {
	t.Helper()
	closed = new(int)
	systems.Close = func(context.Context) { *closed++ }
	w, _ := piped(t, "")
	w.Open = func(_ context.Context, c batch.Choice, _ *slog.Logger) (batch.Systems, error) {
		if slices.Contains(c.Systems, "nowhere") {
			return batch.Systems{}, errors.New("--system: there is no “nowhere”")
		}
		return systems, nil
	}
	var f batch.Flags
	cmd := &cobra.Command{Use: "do", SilenceErrors: true, SilenceUsage: true, RunE: func(cmd *cobra.Command, _ []string) error { return w.With(cmd, f, do) }}
	f.Register(cmd, w)
	return closed, func(args ...string) error {
		cmd.SetArgs(args)
		return cmd.ExecuteContext(t.Context())
	}
}

func TestSystemsAreClosedHoweverACommandEnds(t *testing.T) {
	for _, end := range []error{nil, errors.New("no"), batch.End(batch.Found, nil)} {
		closed, run := opened(t, batch.Systems{}, func(context.Context, batch.Session) error { return end })
		if err := run(); !errors.Is(err, end) || *closed != 1 {
			t.Errorf("%v, closed %d times", err, *closed)
		}
	}
	closed, run := opened(t, batch.Systems{}, func(context.Context, batch.Session) error { return nil })
	for _, empty := range []string{"", ",", "shop,", " "} {
		if err := run("--system", empty); batch.CodeOf(err) != batch.Misuse || *closed != 0 || !strings.Contains(err.Error(), "a name is wanted") {
			t.Errorf("--system %q: %v, closed %d times", empty, err, *closed)
		}
	}
	if err := run("--system", "shop,nowhere"); batch.CodeOf(err) != batch.Misuse || *closed != 0 {
		t.Errorf("%v, closed %d times", err, *closed)
	}
}

func TestASignalGivesACommandUp(t *testing.T) {
	for _, by := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		closed, run := opened(t, batch.Systems{}, func(ctx context.Context, _ batch.Session) error {
			_ = syscall.Kill(os.Getpid(), by)
			<-ctx.Done()
			return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		})
		if err := run(); batch.CodeOf(err) != batch.Failed || err.Error() != "interrupted" || *closed != 1 {
			t.Errorf("%v: %v, closed %d times", by, err, *closed)
		}
	}
}

// completed is what a word of the command can become.
func completed(by batch.Completion, word string) []string {
	found, _ := by(&cobra.Command{}, nil, word)
	words := make([]string, len(found))
	for i, c := range found {
		words[i], _, _ = strings.Cut(c, "\t")
	}
	return words
}

func TestNamesFieldsAndValuesAreCompletedFromTheConfiguration(t *testing.T) {
	w := batch.World{Known: func(string) []model.Info {
		return []model.Info{{Name: "shop", Kind: "hamgam"}, {Name: "idp", Kind: "authentik"}}
	}}
	for word, want := range map[string][]string{"": {"shop", "idp"}, "s": {"shop"}, "shop,i": {"shop,idp"}, "x": nil} {
		if got := completed(w.SystemNames(), word); !slices.Equal(got, want) {
			t.Errorf("%q can become %q, want %q", word, got, want)
		}
	}
	tokens := batch.Question(w, query.Tokens)
	for word, want := range map[string]string{"own": "owner:", "state:exp": "state:expired", "system:i": "system:idp", "ci -is:st": "ci -is:stale", "expires:nev": "expires:never"} {
		if got := completed(tokens, word); !slices.Contains(got, want) {
			t.Errorf("%q can become %q, want %q", word, got, want)
		}
	}
	if got := completed(batch.World{}.SystemNames(), ""); len(got) != 0 {
		t.Errorf("without a configuration there are %q", got)
	}
}
