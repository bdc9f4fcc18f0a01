package command

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"authdeck/ui/batch"
)

func TestAMisuseEndsWithTwoAndNothingIsCalled(t *testing.T) {
	for _, line := range []string{
		"--colour", "frobnicate", "--fps 0", "--fps 121", "--fps many", "demo --fps 0", "demo there", "demo --seed -1",
		"demo --config file", "doctor --read-only", "--serve", "--log /nowhere/log", "doctor --log /nowhere/log",
	} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 2)
		if !strings.HasPrefix(f.stderr.String(), "authdeck: ") || f.stdout.Len() > 0 {
			t.Errorf("%s: %q, %q", line, f.stderr.String(), f.stdout.String())
		}
	}
}

func TestWhatIsAskedForInHelpIsNoMisuse(t *testing.T) {
	for _, line := range []string{"--help", "help demo", "demo --help", "doctor --help", "--version"} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 0)
		if f.stderr.Len() > 0 || f.stdout.Len() == 0 {
			t.Errorf("%s: %q, %q", line, f.stderr.String(), f.stdout.String())
		}
	}
}

func TestATextOfTheWorldStandsInTheHelp(t *testing.T) {
	for line, words := range map[string]string{"--help": "~/here.toml", "doctor --help": "~/here.toml", "demo --help": "SPEC is so", "--version": "v1"} {
		f := newFake(strings.Fields(line)...)
		f.ConfigPath, f.FaultHelp = "~/here.toml", "SPEC is so"
		f.expect(t, 0)
		if !strings.Contains(f.stdout.String(), words) {
			t.Errorf("%s lacks %q: %s", line, words, f.stdout.String())
		}
	}
}

func TestAFailureEndsWithOneHoweverItIsWrapped(t *testing.T) {
	f := newFake()
	f.Console = func(context.Context, batch.Choice, string, Lender, *slog.Logger) (Systems, error) {
		return Systems{}, errors.Join(batch.Fail(errNot), errors.New("and more"))
	}
	f.expect(t, 1)
	if f.stderr.String() != "authdeck: not today\nauthdeck: and more\n" {
		t.Errorf("%q", f.stderr.String())
	}
}

func TestAnErrorIsPrintedAsLettersInItsLines(t *testing.T) {
	if got := batch.Words(errors.New("one \x1b[2J\nand\ttwo")); strings.Contains(got, "\x1b") || strings.Count(got, "\n") != 1 {
		t.Errorf("%q", got)
	}
}

func TestAProcessThatCannotBeSealedSaysSoAndGoesOn(t *testing.T) {
	f := newFake("--version")
	f.Undumpable = func() error { return errNot }
	f.expect(t, 0)
	if f.stderr.String() != "authdeck: not today\n" {
		t.Errorf("%q", f.stderr.String())
	}
}
