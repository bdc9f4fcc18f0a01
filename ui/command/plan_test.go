package command

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// aPlan is a plan of three lines, of which one was done, and one is uncertain.
func aPlan() plan.Stored {
	p := &plan.Plan{ID: "P1", Made: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC), By: "sara", Host: "bastion", Action: model.Delete}
	for _, id := range []string{"ci-1", "ci-2", "\x1b[2Jci-3"} {
		p.Lines = append(p.Lines, plan.Line{
			System: "idp", Token: model.Token{ID: id, Owner: model.User{Username: model.Clean("reza")}}, Says: []string{"The key stops working at once."},
		})
	}
	p.Lines[0].Risks, p.Lines[0].Says = []plan.Risk{plan.Own, plan.Production}, append(p.Lines[0].Says, "It signs authdeck out.")
	return plan.Stored{Plan: p, Path: "plan.json", Ends: p.Ends([]plan.Record{
		{Line: 1, Step: plan.Begins},
		{Line: 1, Step: plan.Ends, Outcome: plan.Done},
		{Line: 2, Step: plan.Begins},
	})}
}

func TestAPlanIsPrintedWithWhatWasDoneForIt(t *testing.T) {
	var out bytes.Buffer
	if err := ShowPlan(&out, aPlan(), false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Plan P1, made on 2026-11-30 at 12:00 UTC by sara on bastion.", "delete: tokens 3, will be sent 1, cannot 0, for a second look 1.",
		"So far: done 1, uncertain 1.", "1     idp     reza   ci-1      own, production", "done", "uncertain: the program ended while it was under way",
		"The key stops working at once.\n  lines 1–3", "It signs authdeck out.\n  line 1\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Errorf("it does harm: %q", out.String())
	}
}

func TestATokenIsPrintedWithItsIDWhereItsNameIsSomethingElse(t *testing.T) {
	for want, token := range map[string]model.Token{
		"reza   #1223 ":           {ID: "1223", Name: model.Clean("#1223")},
		"reza   #1223 (id 1224) ": {ID: "1224", Name: model.Clean("#1223")},
		"reza   #1223 (id 12) ":   {ID: "12", Name: model.Clean("#1223")},
		"reza   ci ":              {ID: "ci", Name: model.Clean("ci")},
		"reza   ci (id 7␛[2J) ":   {ID: "7\x1b[2J", Name: model.Clean("ci")},
		"reza   7 ":               {ID: "7"},
	} {
		f := aPlan()
		f.Plan.Lines, f.Ends = f.Plan.Lines[:1], f.Ends[:1]
		token.Owner = f.Plan.Lines[0].Token.Owner
		f.Plan.Lines[0].Token = token
		var out bytes.Buffer
		if err := ShowPlan(&out, f, false); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%v: there is no %q in\n%s", err, want, out.String())
		}
	}
}

func TestAPlanThatCannotBeReadIsToldWithItsPlaceAndNothingIsOpened(t *testing.T) {
	for _, args := range [][]string{{"plan", "show", "p.json"}, {"--plan", "p.json"}, {"demo", "--plan", "p.json"}} {
		f := newFake(args...)
		f.ReadPlan = func(path string) (plan.Stored, error) {
			f.asked = append(f.asked, path)
			return plan.Stored{}, errors.New("line 7, column 3: “by” has to be here")
		}
		f.expect(t, 2, "p.json")
		if said := f.stderr.String(); !strings.Contains(said, "p.json: line 7, column 3") {
			t.Errorf("%v: it says %q", args, said)
		}
	}
}

func TestAPlanIsReadBeforeTheSystemsAreOpened(t *testing.T) {
	f := newFake("--plan", "p.json")
	f.ReadPlan = func(path string) (plan.Stored, error) {
		f.asked = append(f.asked, path)
		return aPlan(), nil
	}
	f.expect(t, 2, "p.json", "Open")
	for _, n := range []string{"65", "0", "-1", "many"} {
		f = newFake("--at-once", n)
		f.expect(t, 2)
		if said := f.stderr.String(); !strings.Contains(said, "--at-once") || !strings.Contains(said, "1 to 64") {
			t.Errorf("it says %q", said)
		}
	}
}

func TestHowMuchAtOnceIsTakenInWhateverDigitsAKeyboardHas(t *testing.T) {
	for _, said := range []string{"12", "۱۲", "١٢"} {
		o := &options{}
		if err := o.width(said); err != nil || o.atOnce != 12 {
			t.Errorf("%q: %d, %v", said, o.atOnce, err)
		}
	}
}

