package monitor_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/monitor"
	"authdeck/model/review"
)

func now() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }

func in(days float64) model.When {
	return model.At(now().Add(time.Duration(days * 24 * float64(time.Hour))))
}

// ending is a token that was made a year ago and ends so.
func ending(name string, end model.When) model.Token {
	return model.Token{
		ID: name, Name: model.Clean(name), Kind: model.Clean("api"), Owner: model.User{ID: "7", Username: model.Clean("sara"), Active: model.Yes},
		Created: in(-365), Updated: in(-365), LastUsed: in(-1), Expires: end, State: model.Active,
	}
}

func wanted(t *testing.T, where, warn, crit string) monitor.Wanted {
	t.Helper()
	w, err := monitor.Read(where, warn, crit)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// counted is a system with these tokens; one that failed has an error.
func counted(w monitor.Wanted, name string, err error, tokens ...model.Token) monitor.System {
	c := monitor.Count(w, model.Info{Name: name, Kind: "authentik"}, now(), review.Usual())
	c.Take(tokens)
	note := ""
	if name == "shop" {
		note = "Only what | admin may see."
	}
	return c.End(model.Sifted{Read: len(tokens)}, note, err)
}

func checked(w monitor.Wanted, systems ...monitor.System) monitor.Report {
	return monitor.Report{Wanted: w, At: now(), Took: 1234 * time.Millisecond, Systems: systems}
}

// TestWhatACheckSaysFirst has the verdict and the line of each case that an admin meets.
func TestWhatACheckSaysFirst(t *testing.T) {
	down := model.Fail(model.Unavailable, "tower.example.com does not answer.")
	never, unknown := model.Not(model.Never), model.When{}
	usual, where, number := wanted(t, "", "", ""), wanted(t, "is:over", "", ""), wanted(t, "owner:ci-*", "1", "2")
	over := ending("old", in(-3))
	brief := ending("session", in(0.5))
	brief.Created, brief.Updated = in(-1), in(-1)
	for name, c := range map[string]struct {
		report  monitor.Report
		verdict monitor.Verdict
		says    string
	}{
		"all is well":             {checked(usual, counted(usual, "idp", nil, ending("a", in(15)), ending("b", never))), monitor.OK, "none of 2 tokens in 1 system ends within 14d"},
		"one ends soon":           {checked(usual, counted(usual, "idp", nil, ending("a", in(13)))), monitor.Warning, "1 ends within 14d, of 1 token in 1 system; first a in idp, in 13 days"},
		"one ends very soon":      {checked(usual, counted(usual, "idp", nil, ending("a", in(2.5)))), monitor.Critical, "1 ends within 3d, of 1 token in 1 system; first a in idp, in 2 days"},
		"the first of two":        {checked(usual, counted(usual, "idp", nil, ending("a", in(9))), counted(usual, "shop", nil, ending("b", in(0.1)), ending("c", in(1)))), monitor.Critical, "2 end within 3d, 1 more within 14d, of 3 tokens in 2 systems; first b in shop, in 2 hours"},
		"in a minute":             {checked(usual, counted(usual, "idp", nil, ending("a", in(0.0001)))), monitor.Critical, "1 ends within 3d, of 1 token in 1 system; first a in idp, in 1 minute"},
		"over is no news":         {checked(usual, counted(usual, "idp", nil, over)), monitor.OK, "none of 1 token in 1 system ends within 14d"},
		"over is what is asked":   {checked(where, counted(where, "idp", nil, over)), monitor.Critical, "is:over finds 1 in 1 system"},
		"nothing is what is best": {checked(where, counted(where, "idp", nil)), monitor.OK, "is:over finds nothing in 1 system"},
		"it always ends soon":     {checked(usual, counted(usual, "idp", nil, brief)), monitor.OK, "none of 1 token in 1 system ends within 14d"},
		"nobody knows the end":    {checked(usual, counted(usual, "idp", nil, ending("a", unknown))), monitor.OK, "none of 1 token in 1 system ends within 14d; of 1 it is not known when they end"},
		"a few are no alarm":      {checked(number, counted(number, "idp", nil, over)), monitor.OK, "owner:ci-* finds 1 in 1 system"},
		"more are":                {checked(number, counted(number, "idp", nil, over), counted(number, "shop", nil, over)), monitor.Warning, "owner:ci-* finds 2 in 2 systems"},
		"no system":               {checked(usual), monitor.Unknown, "no system was asked"},
		"one does not answer": {
			checked(usual, counted(usual, "idp", nil, ending("a", in(30))), counted(usual, "tower", down)), monitor.Unknown,
			"tower was not read: tower.example.com does not answer; none of 1 token in 1 system ends within 14d",
		},
		"a warning may be worse where nobody looked": {
			checked(usual, counted(usual, "idp", nil, ending("a", in(9))), counted(usual, "tower", down)), monitor.Unknown,
			"tower was not read: tower.example.com does not answer; 1 ends within 14d, of 1 token in 1 system; first a in idp, in 9 days",
		},
		"critical is critical": {
			checked(usual, counted(usual, "idp", nil, ending("a", in(1))), counted(usual, "tower", down), counted(usual, "shop", down)), monitor.Critical,
			"tower, shop were not read; 1 ends within 3d, of 1 token in 1 system; first a in idp, in 24 hours",
		},
		"what came before it broke counts": {checked(usual, counted(usual, "tower", down, ending("a", in(1)))), monitor.Critical, "tower was not read: tower.example.com does not answer; 1 ends within 3d, of 1 token in what was read; first a in tower, in 24 hours"},
		"too many already":                 {checked(number, counted(number, "idp", nil, over, over, over), counted(number, "tower", down)), monitor.Critical, "tower was not read: tower.example.com does not answer; owner:ci-* finds 3 in 1 system"},
		"a part of one, and all of another": {
			checked(usual, counted(usual, "idp", nil, ending("a", in(1))), counted(usual, "tower", down, ending("b", in(30)), ending("c", never))), monitor.Critical,
			"tower was not read: tower.example.com does not answer; 1 ends within 3d, of 3 tokens in what was read; first a in idp, in 24 hours",
		},
		"a part of what is asked for": {checked(number, counted(number, "idp", nil, over, over), counted(number, "tower", down, over)), monitor.Critical, "tower was not read: tower.example.com does not answer; owner:ci-* finds 3 in what was read"},
	} {
		first, _, _ := strings.Cut(c.report.Plugin(), " | ")
		if want := "TOKENS " + c.verdict.String() + ": " + c.says; c.report.Verdict() != c.verdict || first != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, c.report.Verdict(), first, want)
		}
	}
}

