package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"authdeck/model"
	"authdeck/ui/batch/batchtest"
)

func checks() []model.Check {
	return []model.Check{
		{Subject: "shop", What: "connection", Verdict: model.OK, Found: model.Clean("12 ms")},
		{Subject: "terminal", What: "colours", Verdict: model.Failed, Found: model.Clean("a\x1b[31m"), Advice: "Set TERM."},
	}
}

func TestADiagnosisIsALineACheckAndItsAdviceBelow(t *testing.T) {
	var out bytes.Buffer
	if err := Report(&out, checks()); err != nil {
		t.Fatal(err)
	}
	want := "OK      shop      connection  12 ms\n" +
		"FAILED  terminal  colours     a␛[31m\n" +
		"                              → Set TERM.\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestADiagnosisForProgramsIsADocument(t *testing.T) {
	var out bytes.Buffer
	if err := ReportJSON(&out, checks()); err != nil {
		t.Fatal(err)
	}
	batchtest.Holds(t, out.Bytes())
	var said struct{ Checks []map[string]string }
	if err := json.Unmarshal(out.Bytes(), &said); err != nil || len(said.Checks) != 2 || said.Checks[1]["advice"] != "Set TERM." {
		t.Errorf("%v: %s", err, out.String())
	}
	out.Reset()
	if err := ReportJSON(&out, nil); err != nil {
		t.Fatal(err)
	}
	batchtest.Holds(t, out.Bytes())
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("it broke") }

func TestADiagnosisThatCannotBeWrittenSaysSo(t *testing.T) {
	if Report(fullDisk{}, checks()) == nil || ReportJSON(fullDisk{}, checks()) == nil {
		t.Error("a full disk was not noticed")
	}
}
