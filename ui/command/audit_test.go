package command

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"authdeck/model/audit"
)

// auditing is a world with a record, which notes the path and the filter that it is asked
// for.
func auditing(args string, report audit.Report, entries ...audit.Entry) (f *fake, path *string, filter *audit.Filter) {
	f = newFake(strings.Fields(args)...)
	path, filter = new(string), new(audit.Filter)
	f.Verify = func(p string) (audit.Report, error) {
		*path = p
		return report, nil
	}
	f.Entries = func(p string, want audit.Filter, take func(audit.Entry) error) (int, error) {
		*path, *filter = p, want
		for _, e := range entries {
			if err := take(e); err != nil {
				return 0, err
			}
		}
		return 1, nil
	}
	return f, path, filter
}

// said is what was written, with the line breaks of a shell.
func (f *fake) said() string { return strings.ReplaceAll(f.stdout.String(), "\r\n", "\n") }

func TestAVerdictIsAnExitCodeAndALineForEachThingThatWasFound(t *testing.T) {
	found := []audit.Finding{{Line: 3, Words: "entry 3 was changed"}, {Words: "entry 9 is missing at the end"}}
	for _, c := range []struct {
		report audit.Report
		code   int
		says   string
	}{
		{audit.Report{}, 0, "GOOD: nothing is recorded yet\n"},
		{audit.Report{Entries: 1, Last: audit.Head{Number: 1, Hash: "ab"}}, 0, "GOOD: 1 entry, the last one is 1 with the hash ab\n"},
		{audit.Report{Entries: 2, Crashes: []audit.Finding{{Line: 2, Words: "was cut"}}, Last: audit.Head{Number: 2, Hash: "ab"}}, 0, "line 2 was cut\nGOOD: 2 entries, the last one is 2 with the hash ab\n"},
		{audit.Report{Verdict: audit.Cut, Entries: 2, Findings: found[:1]}, 3, "line 3: entry 3 was changed\nNOT WHOLE: the last line is cut in the middle; the 2 entries before it are as they were written\n"},
		{audit.Report{Verdict: audit.Tampered, Findings: found}, 3, "line 3: entry 3 was changed\nat the end: entry 9 is missing at the end\nTAMPERED WITH: the record is not as it was written\n"},
		{audit.Report{Verdict: audit.Tampered, Findings: []audit.Finding{{Line: 3, Words: "entry 3 was changed", File: "audit-00000009.jsonl"}}}, 3, "audit-00000009.jsonl, line 3: entry 3 was changed\nTAMPERED WITH: the record is not as it was written\n"},
		{audit.Report{Entries: 2, Before: audit.Head{Number: 7, Hash: "cd"}, Last: audit.Head{Number: 9, Hash: "ab"}}, 0, "GOOD: 2 entries, the last one is 9 with the hash ab; the first one follows entry 7 with the hash cd, which is not here\n"},
	} {
		f, path, _ := auditing("audit verify file", c.report)
		f.expect(t, c.code)
		if f.said() != c.says || *path != "file" || f.stderr.Len() != 0 {
			t.Errorf("%q, and %q on stderr; of %q", f.said(), f.stderr.String(), *path)
		}
	}
}

func TestWhatIsPutAsideIsSaidWithItsFileAndItsHash(t *testing.T) {
	f := newFake("audit", "rotate")
	f.Rotate = func() (PutAside, error) {
		return PutAside{"/state/audit-00000042.jsonl", 42, audit.Head{Number: 42, Hash: "ab"}}, nil
	}
	f.expect(t, 0)
	if want := "42 entries put aside in /state/audit-00000042.jsonl, the last one is 42 with the hash ab.\nThe record goes on with entry 43.\n"; f.said() != want {
		t.Errorf("%q", f.said())
	}
	f = newFake("audit", "rotate")
	f.Rotate = func() (PutAside, error) { return PutAside{}, fmt.Errorf("nothing is recorded yet") }
	f.expect(t, 1)
	if !strings.Contains(f.stderr.String(), "nothing is recorded yet") || f.said() != "" {
		t.Errorf("%q, %q", f.stderr.String(), f.said())
	}
}

