package command

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"authdeck/model/plan"
)

// shut is a safe with one key that this machine cannot open.
func (f *fake) shut() *shelf {
	key := sealed("a.age")
	key.Shut = "it is sealed to somebody else"
	return f.safe(key)
}

func TestAKeyForOthersIsTakenWithAnIdentityFromAFileOrAPipe(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	_, _ = out.WriteString("mine")
	out.Close()
	for _, from := range []string{"/home/sara/id.txt", "-"} {
		f := newFake("keys", "take", "--identity", from, "--print")
		s, asked := f.shut(), ""
		f.Stdin = in
		f.ReadSecret = func(path string, _ int64) ([]byte, error) {
			asked = path
			return []byte("mine"), nil
		}
		shown, err := os.CreateTemp(t.TempDir(), "out")
		if err != nil {
			t.Fatal(err)
		}
		f.Stdout = shown
		code := Run(t.Context(), f.World)
		said, _ := os.ReadFile(shown.Name())
		if code != 0 || string(said) != canary+"key\n" || !slices.Equal(s.dropped, []string{"a.age"}) || from != "-" && asked != from {
			t.Errorf("%s: code %d, wrote %q, let go of %q, read %q", from, code, said, s.dropped, asked)
		}
	}
}

func TestAnIdentityThatCannotBeReadOrOpensNothingIsSaidAndTheKeyStays(t *testing.T) {
	for from, c := range map[string]struct {
		code int
		says string
	}{
		"broken": {2, "--identity broken: not today"},
		"theirs": {1, "it is sealed to somebody else than this identity"},
		"-":      {2, "age -d FILE | authdeck keys take --identity -"},
	} {
		f := newFake("keys", "take", "--identity", from)
		s := f.shut()
		f.ReadSecret = func(path string, _ int64) ([]byte, error) {
			if path == "broken" {
				return nil, errNot
			}
			return []byte(path), nil
		}
		f.expect(t, c.code)
		if !strings.Contains(f.stderr.String(), c.says) || len(s.dropped) > 0 {
			t.Errorf("%s: said %q, let go of %q", from, f.stderr.String(), s.dropped)
		}
	}
}

func TestAnIdentityInPlaceOfAFileIsNeverRepeated(t *testing.T) {
	const age, pem = "AGE-SECRET-KEY-1" + canary, "-----BEGIN OPENSSH PRIVATE KEY-----\n" + canary + "\n-----END OPENSSH PRIVATE KEY-----\n"
	for _, secret := range []string{age, strings.ToLower(age), "# created: today\n" + age + "\n", pem, pem[:80]} {
		for _, args := range [][]string{
			{"keys", "take", "--identity", secret},
			{"keys", "take", "--identity=" + secret},
			{"keys", "take", secret},
			{"keys", "take", "a", secret},
			{"plan", "show", secret},
			{"--plan", secret},
			{"--config", secret, "doctor"},
			{secret},
		} {
			f := newFake(args...)
			f.shut()
			f.ReadSecret = func(path string, _ int64) ([]byte, error) { return nil, errors.New(path + ": no such file") }
			f.ReadPlan = func(path string) (plan.Stored, error) { return plan.Stored{}, errors.New(path + ": no such file") }
			if Run(t.Context(), f.World); strings.Contains(strings.ToLower(f.stderr.String()), strings.ToLower(canary)) {
				t.Errorf("%q: said %q", args, f.stderr.String())
			}
			if args[0] == "keys" && strings.HasPrefix(args[2], "--identity") && !strings.Contains(f.stderr.String(), "takes the name of a file") {
				t.Errorf("%q: said %q", args, f.stderr.String())
			}
		}
	}
}
