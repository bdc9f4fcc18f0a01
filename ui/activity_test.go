package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/traffic"
	"authdeck/ui/activity"
)

// exchange is a request of a few minutes ago.
func (d *driver) exchange(method, path string, status int, words string) traffic.Exchange {
	e := traffic.Exchange{
		System: "shop", Method: method, Base: "https://shop.example.com", Path: path, Status: status, Words: words,
		At: d.clock.now.Add(-3 * time.Minute), Took: 42 * time.Millisecond, Tries: 1,
		Sent: traffic.Sent{Credential: traffic.Credential{Header: "Authorization", Scheme: "Token"}},
	}
	if status == 0 || status >= 400 {
		e.End, e.Kind = traffic.Failed, model.Unavailable
	}
	return e
}

// works has asked for something: two reads, and between them a write.
func (d *driver) works() {
	d.traffic.Note(d.exchange("GET", "/api/users/me/", 200, "ok"))
	write := d.exchange("PATCH", "/api/users/auth_tokens/12/", 200, "ok")
	write.Sort, write.Action, write.Sent.Fields = traffic.Write, model.Edit, []string{"name", "expires"}
	d.traffic.Note(write)
	lost := d.exchange("GET", "/api/users/auth_tokens/", 0, "")
	lost.System, lost.Tries, lost.Sent.Omitted = "lab", 2, []string{"its query"}
	d.traffic.Note(lost)
}

// active is a console that has asked for something, with its page open.
func active(t *testing.T) *driver {
	t.Helper()
	d := start(t, three()...)
	d.works()
	d.press("8")
	return d
}

func TestWhatWasAskedIsListedTheLatestFirst(t *testing.T) {
	d := active(t)
	d.sees("›8 Activity", "3 requests", "GET /api/users/auth_tokens/ read none 42 ms unavailable", "PATCH /api/users/auth_tokens/12/ edit 200 42 ms ok")
	d.pointsAt("11:57:00  lab")
	d.press("G")
	d.pointsAt("11:57:00  shop    GET /api/users/me/")
	d.pressKey(tea.KeyEsc)
	d.sees("›1 Tokens", "5 tokens")
}

func TestThePageOfWhatWasAskedIsRenewedWithoutAskingAnybody(t *testing.T) {
	d := active(t)
	before := d.questions()
	d.press("j")
	d.traffic.Note(d.exchange("DELETE", "/api/users/auth_tokens/99/", 204, "no content"))
	d.pass(3 * time.Second)
	d.sees("4 requests", "DELETE /api/users/auth_tokens/99/")
	d.pointsAt("11:57:00  shop    PATCH") // the cursor stays on its row
	if d.questions() != before {
		t.Error("a system was asked")
	}
	d.pressKey(tea.KeyEsc)
	d.pass(3 * time.Second)
	if len(d.clock.timers) > 0 {
		t.Errorf("somebody waits for the clock while nobody looks: %v", d.clock.timers)
	}
}

func TestWordsNarrowWhatWasAskedAndEscTakesThemBackBeforeItLeaves(t *testing.T) {
	d := active(t)
	d.press("/PATCH edit")
	d.sees("1 of 3 with “PATCH edit”", "PATCH /api/users/auth_tokens/12/", "enter keep", "esc leave")
	d.seesNot("/api/users/me/")
	d.pressKey(tea.KeyEnter)
	d.press("/zzz⏎")
	d.sees("None of 3 has “PATCH editzzz”; esc shows all.")
	d.pressKey(tea.KeyEsc)
	d.sees("3 requests", "/api/users/me/")
	d.pressKey(tea.KeyEsc)
	d.sees("›1 Tokens")
}

func TestTheDetailsOfARequestSayWhatItWasForAndLeaveBothOut(t *testing.T) {
	d := active(t)
	d.pressKey(tea.KeyEnter)
	d.sees("What was asked", "status no answer", "sent 2 times: a read that fails is made once more", "as curl curl -H 'Authorization: Token '\"$TOKEN\"", "not in it the credential, which goes into TOKEN; its query")
	d.pressKey(tea.KeyEsc)
	d.sees("›8 Activity")
	d.press("j⏎")
	d.sees("for edit: the write itself", "status 200 ok", "begun 2026-03-01 11:57:00.000 UTC, took 42 ms", "the body, which goes into BODY: JSON with name, expires")
	d.press("y")
	d.sees("The command was sent to the clipboard")
	want := `curl -X 'PATCH' -H 'Authorization: Token '"$TOKEN" -H 'Content-Type: application/json' --data "${BODY:?}" 'https://shop.example.com/api/users/auth_tokens/12/'`
	if !slices.Equal(d.sent, []string{want}) {
		t.Errorf("sent was %q", d.sent)
	}
}

