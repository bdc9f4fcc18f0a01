package command

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/ui/batch/batchtest"
)

func TestDoctorAsksForTheSystemsThatAreNamed(t *testing.T) {
	for line, want := range map[string][]string{"": nil, "shop": {"shop"}, "shop barn --config file": {"shop", "barn"}} {
		f := newFake(append([]string{"doctor"}, strings.Fields(line)...)...)
		f.expect(t, 2, "Diagnose")
		if !slices.Equal(f.names, want) || f.config == "file" != strings.Contains(line, "file") {
			t.Errorf("%s: %q of %q", line, f.names, f.config)
		}
	}
}

// finding has the world find one thing.
func (f *fake) finding(verdict model.Verdict) *fake {
	f.Diagnose = func(context.Context, string, []string, *slog.Logger) ([]model.Check, error) {
		return []model.Check{{Subject: "shop", What: "rights", Verdict: verdict}}, nil
	}
	return f
}

func TestOnlyAFailedCheckFailsDoctorAndTheReportSaysAll(t *testing.T) {
	for verdict, code := range map[model.Verdict]int{model.OK: 0, model.Warning: 0, model.Skipped: 0, model.Failed: 3} {
		f := newFake("doctor").finding(verdict)
		f.expect(t, code)
		if f.stderr.Len() > 0 || !strings.HasPrefix(f.stdout.String(), strings.ToUpper(string(verdict))) {
			t.Errorf("%s: %q, %q", verdict, f.stderr.String(), f.stdout.String())
		}
	}
}

func TestDoctorLooksAtTheTerminalToo(t *testing.T) {
	f := newFake("doctor", "--json").finding(model.OK)
	f.Getenv = func(string) string { return "" }
	f.expect(t, 3)
	var found struct {
		Checks []struct{ Subject, What, Verdict string }
	}
	if err := json.Unmarshal(f.stdout.Bytes(), &found); err != nil || found.Checks[0].Subject != "shop" {
		t.Fatalf("%v: %s", err, f.stdout.String())
	}
	batchtest.Holds(t, f.stdout.Bytes())
	for _, c := range found.Checks {
		if failed := c.Verdict == "failed"; failed != (c.Subject == "terminal" && c.What == "TERM") {
			t.Errorf("%+v", c)
		}
	}
}
