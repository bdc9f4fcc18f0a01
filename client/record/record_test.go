package record_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"authdeck/client/record"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/model/audit"
)

const canary = "k3y-Canary-0123456789-abcdefghij"

// system is one that notes what it is sent.
type system struct {
	model.API
	info   model.Info
	sent   []model.Order
	answer model.Issued
	err    error
	then   func() // happens while it is under way
}

func (s *system) Info() model.Info { return s.info }

func (s *system) Do(_ context.Context, o model.Order) (model.Issued, error) {
	s.sent = append(s.sent, o)
	if s.then != nil {
		s.then()
	}
	return s.answer, s.err
}

func shop() *system {
	return &system{info: model.Info{Name: "shop", Kind: "hamgam", Host: "shop.example.com"}}
}

func deletion() model.Order {
	return model.Order{Action: model.Delete, Token: model.Token{ID: "31", Name: model.Clean("ci"), Owner: model.User{ID: "7", Username: model.Clean("sara")}}, Draft: model.Draft{Owner: model.User{ID: "7", Username: model.Clean("sara")}}}
}

// kept is a keeper with a folder of its own.
func kept(t *testing.T, o record.Options) (*record.Keeper, string) {
	t.Helper()
	if o.Folder == "" {
		o.Folder = filepath.Join(t.TempDir(), "state", "authdeck")
	}
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	return record.Keep(o), filepath.Join(o.Folder, record.FileName)
}

