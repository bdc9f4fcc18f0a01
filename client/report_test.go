package client_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/report"
)

// Promises about the report on a person.

// reportOn writes a report as both kinds of text.
func reportOn(t *testing.T, all model.Union, name, path string) (r report.Report, text string) {
	t.Helper()
	r, err := client.ReportOn(t.Context(), all.(client.Everybody), name, path, report.Reading{By: "sara", Machine: "bastion"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := r.Markdown(&out); err != nil {
		t.Fatal(err)
	}
	if err := r.JSON(&out); err != nil {
		t.Fatal(err)
	}
	return r, out.String()
}

// TestAReportHasWhatSomebodyHasAndWhatWasDone ends a token of somebody, and gives another one
// a new key, which must be in no report.
func TestAReportHasWhatSomebodyHasAndWhatWasDone(t *testing.T) {
	t.Parallel()
	_, apis, all, path := recordedIn(t, record.Options{WantsReason: true})
	api := apis[0]
	order := ending(t, api, 1)
	owner := must(api.Users(t.Context(), model.Query{Size: 500, Search: order.Token.Owner.Username.String()}))(t).Items
	i := slices.IndexFunc(owner, func(u model.User) bool { return u.ID == order.Token.Owner.ID })
	email := owner[i].Email.String()
	before, _ := reportOn(t, all, email, path)
	if !before.Whole || before.Record.Verdict != report.NoRecord || len(before.Sure.Accounts) < 2 || len(before.Sure.Tokens) == 0 || len(before.Sure.Done) > 0 {
		t.Fatalf("before: %+v", before)
	}
	order.Action, order.Reason = model.Regenerate, model.Clean("TICKET-9")
	issued := must(api.Do(t.Context(), order))(t)
	after, text := reportOn(t, all, email, path)
	if len(after.Sure.Done) != 1 || after.Record.Verdict != report.Good || after.Record.Entries != 2 {
		t.Fatalf("%+v %+v", after.Sure.Done, after.Record)
	}
	if d := after.Sure.Done[0]; d.System != api.Info().Name || d.Action != "regenerate" || d.Outcome != "done" || d.Reason != "TICKET-9" || d.Matched != report.ByOwnerID {
		t.Errorf("%+v", d)
	}
	if i := slices.IndexFunc(after.Sure.Tokens, func(k report.Token) bool { return k.System == api.Info().Name }); i < 0 || !strings.HasPrefix(after.Sure.Tokens[i].Why[0], "its key was replaced at ") {
		t.Errorf("%+v", after.Sure.Tokens)
	}
	if issued.Key.Empty() || strings.Contains(text, issued.Key.Reveal()) {
		t.Error("the key is in the report")
	}
	whole := must(os.ReadFile(path))(t)
	if err := os.WriteFile(path, bytes.Replace(whole, []byte("TICKET-9"), []byte("TICKET-8"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, _ := reportOn(t, all, email, path); r.Whole || r.Record.Verdict != report.Tampered {
		t.Errorf("of a record that was changed: %+v", r.Record)
	}
}

func TestASystemThatCannotBeAskedIsNamedInTheReportAndTheOthersAreInIt(t *testing.T) {
	t.Parallel()
	server, apis, all, path := recordedIn(t, record.Options{})
	for fault, what := range map[string]string{"authentik/users:503": "accounts and tokens", "authentik/tokens:503": "tokens"} {
		if err := server.Break(fault); err != nil {
			t.Fatal(err)
		}
		r, text := reportOn(t, all, "root.admin@shop.example", path)
		if r.Whole || len(r.Missing) != 1 || r.Missing[0].System != "idp" || r.Missing[0].What != what || strings.Contains(r.Missing[0].Why, "idp:") {
			t.Errorf("%s: %+v", fault, r.Missing)
		}
		var asked []string
		for _, a := range slices.Concat(r.Sure.Accounts, r.Unsure.Accounts) { // a system that tells no e-mail is never sure
			asked = append(asked, a.System)
		}
		if want := len(apis); len(asked) != want && what == "tokens" || len(asked) != want-1 && what != "tokens" {
			t.Errorf("%s: accounts in %q", fault, asked)
		}
		if !strings.Contains(text, "What could not be asked") || !strings.Contains(text, "Waldur shows them to nobody else") {
			t.Errorf("%s: %s", fault, text)
		}
	}
}

func TestNobodyIsLookedForByWhatIsNoName(t *testing.T) {
	t.Parallel()
	server, _, all, path := recordedIn(t, record.Options{})
	before := len(server.Requests())
	for what, name := range map[string]string{"a key": server.Systems()[0].Token, "nothing": "", "a blank": " ", "what nobody sees": "chloe\u202e"} {
		if _, err := client.ReportOn(t.Context(), all.(client.Everybody), name, path, report.Reading{}); err == nil {
			t.Errorf("%s is looked for", what)
		}
	}
	if len(server.Requests()) != before {
		t.Error("a system was asked")
	}
}

func TestAReportIsInAFileWholeAndReplacesNoneUnasked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sara.md")
	for _, replace := range []bool{false, true} {
		if err := client.WriteFile(path, replace, []byte("one")); err != nil {
			t.Fatal(err)
		}
	}
	if err := client.WriteFile(path, false, []byte("two")); !errors.Is(err, fs.ErrExist) {
		t.Error("a file is replaced")
	}
	info, err := os.Stat(path)
	if content := must(os.ReadFile(path))(t); err != nil || string(content) != "one" || info.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v, %v", content, info, err)
	}
}

// inFile has a report on an account written to a file.
func inFile(t *testing.T, all model.Union, w report.Wanted, path string) (report.Written, error) {
	t.Helper()
	return client.WriteReport(t.Context(), all.(client.Everybody), w, path, report.Reading{By: "sara", Machine: "bastion"})
}

// TestAReportGoesToItsFileWholeOrNotAtAll writes one of each form, beside what is there already.
func TestAReportGoesToItsFileWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	server, apis, all, record := recordedIn(t, record.Options{})
	folder := t.TempDir()
	owner := ending(t, apis[0], 0).Token.Owner
	var far []report.Far
	w := report.Wanted{Who: person.Seed{System: apis[0].Info().Name, Account: owner}, Path: filepath.Join(folder, "a.md"), Told: func(f report.Far) { far = append(far, f) }}
	for path, begins := range map[string]string{"a.md": "# What " + owner.Username.String(), "b.JSON": "{\n"} {
		w.Path = filepath.Join(folder, path)
		made, err := inFile(t, all, w, record)
		info, bad := os.Stat(w.Path)
		if err != nil || bad != nil || made.File != w.Path || info.Mode().Perm() != 0o600 || !strings.HasPrefix(string(must(os.ReadFile(w.Path))(t)), begins) {
			t.Errorf("%s: %v, %v, %+v", path, err, bad, info)
		}
		if len(made.Sure.Accounts) == 0 || made.Sure.Accounts[0].How != "opened here" || !slices.Contains(made.Notes, "The person was looked for from their account in "+apis[0].Info().Name+".") {
			t.Errorf("%+v %q", made.Sure.Accounts, made.Notes)
		}
	}
	if last := far[len(far)-1]; last.At != len(apis) || last.Of != len(apis) || last.System != apis[len(apis)-1].Info().Name {
		t.Errorf("it was told how far it is: %+v", far)
	}
	before := len(server.Requests())
	if _, err := inFile(t, all, w, record); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	w.Path = filepath.Join(folder, "c.txt")
	if _, err := inFile(t, all, w, record); model.KindOf(err) != model.Invalid {
		t.Errorf("an ending of no form: %v", err)
	}
	if len(server.Requests()) != before {
		t.Error("a system was asked for nothing")
	}
	w.Path = filepath.Join(folder, "d.md")
	ctx, cancel := context.WithCancel(t.Context())
	w.Told = func(report.Far) { cancel() }
	if _, err := client.WriteReport(ctx, all.(client.Everybody), w, record, report.Reading{}); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if files := must(os.ReadDir(folder))(t); len(files) != 2 {
		t.Errorf("there is %v", files)
	}
}

// TestAReportReadsWhatWasPutAsideAndSaysWhereThatIsNotThere moves it away in between.
func TestAReportReadsWhatWasPutAsideAndSaysWhereThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, apis, all, path := recordedIn(t, record.Options{})
	order := ending(t, apis[0], 0)
	must(apis[0].Do(t.Context(), order))(t)
	a := must(record.Rotate(record.Options{Folder: filepath.Dir(path), Getenv: os.Getenv}))(t)
	w := report.Wanted{Who: person.Seed{System: apis[0].Info().Name, Account: order.Token.Owner}, Path: filepath.Join(t.TempDir(), "a.md")}
	if r := must(inFile(t, all, w, path))(t); !r.Whole || len(r.Sure.Done) != 1 || r.Record.Entries != 3 {
		t.Errorf("%+v %+v %+v", r.Missing, r.Sure.Done, r.Record)
	}
	if err := os.Rename(a.Path, filepath.Join(t.TempDir(), "old.jsonl")); err != nil {
		t.Fatal(err)
	}
	w.Path = filepath.Join(t.TempDir(), "b.md")
	if err := os.Remove(strings.TrimSuffix(a.Path, ".jsonl") + ".head"); err != nil {
		t.Fatal(err)
	}
	r := must(inFile(t, all, w, path))(t)
	if r.Whole || len(r.Sure.Done) != 0 || len(r.Missing) != 1 || r.Missing[0].Why != "it begins with entry 3, and what was put aside before is not beside it" {
		t.Errorf("%+v %+v", r.Missing, r.Sure.Done)
	}
}

func TestAnAccountThatWasTakenOutIsNotInTheReportWhichSaysSo(t *testing.T) {
	t.Parallel()
	_, apis, all, _ := recordedIn(t, record.Options{})
	shop := apis[0].Info().Name
	w := report.Wanted{Who: person.Named("root.admin@shop.example"), Path: filepath.Join(t.TempDir(), "a.json")}
	made := must(inFile(t, all, w, ""))(t)
	i := slices.IndexFunc(made.Sure.Accounts, func(a report.Account) bool { return a.System == shop })
	if i < 0 || made.Record.Verdict != report.NoRecord || made.Record.Path != "nowhere" {
		t.Fatalf("%+v %+v", made.Sure.Accounts, made.Record)
	}
	w.Out = []string{all.(person.Finder).Person(w.Who).Guest(shop, model.Token{Owner: model.User{ID: made.Sure.Accounts[i].ID}}).Owner.ID}
	w.Path = filepath.Join(t.TempDir(), "b.json")
	without := must(inFile(t, all, w, ""))(t)
	if slices.ContainsFunc(slices.Concat(without.Sure.Accounts, without.Unsure.Accounts), func(a report.Account) bool { return a.System == shop }) {
		t.Errorf("%+v", without.Sure.Accounts)
	}
	if said := "Taken out by whoever made this, and not in it: an account in " + shop + "."; !slices.Contains(without.Notes, said) {
		t.Errorf("%q", without.Notes)
	}
}
