package plans

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

func TestKeysThatWouldGoNowhereAreNotMade(t *testing.T) {
	w := newWorld(t)
	id := w.planned(t, "rotate", "owner:sara")
	for words, more := range map[string][]string{
		"--key-to FILE, --key-to age:RECIPIENT or --key-to-command -- PROGRAM says": {},
		"no system of this plan has a key_command":                                  {"--key-to-command"},
		"names nobody to whom keys are sealed":                                      {"--key-to", "age", "--key-file", "k.jsonl"},
		"age: names nobody":                                                         {"--key-to", "age:"},
		"no system of this plan has a key_command in":                               {"--key-to", "command"},
		"in small letters":                                                          {"--key-to", "Command"},
		"is not -, age":                                                             {"--key-to", "age1abc"},
		"the keys go to the output, and nothing else does":                          {"--key-to", "-", "--json"},
		"and --key-to-command is not there":                                         {"--", "pass"},
		"--key-to and --key-to-command: a key goes to one place":                    {"--key-to", "k.jsonl", "--key-to-command", "--", "pass"},
		"--key-file is of --key-to age":                                             {"--key-to", "k.jsonl", "--key-file", "l.jsonl"},
		"only age:RECIPIENT may be repeated":                                        {"--key-to", "age:age1abc", "--key-to", "k.jsonl"},
		"this is a secret key itself":                                               {"--key-to", "age:AGE-SECRET-KEY-1QQQ"},
	} {
		w.expect(t, batch.Misuse, words, append([]string{"apply", "/p.json", "--yes", "--id", id}, more...)...)
	}
	if n := w.idp.sent(); n > 0 || len(w.files.records) > 0 {
		t.Errorf("sent %d", n)
	}
}

func TestAKeyGoesWhereItWasToAndIsPrintedNowhere(t *testing.T) {
	for _, form := range []string{"--json=false", "--json"} {
		w := newWorld(t)
		w.planned(t, "rotate", "owner:sara")
		code := w.applied(t, "--key-to", "keys.jsonl", form)
		slices.Sort(w.files.keys.took)
		if code != batch.Done || strings.Join(w.files.keys.took, " ") != canary+"t1 "+canary+"t2 "+canary+"t3" || !strings.Contains(w.out, "/whole/keys.jsonl") {
			t.Errorf("exit code %d: %q, %s%s", code, w.files.keys.took, w.out, w.stderr.String())
		}
		if !strings.Contains(w.stderr.String(), "the new keys go to /whole/keys.jsonl") {
			t.Errorf("%s", w.stderr.String())
		}
	}
}

func TestSystemsAreOpenedForTheRecipientOrTheCommandThatIsNamed(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "rotate", "owner:sara")
	w.files.outlets = []plan.Outlet{
		{Way: plan.Sealed, Says: "1 recipient", Open: func(string) (plan.Keys, error) { return w.files.keys, nil }},
		{Way: plan.ByCommand, Says: "pass insert {name}", Open: func(string) (plan.Keys, error) { return w.files.keys, nil }, Unfit: func(l *plan.Line) string {
			return map[string]string{"t2": "its name holds a “/”"}[l.Token.ID]
		}},
	}
	if code := w.applied(t, "--key-to-command", "--", "pass", "insert", "{name}"); code != batch.Partly || strings.Join(w.opened.KeyCommand, " ") != "pass insert {name}" || w.idp.sent() != 2 {
		t.Errorf("exit code %d, opened with %+v: %s", code, w.opened, w.stderr.String())
	}
	if !strings.Contains(w.stderr.String(), "line 2, ci-t2 of sara in idp: not begun: its name holds a “/”") {
		t.Errorf("%s", w.stderr.String())
	}
	if code := w.applied(t, "--key-to", "age:age1abc", "--key-file", "k.jsonl"); code != batch.Done || strings.Join(w.opened.Recipients, " ") != "age1abc" || !strings.Contains(w.stderr.String(), "k.jsonl, sealed to 1 recipient") {
		t.Errorf("exit code %d, opened with %+v: %s", code, w.opened, w.stderr.String())
	}
}

