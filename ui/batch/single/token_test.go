package single_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

func TestATokenIsFoundByItsNumberWithOneQuestion(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	d.run("token", "show", "shop", "31")
	if d.expect(batch.Done); !strings.Contains(d.out, "ci") || len(s.asked) != 1 || len(s.asked[0].Ranges) != 1 {
		t.Errorf("asked %+v: %q", s.asked, d.out)
	}
	d.run("token", "show", "shop", "99")
	if d.expect(batch.Failed, "no token of that id"); len(s.asked) != 2 {
		t.Errorf("for one that is not there it asked %+v", s.asked[1:])
	}
}

func TestANameIsEnoughWhereItIsOneTokensAlone(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	d.run("token", "show", "shop", "ci", "--json")
	if d.expect(batch.Done); !strings.Contains(d.out, `"31"`) {
		t.Errorf("it is %q", d.out)
	}
	d.run("token", "show", "shop", "twin")
	d.expect(batch.Misuse, "2 tokens", "32 of sara", "33 of sara")
	d.run("token", "show", "shop", canary)
	if d.expect(batch.Failed, "shop has no token of that id"); strings.Contains(d.said, canary) {
		t.Errorf("it repeats what may be a key: %q", d.said)
	}
}

// TestAWordThatNoSystemIsSentIsLookedForInTheList is about one that looks like a key.
func TestAWordThatNoSystemIsSentIsLookedForInTheList(t *testing.T) {
	s := newShop()
	s.tokens[0].ID, s.unsent = "ci-7", model.Fail(model.Invalid, "it looks like a key")
	d := newDesk(t, s)
	d.run("token", "delete", "shop", "ci-7", "--yes")
	d.expect(batch.Done)
	s.unsent = model.Fail(model.Unauthorized, "no")
	d.run("token", "delete", "shop", "ci-7", "--yes")
	if d.expect(batch.Failed, "unauthorized"); len(s.asked) != 3 {
		t.Errorf("a credential that is refused is sent once more: asked %d times", len(s.asked))
	}
}

func TestYesCountsWithTheExactIDAlone(t *testing.T) {
	for named, code := range map[string]batch.Exit{"31": batch.Done, "ci": batch.Misuse} {
		s := newShop()
		d := newDesk(t, s)
		d.run("token", "delete", "shop", named, "--yes")
		if d.expect(code); (len(s.sent) == 1) != (code == batch.Done) {
			t.Errorf("%s: sent %d times", named, len(s.sent))
		}
		if code == batch.Misuse {
			d.expect(code, "exact ID", "authdeck token delete shop 31 --yes")
		}
	}
	s := newShop()
	d := newDesk(t, s)
	d.run("token", "delete", "shop", "31")
	d.expect(batch.Misuse, "there is none", "authdeck token delete shop 31 --yes")
	s.nothing(t)
}

func TestAPersonAtTheTerminalIsAskedAsInTheConsole(t *testing.T) {
	for _, c := range []struct {
		production bool
		typed      string
		code       batch.Exit
	}{
		{false, "y\n", batch.Done},
		{false, "\n", batch.Failed},
		{false, "n\n", batch.Failed},
		{true, "y\n", batch.Failed},
		{true, "ci\n", batch.Done},
	} {
		s := newShop()
		s.info.Production = c.production
		s.form.Warnings = []string{"Whatever uses it ends."}
		d := newDesk(t, s)
		d.typed = c.typed
		d.run("token", "delete", "shop", "31")
		d.expect(c.code, "Delete token ci of sara?", "Whatever uses it ends.", "shop.example")
		if c.production {
			d.expect(c.code, "This is a production system. To go on, type ci")
		}
		if (len(s.sent) == 1) != (c.code == batch.Done) {
			t.Errorf("%+v: sent %d times", c, len(s.sent))
		}
	}
}

func TestWhoInterruptsAQuestionHasDoneNothing(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	d.typed = " " // and no line's end
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, yes := range [][]string{nil, {"--yes"}} {
		d.runWith(ctx, append([]string{"token", "delete", "shop", "31"}, yes...)...)
		d.expect(batch.Failed, "interrupted")
		s.nothing(t)
	}
}

