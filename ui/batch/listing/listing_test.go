package listing_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"authdeck/client"
	"authdeck/model"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
	"authdeck/ui/batch/listing"
)

// stub is a system of three tokens, or one that does not answer.
type stub struct {
	model.API
	name  string
	fails error
	asked *atomic.Int64 // systems are asked at once
}

func (s *stub) Info() model.Info { return model.Info{Name: s.name, Kind: "hamgam"} }

func (s *stub) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	s.asked.Add(1)
	if s.fails != nil {
		return model.Page[model.Token]{}, s.fails
	}
	page := model.Page[model.Token]{Total: 3, Note: "yours alone"}
	for i := range 3 {
		token := model.Token{ID: fmt.Sprint(i + 1), Name: model.Clean(s.name + fmt.Sprint(i+1)), Expires: model.Not(model.Never), State: model.Active}
		if i == 2 {
			token.Expires = model.When{}
		}
		page.Items = append(page.Items, token)
	}
	return page, nil
}

// ran is a command that has ended.
type ran struct {
	code             batch.Exit
	out, said, words string
	asked, closed    int
}

// run has a command run over stubs, with everything else as it is in earnest.
func run(t *testing.T, broken map[string]error, args ...string) ran {
	t.Helper()
	out, far, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	came := make(chan string)
	go func() {
		all, _ := io.ReadAll(out)
		came <- string(all)
	}()
	r := runTo(t, far, broken, args...)
	_ = far.Close()
	r.out = <-came
	if strings.Contains(r.out+r.said, "\x1b") {
		t.Errorf("%q: there is an escape in %q, %q", args, r.out, r.said)
	}
	return r
}