// TestTooFewIsNotSaidWhereNotAllWasRead has a number that may still be reached.
func TestTooFewIsNotSaidWhereNotAllWasRead(t *testing.T) {
	w := wanted(t, "", "", "5:")
	if v := checked(w, counted(w, "idp", nil)).Verdict(); v != monitor.Critical {
		t.Errorf("nothing in all systems is %v", v)
	}
	if v := checked(w, counted(w, "idp", errors.New("down"))).Verdict(); v != monitor.Unknown {
		t.Errorf("nothing in a system that was not read is %v", v)
	}
}

func TestTheVerdictIsTheExitCodeOfThePlugins(t *testing.T) {
	for v, word := range map[monitor.Verdict]string{0: "OK", 1: "WARNING", 2: "CRITICAL", 3: "UNKNOWN"} {
		if v.String() != word {
			t.Errorf("%d is %q", v, v)
		}
	}
}

// TestThresholdsAreSpansOrRangesOfANumber has what the guidelines say of ranges, and spans as a
// question has them.
func TestThresholdsAreSpansOrRangesOfANumber(t *testing.T) {
	for typed, numbers := range map[string]map[int]bool{ // whether it alerts
		"10":     {-1: true, 0: false, 10: false, 11: true},
		"10:":    {9: true, 10: false, 1 << 40: false},
		"~:10":   {-1 << 40: false, 10: false, 11: true},
		"10:20":  {9: true, 10: false, 20: false, 21: true},
		"@10:20": {9: false, 10: true, 20: true, 21: false},
		"@~:0":   {-5: true, 0: true, 1: false},
		"۱۰":     {10: false, 11: true},
		"0":      {0: false, 1: true},
	} {
		got, err := monitor.ReadThreshold(typed)
		if err != nil || got.OfEnds() {
			t.Errorf("%q: %+v, %v", typed, got, err)
		}
		for n, alerts := range numbers {
			if got.Number.Alerts(n) != alerts {
				t.Errorf("%q: %d: %v", typed, n, !alerts)
			}
		}
	}
	if got, err := monitor.ReadThreshold("2w"); err != nil || got.Within != 14*24*time.Hour || !got.OfEnds() {
		t.Errorf("%+v, %v", got, err)
	}
	for typed, says := range map[string]string{
		"": `"" is no range`, "10:5": `"10:5" ends before it begins`, "1:2:3": `"1:2:3" is no range of a number, such as`, "@": `"@" is no range`,
		"14x": `"14x" is neither a span, such as 14d, nor a range of a number, such as 10, 5: or @1:5`, "1.5": "neither", "0d": "neither", "a|b": `"a¦b"`,
	} {
		if _, err := monitor.ReadThreshold(typed); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v; want %s", typed, err, says)
		}
	}
}

