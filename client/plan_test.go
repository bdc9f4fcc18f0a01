package client_test

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/planfile"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/plan"
)

// Promises about plans for systems that speak the real dialects.

// leavers are tokens of each system that can be deleted, a few of each.
func leavers(t *testing.T, all model.Union, most int) []model.Token {
	t.Helper()
	var chosen []model.Token
	for _, api := range all.Members() {
		name := api.Info().Name
		rows := must(all.Tokens(t.Context(), model.Query{Size: 500, Fresh: true, Filter: model.Filter{Choice: name}}))(t).Items
		rows = slices.DeleteFunc(rows, func(row model.Token) bool { return row.Own || row.State != model.Active || !row.Managed.Empty() })
		if len(rows) == 0 {
			t.Fatalf("%s has no token to delete", name)
		}
		chosen = append(chosen, rows[:min(most, len(rows))]...)
	}
	return chosen
}

// planned is a plan to delete, as it is read from a file.
func planned(t *testing.T, all model.Union, tokens []model.Token) (p *plan.Plan, path string) {
	t.Helper()
	made := must(plan.Make(t.Context(), all, model.Delete, tokens, plan.Making{By: "sara", Host: "bastion"}))(t)
	path = filepath.Join(t.TempDir(), "plan.json")
	if err := planfile.Write(path, made, false); err != nil {
		t.Fatal(err)
	}
	return must(planfile.Read(path))(t), path
}

// carried applies a plan, and tells what came.
func carried(t *testing.T, p *plan.Plan, path string, api model.API, how plan.Options) []plan.End {
	t.Helper()
	journal := must(planfile.Open(p, path))(t)
	defer func() { _ = journal.Close() }()
	run := must(plan.Apply(t.Context(), p, api, journal, how))(t)
	run.Wait(t.Context())
	if err := run.Err(); err != nil {
		t.Error(err)
	}
	return run.Ends()
}

// again opens the systems of a demo once more, as another program would.
func again(t *testing.T, server *demo.Server) model.Union {
	t.Helper()
	_, all := openedAll(t, server, nil, record.Nowhere())
	return all
}

func TestAPlanThatOneProgramMadeAnotherOneApplies(t *testing.T) {
	t.Parallel()
	server, _, all := allOf(t, demo.Options{Tokens: 40, Users: 60}, nil, record.Nowhere())
	tokens := leavers(t, all, 4)
	before := len(server.Requests())
	p, path := planned(t, all, tokens)
	for _, r := range server.Requests()[before:] {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent to make a plan", r.Method, r.Path)
		}
	}
	for i, end := range carried(t, p, path, again(t, server), plan.Options{}) {
		if end.Outcome != plan.Done {
			t.Errorf("%s of %s is %s: %s", p.Lines[i].Token.Name, p.Lines[i].System, end.Outcome, end.Words)
		}
	}
	for i, end := range carried(t, p, path, again(t, server), plan.Options{}) {
		if end.Outcome != plan.Done {
			t.Errorf("opened again, line %d is %s: %s", i+1, end.Outcome, end.Words)
		}
	}
}

