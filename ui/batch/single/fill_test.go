package single_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

// withForm is a system that asks for all sorts of things.
func withForm() *shop {
	s := newShop()
	s.form.Fields = []model.Field{
		{Key: "user", Label: "user", Kind: model.AskUser, Optional: true},
		{Key: "name", Label: "name", Help: "what it is for", Check: func(v string) error {
			if strings.Contains(v, " ") {
				return errors.New("no blanks")
			}
			return nil
		}},
		{Key: "scope", Label: "scope", Kind: model.AskChoice, Value: "read", Choices: []model.Choice{{Value: "read", Label: "reads"}, {Value: "write", Label: "writes"}}},
		{Key: "ends", Label: "ends", Kind: model.AskYesNo, Means: model.MeansEnds, Value: "no"},
		{Key: "expires", Label: "expires", Kind: model.AskTime, Means: model.MeansEnd, Optional: true, Idle: func(v map[string]string) string {
			if v["ends"] == "no" {
				return "only if it ends"
			}
			return ""
		}},
		{Key: "password", Label: "password", Kind: model.AskSecret},
	}
	return s
}

const createIt = "token create shop --yes --key-to-command"

func (d *desk) create(more ...string) {
	d.t.Helper()
	d.run(append(append(strings.Fields(createIt), more...), "--", "vault")...)
}

func TestWhatIsMissingIsSaidWithTheWordsToAdd(t *testing.T) {
	s := withForm()
	d := newDesk(t, s)
	d.create()
	d.expect(batch.Misuse, "--set name=VALUE: what it is for", "--set-from password=FILE")
	s.nothing(t)
}

func TestEachValueIsHeldAgainstItsField(t *testing.T) {
	for want, args := range map[string][]string{
		"no blanks":                {"--set", "name=a b"},
		"it is one of: read":       {"--set", "scope=reed"},
		"it is yes or no":          {"--set", "ends=perhaps"},
		"this is no time":          {"--set", "expires=soon"},
		"a control character":      {"--set", "name=a\x1bb"},
		"a KEY of name, scope":     {"--set", "nome=x"},
		"--set takes KEY=VALUE":    {"--set", "name"},
		"only if it ends":          {"--set", "expires=30d"},
		"--expires: this is no ti": {"--expires", "soon"},
		"shows no user":            {"--owner", "nobody"},
	} {
		s := withForm()
		d := newDesk(t, s)
		d.piped = "pass"
		d.create(append([]string{"--set-from", "password=-", "--set", "name=ci"}, args...)...)
		d.expect(batch.Misuse, want)
		s.nothing(t)
	}
}

func TestAnOrderIsFilledInFromTheCommandLine(t *testing.T) {
	s := withForm()
	d := newDesk(t, s)
	d.piped = canary + "\n"
	d.create("--set", "name=ci", "--expires", "2099-01-01", "--owner", "omid", "--set-from", "password=-")
	d.expect(batch.Done)
	if len(s.sent) != 1 {
		t.Fatalf("sent %d times: %s", len(s.sent), d.said)
	}
	o := s.sent[0]
	if o.Owner.ID != "8" || o.Values["name"] != "ci" || o.Values["scope"] != "read" || o.Values["ends"] != "yes" || o.Values["expires"] != "2099-01-01T00:00:00Z" || o.Password.Reveal() != canary {
		t.Errorf("sent %+v", o)
	}
	if _, is := o.Values["password"]; is || strings.Contains(d.out+d.said, canary) {
		t.Error("the password is elsewhere too")
	}
	d.create("--set", "name=ci", "--expires", "never", "--set-from", "password=-")
	if o := s.sent[len(s.sent)-1]; o.Values["ends"] != "no" || o.Values["expires"] != "" {
		t.Errorf("never is %+v", o.Values)
	}
}

func TestASecretIsNoArgument(t *testing.T) {
	s := withForm()
	d := newDesk(t, s)
	d.create("--set", "name=ci", "--set", "password="+canary)
	if d.expect(batch.Misuse, "--set-from password=FILE"); strings.Contains(d.said, canary) {
		t.Errorf("it is repeated: %q", d.said)
	}
	s.nothing(t)
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(canary+"\nsecond line"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.create("--set", "name=ci", "--set-from", "password="+path)
	if d.expect(batch.Misuse, "a second line"); strings.Contains(d.said, canary) {
		t.Errorf("it is repeated: %q", d.said)
	}
}

func TestAPersonIsAskedForWhatIsMissing(t *testing.T) {
	s := withForm()
	d := newDesk(t, s)
	d.typed = "a b\nci\n" + canary + "\n"
	d.create()
	d.expect(batch.Done, "what it is for", "no blanks", "password (not shown)")
	if len(s.sent) != 1 || s.sent[0].Values["name"] != "ci" || s.sent[0].Password.Reveal() != canary {
		t.Errorf("sent %+v", s.sent)
	}
	if strings.Contains(d.said+d.out, canary) {
		t.Errorf("it is shown: %q", d.said)
	}
}

func TestAnEditChangesWhatIsNamedAndNothingElse(t *testing.T) {
	s := withForm()
	s.form.Fields = s.form.Fields[1:5]
	s.form.Fields[0].Value = "was"
	d := newDesk(t, s)
	d.run("token", "edit", "shop", "31", "--yes")
	d.expect(batch.Misuse, "there is nothing to change", "a KEY of name")
	s.nothing(t)
	d.run("token", "edit", "shop", "31", "--yes", "--set", "scope=write")
	d.expect(batch.Done)
	if len(s.sent) != 1 || s.sent[0].Values["name"] != "was" || s.sent[0].Values["scope"] != "write" || s.sent[0].Ends.Knowledge() != model.Unknown {
		t.Errorf("sent %+v", s.sent)
	}
	d.run("token", "edit", "shop", "31", "--yes", "--expires", "2099-01-01")
	if at, dated := s.sent[len(s.sent)-1].Ends.Time(); !dated || at.Year() != 2099 {
		t.Errorf("it ends %v", at)
	}
}

func TestFieldsAreListed(t *testing.T) {
	s := withForm()
	d := newDesk(t, s)
	d.run("token", "create", "shop", "--fields", "--json")
	d.expect(batch.Done)
	batchtest.Holds(t, []byte(d.out))
	d.run("token", "create", "shop", "--fields")
	for _, want := range []string{"name", "read, write", "what it is for", "secret"} {
		if !strings.Contains(d.out, want) {
			t.Errorf("it does not tell of %q: %q", want, d.out)
		}
	}
	s.nothing(t)
}
