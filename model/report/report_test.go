package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/person"
	"authdeck/model/report"
	"authdeck/ui/batch/batchtest"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func account(id, name string) model.User { return model.User{ID: id, Username: model.Clean(name)} }

func held(id, name string, how person.How) report.Held {
	return report.Held{User: account(id, name), Tie: person.Tie{How: how}}
}

// reading is of ali: sure in shop, not sure in idp, and pult could not be asked.
func reading() report.Reading {
	return report.Reading{Person: "ali@shop.example", At: noon, By: "sara", Machine: "bastion", Systems: []report.System{
		{
			Info: model.Info{Name: "shop"}, Accounts: []report.Held{held("1", "ali", person.SameEmail)},
			Tokens: []model.Token{{ID: "t1", Name: model.Clean("ci"), Owner: account("1", "ali"), Expires: model.Not(model.Never), Created: model.Not(model.NotApplicable)}},
		},
		{
			Info: model.Info{Name: "idp", Missing: model.Caps{model.Delete: "no right"}}, Accounts: []report.Held{held("7", "ali", person.SameUser)},
			Tokens: []model.Token{{ID: "t7", Owner: account("7", "ali"), State: model.Active}}, Limits: []string{"idp: only your own"},
		},
		{Info: model.Info{Name: "pult"}, Gaps: []report.Gap{{System: "pult", What: "accounts and tokens", Why: "no answer"}}},
	}}
}

// pair is what a deed leaves on record.
func pair(number int64, w audit.What, outcome string) []audit.Entry {
	who := audit.Who{User: "sara", SSHClient: "192.0.2.7"}
	return []audit.Entry{
		{Number: number, Time: noon, Phase: audit.AboutTo, Who: who, What: w},
		{Number: number + 1, Time: noon, Phase: audit.Outcome, Of: number, Who: who, What: w, Outcome: outcome},
	}
}

func made(r report.Reading, entries ...audit.Entry) report.Report {
	b := report.Begin(r, strings.ToLower)
	for _, e := range entries {
		b.Take(e)
	}
	return b.End(report.Record{Path: "audit.jsonl", Verdict: report.Good}, "")
}