func TestARuleOfTheOperatorsIsARefusal(t *testing.T) {
	s := newShop()
	s.info.WantsReason = true
	d := newDesk(t, s)
	d.run("token", "delete", "shop", "31", "--yes")
	d.expect(batch.Refused, "--reason")
	s.nothing(t)
	d.run("token", "delete", "shop", "31", "--yes", "--dry-run")
	d.expect(batch.Refused, "--reason") // whoever rehearses it learns that
	d.run("token", "delete", "shop", "31", "--yes", "--reason", "   ")
	d.expect(batch.Refused, "--reason")
	s.nothing(t)
	d.run("token", "delete", "shop", "31", "--yes", "--reason", "OPS-1")
	if d.expect(batch.Done); len(s.sent) != 1 || s.sent[0].Reason.String() != "OPS-1" {
		t.Errorf("sent %+v", s.sent)
	}
	s = newShop()
	s.info.ReadOnly, s.info.Missing = true, model.Caps{model.Delete: "it is read-only"}
	d = newDesk(t, s)
	d.run("token", "delete", "shop", "31", "--yes")
	d.expect(batch.Refused, "read-only")
	s.nothing(t)
}

func TestNothingIsSentWhileItIsNotKnownWhereTheKeyGoes(t *testing.T) {
	there := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"it is not said where it goes":       {},
		"there already":                      {"--key-to", there},
		"it is no recipient":                 {"--key-to", "age:nobody"},
		"it cannot be started":               {"--key-to-command", "--", "nowhere"},
		"shop has no key_command":            {"--key-to", "command"},
		"--key-to-command wants the command": {"--key-to-command"},
		"names nobody to whom keys":          {"--key-to", "age"},
		"in small letters":                   {"--key-to", "AGE:age1x"},
		"a key goes to one place":            {"--key-to", "x", "--key-to", "y"},
		"cannot both go":                     {"--key-to", "-", "--json"},
		"with --key-to-command before it":    {"--", "vault"},
		"two ways for one key":               {"--key-to", "x", "--key-to-command", "--", "vault"},
		"this is a secret key itself":        {"--key-to", "AGE-SECRET-KEY-1CANARY"},
		"only age:RECIPIENT may be repeated": {"--key-to", "age:age1x", "--key-to", "y"},
	} {
		s := newShop()
		d := newDesk(t, s)
		d.run(append([]string{"token", "rotate", "shop", "31", "--yes"}, args...)...)
		d.expect(batch.Misuse, want)
		if s.nothing(t); len(s.asked) > 0 || strings.Contains(d.said, "CANARY") {
			t.Errorf("%q: asked %d times, said %q", args, len(s.asked), d.said)
		}
	}
}

func TestAKeyIsNotShownOnATerminal(t *testing.T) {
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal is possible here: %v", err)
	}
	defer func() { _ = far.Close(); _ = tty.Close() }()
	s := newShop()
	d := newDesk(t, s)
	d.stdout = tty
	d.run("token", "rotate", "shop", "31", "--yes", "--key-to", "-")
	d.expect(batch.Misuse, "is a terminal")
	s.nothing(t)
}

// TestAnOutputThatLosesAKeyGetsNone is about /dev/null, which also stands in the place of a standard
// output that was closed.
func TestAnOutputThatLosesAKeyGetsNone(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	for _, to := range []string{"-", "age:age1x"} {
		s := newShop()
		d := newDesk(t, s)
		d.stdout = null
		d.run("token", "rotate", "shop", "31", "--yes", "--key-to", to)
		d.expect(batch.Misuse, "a key would be gone there")
		s.nothing(t)
	}
}

func TestAKeyIsNowhereButWhereItWasSent(t *testing.T) {
	for way, c := range map[string]struct {
		args   []string
		events []string
	}{
		"file":    {[]string{"--key-to", "FILE"}, []string{"sent", "written", "dropped"}},
		"pipe":    {[]string{"--key-to", "-"}, []string{"sent", "dropped"}},
		"age":     {[]string{"--key-to", "age:age1x"}, []string{"sent", "dropped"}},
		"command": {[]string{"--key-to-command", "--", "vault"}, []string{"sent", "handed", "dropped"}},
	} {
		s := newShop()
		d := newDesk(t, s)
		file := filepath.Join(t.TempDir(), "key")
		for i, arg := range c.args {
			c.args[i] = strings.Replace(arg, "FILE", file, 1)
		}
		d.run(append([]string{"token", "rotate", "shop", "31", "--yes"}, c.args...)...)
		d.expect(batch.Done)
		s.went(t, c.events...)
		content, _ := os.ReadFile(file)
		if way == "pipe" {
			content, d.out = []byte(d.out), ""
		}
		if (way == "file" || way == "pipe") && string(content) != canary+"\n" {
			t.Errorf("%s has %q", way, content)
		}
		if strings.Contains(d.out+d.said, canary) {
			t.Errorf("%s: it says the key: %q, %q", way, d.out, d.said)
		}
		for line := range strings.Lines(d.said) {
			if !strings.HasPrefix(line, "authdeck: ") {
				t.Errorf("%s: it says %q", way, line)
			}
		}
		if way == "age" && d.out != "-----BEGIN AGE ENCRYPTED FILE-----\n" {
			t.Errorf("beside the sealed key there is %q", d.out)
		}
	}
}

