package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"authdeck/model/report"
)

// reporting is a world that reports this, and writes files; what it was asked for is noted.
func reporting(args string, r report.Report, fault error) (f *fake, asked *Asked, file *[]byte, replace *bool) {
	f = newFake(strings.Fields(args)...)
	asked, file, replace = new(Asked), new([]byte), new(bool)
	f.ReportOn = func(_ context.Context, a Asked, _ *slog.Logger) (report.Report, error) {
		*asked = a
		return r, nil
	}
	f.WriteFile = func(path string, over bool, content []byte) error {
		if path != "there" {
			return errNot
		}
		*file, *replace = content, over
		return fault
	}
	return f, asked, file, replace
}

func TestAReportThatIsNotWholeEndsWithFourAndSaysWhatIsMissing(t *testing.T) {
	partly := report.Report{Missing: []report.Gap{{System: "idp", What: "tokens", Why: "no answer"}, {What: "the record", Why: "it was changed"}}}
	f, _, _, _ := reporting("report person sara", partly, nil)
	f.expect(t, 4)
	if said := f.stderr.String(); strings.Count(said, "\n") != 2 || !strings.Contains(said, "idp, tokens: no answer\n") || !strings.Contains(said, "the record: it was changed\n") {
		t.Errorf("%q", said)
	}
	if !strings.Contains(f.said(), "| idp | tokens | no answer |") {
		t.Error(f.said())
	}
	f, _, _, _ = reporting("report person sara", ofSara(), nil)
	f.expect(t, 0)
	if f.stderr.Len() > 0 {
		t.Error(f.stderr.String())
	}
}

// ofSara is a report that is whole, and tells of somebody.
func ofSara() report.Report {
	return report.Report{Whole: true, Schema: report.Schema, Sure: report.Part{Accounts: []report.Account{{System: "shop", User: "sara"}}}}
}

func TestAReportThatTellsOfNobodySaysSo(t *testing.T) {
	f, _, _, _ := reporting("report person sarra", report.Report{Whole: true}, nil)
	f.expect(t, 3)
	if !strings.Contains(f.stderr.String(), "nobody is found by sarra") || f.stdout.Len() == 0 {
		t.Errorf("%q, %q", f.stderr.String(), f.stdout.String())
	}
	f, asked, _, _ := reporting("report person sara --system=", ofSara(), nil)
	f.expect(t, 2)
	if asked.Name != "" || !strings.Contains(f.stderr.String(), "--system: a name is wanted") {
		t.Errorf("%q, asked for %q", f.stderr.String(), asked.Name)
	}
}

func TestAReportIsAskedForAndWrittenAsTheCommandLineSays(t *testing.T) {
	f, asked, file, replace := reporting("report person sara --system shop --system idp --record log --config here --json -o there --force", ofSara(), nil)
	f.expect(t, 0)
	var read report.Report
	if err := json.Unmarshal(*file, &read); err != nil || read.Schema != report.Schema || !*replace || f.stdout.Len() > 0 {
		t.Errorf("%v: %s, replace %t, %q", err, *file, *replace, f.stdout.String())
	}
	if asked.Name != "sara" || asked.Config != "here" || asked.Record != "log" || !slices.Equal(asked.Systems, []string{"shop", "idp"}) {
		t.Errorf("%+v", asked)
	}
}

func TestAReportIsNotWrittenOverAFile(t *testing.T) {
	f, _, _, replace := reporting("report person sara -o there", report.Report{Whole: true}, fmt.Errorf("there is one: %w", fs.ErrExist))
	f.expect(t, 2)
	if *replace || !strings.Contains(f.stderr.String(), "--force replaces it") {
		t.Error(f.stderr.String())
	}
	f, _, _, _ = reporting("report person sara -o elsewhere", report.Report{}, nil) // not whole, and not written
	f.expect(t, 1)
	for _, misuse := range []string{"report person", "report person sara omid"} {
		f, _, _, _ = reporting(misuse, report.Report{}, nil)
		f.expect(t, 2)
	}
}
