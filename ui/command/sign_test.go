package command

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"authdeck/model/plan"
	"authdeck/ui/batch/batchtest"
)

// signs runs plan sign with an answer typed, and says what came of it.
func signs(t *testing.T, answer string, fails error, args ...string) (code int, out string, asked []string) {
	t.Helper()
	f := newFake(append([]string{"plan", "sign", "p.json"}, args...)...)
	f.ToSign = func(path, key string) (plan.Signing, error) {
		asked = append(asked, strings.TrimSpace(path+" "+key))
		return plan.Signing{Stored: aPlan(), Key: "ssh-ed25519 SHA256:x sara", Sign: func(replace bool) (string, error) {
			asked = append(asked, map[bool]string{true: "replaced", false: "signed"}[replace])
			return path + ".sig", fails
		}}, nil
	}
	typist := batchtest.Typing(t, answer, &f.stderr)
	shown, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	f.Stdin, f.Stdout, f.Stderr = typist.TTY, shown, typist
	code = Run(context.Background(), f.World)
	said, _ := os.ReadFile(shown.Name())
	return code, string(said) + f.stderr.String(), asked
}

func TestAPlanIsShownBeforeItIsSignedAndOnlyAYesSignsIt(t *testing.T) {
	for _, c := range []struct {
		answer string
		args   []string
		code   int
		asked  string
		said   string
	}{
		{"y\n", nil, 0, "p.json, signed", "The signature is in p.json.sig"},
		{"n\n", nil, 1, "p.json", "it is not signed: the answer was not y"},
		{"", nil, 1, "p.json", "it is not signed"},
		{"yes please\n", nil, 1, "p.json", "it is not signed"},
		{"", []string{"--yes", "--key", "sara@laptop", "--replace"}, 0, "p.json sara@laptop, replaced", "The signature is in"},
	} {
		code, out, asked := signs(t, c.answer, nil, c.args...)
		if code != c.code || strings.Join(asked, ", ") != c.asked {
			t.Errorf("%q %v: code %d, asked %v", c.answer, c.args, code, asked)
		}
		plan, rest := strings.Index(out, "Plan P1, made on"), strings.Index(out, c.said)
		if asks := strings.Contains(out, "Sign this plan with ssh-ed25519 SHA256:x sara? y signs it: "); plan != 0 || rest < 0 || asks != (len(c.args) == 0) {
			t.Errorf("%q: there is no %q after the plan in\n%s", c.answer, c.said, out)
		}
	}
}

func TestWithoutATerminalNothingIsSignedUnlessTheCommandLineSaysYes(t *testing.T) {
	f := newFake("plan", "sign", "p.json")
	f.ToSign = func(string, string) (plan.Signing, error) {
		return plan.Signing{Stored: aPlan(), Sign: func(bool) (string, error) { t.Error("it was signed"); return "", nil }}, nil
	}
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	_, _ = io.WriteString(typed, "y\n")
	_ = typed.Close()
	f.Stdin = in
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	f.Stdout = out
	if code := Run(t.Context(), f.World); code != 2 || !strings.Contains(f.stderr.String(), "--yes") {
		t.Errorf("code %d, %s", code, f.stderr.String())
	}
}

func TestWhyAPlanIsNotSignedIsSaid(t *testing.T) {
	code, out, _ := signs(t, "y\n", errors.New("it is signed already"))
	if code != 1 || !strings.Contains(out, "it is not signed: it is signed already") || strings.Contains(out, "The signature is in") {
		t.Errorf("code %d\n%s", code, out)
	}
	f := newFake("plan", "sign", "p.json")
	f.ToSign = func(string, string) (plan.Signing, error) { return plan.Signing{}, errors.New("there is no SSH agent") }
	f.expect(t, 2)
	if !strings.Contains(f.stderr.String(), "p.json is not signed: there is no SSH agent") {
		t.Error(f.stderr.String())
	}
}

// TestAYesThatWasTypedBeforeThePlanStoodThereSignsNothing is about a terminal.
func TestAYesThatWasTypedBeforeThePlanStoodThereSignsNothing(t *testing.T) {
	f, signed := newFake("plan", "sign", "p.json"), 0
	var said bytes.Buffer
	typist := batchtest.Typing(t, "n\n", &said)
	f.ToSign = func(string, string) (plan.Signing, error) {
		typist.Ahead(t, "y\n")
		return plan.Signing{Stored: aPlan(), Sign: func(bool) (string, error) { signed++; return "p.json.sig", nil }}, nil
	}
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	f.Stdin, f.Stdout, f.Stderr = typist.TTY, out, typist
	code := Run(t.Context(), f.World)
	if code != 1 || signed > 0 {
		t.Errorf("exit code %d, signed %d times: %s", code, signed, said.String())
	}
}