func TestTheTwoThresholdsAreAboutTheSame(t *testing.T) {
	for _, c := range []struct{ where, warn, crit, is string }{
		{"", "", "", "14d 3d"},
		{"is:over", "", "", " 0"},
		{"", "30d", "", "30d "},
		{"", "", "7d", " 7d"},
		{"kind:api", "30d", "30d", "30d 30d"},
		{"kind:api", "5", "10", "5 10"},
		{"", "14d", "5", "--warn 14d and --crit 5: one is a span and one a number; both have to be about the same"},
		{"", "3d", "2w", "--crit 2w is longer than --warn 3d: nothing would be a warning"},
		{"", "x", "", `--warn: "x" is neither a span, such as 14d, nor a range of a number, such as 10, 5: or @1:5`},
		{"", "", "5:1", `--crit: "5:1" ends before it begins`},
	} {
		got, err := monitor.Read(c.where, c.warn, c.crit)
		is := got.Warn.Text + " " + got.Crit.Text
		if err != nil {
			is = err.Error()
		}
		if is != c.is {
			t.Errorf("%+v: %q", c, is)
		}
	}
}

// mixed is a check of two systems with everything that is counted, and one that does not answer.
func mixed(t *testing.T) monitor.Report {
	w := wanted(t, "", "", "")
	off, unused, brief := ending("off", model.Not(model.Never)), ending("unused", in(400)), ending("session", in(0.2))
	off.Owner.Active, unused.LastUsed = model.No, in(-91)
	brief.Kind, brief.Created, brief.Updated = model.Clean("session"), in(-9), in(-1)
	brief.Rolls, brief.LastUsed = true, in(-0.1)
	return checked(w,
		counted(w, "idp", nil, ending("a", in(1)), ending("b", in(9)), ending("c", in(5)), ending("d", in(-1)), ending("e", model.When{}), off, unused, brief),
		counted(w, "empty", nil),
		counted(w, "tower", model.Fail(model.Unavailable, "It does not answer"), ending("x", in(9))))
}

// TestWhatIsCountedIsSaidOfEachSystem has the lines below the first.
func TestWhatIsCountedIsSaidOfEachSystem(t *testing.T) {
	_, long, _ := strings.Cut(mixed(t).Plugin(), "\n")
	want := `idp: 8 tokens, 3 ending within 14d, 1 ending within 3d, 1 too short-lived for an end to be news, 1 of which it is not known when they end, 1 over, 1 never expiring, 1 of somebody who is switched off, 1 unused
empty: 0 tokens, 0 ending within 14d, 0 ending within 3d
tower: not read to its end: It does not answer; of what came: 1 token, 1 ending within 14d, 0 ending within 3d
CRITICAL idp: a of sara, ends 2026-12-01T12:00:00Z
WARNING idp: c of sara, ends 2026-12-05T12:00:00Z
WARNING idp: b of sara, ends 2026-12-09T12:00:00Z
WARNING tower: x of sara, ends 2026-12-09T12:00:00Z
`
	if long != want {
		t.Errorf("%s\nwant\n%s", long, want)
	}
}