// TestNoKeyIsShownAtATerminal is about an output that is one, and an input that is none.
func TestNoKeyIsShownAtATerminal(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "rotate", "owner:sara")
	far, tty, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	defer far.Close()
	defer tty.Close()
	for _, to := range []string{"-", "age:age1abc"} {
		a := &application{plan: w.files.plans["/p.json"], choices: choices{yes: true, keys: wanted{to: []string{to}}}}
		a.Session.World, a.Plans = w.World, w.files
		a.Stdout = tty
		if _, err := a.delivery(t.Context()); batch.CodeOf(err) != batch.Misuse || !strings.Contains(err.Error(), "is a terminal") {
			t.Errorf("%s: %v", to, err)
		}
	}
}

// TestAnOutputThatLosesKeysGetsNone is about /dev/null, which also stands in the place of a standard
// output that was closed.
func TestAnOutputThatLosesKeysGetsNone(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "rotate", "owner:sara")
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, to := range []string{"-", "age:age1abc"} {
		a := &application{plan: w.files.plans["/p.json"], choices: choices{yes: true, keys: wanted{to: []string{to}}}}
		a.Session.World, a.Plans = w.World, w.files
		a.Stdout = null
		if _, err := a.delivery(t.Context()); batch.CodeOf(err) != batch.Misuse || !strings.Contains(err.Error(), "a key would be gone there") {
			t.Errorf("%s: %v", to, err)
		}
	}
}

func TestKeysHaveAPipeToThemselves(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "rotate", "owner:sara")
	if code := w.applied(t, "--key-to", "-"); code != batch.Done || w.out != "" || w.files.keys.to == nil || !strings.Contains(w.stderr.String(), "3 of 3 done") {
		t.Errorf("exit code %d: %q %s", code, w.out, w.stderr.String())
	}
}

// TestAKeyThatNothingTookStaysSealedOrGoesToAFileAndIsNeverPrinted ends with nobody at a screen.
func TestAKeyThatNothingTookStaysSealedOrGoesToAFileAndIsNeverPrinted(t *testing.T) {
	for _, sealed := range []bool{true, false} {
		w := newWorld(t)
		w.files.keys.fails = errFull
		w.planned(t, "rotate", "owner:sara")
		left := 0
		w.idp.do = func(o model.Order) (model.Issued, error) {
			i := model.Issued{Token: o.Token, Key: model.NewSecret(canary + o.Token.ID)}
			if sealed {
				i.Kept = model.Kept{Later: "authdeck keys shows it.", Drop: func() error { return nil }, Leave: func() { left++ }}
			}
			return i, nil
		}
		code := w.applied(t, "--key-to", "k.jsonl", "--at-once", "1")
		want := map[bool]string{true: "1 key was not handed over; authdeck keys lists what waits", false: "it is in a file of its own: /keys/idp-t1-"}[sealed]
		if code != batch.Partly || w.idp.sent() != 1 || !strings.Contains(w.stderr.String(), want) || (left == 1) != sealed || (len(w.rescued) == 1) == sealed {
			t.Errorf("exit code %d, sent %d, left %d, rescued %d: %s", code, w.idp.sent(), left, len(w.rescued), w.stderr.String())
		}
	}
}

func TestAKeyThatNoFileTakesEitherIsGoneAndIsNotPrinted(t *testing.T) {
	w := newWorld(t)
	w.files.keys.fails = errFull
	w.Keep = func(string, string, model.Secret) (string, error) { return "", errFull }
	w.planned(t, "rotate", "owner:sara")
	if code := w.applied(t, "--key-to", "k.jsonl", "--at-once", "1"); code != batch.Partly || !strings.Contains(w.stderr.String(), "nor did one of its own: the disk is full; nobody has it") {
		t.Errorf("exit code %d: %s", code, w.stderr.String())
	}
}

func TestAtATerminalTheFileForKeysIsAskedFor(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "rotate", "owner:sara")
	typist := batchtest.Typing(t, "new.jsonl\nregenerate 3\n", &w.stderr)
	w.Stdin, w.Stderr = typist.TTY, typist
	w.idp.info.Production = true
	if code := w.run(t, "apply", "/p.json"); code != batch.Done || !strings.Contains(w.stderr.String(), "the new keys go to /whole/new.jsonl") {
		t.Errorf("exit code %d: %s", code, w.stderr.String())
	}
}