func TestAgeAloneSealsToThoseOfTheConfiguration(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	d.seal = func([]byte) (string, error) { return "-----BEGIN AGE ENCRYPTED FILE-----\n", nil }
	d.run("token", "rotate", "shop", "31", "--yes", "--key-to", "age")
	d.expect(batch.Done)
	if s.went(t, "sent", "dropped"); d.out != "-----BEGIN AGE ENCRYPTED FILE-----\n" {
		t.Errorf("it is %q", d.out)
	}
}

func TestAKeyThatIsNotTakenStaysSealedAndItIsSaidHowToHaveIt(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	d.world.WriteFile = func(string, bool, []byte) error { return errors.New("no space left on device") }
	d.run("token", "rotate", "shop", "31", "--yes", "--json", "--key-to", filepath.Join(t.TempDir(), "key"))
	d.expect(batch.Partly, "no space left on device", "authdeck keys take 1.age")
	s.went(t, "sent", "left")
	batchtest.Holds(t, []byte(d.out))
	if !strings.Contains(d.out, `"take": "1.age"`) || strings.Contains(d.out+d.said, canary) {
		t.Errorf("it says %q", d.out)
	}
	in, closed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = in.Close()
	defer func() { _ = closed.Close() }()
	s = newShop()
	d = newDesk(t, s)
	d.stdout = closed
	d.run("token", "rotate", "shop", "31", "--yes", "--key-to", "-")
	d.expect(batch.Partly, "authdeck keys take 1.age")
	s.went(t, "sent", "left")
}

// TestAKeyThatNothingSealedGoesToAFileWhereItIsNotTaken is about a machine on which nothing can be
// sealed.
func TestAKeyThatNothingSealedGoesToAFileWhereItIsNotTaken(t *testing.T) {
	s := newShop()
	s.answer.Kept = model.Kept{Err: errors.New("not here")}
	d := newDesk(t, s)
	d.world.WriteFile = func(string, bool, []byte) error { return errors.New("no space left on device") }
	d.run("token", "rotate", "shop", "31", "--yes", "--key-to", filepath.Join(t.TempDir(), "key"))
	d.expect(batch.Partly, "a file of its own")
	s.went(t, "sent", "kept")
}

func TestAtATerminalAKeyGoesToTheFolderForKeysUnlessSomebodySaysOtherwise(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	d.typed = "y\n"
	d.run("token", "rotate", "shop", "31")
	d.expect(batch.Done, "Regenerate token ci of sara?", "folder for keys")
	s.went(t, "sent", "kept", "dropped")
}

func TestAnEndThatNobodyKnowsIsNoFailureAndNoSuccess(t *testing.T) {
	s := newShop()
	s.answer, s.err = model.Issued{}, model.Fail(model.Uncertain, "the answer was lost")
	s.found = model.Finding{End: model.Visible}
	d := newDesk(t, s)
	d.run("token", "rotate", "shop", "31", "--yes", "--json", "--key-to", filepath.Join(t.TempDir(), "key"))
	d.expect(batch.Partly, "the answer was lost", "it shows", "its new key did not come", "authdeck token show shop 31")
	if batchtest.Holds(t, []byte(d.out)); !strings.Contains(d.out, "it shows: this did it, or somebody else in this moment. If it happened, its new key did not come.") {
		t.Errorf("a program is not told what was seen: %s", d.out)
	}
	s.went(t, "sent")
	s = newShop()
	s.answer, s.err = model.Issued{}, model.Fail(model.Conflict, "it is another one by now")
	d = newDesk(t, s)
	d.run("token", "delete", "shop", "31", "--yes")
	if d.expect(batch.Failed, "it is another one by now"); d.out != "" {
		t.Errorf("it wrote %q", d.out)
	}
}