func runTo(t *testing.T, to *os.File, broken map[string]error, args ...string) (r ran) {
	t.Helper()
	var said bytes.Buffer
	var asked atomic.Int64
	var apis []model.API
	for _, name := range []string{"idp", "shop"} {
		apis = append(apis, &stub{name: name, fails: broken[name], asked: &asked})
	}
	w := batch.World{
		Stdout: to, Stderr: &said, Rows: client.WriteRows, Columns: client.Columns,
		Open: func(context.Context, batch.Choice, *slog.Logger) (batch.Systems, error) {
			return batch.Systems{All: apis, Union: client.Together(apis), Close: func(context.Context) { r.closed++ }}, nil
		},
	}
	log := ""
	root := &cobra.Command{Use: "authdeck", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(listing.Tokens(w, &log), listing.Users(w, &log))
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(t.Context())
	err = w.Ended(cmd, err)
	r.asked = int(asked.Load())
	if r.code, r.said = batch.CodeOf(err), said.String(); err != nil {
		r.words = batch.Words(err)
	}
	return r
}

func TestWithoutATerminalThereAreTabsAndAllColumns(t *testing.T) {
	r := run(t, nil, "tokens")
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	names, _ := client.Columns(model.TokenRows, nil)
	if r.code != batch.Done || len(lines) != 7 || lines[0] != strings.Join(names, "\t") || !strings.HasPrefix(lines[1], "idp\t1\tidp1\t") || r.closed != 1 {
		t.Errorf("%+v", r)
	}
	if r.said != "authdeck: idp: yours alone\nauthdeck: shop: yours alone\n" {
		t.Errorf("it was said %q", r.said)
	}
}

func TestWhatAProgramIsGivenIsAsTheContractHasIt(t *testing.T) {
	for _, as := range []string{"--json", "--jsonl"} {
		r := run(t, nil, "tokens", as, "expires:never")
		if batchtest.Holds(t, []byte(r.out)); r.code != batch.Done || strings.Count(r.out, `"expires":"never"`) != 4 {
			t.Errorf("%s: %+v", as, r)
		}
	}
}

// TestADocumentHasItsOwnPlaceForWhatOthersSayBesideIt says it there and nowhere else.
func TestADocumentHasItsOwnPlaceForWhatOthersSayBesideIt(t *testing.T) {
	if r := run(t, nil, "tokens", "--json", "expires:never"); r.said != "" || !strings.Contains(r.out, `"untold":{"count":2,"fields":["expires"]}`) {
		t.Errorf("%+v", r)
	}
	if r := run(t, nil, "tokens", "--csv", "expires:never"); !strings.Contains(r.said, "authdeck: 2 more may be it: of them nobody says enough (expires)\n") {
		t.Errorf("%+v", r)
	}
}

func TestColumnsOrderLimitAndNames(t *testing.T) {
	for want, args := range map[string][]string{
		"idp\t1\nidp\t2\n":      {"--columns", "system,id", "--no-header", "--limit", "2"},
		"id\n3\n3\n2\n":         {"--columns", "id", "--sort", "-id", "--limit", "3"},
		"shop3\nshop2\n":        {"--columns", "name", "--sort", "-system,-name", "--limit", "2", "--no-header"},
		"id,name\r\n1,idp1\r\n": {"--csv", "--columns", "id", "--columns", "name", "--limit", "1"},
		"name\nidp3\n":          {"--columns", "name", "name:idp3 or name:nobody", "--sort", "name"},
		"system\nshop\nshop\n":  {"--columns", "system", "system:shop", "expires:never"},
		`{"schema":"authdeck/1","kind":"token","id":"1"}` + "\n": {"--jsonl", "--columns", "id", "--limit", "1"},
	} {
		if r := run(t, nil, append([]string{"tokens"}, args...)...); r.code != batch.Done || r.out != want {
			t.Errorf("%q: %+v", args, r)
		}
	}
}

// TestWhatIsNotAskedRightAsksNobody has each mistake be a misuse that is said.
func TestWhatIsNotAskedRightAsksNobody(t *testing.T) {
	for words, args := range map[string][]string{
		`--columns: there is no column "ownr". Is it "owner"? `: {"--columns", "id,ownr"},
		"--columns: no column is named":                         {"--columns", ""},
		"--limit: 0 is no number of rows":                       {"--limit", "0"},
		"--limit: -3 is no":                                     {"--limit=-3"},
		`--sort: "expires or x" is no field`:                    {"--sort", "expires or x"},
		`--sort: "-" is no field`:                               {"--sort", "-"},
		"“ownr”; is it “owner”?":                                {"ownr:x"},
		"“colour”":                                              {"--sort", "colour"},
		"--json and --csv are 2 forms; one of them is enough":   {"--json", "--csv"},
	} {
		r := run(t, nil, append([]string{"tokens"}, args...)...)
		if r.code != batch.Misuse || !strings.Contains(r.words, words) || r.out != "" || r.asked != 0 {
			t.Errorf("%q: %+v", args, r)
		}
	}
}

// TestASystemThatDoesNotAnswerIsSaidToBeMissing in the code, to a person, and in a document.
func TestASystemThatDoesNotAnswerIsSaidToBeMissing(t *testing.T) {
	down := map[string]error{"shop": model.Fail(model.Unavailable, "no answer")}
	r := run(t, down, "tokens", "--json", "--columns", "system")
	if r.code != batch.Partly || r.words != "not in the list: shop: no answer" || strings.Count(r.out, `{"system":"idp"}`) != 3 || !strings.Contains(r.out, `"whole":false`) || !strings.Contains(r.out, `"lacks":["shop: no answer"]`) {
		t.Errorf("%+v", r)
	}
	batchtest.Holds(t, []byte(r.out))
	if r := run(t, down, "tokens"); r.code != batch.Partly || strings.Count(r.out, "\nidp\t") != 3 || strings.Count(r.out, "system\t") != 1 {
		t.Errorf("%+v", r)
	}
	down["idp"] = down["shop"]
	if r := run(t, down, "tokens", "--json"); r.code != batch.Failed || r.out != "" || !strings.Contains(r.words, "idp: no answer; shop: no answer") {
		t.Errorf("%+v", r)
	}
}

// TestWhoeverHasReadEnoughIsNotToldOfAnError and the systems are closed all the same.
func TestWhoeverHasReadEnoughIsNotToldOfAnError(t *testing.T) {
	near, far, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = near.Close()
	if r := runTo(t, far, nil, "tokens", "--jsonl"); r.code != batch.Done || r.said != "" || r.closed != 1 {
		t.Errorf("%+v", r)
	}
}

func TestAFullDiskIsAFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, as := range []string{"--json", "--jsonl", "--csv", "--tsv"} {
		if r := runTo(t, full, nil, "tokens", as); r.code != batch.Failed || !strings.Contains(r.words, syscall.ENOSPC.Error()) || r.closed != 1 {
			t.Errorf("%s: %+v", as, r)
		}
	}
}

func TestColumnsAreCompletedOneAfterTheOther(t *testing.T) {
	w := batch.World{Columns: client.Columns}
	log := ""
	complete, has := listing.Users(w, &log).GetFlagCompletionFunc("columns")
	if !has {
		t.Fatal("nothing is completed")
	}
	words, _ := complete(nil, nil, "id,la")
	if !slices.Equal(words, []string{"id,last_login"}) {
		t.Errorf("%q", words)
	}
}