func TestCurlIsAboutTheMarkedRequestThereAndElsewhereAboutTheLastWrite(t *testing.T) {
	d := active(t)
	d.press("G:curl⏎")
	d.sees("As a curl command", "https://shop.example.com/api/users/me/", "Not in it: the credential, which goes into TOKEN.")
	d.seesNot("once more")
	d.pressKey(tea.KeyEsc, tea.KeyEsc)
	for _, page := range []string{"1", "2", "0", "9"} {
		d.press(page + ":curl⏎")
		d.sees("As a curl command", "curl -X 'PATCH'", "auth_tokens/12/", "Whoever runs it sends the write once more, and past the record.", "y copy it")
		d.press("y")
		d.sees("The command was sent to the clipboard")
		d.pressKey(tea.KeyEsc)
	}
	d.press("8G")
	d.pressKey(tea.KeyTab)
	d.press(":curl⏎")
	d.sees("curl -X 'PATCH'")
}

func TestWithoutAWriteCurlSaysWhereElseItWorks(t *testing.T) {
	d := start(t, company(newClock()))
	d.press(":curl⏎")
	d.sees("This console has changed nothing yet; in 8 :curl shows the marked request.")
	d.press("8")
	d.sees("0 requests", "Nothing was asked yet.")
	d.press("⏎j:curl⏎")
	d.sees("This console has changed nothing yet")
}

// deeds are a record: one that went well, one that did not, one whose end is missing.
func deeds(verdict audit.Verdict) func() (activity.Record, error) {
	at := time.Date(2026, 2, 27, 9, 30, 0, 0, time.UTC)
	line := func(number int64, phase audit.Phase, of int64, action, token string) audit.Entry {
		return audit.Entry{
			Number: number, Time: at.Add(time.Duration(number) * time.Minute), Phase: phase, Of: of,
			Who:  audit.Who{User: "sara", SSHClient: "192.0.2.7", Machine: "jump1"},
			What: audit.What{System: "shop", Host: "shop.example.com", Action: action, TokenID: "12", Token: token, Owner: "omid", Reason: "TICKET-1"},
		}
	}
	good, bad := line(2, audit.Outcome, 1, "delete", "ci"), line(4, audit.Outcome, 3, "regenerate", "deploy")
	good.Outcome, bad.Outcome, bad.Words = audit.Done, "uncertain", "the answer was lost"
	blind, seen := line(6, audit.Looked, 3, "regenerate", "deploy"), line(7, audit.Looked, 3, "regenerate", "deploy")
	blind.Found, seen.Found, seen.Words = audit.CannotTell, audit.Shows, "its key changed"
	r := activity.Record{
		Entries: []audit.Entry{line(1, audit.AboutTo, 0, "delete", "ci"), good, line(3, audit.AboutTo, 0, "regenerate", "deploy"), bad, line(5, audit.AboutTo, 0, "edit", "night"), seen, blind},
		Found:   audit.Report{Verdict: verdict, Entries: 7},
	}
	if verdict == audit.Tampered {
		r.Found.Findings = []audit.Finding{{Line: 3, Words: "it was changed"}}
	}
	return func() (activity.Record, error) { return r, nil }
}

func TestTheRecordOfEarlierSessionsIsBehindIt(t *testing.T) {
	d := start(t, three()...)
	d.record = deeds(audit.Good)
	d.works()
	before := d.questions()
	d.press("8")
	d.pressKey(tea.KeyTab)
	d.sees("3 recorded", "02-27 09:31 sara shop delete #12 ci of omid done TICKET-1", "uncertain, shows")
	d.pointsAt("02-27 09:35  sara  shop    edit        #12 night of omid   not recorded")
	d.press("⏎")
	d.sees("What was done: edit in shop", "not recorded: it is under way, or the program or the machine ended before", "who sara from 192.0.2.7", "reason TICKET-1", "lines 5")
	d.pressKey(tea.KeyEsc)
	d.press("j⏎")
	d.sees("outcome uncertain, it shows", "said the answer was lost", "lines 3 and 4", "machine jump1")
	d.sees("later 2026-02-27 09:36:00 UTC: cannot be told.", "09:37:00 UTC: it shows: its key changed.")
	d.pressKey(tea.KeyEsc)
	d.press("/deploy⏎")
	d.sees("1 of 3 with “deploy”")
	d.pressKey(tea.KeyEsc, tea.KeyTab)
	d.sees("3 requests")
	if d.questions() != before {
		t.Error("a system was asked")
	}
}