func TestARecordThatIsNotThereYetIsGoodUnlessItIsNamed(t *testing.T) {
	for args, code := range map[string]int{"audit verify": 0, "audit verify file": 2, "audit list": 0, "audit list --file file": 2} {
		f, _, _ := auditing(args, audit.Report{})
		gone := fmt.Errorf("there is no record: %w", fs.ErrNotExist)
		f.Verify = func(string) (audit.Report, error) { return audit.Report{}, gone }
		f.Entries = func(string, audit.Filter, func(audit.Entry) error) (int, error) { return 0, gone }
		f.expect(t, code)
	}
}

func TestAnEntryIsALineWhateverStandsInIt(t *testing.T) {
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	who := audit.Who{User: "sara", SSHClient: "192.0.2.7"}
	what := audit.What{System: "shop", Action: "delete", TokenID: "31", Token: "ci\x1b[2J", Owner: "omid", Reason: "TICKET-1", Plan: "p1"}
	entries := []audit.Entry{
		{Number: 1, Time: at, Phase: audit.AboutTo, Who: who, What: what},
		{Number: 2, Time: at, Phase: audit.Outcome, Of: 1, Who: who, What: what, Outcome: "uncertain", Words: "the answer was lost"},
		{Number: 3, Time: at, Phase: audit.Resumed, Who: audit.Who{UID: 7}, Words: "a line was cut"},
		{Number: 4, Time: at, Phase: audit.AboutTo, Who: who, What: audit.What{System: "shop", Action: "revoke", OwnerID: "9"}},
		{Number: 5, Time: at, Phase: audit.AboutTo, Who: who, What: audit.What{System: "shop", Action: "create"}},
		{Number: 7, Time: at, Phase: audit.Continued, Who: who, Words: "the lines before are in audit-00000006.jsonl"},
		{Number: 6, Time: at, Phase: audit.Looked, Of: 1, Who: who, What: what, Found: audit.Shows, Words: "it is gone"},
	}
	set := what
	set.Action, set.Set = "edit", audit.Set{Expires: "2026-12-31T00:00:00Z"}
	entries = append(entries, audit.Entry{Number: 8, Time: at, Phase: audit.AboutTo, Who: who, What: set})
	f, _, filter := auditing("audit list --since 2026-11-30 --until 2026-12-01T10:00:00+02:00 --system shop --user omid", audit.Report{}, entries...)
	f.expect(t, 0)
	want := `1  2026-11-30 12:00:00  sara from 192.0.2.7  about-to  delete token ci␛[2J of omid in shop  reason: TICKET-1  plan: p1
2  2026-11-30 12:00:00  sara from 192.0.2.7  outcome  delete token ci␛[2J of omid in shop  of 1: uncertain  the answer was lost  reason: TICKET-1  plan: p1
3  2026-11-30 12:00:00  7  resumed  a line was cut
4  2026-11-30 12:00:00  sara from 192.0.2.7  about-to  revoke a pasted key of 9 in shop
5  2026-11-30 12:00:00  sara from 192.0.2.7  about-to  create a token in shop
7  2026-11-30 12:00:00  sara from 192.0.2.7  continued  the lines before are in audit-00000006.jsonl
6  2026-11-30 12:00:00  sara from 192.0.2.7  looked  delete token ci␛[2J of omid in shop  for 1: it shows  it is gone  reason: TICKET-1  plan: p1
8  2026-11-30 12:00:00  sara from 192.0.2.7  about-to  edit token ci␛[2J of omid in shop  set: expires 2026-12-31T00:00:00Z  reason: TICKET-1  plan: p1
`
	if f.said() != want {
		t.Errorf("%s", f.said())
	}
	if !strings.Contains(f.stderr.String(), "lines of the record that are no entries: 1; authdeck audit verify says more") {
		t.Errorf("%q", f.stderr.String())
	}
	if filter.System != "shop" || filter.User != "omid" || !filter.Since.Equal(at.Add(-12*time.Hour)) || !filter.Until.Equal(at.Add(20*time.Hour)) {
		t.Errorf("%+v", filter)
	}
}

