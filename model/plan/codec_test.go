package plan_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// full is a plan with something in every field.
func full() *plan.Plan {
	hostile := model.Clean("\x1b]52;c;eA==\a\u202eevil \U0001f468\u200d\U0001f469")
	return &plan.Plan{
		ID: "ABC", Made: time.Date(2026, 11, 30, 12, 0, 0, 7, time.UTC), By: "sara", Host: "bastion", Action: model.Delete,
		Lines: []plan.Line{
			{
				System: "mars", Kind: "authentik", Host: "mars.example:443/x",
				Token: model.Token{
					ID: "ci/\x1b[2J\u202e", Name: hostile, Kind: model.Clean("api"), Description: model.Clean("for “CI”\n\t"), Scope: model.Clean("read"),
					Owner: model.User{
						ID: "7", Username: model.Clean("سارا"), FullName: model.Clean("Sara"), Email: model.Clean("s@x"), Kind: model.Clean("ldap"),
						Active: model.No, Admin: model.Yes,
					},
					Managed: model.Clean("outpost"), Created: day(1), Updated: model.Not(model.NotApplicable), Expires: model.Not(model.Never),
					State: model.Expired, Note: model.Clean("rolls"), App: model.Clean("deploy"), Own: true, Rolls: true, Version: "v\x001",
				},
				Says: []string{"It ends.", "سارا is signed out."}, Risks: plan.Risks(),
			},
			{System: "venus", Kind: "awx", Token: model.Token{ID: "1"}, Cannot: "it is not yours"},
		},
	}
}

func encoded(tb testing.TB, p *plan.Plan) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := p.Encode(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestAPlanThatIsReadIsThePlanThatWasWritten(t *testing.T) {
	for name, p := range map[string]*plan.Plan{"full": full(), "empty": {ID: "x", Made: full().Made, Action: model.Replace}} {
		again, err := plan.Decode(encoded(t, p))
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%s came back as\n%+v, %v, want\n%+v", name, again, err, p)
		}
	}
}

func TestAPlanOnATerminalDoesNoHarm(t *testing.T) {
	for line := range strings.Lines(string(encoded(t, full()))) {
		if text := model.Clean(strings.TrimSuffix(line, "\n")); text.Changed() && len(line) < 1024 {
			t.Errorf("%s", text.Quoted())
		}
	}
	if raw := string(encoded(t, full())); strings.ContainsAny(raw, "\x1b\u202e\a\u200d") {
		t.Errorf("%+q", raw)
	}
}

func TestWhatIsNotAsItIsWrittenIsAFaultAtItsPlace(t *testing.T) {
	good := string(encoded(t, full()))
	swap := func(old, other string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("there is no %s in %s", old, good)
		}
		return strings.Replace(good, old, other, 1)
	}
	for name, c := range map[string]struct{ data, place, words string }{
		"nothing":                    {"", "line 1, column 1", "ends here"},
		"no object":                  {"[]", "line 1, column 1", "“{”"},
		"cut":                        {good[:len(good)-4], "", "ends here"},
		"cut in a string":            {good[:400], "", "ends within a string"},
		"something after it":         {good + "{}", "line 12, column 1", "follows"},
		"an object of nothing":       {"{}", "line 1, column 2", "“schema” has to be here"},
		"no name of a head":          {swap(`"by": `, `5: `), "line 5, column 1", "“by” has to be here"},
		"no name of the lines":       {swap(`"lines": `, `5: `), "line 8, column 1", "“lines” has to be here"},
		"another form":               {swap("plan/1", "plan/2"), "line 2, column 11", "authdeck-plan/2"},
		"a head that is not known":   {swap(`"by"`, `"signed"`), "line 5, column 1", "“by”"},
		"a head that is missing":     {swap("\"by\": \"sara\",\n", ""), "line 5, column 1", "“by”"},
		"an action that is none":     {swap(`"delete"`, `"reveal"`), "line 7, column 11", "“reveal”"},
		"a local time":               {swap("12:00:00.000000007Z", "12:00:00+01:00"), "line 4, column 9", "UTC"},
		"a field that is not known":  {swap(`"scope"`, `"key"`), "line 9", "“key” is no field"},
		"a field twice":              {swap(`"scope"`, `"kind"`), "line 9", "“kind” stands twice"},
		"a field that is missing":    {swap(`"expires": "never", `, ""), "line 9, column 1", "“expires” is missing"},
		"a wrong number":             {swap(`"n": 2`, `"n": 3`), "line 10, column 7", "this is line 2"},
		"a number that is not whole": {swap(`"n": 2`, `"n": 2.0`), "line 10, column 8", "“}”"},
		"the same token twice":       {swap(`"venus", "system_kind": "awx", "system_host": "", "id": "1"`, `"mars", "system_kind": "awx", "system_host": "", "id": "ci/\u001b[2J\u202e"`), "line 10, column 1", "same token as line 1"},
		"no id":                      {swap(`"id": "1"`, `"id": ""`), "line 10, column 1", "empty"},
		"a time that is none":        {swap(`"expires": "never"`, `"expires": "soon"`), "line 9", "never, n/a or unknown"},
		"a state that is none":       {swap(`"expired"`, `"fine"`), "line 9", "none of its words"},
		"a risk that is not known":   {swap(`"managed", `, `"haunted", `), "line 9", "“haunted”"},
		"a risk twice":               {swap(`"managed", `, `"production", `), "line 9", "“production”"},
		"a number for a string":      {swap(`"id": "1"`, `"id": 1`), "line 10", "in quotes has"},
		"broken bytes":               {swap("Sara", "S\xffra"), "line 9", "no UTF-8"},
		"half a letter":              {swap("Sara", `S\ud800ra`), "line 9", "half a pair"},
		"an escape that is none":     {swap("Sara", `S\qra`), "line 9", "escape"},
		"a raw control character":    {swap("Sara", "S\x1bra"), "line 9", "control character"},
		"a sentence that does harm":  {swap("It ends.", `It \u001b ends.`), "line 9", "not shown"},
		"a reason that does harm":    {swap("it is not yours", `it is\u202enot yours`), "line 10", "not shown"},
		"a maker that does harm":     {swap(`"sara"`, `"s\u001bara"`), "line 5", "not shown"},
		"too long a string":          {swap("Sara", strings.Repeat("x", 1<<17)), "line 9", "64 KiB"},
		"an empty list":              {swap(`["It ends.", "سارا is signed out."]`, "[]"), "line 9", "in quotes has"},
	} {
		_, err := plan.Decode([]byte(c.data))
		var at *plan.FaultError
		if !errors.As(err, &at) || !strings.HasPrefix(err.Error(), c.place) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want %s … %s", name, err, c.place, c.words)
		}
	}
}