// TestAPlanForANewEndOverAllSystemsIsWhatTheTokensSayAfterwards holds what is read then against
// what the plan said.
func TestAPlanForANewEndOverAllSystemsIsWhatTheTokensSayAfterwards(t *testing.T) {
	t.Parallel()
	server, _, all := allOf(t, demo.Options{Tokens: 40, Users: 60, Now: time.Now}, nil, record.Nowhere())
	tokens := fewOfEach(must(all.Tokens(t.Context(), model.Query{Size: 500, Fresh: true}))(t).Items)
	tokens = append(tokens, leavers(t, all, 6)...)
	set := plan.Set{Expires: model.At(time.Now().Add(25 * time.Minute).Truncate(time.Second))}
	made := must(plan.Make(t.Context(), all, model.Edit, tokens, plan.Making{By: "sara", Host: "bastion", Set: set}))(t)
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := planfile.Write(path, made, false); err != nil {
		t.Fatal(err)
	}
	p := must(planfile.Read(path))(t)
	before, elsewhere := len(server.Requests()), again(t, server)
	ends := carried(t, p, path, elsewhere, plan.Options{})
	for _, r := range server.Requests()[before:] {
		if r.Method != "GET" && r.Method != "PATCH" && r.Endpoint != "signin" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
	done, now := 0, map[string]model.Token{}
	for _, row := range must(again(t, server).Tokens(t.Context(), model.Query{Size: 500, Fresh: true}))(t).Items {
		now[row.ID] = row
	}
	for i, l := range p.Lines {
		is, want := now[all.Guest(l.System, l.Token).ID], l.Token.Expires
		if ends[i].Outcome == plan.Done {
			done, want = done+1, set.Expires
		} else if ends[i].Outcome != plan.Cannot || l.Cannot == "" {
			t.Errorf("%s of %s is %s: %s", l.Token.Name, l.System, ends[i].Outcome, ends[i].Words)
		}
		if !is.Expires.Equal(want) {
			t.Errorf("%s of %s ends %s, and the plan said %s", l.Token.Name, l.System, plan.EndWords(is.Expires), plan.EndWords(want))
		}
	}
	if len(now) < len(p.Lines) || done == 0 && len(server.Systems()) > 1 {
		t.Errorf("%d of %d lines are done, and %d tokens there", done, len(p.Lines), len(now))
	}
}

func TestOfAPlanThatAnotherProgramOpensNothingHasChanged(t *testing.T) {
	t.Parallel()
	server, _, all := allOf(t, demo.Options{Tokens: 40, Users: 60}, nil, record.Nowhere())
	p, _ := planned(t, all, leavers(t, all, 20))
	seen := p.Again(t.Context(), again(t, server), plan.Rereading{AtOnce: 4})
	for i := range p.Lines {
		if words := seen[i].Changed; words != "" {
			t.Errorf("of %s in %s it is said that %s", p.Lines[i].Token.Name, p.Lines[i].System, words)
		}
	}
}

func TestATokenThatIsAnotherByNowIsNotTouchedAndTheDifferenceIsSaid(t *testing.T) {
	t.Parallel()
	server, _, all := allOf(t, demo.Options{Tokens: 40, Users: 60}, nil, record.Nowhere())
	p, path := planned(t, all, leavers(t, all, 1))
	elsewhere, fixed := again(t, server), map[string]bool{}
	for i := range p.Lines {
		l := &p.Lines[i]
		i := slices.IndexFunc(elsewhere.Members(), func(api model.API) bool { return api.Info().Name == l.System })
		api := elsewhere.Members()[i]
		o := model.Order{Action: model.Regenerate, Token: l.Token, Draft: model.Draft{Owner: l.Token.Owner}}
		if api.Info().Missing[model.Edit] == "" {
			o.Action = model.Edit
			o.Values = map[string]string{}
			for _, f := range must(api.Prepare(t.Context(), model.Edit, l.Token))(t).Fields {
				o.Values[f.Key] = f.Value
			}
			o.Values["description"] = "for somebody else now"
		}
		if fixed[l.System] = api.Info().Missing[o.Action] != ""; fixed[l.System] {
			continue // there a token never becomes another
		}
		if _, err := api.Do(t.Context(), o); err != nil {
			t.Fatalf("%s: %v", l.System, err)
		}
	}
	before := len(server.Requests())
	for i, end := range carried(t, p, path, again(t, server), plan.Options{}) {
		want := plan.Conflict
		if p.Lines[i].Kind == "waldur" || fixed[p.Lines[i].System] { // a user has one session, and to end it, it does not matter what became of it
			want = plan.Done
		}
		if end.Outcome != want || want == plan.Conflict && !strings.Contains(end.Words, ": ") {
			t.Errorf("%s is %s: %s", p.Lines[i].System, end.Outcome, end.Words)
		}
	}
	for _, r := range server.Requests()[before:] {
		if r.Method != "GET" && r.Kind != "waldur" && r.Kind != "sixth" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
}

func TestAPlanOnServersThatAreBusyAndLoseAnswersDoesNothingTwice(t *testing.T) {
	t.Parallel()
	server, _, all := allOf(t, demo.Options{Tokens: 40, Users: 60}, nil, record.Nowhere())
	p, path := planned(t, all, leavers(t, all, 5))
	if err := server.Break("delete:429=1:1/7,delete:lost:1/5,token:429=1:1/13"); err != nil {
		t.Fatal(err)
	}
	ends := carried(t, p, path, again(t, server), plan.Options{AtOnce: 3})
	if err := server.Break(""); err != nil {
		t.Fatal(err)
	}
	counted := plan.Tally(ends)
	if counted[plan.Done]+counted[plan.Uncertain] != len(p.Lines) || counted[plan.Done] == 0 {
		t.Errorf("%v: %+v", counted, ends)
	}
	deleted := map[string]int{}
	for _, r := range server.Requests() {
		if r.Method == "DELETE" && r.Status != 429 {
			deleted[r.Path]++
		}
	}
	for path, n := range deleted {
		if n > 1 {
			t.Errorf("%s was deleted %d times", path, n)
		}
	}
}

// BenchmarkAPlan deletes a thousand tokens of a server that takes five milliseconds for each
// answer, eight at once; beside it a plain loop that does the same calls.
func BenchmarkAPlan(b *testing.B) {
	const many, atOnce = 1000, 8
	var plain, took time.Duration
	for b.Loop() {
		loop, _ := deletions(b, many)
		began := time.Now()
		inALoop(b, loop, atOnce)
		plain += time.Since(began)
		api, p := deletions(b, many)
		path := filepath.Join(b.TempDir(), "plan.json")
		began = time.Now()
		if err := planfile.Write(path, p.plan, false); err != nil {
			b.Fatal(err)
		}
		journal, err := planfile.Open(p.plan, path)
		if err != nil {
			b.Fatal(err)
		}
		run, err := plan.Apply(b.Context(), p.plan, api.api, journal, plan.Options{AtOnce: atOnce})
		if err != nil {
			b.Fatal(err)
		}
		run.Wait(b.Context())
		_ = journal.Close()
		took += time.Since(began)
		if done := plan.Tally(run.Ends())[plan.Done]; done != many {
			b.Fatalf("%d are done", done)
		}
	}
	b.ReportMetric(float64(took)/float64(plain), "times-a-loop")
	b.ReportMetric(plain.Seconds()/float64(b.N), "loop-s")
	b.ReportMetric(took.Seconds()/float64(b.N), "plan-s")
}

// deletable is a system of a demo, and a plan to delete tokens of it.
type deletable struct {
	api  model.API
	plan *plan.Plan
}

func deletions(b *testing.B, many int) (deletable, deletable) {
	b.Helper()
	server, apis, _ := allOf(b, demo.Options{Tokens: many + 100, Users: many + 100, Faults: "any:slow=5ms"}, nil, record.Nowhere())
	i := slices.IndexFunc(server.Systems(), func(s demo.System) bool { return s.Kind == "hamgam" })
	var tokens []model.Token
	for q := (model.Query{Size: 500}); len(tokens) < many; {
		page, err := apis[i].Tokens(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range page.Items {
			if !row.Own {
				tokens = append(tokens, row)
			}
		}
		q.At = page.Next
	}
	p := &plan.Plan{ID: "P", Made: time.Now(), Action: model.Delete}
	info := apis[i].Info()
	for _, token := range tokens[:many] {
		p.Lines = append(p.Lines, plan.Line{System: info.Name, Kind: info.Kind, Host: info.Host, Token: token})
	}
	d := deletable{apis[i], p}
	return d, d
}

// inALoop is what a program does that writes nothing down.
func inALoop(b *testing.B, d deletable, atOnce int) {
	b.Helper()
	todo := make(chan int)
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for i := range todo {
				if _, err := d.api.Do(b.Context(), d.plan.Order(i, time.Now(), model.Text{})); err != nil {
					_, _ = fmt.Fprintln(io.Discard, err)
					b.Error(err)
				}
			}
		})
	}
	for i := range d.plan.Lines {
		todo <- i
	}
	close(todo)
	all.Wait()
}