func TestThatNothingIsRecordedOfANameIsSaidWithThoseThatThereAre(t *testing.T) {
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	all := []audit.Entry{{Time: at, Who: audit.Who{User: "sara"}, What: audit.What{System: "shop", Owner: "omid", OwnerID: "7"}}, {Time: at, Phase: audit.Resumed, Who: audit.Who{User: "root"}}, {Time: at, Who: audit.Who{User: "sara"}, What: audit.What{System: "idp"}}}
	for args, c := range map[string]struct {
		code int
		says string
	}{
		"--system shpo":                    {2, `authdeck: --system: no entry is of a system "shpo"; there are idp, shop`},
		"--user nobody":                    {2, `authdeck: --user: no entry is of "nobody"; it was done by root, sara; to tokens of omid`},
		"--user nobody --json":             {2, `authdeck: --user: no entry is of "nobody"`},
		"--user OMID --system idp":         {0, "authdeck: no entry is of all that: nothing is recorded of it in that time"},
		"--user 7 --since 2026-12-01":      {0, "authdeck: no entry is of all that"},
		"--system shop --until 2026-11-01": {0, "authdeck: no entry is of all that"},
		"--system shop":                    {0, ""},
		"--user omid":                      {0, ""},
	} {
		f, _, _ := auditing("audit list "+args, audit.Report{})
		f.Entries = func(_ string, want audit.Filter, take func(audit.Entry) error) (int, error) {
			for _, e := range all {
				if want.Wants(e) {
					if err := take(e); err != nil {
						return 0, err
					}
				}
			}
			return 0, nil
		}
		f.expect(t, c.code)
		if said := f.stderr.String(); !strings.HasPrefix(said, c.says) || c.says == "" && said != "" || (f.said() == "") != (c.says != "") {
			t.Errorf("%s: %q, and %q", args, said, f.said())
		}
	}
}

func TestOfManyNamesSomeAreSaid(t *testing.T) {
	set := map[string]bool{"": true}
	for i := range 14 {
		set[fmt.Sprintf("n%02d", i)] = true
	}
	if said := names(set); !strings.HasSuffix(said, "n10, n11, and 2 more") || !strings.HasPrefix(said, "n00, ") {
		t.Error(said)
	}
}

func TestAMomentIsADayATimeOrASpanBeforeNow(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for said, want := range map[string]time.Time{
		"": {}, "2026-11-01": time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), "2026-11-01T10:30": time.Date(2026, 11, 1, 10, 30, 0, 0, time.UTC),
		"2026-11-01T10:30:00+01:00": time.Date(2026, 11, 1, 9, 30, 0, 0, time.UTC), "12h": now.Add(-12 * time.Hour), "5m": now.Add(-5 * time.Minute), "3mo": now.Add(-90 * 24 * time.Hour), "7d": now.Add(-7 * 24 * time.Hour),
		"۲۰۲۶-۱۱-۰۱": time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), "٧d": now.Add(-7 * 24 * time.Hour), "۵m": now.Add(-5 * time.Minute),
	} {
		if got, err := moment(said, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", said, got, err)
		}
	}
	for _, flag := range []string{"--since", "--until"} {
		f, _, _ := auditing("audit list "+flag+" yesterday", audit.Report{})
		f.expect(t, 2)
		if !strings.Contains(f.stderr.String(), flag+": this is no moment; one is 2026-11-30") {
			t.Errorf("%q", f.stderr.String())
		}
	}
}

func TestOfAMomentThatNeverIsItIsSaidWhy(t *testing.T) {
	for said, want := range map[string]string{"2026-02-30": "there is no such day", "2026-02-28T25:00": "there is no such hour"} {
		if at, err := moment(said, time.Now()); err == nil || err.Error() != want {
			t.Errorf("%q: %v, %v", said, at, err)
		}
	}
}