func TestADryRunSaysWhatWouldBeSentAndSendsNothing(t *testing.T) {
	s := newShop()
	s.info.Production, s.form.Danger, s.form.Warnings = true, true, []string{"Whatever uses it ends."}
	d := newDesk(t, s)
	d.run("token", "rotate", "shop", "31", "--dry-run", "--json")
	d.expect(batch.Done)
	batchtest.Holds(t, []byte(d.out))
	for _, want := range []string{`"outcome": "not sent"`, `"action": "regenerate"`, "Whatever uses it ends.", `"phrase": "ci"`, `"danger": true`} {
		if !strings.Contains(d.out, want) {
			t.Errorf("it does not say %s: %s", want, d.out)
		}
	}
	s.nothing(t)
}

func TestWhatCannotBeRegeneratedIsReplacedAndThatIsSaid(t *testing.T) {
	s := newShop()
	s.refuse = map[model.Action]error{model.Regenerate: model.Fail(model.Unsupported, "not here")}
	d := newDesk(t, s)
	args := []string{"token", "rotate", "shop", "31", "--yes", "--key-to-command"}
	d.run(append(args, "--", "vault")...)
	if d.expect(batch.Done, "rotated by replace"); len(s.sent) != 1 || s.sent[0].Action != model.Replace {
		t.Errorf("sent %+v", s.sent)
	}
	d.run(append(args, "--by", "regenerate", "--", "vault")...)
	if d.expect(batch.Failed, "not here"); len(s.sent) != 1 {
		t.Error("it was sent all the same")
	}
	d.run(append(args, "--by", "magic", "--", "vault")...)
	d.expect(batch.Misuse, "regenerate or replace")
}

func TestWhoInterruptsAWriteWaitsForItsAnswerAndIsToldIt(t *testing.T) {
	s := newShop()
	ctx, cancel := context.WithCancel(t.Context())
	s.during = func() { cancel(); <-ctx.Done() }
	d := newDesk(t, s)
	d.runWith(ctx, "token", "rotate", "shop", "31", "--yes", "--key-to", filepath.Join(t.TempDir(), "key"))
	d.expect(batch.Done, "the answer is waited for")
	if s.went(t, "sent", "written", "dropped"); s.ended != nil {
		t.Errorf("nobody waited: %v", s.ended)
	}
}

// book remembers rotations for a test.
type book struct {
	rotation.Book
	pair  rotation.Pair
	steps []rotation.What
	err   error
}

func (b *book) Pairs() ([]rotation.Pair, error)    { return []rotation.Pair{b.pair}, nil }
func (b *book) Take(string) (rotation.Hand, error) { return b, b.err }
func (b *book) Pair() rotation.Pair                { return b.pair }
func (b *book) Write(s rotation.Step) error        { b.steps = append(b.steps, s.What); return nil }
func (b *book) Close() error                       { return nil }

func TestATokenOfARotationUnderWaySaysSo(t *testing.T) {
	s := newShop()
	d := newDesk(t, s)
	b := &book{pair: rotation.Pair{System: "shop", Host: "shop.example", Stage: rotation.Made, Old: token("32", "twin"), New: token("31", "ci")}}
	d.book = b
	d.run("token", "delete", "shop", "32", "--yes", "--dry-run")
	if d.expect(batch.Done); !strings.Contains(d.out, "A rotation of this token is under way") || !strings.Contains(d.out, "was not handed over") {
		t.Errorf("it says %q", d.out)
	}
	path := filepath.Join(t.TempDir(), "key")
	d.run("token", "rotate", "shop", "31", "--yes", "--key-to", path)
	if d.expect(batch.Done, "takes the place of token twin"); len(b.steps) != 1 || b.steps[0] != rotation.IsHandedOver {
		t.Errorf("it is noted %v", b.steps)
	}
	s.events, b.err = nil, errors.New("the disk is full")
	d.run("token", "rotate", "shop", "31", "--yes", "--key-to", path+"2")
	d.expect(batch.Partly, "offered once more", "the disk is full")
	s.went(t, "sent", "written")
}
