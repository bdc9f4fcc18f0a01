package ui

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/report"
)

// pages are what was asked to be written about people, and how that ends.
type pages struct {
	wanted []report.Wanted
	ctx    context.Context //nolint:containedctx // of the last one
	err    error
	done   report.Written
	far    report.Far // what is told on the way
}

// reporting lets a console write reports.
func (d *driver) reporting() *pages {
	p := &pages{done: report.Written{File: "/home/op/page.md", Report: report.Report{
		Whole: true, Sure: report.Part{Tokens: []report.Token{{}}, Accounts: []report.Account{{}, {}}}, Limits: []string{"lab: Of personal tokens you see your own."},
	}}}
	d.app.world.Report = func(ctx context.Context, w report.Wanted) (report.Written, error) {
		p.wanted, p.ctx = append(p.wanted, w), ctx
		d.systems[0].asked = append(d.systems[0].asked, request{"report", model.Query{}})
		w.Told(p.far)
		return p.done, p.err
	}
	d.app.Desk.Report = d.app.reportAfter
	return p
}

func (p *pages) last(t *testing.T) report.Wanted {
	t.Helper()
	if len(p.wanted) == 0 {
		t.Fatal("nothing was written")
	}
	return p.wanted[len(p.wanted)-1]
}

// reportScenes are the conversation about a report: asked for, under way, and its ends.
func reportScenes() []scene {
	says := func(change func(*pages), keys string) func(*driver) {
		return func(d *driver) {
			change(d.reporting())
			d.press(keys)
		}
	}
	return []scene{
		{"report", kin3, nil, says(func(*pages) {}, "jp:report⏎")},
		{"report-written", kin3, nil, says(func(*pages) {}, "jp:report⏎⏎")},
		{"report-not-whole", kin3, nil, says(func(p *pages) {
			p.done.Whole, p.done.Missing = false, []report.Gap{{System: "lab", What: "tokens", Why: "no answer"}}
		}, "jp:report⏎⏎")},
		{"report-refused", kin3, nil, says(func(p *pages) { p.err = fs.ErrExist }, "jp:report⏎⏎")},
		{"report-under-way", kin3, nil, func(d *driver) {
			p := d.reporting()
			p.far = report.Far{System: "lab", At: 2, Of: 3, Rows: 1200}
			d.press("jp:report⏎")
			d.hold()
			d.press("⏎")
			d.pass(3 * time.Second)
		}},
		{"plan-of-one", nil, nil, func(d *driver) {
			d.shelve()
			d.reporting()
			d.press(" day")
		}},
	}
}

func TestAReportOnThePageOfAPersonIsAboutThemWithoutWhoWasTakenOut(t *testing.T) {
	d := start(t, kin3()...)
	p := d.reporting()
	d.press("p2o:report⏎")
	d.sees("A report on sara", "what they have in each system", "~/authdeck-report-sara-2026-03-01.md", "or in .json for")
	d.pressKey(tea.KeyEnter)
	d.sees("The report on sara is written", "file /home/op/page.md", "accounts 2", "left 1", "not told lab: Of personal tokens you see your own.")
	w := p.last(t)
	if w.Who.System != "shop" || w.Who.Account.ID == "" || w.Path != "~/authdeck-report-sara-2026-03-01.md" || len(w.Out) != 1 {
		t.Errorf("%+v", w)
	}
	d.pressKey(tea.KeyEnter)
	d.seesNot("is written")
	d.press(":report /tmp/x.json⏎")
	if w := p.last(t); w.Who.System != "shop" || w.Path != "/tmp/x.json" {
		t.Errorf("%+v", w)
	}
	d.pressKey(tea.KeyEnter)
	d.press(":report omid⏎")
	d.sees("A report on omid")
}