func TestTheThreeWordsAndAMomentAreFourValues(t *testing.T) {
	raw := string(encoded(t, full()))
	for _, want := range []string{
		`"created": "2026-11-01T08:30:00.000000005Z"`, `"updated": "n/a"`, `"expires": "never"`, `"last_used": "unknown"`, `"owner_active": "no"`, `"owner_active": "unknown"`,
	} {
		if !strings.Contains(raw, want) {
			t.Errorf("there is no %s in %s", want, raw)
		}
	}
}

func TestTheDocumentOfPlansHasEveryFieldInItsOrder(t *testing.T) {
	doc, err := os.ReadFile("../../docs/plan.md")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, row := range regexp.MustCompile(`(?m)^\| (`+"`[a-z_]+`"+`(?:, `+"`[a-z_]+`"+`)*) \|`).FindAllStringSubmatch(string(doc), -1) {
		for name := range strings.SplitSeq(row[1], ", ") {
			words = append(words, strings.Trim(name, "`"))
		}
	}
	var want []string
	want = append(append(want, plan.Heads()...), plan.Fields()...)
	if got := fmt.Sprint(words); !strings.HasPrefix(got, strings.TrimSuffix(fmt.Sprint(want), "]")) {
		t.Errorf("the document has %v, and the file has %v", got, want)
	}
	for _, r := range plan.Risks() {
		if !strings.Contains(string(doc), "`"+string(r)+"`") {
			t.Errorf("the document does not tell the risk %s", r)
		}
	}
	for _, o := range plan.Outcomes() {
		if o != plan.Cannot && !strings.Contains(string(doc), "`"+string(o)+"`") {
			t.Errorf("the document does not tell the outcome %s", o)
		}
	}
}

func FuzzPlan(f *testing.F) {
	f.Add(encoded(f, full()))
	f.Add(encoded(f, edit(at(1))))
	f.Add(encoded(f, edit(model.Not(model.Never))))
	f.Add([]byte(`{"schema": "authdeck-plan/1", "id": "\ufffd\\ufffd", "made": "2026-11-30T12:00:00Z", "by": "", "host": "", "action": "delete", "lines": []}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := plan.Decode(data)
		if err != nil {
			var at *plan.FaultError
			if !errors.As(err, &at) || at.Line < 1 || at.Column < 1 || model.Clean(at.Words).Changed() {
				t.Errorf("the fault is %+q", err)
			}
			return
		}
		again, err := plan.Decode(encoded(t, p))
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%+v came back as %+v, %v", p, again, err)
		}
	})
}

// many is a plan as long as any.
func many(lines int) *plan.Plan {
	p := full()
	p.Lines = nil
	for i, token := range some(lines) {
		token.Description, token.Version = model.Clean(fmt.Sprintf("of project %d", i%1000)), fmt.Sprintf("%032x", i)
		p.Lines = append(p.Lines, plan.Line{
			System: "mars", Kind: "authentik", Host: "mars.example:443", Token: token, Risks: []plan.Risk{plan.Production, plan.UseUnknown},
			Says: []string{"The key stops working at once and does not come back: whatever uses it is refused.", fmt.Sprintf("Token %d is used by nothing that is known.", i)},
		})
	}
	return p
}

func BenchmarkDecode(b *testing.B) {
	data := encoded(b, many(100_000))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := plan.Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	p := many(100_000)
	b.ReportAllocs()
	for b.Loop() {
		encoded(b, p)
	}
}