// TestTheFiguresAreReadByTheGuidelinesAndByIcinga reads them with the rules of both.
func TestTheFiguresAreReadByTheGuidelinesAndByIcinga(t *testing.T) {
	number, both := wanted(t, "is:over", "5", "@10:20"), wanted(t, "", "3d", "3d")
	for name, c := range map[string]struct {
		report monitor.Report
		want   map[string]figure
	}{
		"ends": {mixed(t), map[string]figure{
			"idp_tokens": {"8", "", "", "0", "", ""}, "idp_within_14d": {"3", "0", "", "0", "", ""}, "idp_within_3d": {"1", "", "0", "0", "", ""},
			"idp_next_end": {"86400", "1209600:", "259200:", "", "", "s"}, "empty_tokens": {"0", "", "", "0", "", ""}, "empty_within_14d": {"0", "0", "", "0", "", ""},
			"empty_within_3d": {"0", "", "0", "0", "", ""}, "systems_unread": {"1", "", "", "0", "3", ""}, "time": {"1.234", "", "", "0", "", "s"},
		}},
		"a number": {checked(number, counted(number, "idp", nil, ending("a", in(-1)))), map[string]figure{
			"idp_tokens": {"1", "", "", "0", "", ""}, "tokens": {"1", "5", "@10:20", "0", "", ""}, "systems_unread": {"0", "", "", "0", "1", ""}, "time": {"1.234", "", "", "0", "", "s"},
		}},
		"one span": {checked(both, counted(both, "idp", nil)), map[string]figure{
			"idp_tokens": {"0", "", "", "0", "", ""}, "idp_within_3d": {"0", "0", "0", "0", "", ""}, "systems_unread": {"0", "", "", "0", "1", ""}, "time": {"1.234", "", "", "0", "", "s"},
		}},
	} {
		verdict, figures, err := byTheGuidelines(c.report.Plugin())
		if err != nil || verdict != c.report.Verdict().String() {
			t.Errorf("%s: %s, %v", name, verdict, err)
		}
		_, icingas, err := byIcinga(c.report.Plugin())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for label := range figures {
			if figures[label] != c.want[label] || icingas[label] != c.want[label] {
				t.Errorf("%s: %s: %+v, %+v; want %+v", name, label, figures[label], icingas[label], c.want[label])
			}
		}
		if len(figures) != len(c.want) || len(icingas) != len(c.want) {
			t.Errorf("%s: %v, %v", name, figures, icingas)
		}
	}
}

// TestAnEndInAThousandYearsIsThatFarOff has one that AWX gives unless it is told otherwise.
func TestAnEndInAThousandYearsIsThatFarOff(t *testing.T) {
	w := wanted(t, "", "", "")
	said := checked(w, counted(w, "tower", nil, ending("a", model.At(now().AddDate(1000, 0, 0))))).Plugin()
	if !strings.Contains(said, "'tower_next_end'=31556908800s;1209600:;259200:") {
		t.Error(said)
	}
}

// TestWhatASystemSaysOfItsListIsSaid below its own line.
func TestWhatASystemSaysOfItsListIsSaid(t *testing.T) {
	w := wanted(t, "", "", "")
	if said := checked(w, counted(w, "shop", nil)).Plugin(); !strings.Contains(said, "\nshop says of its list: Only what ¦ admin may see.\n") {
		t.Error(said)
	}
}

// TestAFaultBesideTheSystemsIsUnknownUnlessSomethingIsCritical has a file that was not written.
func TestAFaultBesideTheSystemsIsUnknownUnlessSomethingIsCritical(t *testing.T) {
	w := wanted(t, "", "", "")
	for end, verdict := range map[float64]monitor.Verdict{1: monitor.Critical, 9: monitor.Unknown, 30: monitor.Unknown} {
		r := checked(w, counted(w, "idp", nil, ending("a", in(end))))
		r.Fault = "a.prom was not written: no space left"
		if first, _, _ := strings.Cut(r.Plugin(), "\n"); r.Verdict() != verdict || !strings.HasPrefix(first, "TOKENS "+verdict.String()+": a.prom was not written: no space left; ") {
			t.Errorf("%v: %s", r.Verdict(), first)
		}
	}
}

// TestOnlyAFewAreToldOfAndThoseEndFirst has more than anybody reads, in no order.
func TestOnlyAFewAreToldOfAndThoseEndFirst(t *testing.T) {
	w := wanted(t, "", "", "")
	var tokens []model.Token
	for i := range 100 {
		tokens = append(tokens, ending(fmt.Sprintf("t%02d", i*37%100), in(float64(i*37%100)/10+0.1)))
	}
	s := counted(w, "idp", nil, tokens...)
	if len(s.Shown) != 10 || s.Shown[0].Name != "t00" || s.Shown[9].Name != "t09" || s.Warn != 100 {
		t.Errorf("%d, %+v", s.Warn, s.Shown)
	}
}

func TestWhatFailedIsUnknown(t *testing.T) {
	if said := monitor.Failed("no\nsuch | file"); said != "TOKENS UNKNOWN: no␊such ¦ file\n" {
		t.Errorf("%q", said)
	}
}