func TestElsewhereAReportIsAboutWhoIsNamedAndMayGoToAFileAtOnce(t *testing.T) {
	d := start(t, kin3()...)
	p := d.reporting()
	for line, want := range map[string]string{"sara@shop.example /tmp/a.md": "sara@shop.example", "+98 912 000 ~/a.JSON": "+98 912 000", "sara b.md": "sara"} {
		d.press(":report " + line + "⏎")
		d.sees("is written", "enter close")
		d.pressKey(tea.KeyEnter)
		if w := p.last(t); w.Who.Called().String() != want || w.Who.System != "" || !strings.HasSuffix(line, w.Path) {
			t.Errorf("%s: %+v", line, w)
		}
	}
	written := len(p.wanted)
	for line, words := range map[string]string{
		"": "a name follows", "/tmp/x.md": "a name follows", "~/a b.md": "a name follows", "sara /tmp/x.txt": "the file ends in .md",
	} {
		d.press(":report " + line + "⏎")
		d.sees(words)
		d.pressKey(tea.KeyEsc)
	}
	d.press(":report sara⏎")
	d.sees("A report on sara", "authdeck-report-sara-2026-03-01.md")
	d.pressKey(tea.KeyCtrlU)
	d.press("x.pdf⏎")
	d.sees("the file ends in .md")
	d.pressKey(tea.KeyEsc)
	d.sees("Nothing was written.")
	if len(p.wanted) != written {
		t.Errorf("written was %+v", p.wanted[written:])
	}
	d.app.world.Report = nil
	d.press(":report sara⏎")
	d.sees("no report can be written from here")
}

func TestAReportThatIsNotWholeSaysWhatIsMissing(t *testing.T) {
	d := start(t, kin3()...)
	p := d.reporting()
	p.done.Whole, p.done.Missing = false, []report.Gap{{System: "lab", What: "tokens", Why: "no answer"}, {What: "the record", Why: "it is not as it was written"}}
	d.press(":report sara a.md⏎")
	d.sees("It is NOT whole. Missing: lab, tokens: no answer; the record: it is not as it was written.")
}

func TestAReportReplacesNoFileAndWhatWentWrongCanBeMended(t *testing.T) {
	d := start(t, kin3()...)
	p := d.reporting()
	p.err = fs.ErrExist
	d.press(":report sara a.md⏎")
	d.sees("The report on sara was not written", "There is a file of this name already, and a report replaces none.", "Nothing was written.")
	d.pressKey(tea.KeyEnter)
	d.sees("A report on sara", "a.md")
	p.err = model.Fail(model.Invalid, "this looks like a key")
	d.pressKey(tea.KeyEnter)
	d.sees("This looks like a key.")
	d.pressKey(tea.KeyEsc)
	d.seesNot("A report on")
}

func TestAReportSaysHowFarItIsAndCanBeGivenUp(t *testing.T) {
	d := start(t, kin3()...)
	p := d.reporting()
	p.err = context.Canceled
	p.far = report.Far{System: "lab", At: 2, Of: 3, Rows: 1200}
	d.hold()
	d.press(":report sara a.md⏎")
	d.sees("Writing the report on sara", "reading lab, system 2 of 3: 1,200 by now", "esc give up")
	d.pressKey(tea.KeyEsc)
	d.sees("giving up")
	if p.ctx.Err() == nil {
		t.Error("it goes on")
	}
	d.release()
	d.sees("Given up; nothing was written.")
	d.seesNot("Writing the report")
}

func TestAPlanOfOnePersonOffersAReportOnThemAfterItWasApplied(t *testing.T) {
	d := planner(t, crowd(newClock()))
	p := d.reporting()
	d.press("d")
	d.pressKey(tea.KeyEsc)
	d.press(" d")
	d.sees("Plan: delete 1 token")
	d.seesNot("E report")
	d.press("E")
	d.sees("Nothing was done by this plan yet")
	d.press("ay")
	d.sees("1 done", "E report on the person")
	d.press("E")
	d.sees("A report on")
	d.pressKey(tea.KeyEsc)
	d.sees("Plan: delete 1 token", "Nothing was written.")
	p.err = context.Canceled
	d.hold()
	d.press("E⏎")
	d.pressKey(tea.KeyEsc)
	d.release()
	d.sees("Plan: delete 1 token", "Given up; nothing was written.")
	p.err = nil
	d.press("E⏎")
	d.sees("is written")
	if w := p.last(t); w.Who.System != "shop" || w.Who.Account.ID == "" {
		t.Errorf("%+v", w)
	}
	d.pressKey(tea.KeyEnter)
	d.sees("Plan: delete 1 token", "1 done")
}

func TestAPlanOfSeveralPeopleOffersNoReport(t *testing.T) {
	d := planner(t, crowd(newClock()))
	d.reporting()
	d.press("  d")
	d.sees("Plan: delete 2 tokens")
	d.press("a2⏎")
	d.sees("2 done")
	d.seesNot("report on the person")
	d.press("E")
	d.sees("The plan is of several people; :report NAME writes a page about one of them.")
}