func TestOfHowMuchAtOnceTheFlagHasTheLastWordAndTheConfigurationTheOneBefore(t *testing.T) {
	for _, c := range []struct{ flag, configured, want int }{{0, 0, plan.AtOnce}, {0, 9, 9}, {2, 9, 2}, {2, 0, 2}} {
		o := &options{atOnce: c.flag}
		if got := o.making(Systems{Systems: batch.Systems{AtOnce: c.configured}}).AtOnce; got != c.want {
			t.Errorf("by --at-once %d and at_once = %d it is %d", c.flag, c.configured, got)
		}
	}
}

func TestAPlanForANewEndIsPrintedWithBothEnds(t *testing.T) {
	f := aPlan()
	f.Plan.Action, f.Plan.Set = model.Edit, plan.Set{Expires: model.At(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))}
	f.Plan.Lines[0].Token.Expires = model.Not(model.Never)
	f.Plan.Lines[1].Token.Expires = model.At(time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC))
	var out bytes.Buffer
	if err := ShowPlan(&out, f, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Each is to end: 2027-03-01 00:00:00 UTC.\n", "TOKEN     ENDS                     RISKS", "ci-1      never  ", "ci-2      2026-12-24 18:00:00 UTC", "unknown",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
}

func TestWhoReadsOrSignsAPlanIsToldTheRisksThatSomebodyTookOutOfIt(t *testing.T) {
	f := aPlan()
	l := &f.Plan.Lines[1]
	l.Token.LastUsed, l.Token.Managed = model.At(f.Plan.Made.AddDate(0, 0, -1)), model.Clean("outpost")
	f.Plan.Lines[0].Risks = nil
	f.Plan.Lines[0].Token.Own = true
	var out bytes.Buffer
	if err := ShowPlan(&out, f, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"ci-1      own, use-unknown", "ci-2      managed, used-lately", "will be sent 1, cannot 0, for a second look 1."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
}

func TestWhatALookFoundIsPrintedWithItsLine(t *testing.T) {
	f := aPlan()
	f.Ends[2].Seen = "Token ci-3 is gone."
	var out bytes.Buffer
	if err := ShowPlan(&out, f, false); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "; looked at since: Token ci-3 is gone.") {
		t.Error(out.String())
	}
}

func TestAPlanIsPrintedWithWhereItsKeysAre(t *testing.T) {
	f := aPlan()
	for i, at := range []plan.Place{{Way: plan.InFile, At: "/home/sara/one.jsonl"}, {Way: plan.Sealed, At: "/home/sara/two\x1b.jsonl"}, {Way: plan.InFile, At: "/home/sara/one.jsonl"}} {
		f.Ends[i] = plan.End{Outcome: plan.Done, Key: at}
	}
	var out bytes.Buffer
	if err := ShowPlan(&out, f, false); err != nil {
		t.Fatal(err)
	}
	if want := "So far: done 3.\nNew keys in /home/sara/one.jsonl: lines 1, 3.\nNew keys sealed in /home/sara/two␛.jsonl: line 2.\n"; !strings.Contains(out.String(), want) {
		t.Errorf("there is no %q in\n%s", want, out.String())
	}
}

func TestOfAPlanWhoseEndHasPassedNothingIsSaidToBeSent(t *testing.T) {
	made := time.Now().UTC().Truncate(time.Second).Add(-48 * time.Hour)
	for _, c := range []struct {
		set          time.Duration // after it was made
		sees, unseen string
	}{
		{time.Hour, "will be sent 0, cannot 0, for a second look 0.", "at once"},
		{time.Hour, "Nothing of it is sent any more: the end that the plan sets, ", "at once"},
		{-time.Hour, "will be sent 1, cannot 0", "any more"},
		{-time.Hour, "That lay in the past when it was made: a key that takes it ends at once.", "any more"},
		{100 * time.Hour, "will be sent 1, cannot 0", "past"},
	} {
		p := &plan.Plan{ID: "P1", Made: made, Action: model.Edit, Set: plan.Set{Expires: model.At(made.Add(c.set))}, Lines: []plan.Line{
			{System: "idp", Token: model.Token{ID: "1", Name: model.Clean("ci")}},
		}}
		var out bytes.Buffer
		if err := ShowPlan(&out, plan.Stored{Plan: p, Ends: []plan.End{{Outcome: plan.NotBegun}}}, false); err != nil {
			t.Fatal(err)
		}
		if said := out.String(); !strings.Contains(said, c.sees) || strings.Contains(said, c.unseen) {
			t.Errorf("an end %s after it was made: %s", c.set, said)
		}
	}
}