func TestTheDetailsOfAnEditSayWhatItSet(t *testing.T) {
	d := start(t, company(newClock()))
	d.record = func() (activity.Record, error) {
		what := audit.What{System: "shop", Action: "edit", TokenID: "12", Token: "ci", Set: audit.Set{Expires: "2026-12-31T00:00:00Z"}}
		return activity.Record{Entries: []audit.Entry{{Number: 1, Phase: audit.AboutTo, What: what}}}, nil
	}
	d.press("8")
	d.pressKey(tea.KeyTab)
	d.press("⏎")
	d.sees("set expires 2026-12-31T00:00:00Z")
	d.pressKey(tea.KeyEsc)
	d.press("/2026-12-31⏎")
	d.sees("1 of 1 with “2026-12-31”")
}

func TestARecordThatIsNotAsItWasWrittenSaysSoInItsHeading(t *testing.T) {
	for verdict, words := range map[audit.Verdict][]string{
		audit.Tampered: {"NOT AS IT WAS WRITTEN", "The record is not as it was written; line 3: it was changed; authdeck audit verify says more."},
		audit.Cut:      {"NOT WHOLE", "The last line of the record is cut in the middle"},
	} {
		d := start(t, company(newClock()))
		d.record = deeds(verdict)
		d.press("8")
		d.seesNot(words...)
		d.pressKey(tea.KeyTab)
		d.sees(words...)
		d.pressKey(tea.KeyTab)
		d.seesNot(words...)
	}
}

func TestThatNothingIsRecordedOrCannotBeReadIsSaid(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("8")
	d.pressKey(tea.KeyTab)
	d.sees("0 recorded", "Nothing is recorded yet.")
	d.record = func() (activity.Record, error) {
		return activity.Record{}, errors.New("audit.jsonl: permission denied")
	}
	d.pressKey(tea.KeyCtrlR)
	d.sees("Audit.jsonl: permission denied. Nothing can be said of it.")
}

func TestWhatIsForeignInWhatWasDoneHarmsNobody(t *testing.T) {
	for _, text := range hostile() {
		d := start(t, company(newClock()))
		clean := model.Clean(text).String()
		d.traffic.Note(d.exchange("GET", "/api/"+clean, 200, "ok"))
		d.record = func() (activity.Record, error) {
			return activity.Record{Entries: []audit.Entry{{Number: 1, Phase: audit.AboutTo, What: audit.What{System: text, Token: text, Reason: text, Action: text, Set: audit.Set{Expires: text}}}}}, nil
		}
		for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} {
			d.resize(size[0], size[1])
			d.press("8⏎")
			d.pressKey(tea.KeyEsc)
			d.press(":curl⏎")
			d.pressKey(tea.KeyEsc, tea.KeyTab)
			d.press("⏎")
			d.pressKey(tea.KeyEsc, tea.KeyTab, tea.KeyEsc)
		}
	}
}

func TestTheLatestOfManyRequestsAreSaidToBeThat(t *testing.T) {
	d := start(t, company(newClock()))
	for i := range traffic.Most + 500 {
		d.traffic.Note(d.exchange("GET", fmt.Sprintf("/%d", i), 200, "ok"))
	}
	d.press("8")
	d.sees("the last 2,000 of 2,500 requests")
	if !strings.Contains(d.sight(), "GET /2499") {
		t.Error("the latest one is not the first")
	}
}

// activityScenes are the page of what was asked and done.
func activityScenes() []scene {
	asked := func(keys string) func(*driver) {
		return func(d *driver) { d.works(); d.press("8" + keys) }
	}
	recorded := func(verdict audit.Verdict, keys string) func(*driver) {
		return func(d *driver) {
			d.record = deeds(verdict)
			d.press("8")
			d.pressKey(tea.KeyTab)
			d.press(keys)
		}
	}
	return []scene{
		{"activity", three, nil, asked("j")},
		{"activity-narrowed", three, nil, asked("/patch")},
		{"activity-none", three, nil, asked("/zzz⏎")},
		{"activity-details", three, nil, asked("j⏎")},
		{"activity-curl", nil, nil, asked("j:curl⏎")},
		{"activity-recorded", nil, nil, recorded(audit.Good, "j")},
		{"activity-recorded-details", nil, nil, recorded(audit.Good, "j⏎")},
		{"activity-tampered", nil, nil, recorded(audit.Tampered, "")},
	}
}
