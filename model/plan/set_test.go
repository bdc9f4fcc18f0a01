package plan_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// made on the first of December 2026, at noon.
var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func at(day int) model.When { return model.At(time.Date(2027, 3, day, 0, 0, 0, 0, time.UTC)) }

// dated is a system whose tokens end when somebody says.
func dated() *system {
	s := named("mars")
	s.prepare = func(t model.Token) (model.Form, error) {
		return model.Form{
			Fields: []model.Field{
				{Key: "flag", Kind: model.AskYesNo, Means: model.MeansEnds, Value: "yes"},
				{Key: "until", Label: "until", Kind: model.AskTime, Means: model.MeansEnd},
			},
			Warnings: []string{"It is " + t.ID + "."},
			Review: func(d model.Draft) []string {
				return []string{"It gets " + d.Values["flag"] + " " + d.Values["until"] + "."}
			},
		}, nil
	}
	return s
}

// ending is a plan for a new end, made at noon.
func ending(t *testing.T, api model.API, end model.When, tokens []model.Token) *plan.Plan {
	t.Helper()
	p, err := plan.Make(t.Context(), api, model.Edit, tokens, plan.Making{
		By: "op", Host: "bastion", Set: plan.Set{Expires: end}, Now: func() time.Time { return noon },
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPlanForANewEndSaysWhatTheSystemMakesOfItAndSendsTheEndAlone(t *testing.T) {
	s := dated()
	p := ending(t, s, at(1), some(2))
	if said := p.Lines[1].Says; !slices.Equal(said, []string{"It gets yes 2027-03-01T00:00:00Z.", "It is t2."}) {
		t.Errorf("it says %q", said)
	}
	run, _ := applied(t, p, s, &memory{}, plan.Options{Now: func() time.Time { return noon }})
	if got := outcomes(run); got != "[done done]" {
		t.Fatal(got)
	}
	if o := s.orders[0]; o.Action != model.Edit || !o.Ends.Equal(at(1)) || len(o.Values) > 0 || o.Plan != p.ID || o.Token.ID != "t1" {
		t.Errorf("the order is %+v", o)
	}
}

func TestATokenThatEndsThenAlreadyIsSkippedWithThatReasonAndItsSystemNotAsked(t *testing.T) {
	s, tokens := dated(), some(3)
	tokens[0].Expires, tokens[1].Expires = model.At(time.Date(2027, 3, 1, 0, 0, 0, 999, time.UTC)), at(2)
	if p := ending(t, s, at(1), tokens); p.Lines[0].Cannot != "no change: it ends then already" || p.Lines[1].Cannot != "" || s.asked != 2 {
		t.Errorf("asked %d times: %+v", s.asked, p.Lines)
	}
	if p := ending(t, s, model.Not(model.Never), tokens); p.Lines[2].Cannot != "no change: it never ends already" || p.Count().Sent != 2 {
		t.Errorf("%+v", p.Lines)
	}
}

func TestWhyAnEndCannotBeSetStandsBesideTheToken(t *testing.T) {
	for want, form := range map[string]model.Form{
		"the server alone sets it": {NoEnd: "the server alone sets it"},
		"until: too late": {Fields: []model.Field{{Label: "until", Kind: model.AskTime, Means: model.MeansEnd, Check: func(string) error {
			return errors.New("too late")
		}}}},
	} {
		s := named("mars")
		s.prepare = func(model.Token) (model.Form, error) { return form, nil }
		if p := ending(t, s, at(1), some(1)); p.Lines[0].Cannot != want || len(p.Lines[0].Risks) > 0 {
			t.Errorf("it is %+v, want %q", p.Lines[0], want)
		}
	}
}

func TestTheRisksOfANewEndAreThoseOfADeleteWhereTheKeyEndsByIt(t *testing.T) {
	day := func(n int) model.When { return model.At(noon.AddDate(0, 0, n)) }
	never, unknown := model.Not(model.Never), model.When{}
	for _, c := range []struct {
		was, is, used model.When
		want          []plan.Risk
	}{
		{never, day(90), day(-1), []plan.Risk{plan.EndsSooner}},
		{day(100), day(90), unknown, []plan.Risk{plan.EndsSooner}},
		{day(80), day(90), day(-1), nil},
		{never, day(-1), day(-1), []plan.Risk{plan.UsedLately, plan.EndsSooner}},
		{never, day(-1), unknown, []plan.Risk{plan.EndsSooner, plan.UseUnknown}},
		{never, day(-1), never, []plan.Risk{plan.EndsSooner}},
		{day(60), day(7), day(-1), []plan.Risk{plan.UsedLately, plan.EndsSooner}},
		{day(5), day(7), day(-1), nil},
		{unknown, day(7), day(-1), []plan.Risk{plan.UsedLately}},
		{day(5), never, day(-1), nil},
	} {
		token := some(1)[0]
		token.Expires, token.LastUsed = c.was, c.used
		if p := ending(t, dated(), c.is, []model.Token{token}); !slices.Equal(p.Lines[0].Risks, c.want) {
			t.Errorf("from %s to %s: %v, want %v", plan.EndWords(c.was), plan.EndWords(c.is), p.Lines[0].Risks, c.want)
		}
	}
}

func TestAKeyThatOpensAgainIsSaidTo(t *testing.T) {
	token := some(1)[0]
	token.Expires, token.State = model.At(noon.AddDate(0, 0, -3)), model.Expired
	if p := ending(t, dated(), at(1), []model.Token{token}); !strings.Contains(fmt.Sprint(p.Lines[0].Says), "opens again") {
		t.Errorf("it says %q", p.Lines[0].Says)
	}
}

func TestAPlanSetsWhatItIsForAndNothingElse(t *testing.T) {
	for name, c := range map[string]struct {
		action model.Action
		set    plan.Set
	}{
		"an edit of nothing":   {model.Edit, plan.Set{}},
		"an end that is none":  {model.Edit, plan.Set{Expires: model.Not(model.NotApplicable)}},
		"a part of a second":   {model.Edit, plan.Set{Expires: model.At(noon.Add(time.Millisecond))}},
		"a delete with an end": {model.Delete, plan.Set{Expires: at(1)}},
	} {
		if _, err := plan.Make(t.Context(), dated(), c.action, some(1), plan.Making{Set: c.set}); model.KindOf(err) != model.Invalid {
			t.Errorf("%s is planned: %v", name, err)
		}
		if err := (&plan.Plan{Action: c.action, Set: c.set}).Encode(&bytes.Buffer{}); err == nil {
			t.Errorf("%s is written", name)
		}
	}
}

// TestAnEndThatHasPassedMeanwhileEndsNobodysKey is about a plan that lay for a while.
func TestAnEndThatHasPassedMeanwhileEndsNobodysKey(t *testing.T) {
	s := dated()
	p := ending(t, s, at(1), some(2))
	later := func() time.Time { return time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC) }
	if _, err := plan.Apply(t.Context(), p, s, &memory{}, plan.Options{Now: later}); err == nil || !strings.Contains(err.Error(), "2027-03-01") || len(s.sent) > 0 {
		t.Errorf("sent %v: %v", s.sent, err)
	}
	past := ending(t, s, model.At(noon.AddDate(0, 0, -1)), some(1)) // of which that was known
	if run, _ := applied(t, past, s, &memory{}, plan.Options{Now: later}); outcomes(run) != "[done]" {
		t.Error(outcomes(run))
	}
}

// edit is a plan of a file that sets an end.
func edit(end model.When) *plan.Plan {
	p := full()
	p.Action, p.Set = model.Edit, plan.Set{Expires: end}
	return p
}

func TestWhatAPlanSetsIsInItsFileUnderANameThatStays(t *testing.T) {
	sums := map[string]bool{}
	for want, end := range map[string]model.When{
		`"action": "edit",` + "\n" + `"set": {"expires": "2027-03-01T00:00:00Z"},` + "\n" + `"lines": [`: at(1),
		`"set": {"expires": "2027-03-02T00:00:00Z"},`:                                                    at(2),
		`"set": {"expires": "never"},`:                                                                   model.Not(model.Never),
	} {
		data := encoded(t, edit(end))
		if !strings.Contains(string(data), want) {
			t.Errorf("there is no %s in %s", want, data)
		}
		again, err := plan.Decode(data)
		if err != nil || !reflect.DeepEqual(again, edit(end)) {
			t.Errorf("it came back as %+v, %v", again, err)
		}
		sum, err := edit(end).Sum()
		if sums[sum] || err != nil {
			t.Errorf("another end is the same plan: %v", err)
		}
		sums[sum] = true
	}
}

// TestAPlanFromBeforePlansCouldSetAnythingReadsAsItDid is about files that lie somewhere: this
// one was written by a program that knew no such field.
func TestAPlanFromBeforePlansCouldSetAnythingReadsAsItDid(t *testing.T) {
	old := `{
"schema": "authdeck-plan/1",
"id": "ABC",
"made": "2026-11-30T12:00:00Z",
"by": "sara",
"host": "bastion",
"action": "delete",
"lines": [
{"n": 1, "system": "venus", "system_kind": "awx", "system_host": "venus.example", "id": "1", "owner_active": "unknown", "owner_admin": "unknown", ` +
		`"created": "unknown", "updated": "unknown", "expires": "never", "last_used": "unknown", "state": "unknown", "own": "no", "rolls": "no", "risks": ["changed", "use-unknown"]}
]}
`
	p, err := plan.Decode([]byte(old))
	if err != nil || p.Action != model.Delete || len(p.Lines) != 1 || p.Set != (plan.Set{}) {
		t.Fatalf("%+v, %v", p, err)
	}
	if now := string(encoded(t, p)); now != old {
		t.Errorf("it is written as\n%s", now)
	}
}

func TestWhatAPlanCannotSetIsAFaultAtItsPlace(t *testing.T) {
	good := string(encoded(t, edit(at(1))))
	set := `"set": {"expires": "2027-03-01T00:00:00Z"}`
	for name, c := range map[string]struct{ old, other, place, words string }{
		"beside a delete":      {`"edit"`, `"delete"`, "line 8, column 1", "“set” is of a plan to edit, and this one is to delete"},
		"nothing":              {set + ",\n", "", "line 8, column 1", "“set” has to be here"},
		"an empty one":         {set, `"set": {}`, "line 8, column 9", "“expires” has to be here"},
		"no name before it":    {`"set": `, `5: `, "line 8, column 1", "“set” has to be here"},
		"no name after it":     {set + ",\n\"lines", set + ",\n5, \"lines", "line 9, column 1", "“lines” has to be here"},
		"another field":        {`{"expires"`, `{"scope"`, "line 8, column 9", "“scope” is nothing that a plan sets"},
		"one field too many":   {"Z\"},\n\"lines", "Z\", \"scope\": \"read\"},\n\"lines", "line 8, column 42", "“}”"},
		"no object":            {set, `"set": "never"`, "line 8, column 8", "“{”"},
		"an end that is none":  {"2027-03-01T00:00:00Z", "soon", "line 8, column 20", "or never"},
		"an end nobody knows":  {"2027-03-01T00:00:00Z", "unknown", "line 8, column 20", "or never"},
		"no such thing":        {"2027-03-01T00:00:00Z", "n/a", "line 8, column 20", "or never"},
		"a local time":         {"2027-03-01T00:00:00Z", "2027-03-01T00:00:00+01:00", "line 8, column 20", "UTC"},
		"a part of a second":   {"2027-03-01T00:00:00Z", "2027-03-01T00:00:00.5Z", "line 8, column 20", "to the second"},
		"it stands twice":      {set, set + ",\n" + set, "line 9, column 1", "“lines” has to be here"},
		"another head":         {set, set + ",\n\"signed\": \"yes\"", "line 9, column 1", "“lines” has to be here"},
		"after the lines":      {"\n]}", "\n],\n" + set + "}", "", "“}”"},
		"cut in the middle":    {good[strings.Index(good, "T00:00:00Z"):], "", "", "ends within a string"},
		"an unknown head of a": {set, `"sets": {}`, "line 8, column 1", "“set” has to be here"},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("%s: there is no %s", name, c.old)
		}
		_, err := plan.Decode([]byte(strings.Replace(good, c.old, c.other, 1)))
		var fault *plan.FaultError
		if !errors.As(err, &fault) || !strings.HasPrefix(err.Error(), c.place) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want %s … %s", name, err, c.place, c.words)
		}
	}
}
