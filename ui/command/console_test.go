package command

import (
	"strings"
	"testing"
)

func TestTheConsoleOpensWhatTheCommandLineSays(t *testing.T) {
	for line, want := range map[string]Choice{
		"":                            {},
		"--config file":               {Config: "file"},
		"--system barn --read-only":   {System: "barn", ReadOnly: true},
		"--fps 120 --read-only=false": {},
	} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 2, "Open")
		if f.choice != want {
			t.Errorf("%s: %+v", line, f.choice)
		}
		if f.stderr.String() != "authdeck: not today\n" {
			t.Errorf("%s: %q", line, f.stderr.String())
		}
	}
}

func TestNothingIsOpenedWhereNoScreenIsPossible(t *testing.T) {
	for _, line := range []string{"", "demo"} {
		f := newFake(strings.Fields(line)...)
		f.Getenv = func(string) string { return "" }
		f.expect(t, 2)
		if !strings.Contains(f.stderr.String(), "TERM is not set") {
			t.Errorf("%q", f.stderr.String())
		}
	}
}