func markdown(t *testing.T, r report.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Markdown(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func inJSON(t *testing.T, r report.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.JSON(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWhatIsNotSureStandsApart(t *testing.T) {
	r := made(reading(), slices.Concat(
		pair(1, audit.What{System: "shop", Action: "delete", TokenID: "t0", OwnerID: "1", Owner: "ali"}, "done"),
		pair(3, audit.What{System: "idp", Action: "delete", TokenID: "t7", OwnerID: "7", Owner: "ali"}, "done"))...)
	for name, part := range map[string]report.Part{"shop": r.Sure, "idp": r.Unsure} {
		if len(part.Accounts) != 1 || len(part.Tokens) != 1 || len(part.Done) != 1 || part.Accounts[0].System != name || part.Tokens[0].System != name || part.Done[0].System != name {
			t.Errorf("%s: %+v", name, part)
		}
	}
	page := markdown(t, r)
	sure, unsure, _ := strings.Cut(page, "## Not sure to be theirs")
	if strings.Contains(sure, "| idp |") || !strings.Contains(unsure, "| idp | ali |") || strings.Contains(unsure, "| shop |") {
		t.Error(page)
	}
}

func TestWhatCouldNotBeAskedIsSaidFirstAndIsNoNo(t *testing.T) {
	r := made(reading(), pair(1, audit.What{System: "pult", Action: "delete", TokenID: "p1", OwnerID: "9", Owner: "ali"}, "done")...)
	if r.Whole || len(r.Missing) != 1 || r.Missing[0].System != "pult" {
		t.Errorf("whole %t: %+v", r.Whole, r.Missing)
	}
	if len(r.Unsure.Done) != 1 || r.Unsure.Done[0].Now != report.Untold || r.Unsure.Done[0].Matched != report.ByNoMore {
		t.Errorf("%+v", r.Unsure.Done)
	}
	page := markdown(t, r)
	if at := strings.Index(page, "## What could not be asked"); at < 0 || at > strings.Index(page, "## Accounts") || !strings.Contains(page, "| pult | accounts and tokens | no answer |") {
		t.Error(page)
	}
	if !strings.Contains(page, "- idp: only your own") {
		t.Errorf("what a system does not tell is not said: %s", page)
	}
	b := report.Begin(report.Reading{Person: "ali"}, strings.ToLower)
	if r := b.End(report.Record{Verdict: report.Tampered}, "it was changed"); r.Whole || r.Missing[0].What != "the record" {
		t.Errorf("a record that was changed leaves it whole: %+v", r)
	}
}

func TestAnEntryIsMatchedBySomethingAndThatIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		what audit.What
		by   report.Match
		sure bool
	}{
		"the owner's key":                   {audit.What{System: "shop", OwnerID: "1", Owner: "renamed"}, report.ByOwnerID, true},
		"the key of one who is not sure":    {audit.What{System: "idp", OwnerID: "7"}, report.ByOwnerID, false},
		"the name, and no key":              {audit.What{System: "shop", Owner: "ALI"}, report.ByName, true},
		"the token, and no owner":           {audit.What{System: "shop", TokenID: "t1"}, report.ByTokenID, true},
		"the token, and somebody else's":    {audit.What{System: "shop", TokenID: "t1", OwnerID: "2", Owner: "sara"}, "", false},
		"the name, and another's key":       {audit.What{System: "shop", OwnerID: "2", Owner: "ali"}, report.ByNoMore, false},
		"the name, in another system":       {audit.What{System: "gone", OwnerID: "1", Owner: "ali"}, report.ByNoMore, false},
		"the same key in another system":    {audit.What{System: "gone", OwnerID: "1", Owner: "sara"}, "", false},
		"somebody else":                     {audit.What{System: "shop", OwnerID: "2", Owner: "sara"}, "", false},
		"nobody, as of a pasted key":        {audit.What{System: "shop", Action: "revoke"}, "", false},
		"the name of one who is not sure":   {audit.What{System: "idp", Owner: "ali"}, report.ByName, false},
		"a part of the name of the account": {audit.What{System: "shop", Owner: "al"}, "", false},
	} {
		r := made(reading(), pair(1, c.what, "done")...)
		part, other := r.Unsure.Done, r.Sure.Done
		if c.sure {
			part, other = other, part
		}
		if c.by == "" && len(part)+len(other) > 0 || c.by != "" && (len(part) != 1 || len(other) != 0 || part[0].Matched != c.by) {
			t.Errorf("%s: sure %+v, not sure %+v", name, r.Sure.Done, r.Unsure.Done)
		}
	}
}

func TestWhyATokenIsLeftIsSaid(t *testing.T) {
	about := audit.What{System: "shop", Action: "delete", TokenID: "t1", OwnerID: "1", Owner: "ali"}
	for want, entries := range map[string][]audit.Entry{
		"nothing is recorded that would end it":                                                  nil,
		"delete at 2026-11-30T12:00:00Z by sara: forbidden":                                      pair(1, about, "forbidden"),
		"it was ended at 2026-11-30T12:00:00Z by sara, and is there all the same":                pair(1, about, "done"),
		"delete at 2026-11-30T12:00:00Z by sara: how it ended is not recorded, and nobody knows": pair(1, about, "")[:1],
	} {
		r := made(reading(), entries...)
		if got := r.Sure.Tokens[0].Why; !slices.Equal(got, []string{want}) {
			t.Errorf("%q, want %q", got, want)
		}
		if len(entries) == 1 && (r.Sure.Done[0].Outcome != report.Unrecorded || r.Sure.Done[0].Ended != "unknown") {
			t.Errorf("what has no end on record is %+v", r.Sure.Done[0])
		}
	}
	if why := made(reading()).Unsure.Tokens[0].Why; !slices.Contains(why, "it cannot be deleted there: no right") {
		t.Errorf("%q", why)
	}
}

// TestWhatALaterLookFoundIsSaidBesideAnEndThatNobodyKnew has one that told nothing come last: it
// takes nothing back.
func TestWhatALaterLookFoundIsSaidBesideAnEndThatNobodyKnew(t *testing.T) {
	about := audit.What{System: "shop", Action: "delete", TokenID: "t1", OwnerID: "1", Owner: "ali"}
	look := func(number int64, found, words string) audit.Entry {
		return audit.Entry{Number: number, Time: noon.Add(time.Duration(number) * time.Second), Phase: audit.Looked, Of: 1, What: about, Found: found, Words: words}
	}
	for name, lost := range map[string][]audit.Entry{"uncertain": pair(1, about, "uncertain"), "how it ended is not recorded, and nobody knows": pair(1, about, "")[:1]} {
		r := made(reading(), append(lost, look(3, audit.NotShown, "still there"), look(4, audit.Shows, "gone"), look(5, audit.CannotTell, "no answer"))...)
		if d := r.Sure.Done[0]; d.Later != audit.Shows || d.LaterAt != "2026-11-30T12:00:04Z" || d.LaterOn != "gone" {
			t.Errorf("%+v", d)
		}
		want := name + "; a later look, at 2026-11-30T12:00:04Z: it shows, gone"
		if page := markdown(t, r); !strings.Contains(page, " | "+want+" | ") || !strings.Contains(page, ": "+want+" |") {
			t.Errorf("%q is not said twice in %s", want, page)
		}
	}
	if d := made(reading(), pair(1, about, "done")...).Sure.Done[0]; d.Later != "" || d.LaterAt != "n/a" {
		t.Errorf("nobody looked, and it is %+v", d)
	}
}

func TestOfWhatIsMadeTheEndHasTheName(t *testing.T) {
	entries := pair(1, audit.What{System: "shop", Action: "create", OwnerID: "1", Owner: "ali"}, "done")
	entries[1].TokenID, entries[1].Token = "t1", "ci"
	r := made(reading(), entries...)
	if d := r.Sure.Done[0]; d.TokenID != "t1" || d.Token != "ci" || d.Now != report.There {
		t.Errorf("%+v", d)
	}
}

func TestUnknownNeverAndNotApplicableAreThreeWords(t *testing.T) {
	k := made(reading()).Sure.Tokens[0]
	if k.LastUsed != "unknown" || k.Expires != "never" || k.Created != "n/a" || k.State != "unknown" {
		t.Errorf("%+v", k)
	}
}

// hostile are texts that would be something else than letters in Markdown or on a terminal.
func hostile() []string {
	return []string{
		"a|b", "a\\|b", "a\\", "`|`", "``` x", "<script>alert(1)</script>", "<!-- -->", "&lt;b&gt;", "[x](http://evil.example)", "![x](http://evil.example/p.png)",
		"http://evil.example", "www.evil.example", "WWW.evil.example", "a\n| b |", "a\r\n# b", "\x1b[2J", "\u202eab", "**b** __c__ ~~d~~", "$x$", "\\`|",
	}
}

func TestForeignTextIsLettersInWhateverItIsWritten(t *testing.T) {
	clean := strings.Count(markdown(t, made(reading())), "\n")
	for _, text := range hostile() {
		r := reading()
		for i := range r.Systems {
			for j := range r.Systems[i].Accounts {
				u := &r.Systems[i].Accounts[j].User
				u.Username, u.FullName, u.Email, u.Kind = model.Clean(text), model.Clean(text), model.Clean(text), model.Clean(text)
			}
			for j := range r.Systems[i].Tokens {
				k := &r.Systems[i].Tokens[j]
				k.ID, k.Name, k.Kind, k.Managed = text, model.Clean(text), model.Clean(text), model.Clean(text)
			}
			for j := range r.Systems[i].Gaps {
				r.Systems[i].Gaps[j].Why = text
			}
		}
		r.Person, r.By, r.Machine = text, text, text
		entries := pair(1, audit.What{System: "shop", Action: text, TokenID: text, Token: text, OwnerID: "1", Owner: text, Reason: text, Plan: text}, text)
		entries[1].Words, entries[1].Requests = text, []string{text}
		whole := made(r, entries...)
		page := markdown(t, whole)
		columns := 0
		for line := range strings.Lines(page) {
			if cells := strings.Count(line, "|"); !strings.HasPrefix(line, "|") {
				columns = 0
			} else if columns == 0 {
				columns = cells
			} else if cells != columns {
				t.Errorf("%q: %d cells in place of %d: %s", text, cells, columns, line)
			}
		}
		if n := strings.Count(page, "\n"); n < clean {
			t.Errorf("%q: %d lines, want %d and more", text, n, clean)
		}
		for _, bad := range []string{"<", "`", "://", "](", "www.", "WWW.", "\x1b", "\u202e", "\r", "**b"} {
			if strings.Contains(strings.NewReplacer("**This report is not whole.**", "", "\\]", "").Replace(page), bad) {
				t.Errorf("%q leaves %q", text, bad)
			}
		}
		if raw := inJSON(t, whole); !json.Valid([]byte(raw)) || strings.ContainsAny(raw, "\x1b\u202e\r") || strings.Contains(raw, `\u001b`) || strings.Contains(raw, `\u202e`) {
			t.Errorf("%q: %s", text, raw)
		}
		batchtest.Holds(t, []byte(inJSON(t, whole)))
	}
}

// fields are the members of the JSON, in their order, those of what is in it after it.
func fields(of reflect.Type) (names []string) {
	var inside []string
	for f := range of.Fields() {
		names = append(names, f.Tag.Get("json"))
		in := f.Type
		if in.Kind() == reflect.Slice {
			in = in.Elem()
		}
		if in.Kind() == reflect.Struct && f.Name != "Unsure" { // that is like what is sure
			inside = append(inside, fields(in)...)
		}
	}
	return append(names, inside...)
}

func TestTheDocumentHasEveryFieldAndEveryWord(t *testing.T) {
	text, err := os.ReadFile("../../docs/report.md")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, row := range regexp.MustCompile(`(?m)^\| (`+"`[a-z_]+`"+`(?:, `+"`[a-z_]+`"+`)*) \|`).FindAllStringSubmatch(string(text), -1) {
		for name := range strings.SplitSeq(row[1], ", ") {
			told = append(told, strings.Trim(name, "`"))
		}
	}
	if want := fields(reflect.TypeFor[report.Report]()); !slices.Equal(told, want) {
		t.Errorf("docs/report.md tells of\n%q, and a report has\n%q", told, want)
	}
	for _, word := range []string{
		report.Schema, report.Good, report.Cut, report.Tampered, report.NoRecord, report.Unrecorded,
		string(report.ByOwnerID), string(report.ByTokenID), string(report.ByName), string(report.ByNoMore), string(report.There), string(report.NotThere), string(report.Untold),
	} {
		if !strings.Contains(string(text), "`"+word+"`") {
			t.Errorf("docs/report.md does not tell of %q", word)
		}
	}
}

func TestThatATokenIsGoneIsSaidOnlyWhereThatWasRead(t *testing.T) {
	half := reading()
	half.Systems[0].Gaps = []report.Gap{{System: "shop", What: "tokens", Why: "no answer"}}
	for name, c := range map[string]struct {
		r    report.Reading
		what audit.What
		want report.Presence
	}{
		"it is there":                        {reading(), audit.What{System: "shop", OwnerID: "1", TokenID: "t1"}, report.There},
		"it is not":                          {reading(), audit.What{System: "shop", OwnerID: "1", TokenID: "t0"}, report.NotThere},
		"its list was not read to the end":   {half, audit.What{System: "shop", OwnerID: "1", TokenID: "t0"}, report.Untold},
		"it came before":                     {half, audit.What{System: "shop", OwnerID: "1", TokenID: "t1"}, report.There},
		"it is of an account that is gone":   {reading(), audit.What{System: "shop", OwnerID: "5", Owner: "ali", TokenID: "t0"}, report.Untold},
		"of what was done there is no token": {reading(), audit.What{System: "shop", OwnerID: "1"}, report.Untold},
	} {
		r := made(c.r, pair(1, c.what, "done")...)
		if done := slices.Concat(r.Sure.Done, r.Unsure.Done); len(done) != 1 || done[0].Now != c.want {
			t.Errorf("%s: %+v", name, done)
		}
	}
}

func TestWhatAnEditSetIsSaid(t *testing.T) {
	r := made(reading(), pair(1, audit.What{System: "shop", Action: "edit", TokenID: "t1", OwnerID: "1", Owner: "ali", Set: audit.Set{Expires: "2026-12-31T00:00:00Z"}}, "done")...)
	if d := r.Sure.Done[0]; d.Set != "expires 2026-12-31T00:00:00Z" {
		t.Errorf("%+v", d)
	}
	if page := markdown(t, r); !strings.Contains(page, "| edit: expires 2026-12-31T00:00:00Z |") {
		t.Error(page)
	}
}