// entries are what a record holds, which has to be good.
func entries(t *testing.T, path string) (all []audit.Entry) {
	t.Helper()
	report, err := record.Verify(path)
	if err != nil || report.Verdict != audit.Good {
		t.Fatalf("%+v, %v", report, err)
	}
	if _, err := record.Each(path, audit.Filter{}, func(e audit.Entry) error {
		all = append(all, e)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAWriteLeavesALineBeforeItAndOneAfterIt(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{Getenv: func(name string) string {
		return map[string]string{"SSH_CONNECTION": "2001:db8::7 50022 10.0.0.1 22"}[name]
	}})
	s := shop()
	s.then = func() {
		if all := entries(t, path); len(all) != 1 || all[0].Phase != audit.AboutTo {
			t.Errorf("while it is under way there is %+v", all)
		}
	}
	order := deletion()
	order.Reason, order.Plan = model.Clean("TICKET-123"), "plan-1"
	if _, err := record.New(s, keeper).Do(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	all := entries(t, path)
	if len(all) != 2 || len(s.sent) != 1 {
		t.Fatalf("%d lines, sent %d times", len(all), len(s.sent))
	}
	want := audit.What{System: "shop", Kind: "hamgam", Host: "shop.example.com", Action: "delete", TokenID: "31", Token: "ci", OwnerID: "7", Owner: "sara", Plan: "plan-1", Reason: "TICKET-123"}
	for i, e := range all {
		if e.What != want || e.SSHClient != "2001:db8::7" || e.User == "" || e.PID != os.Getpid() || e.Number != int64(i+1) || e.Time.IsZero() {
			t.Errorf("%+v", e)
		}
	}
	if end := all[1]; end.Phase != audit.Outcome || end.Of != 1 || end.Outcome != audit.Done {
		t.Errorf("%+v", end)
	}
	for name, mode := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700, strings.TrimSuffix(path, "jsonl") + "head": 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestTheEndOfAWriteIsRecordedByItsKind(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	for _, kind := range []model.Kind{model.Uncertain, model.Partial, model.Conflict, model.Forbidden} {
		s := shop()
		s.err = model.Fail(kind, "as it was said")
		if _, err := record.New(s, keeper).Do(t.Context(), deletion()); !errors.Is(err, s.err) {
			t.Errorf("%v", err)
		}
		all := entries(t, path)
		if end := all[len(all)-1]; end.Outcome != kind.String() || end.Words != "as it was said" {
			t.Errorf("%+v", end)
		}
	}
}

func TestAKeyThatIsShownIsRecordedAndNotInTheRecord(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	s := shop()
	s.answer = model.Issued{Token: model.Token{ID: "31", Name: model.Clean("now " + canary)}, Key: model.NewSecret(canary)}
	order := deletion()
	order.Action, order.Password = model.Reveal, model.NewSecret(canary+"x")
	order.Owner.Username = model.Clean("of " + canary + "x")
	issued, err := record.New(s, keeper).Do(t.Context(), order)
	if err != nil || issued.Key.Reveal() != canary {
		t.Fatalf("%v, %v", issued, err)
	}
	if all := entries(t, path); len(all) != 2 || all[1].Action != "reveal" {
		t.Errorf("%+v", all)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	redacttest.Hides(t, "the record", string(content), canary)
}

func TestATokenThatIsMadeIsInTheLineAfterIt(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	s := shop()
	s.answer = model.Issued{Token: model.Token{ID: "32", Name: model.Clean("new"), Owner: model.User{ID: "8", Username: model.Clean("omid")}}}
	if _, err := record.New(s, keeper).Do(t.Context(), model.Order{Action: model.Create}); err != nil {
		t.Fatal(err)
	}
	all := entries(t, path)
	if all[0].TokenID != "" || all[1].TokenID != "32" || all[1].Token != "new" || all[1].Owner != "omid" {
		t.Errorf("%+v", all)
	}
}

func TestWhatIsNotOfferedIsNeitherSentNorRecorded(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	s := shop()
	s.info.Missing = model.Caps{model.Delete: "why not"}
	for readOnly, want := range map[bool]model.Kind{false: model.Unsupported, true: model.Refused} {
		s.info.ReadOnly = readOnly
		_, err := record.New(s, keeper).Do(t.Context(), deletion())
		if model.KindOf(err) != want || len(s.sent) != 0 {
			t.Errorf("%v, sent %d times", err, len(s.sent))
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a record: %v", err)
	}
}

// TestWhatCannotBeRecordedIsNotSent puts something else where the record goes.
func TestWhatCannotBeRecordedIsNotSent(t *testing.T) {
	t.Parallel()
	there := func(do func(folder, path string) error) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			t.Helper()
			if err := errors.Join(os.MkdirAll(folder, 0o700), do(folder, filepath.Join(folder, record.FileName))); err != nil {
				t.Skipf("not possible here: %v", err)
			}
		}
	}
	for name, c := range map[string]struct {
		make func(*testing.T, string)
		says string
	}{
		"a file for the folder": {func(t *testing.T, folder string) {
			t.Helper()
			if err := errors.Join(os.MkdirAll(filepath.Dir(folder), 0o700), os.WriteFile(folder, nil, 0o600)); err != nil {
				t.Fatal(err)
			}
		}, "not a directory"},
		"an open folder": {there(func(folder, _ string) error { return os.Chmod(folder, 0o777) }), "has to be yours alone"},
		"a link":         {there(func(folder, path string) error { return os.Symlink(filepath.Join(folder, "x"), path) }), "it is a symbolic link"},
		"a link to a file": {there(func(folder, path string) error {
			return errors.Join(os.WriteFile(filepath.Join(folder, "x"), nil, 0o600), os.Symlink("x", path))
		}), "it is a symbolic link"},
		"open to others": {there(func(_, path string) error {
			return errors.Join(os.WriteFile(path, []byte("x\n"), 0o600), os.Chmod(path, 0o666))
		}), "others can read it"},
		"somebody else's": {there(func(_, path string) error {
			return errors.Join(os.WriteFile(path, nil, 0o600), os.Chown(path, 12345, 12345))
		}), "belongs to somebody else"},
		"a FIFO":      {there(func(_, path string) error { return syscall.Mkfifo(path, 0o600) }), "a FIFO"},
		"a folder":    {there(func(_, path string) error { return os.Mkdir(path, 0o700) }), "is a directory"},
		"a full disk": {there(func(_, path string) error { return os.Symlink("/dev/full", path) }), "it is a symbolic link"},
		"a head that is a link": {there(func(folder, _ string) error {
			return os.Symlink("/dev/null", filepath.Join(folder, "audit.head"))
		}), "audit.head: it is a symbolic link"},
		"another program that writes": {there(func(_, path string) error {
			f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
			if err == nil {
				err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
				t.Cleanup(func() { _ = f.Close() })
			}
			return err
		}), "another authdeck has locked it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keeper, path := kept(t, record.Options{})
			record.Hasty(keeper)
			c.make(t, filepath.Dir(path))
			s := shop()
			_, err := record.New(s, keeper).Do(t.Context(), deletion())
			if model.KindOf(err) != model.Unrecorded || !strings.Contains(err.Error(), c.says) || len(s.sent) != 0 {
				t.Errorf("%v, sent %d times; want %q", err, len(s.sent), c.says)
			}
			if strings.Count(err.Error(), filepath.Dir(path)) > 1 {
				t.Errorf("it names a place twice: %v", err)
			}
		})
	}
	if _, err := record.New(shop(), new(record.Keeper)).Do(t.Context(), deletion()); model.KindOf(err) != model.Unrecorded {
		t.Errorf("without a record: %v", err)
	}
	if _, err := record.New(shop(), record.Keep(record.Options{Folder: "state", Getenv: os.Getenv})).Do(t.Context(), deletion()); model.KindOf(err) != model.Unrecorded {
		t.Errorf("in a folder of which nobody knows where it is: %v", err)
	}
}

// TestAKeyIsNotLostWithTheLineThatTellsOfIt takes the folder away while the order is under
// way.
func TestAKeyIsNotLostWithTheLineThatTellsOfIt(t *testing.T) {
	t.Parallel()
	for _, failed := range []error{nil, model.Fail(model.Partial, "the first half is done.")} {
		keeper, path := kept(t, record.Options{})
		s := shop()
		s.answer, s.err = model.Issued{Key: model.NewSecret(canary), Notes: []string{"one"}}, failed
		s.then = func() {
			if err := os.Chmod(filepath.Dir(path), 0o777); err != nil {
				t.Error(err)
			}
		}
		issued, err := record.New(s, keeper).Do(t.Context(), deletion())
		if issued.Key.Reveal() != canary || model.KindOf(err) != model.KindOf(failed) {
			t.Errorf("%v, %v", issued.Key.Len(), err)
		}
		if failed == nil && (err != nil || len(issued.Notes) != 2 || !strings.Contains(issued.Notes[1], "How this ended could not be recorded: ")) {
			t.Errorf("%q, %v", issued.Notes, err)
		}
		if failed != nil && !strings.HasPrefix(model.Reason(err), "the first half is done. How this ended could not be recorded: ") {
			t.Errorf("%v", err)
		}
	}
}

func TestWithoutAReasonNothingIsDoneWhereOneIsWanted(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{WantsReason: true})
	s := shop()
	api := record.New(s, keeper)
	if !api.Info().WantsReason {
		t.Error("nobody is told")
	}
	if _, err := api.Do(t.Context(), deletion()); model.KindOf(err) != model.Refused || !strings.Contains(err.Error(), ":reason") || len(s.sent) != 0 {
		t.Errorf("%v, sent %d times", err, len(s.sent))
	}
	order := deletion()
	for _, blank := range []string{"   ", "\t", "\u00a0", "\u2800", "\u200b \u200b"} {
		order.Reason = model.Clean(blank)
		if _, err := api.Do(t.Context(), order); model.KindOf(err) != model.Refused || len(s.sent) != 0 {
			t.Errorf("%q is a reason: %v", blank, err)
		}
	}
	order.Reason = model.Clean("TICKET-123")
	if _, err := api.Do(t.Context(), order); err != nil || entries(t, path)[1].Reason != "TICKET-123" {
		t.Errorf("%v", err)
	}
	order.Reason = model.Clean("0123456789abcdef0123456789abcdef")
	if _, err := api.Do(t.Context(), order); model.KindOf(err) != model.Unrecorded || len(s.sent) != 1 {
		t.Errorf("a key as a reason: %v", err)
	}
}

func TestACopyThatIsMissingIsSaidAndHoldsNothingUp(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	var copied []string
	record.CopyTo(keeper, func(line []byte) error { copied = append(copied, string(line)); return nil })
	api := record.New(shop(), keeper)
	if issued, err := api.Do(t.Context(), deletion()); err != nil || len(issued.Notes) != 0 {
		t.Errorf("%v, %v", issued.Notes, err)
	}
	content, err := os.ReadFile(path)
	if err != nil || strings.Join(copied, "") != string(content) {
		t.Errorf("copied: %q, %v", copied, err)
	}
	record.CopyTo(keeper, func([]byte) error { return errors.New("nobody listens") })
	issued, err := api.Do(t.Context(), deletion())
	if err != nil || len(issued.Notes) != 1 || !strings.Contains(issued.Notes[0], "This is not recorded everywhere: it is in the record, and not in the machine's log: nobody listens") {
		t.Errorf("%v, %v", issued.Notes, err)
	}
	if len(entries(t, path)) != 4 {
		t.Error("the record lacks lines")
	}
}

func TestNowhereNothingIsRecordedAndAllIsDone(t *testing.T) {
	t.Parallel()
	s := shop()
	if _, err := record.New(s, record.Nowhere()).Do(t.Context(), deletion()); err != nil || len(s.sent) != 1 {
		t.Errorf("%v", err)
	}
}

func TestTheDoctorSaysWhetherSomethingCouldBeRecorded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do      func(folder, path string) error
		verdict model.Verdict
		says    string
	}{
		"good":      {func(string, string) error { return nil }, model.OK, "audit.jsonl is good, 2 entries, 1 KiB"},
		"none":      {func(folder, _ string) error { return os.RemoveAll(folder) }, model.OK, "nothing is recorded yet in "},
		"open":      {func(folder, _ string) error { return os.Chmod(folder, 0o755) }, model.Failed, "has to be yours alone"},
		"open file": {func(_, path string) error { return os.Chmod(path, 0o644) }, model.Failed, "audit.jsonl: others can read it"},
		"gone":      {func(_, path string) error { return os.Remove(path) }, model.Failed, "is not as it was written"},
		"cut": {func(_, path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err == nil {
				_, err = f.WriteString(`{"schema":"audit`[:12])
			}
			return err
		}, model.Warning, "its last line is cut in the middle"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keeper, path := kept(t, record.Options{})
			if _, err := record.New(shop(), keeper).Do(t.Context(), deletion()); err != nil || c.do(filepath.Dir(path), path) != nil {
				t.Fatal(err)
			}
			if got := record.Check(filepath.Dir(path)); got.Verdict != c.verdict || !strings.Contains(got.Found.String(), c.says) {
				t.Errorf("%+v", got)
			}
			if _, err := os.Stat(filepath.Dir(path)); name == "none" && !errors.Is(err, fs.ErrNotExist) {
				t.Error("it has made the folder")
			}
		})
	}
}

func TestTheRecordSaysWhatAnEditSet(t *testing.T) {
	t.Parallel()
	newYear := model.At(time.Date(2027, 1, 1, 2, 0, 0, 0, time.FixedZone("", 7200)))
	for want, o := range map[string]model.Order{
		`,"set":{"expires":"2027-01-01T00:00:00Z"},`: {Action: model.Edit, Draft: model.Draft{Ends: newYear}},
		`,"set":{"expires":"never"},`:                {Action: model.Edit, Draft: model.Draft{Ends: model.Not(model.Never), Values: map[string]string{"flag": "no"}}},
		``:                                           {Action: model.Edit, Draft: model.Draft{Values: map[string]string{"name": "ci"}}},
	} {
		keeper, path := kept(t, record.Options{})
		s := shop()
		if _, err := record.New(s, keeper).Do(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		if all := entries(t, path); len(all) != 2 || all[0].Set != all[1].Set {
			t.Errorf("%+v", all)
		}
		content, err := os.ReadFile(path)
		if err != nil || want != "" && strings.Count(string(content), want) != 2 || want == "" && strings.Contains(string(content), `"set"`) {
			t.Errorf("%s: %s, %v", want, content, err)
		}
	}
}
