package plans

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

func TestAnEmptyQuestionIsNoPlanForEverything(t *testing.T) {
	w := newWorld(t)
	for _, args := range [][]string{
		{"plan", "delete", "-o", "/p.json"}, {"plan", "delete", "", " ", "-o", "/p.json"}, {"plan", "rotate", "-o", "/p.json"}, {"plan", "expiry", "90d", "-o", "/p.json"},
	} {
		w.expect(t, batch.Misuse, "--all is for all of them", args...)
	}
	w.expect(t, batch.Misuse, "one of the two is enough", "plan", "delete", "owner:sara", "--all", "-o", "/p.json")
	if len(w.files.plans) > 0 {
		t.Error("there is a plan")
	}
	w.expect(t, batch.Done, "", "plan", "delete", "--all", "-o", "/p.json")
	if p := w.files.plans["/p.json"]; p == nil || len(p.Lines) != 3 || w.asked.Where != "" {
		t.Errorf("%+v", p)
	}
}

func TestAPlanThatCannotBeMeantIsSaidBeforeASystemIsOpened(t *testing.T) {
	w := newWorld(t)
	w.Open = nil
	for words, args := range map[string][]string{
		"-o FILE says where":          {"plan", "delete", "owner:sara"},
		"QUERY: ":                     {"plan", "delete", "colour:red", "-o", "/p.json"},
		"there are regenerate and":    {"plan", "rotate", "owner:sara", "--by", "magic", "-o", "/p.json"},
		"WHEN is soon: this is no ti": {"plan", "expiry", "soon", "owner:sara", "-o", "/p.json"},
		"WHEN says when":              {"plan", "expiry", "-o", "/p.json"},
		"1 to 64 are possible":        {"plan", "delete", "owner:sara", "-o", "/p.json", "--at-once", "65"},
	} {
		w.expect(t, batch.Misuse, words, args...)
	}
}

func TestAPlanSaysWhereItIsAndOfHowMuch(t *testing.T) {
	w := newWorld(t)
	w.idp.tokens[0].LastUsed = model.At(time.Now())
	w.idp.info.Production = true
	w.expect(t, batch.Done, "", "plan", "delete", "owner:sara", "is:stale", "-o", "/p.json")
	p := w.files.plans["/p.json"]
	want := "path\t/p.json\nid\t" + p.ID + "\naction\tdelete\nlines\t3\nto send\t3\ncannot\t0\ngrave\t3\nrisk production\t3\nrisk used-lately\t1\n"
	if w.out != want || w.asked.Where != "owner:sara is:stale" {
		t.Errorf("%q asks for %q", w.out, w.asked.Where)
	}
}

func TestAPlanIsADocumentForPrograms(t *testing.T) {
	w := newWorld(t)
	w.shop.tokens, w.shop.info.Missing = some(1), model.Caps{model.Regenerate: "no key can be made there"}
	w.expect(t, batch.Done, "", "plan", "rotate", "owner:sara", "-o", "/p.json", "--json")
	var d struct {
		Schema, Kind, Path, ID, Action string
		Count                          struct {
			Lines, Cannot, Grave int
			Sent                 int `json:"to_send"`
		}
		Risks map[string]int
		Lines []struct {
			N                                        int
			System, ID, Name, Owner, Cannot, Expires string
			Says, Risks                              []string
		}
	}
	if err := json.Unmarshal([]byte(w.out), &d); err != nil {
		t.Fatal(err)
	}
	last := d.Lines[len(d.Lines)-1]
	if d.Schema != model.Schema || d.Kind != "plan" || d.Path != "/p.json" || d.ID != w.files.plans["/p.json"].ID || d.Action != "regenerate" ||
		d.Count.Lines != 4 || d.Count.Sent != 3 || d.Count.Cannot != 1 || last.N != 4 || last.System != "shop" || last.Cannot != "no key can be made there" || d.Lines[0].Expires != "never" {
		t.Errorf("%s", w.out)
	}
}

func TestWhereASystemCannotBeReadThereIsNoPlanUnlessItIsLeftOut(t *testing.T) {
	w := newWorld(t)
	w.unread = &model.Error{Kind: model.Unavailable, Message: model.Clean("shop: no answer"), System: "shop"}
	w.expect(t, batch.Failed, "--without NAME leaves one out", "plan", "delete", "owner:sara", "-o", "/p.json")
	if !strings.Contains(w.stderr.String(), "shop: no answer") || len(w.files.plans) > 0 {
		t.Errorf("%s", w.stderr.String())
	}
	w.unread = nil
	w.expect(t, batch.Done, "", "plan", "delete", "owner:sara", "-o", "/p.json", "--without", "shop")
	if len(w.asked.Without) != 1 || w.asked.Without[0] != "shop" {
		t.Errorf("asked for %+v", w.asked)
	}
	w.expect(t, batch.Misuse, "no system is called", "plan", "delete", "owner:sara", "-o", "q.json", "--without", "barn")
}

func TestTokensOfWhichItCannotBeToldAreCountedAndNotInThePlan(t *testing.T) {
	w := newWorld(t)
	w.far = model.Sifted{Read: 9, Unsaid: 6, Untold: []string{"last-used"}}
	w.expect(t, batch.Done, "not in the plan: 6 (not told: last-used)", "plan", "delete", "is:unused", "-o", "/p.json")
	if n := len(w.files.plans["/p.json"].Lines); n != 3 {
		t.Errorf("it has %d lines", n)
	}
}

func TestAPlanOfWhichNothingCanBeSentIsNone(t *testing.T) {
	w := newWorld(t)
	w.idp.tokens = nil
	for _, how := range [][]string{{"-o", "/p.json"}, {"--dry-run"}, {"-o", "/p.json", "--json"}} {
		w.expect(t, batch.Failed, "there is no plan: no token is what is asked for", append([]string{"plan", "delete", "owner:srra"}, how...)...)
		if len(w.files.plans) > 0 || w.out != "" {
			t.Errorf("%q: there is a plan, and %q", how, w.out)
		}
	}
	w = newWorld(t)
	w.idp.info.Missing = model.Caps{model.Delete: "nothing can be deleted there"}
	w.expect(t, batch.Failed, "cannot: 3: nothing can be deleted there", "plan", "delete", "owner:sara", "-o", "/p.json")
	if len(w.files.plans) > 0 || w.out != "" {
		t.Errorf("there is a plan, and %q", w.out)
	}
	w.idp.info.ReadOnly = true
	w.expect(t, batch.Refused, "there is no plan", "plan", "delete", "owner:sara", "-o", "/p.json")
}

func TestAFileThatIsThereIsNotWrittenOver(t *testing.T) {
	w := newWorld(t)
	id := w.planned(t, "delete", "owner:sara")
	w.expect(t, batch.Misuse, "/p.json is there already", "plan", "delete", "owner:sara", "-o", "/p.json")
	if w.files.plans["/p.json"].ID != id {
		t.Error("it is another one")
	}
}

func TestWhereAPlanCannotGoIsSaidBeforeASystemIsOpened(t *testing.T) {
	w := newWorld(t)
	w.Open = nil
	w.NewFile = func(path string) (string, error) {
		return path, errors.New(path + " is there already, and nothing is written over")
	}
	w.expect(t, batch.Misuse, "-o: /a/link is there already", "plan", "delete", "owner:sara", "-o", "/a/link")
	for _, more := range []string{"--json", "--dry-run"} {
		w.expect(t, batch.Misuse, "-o -: a plan is kept in a file", "plan", "delete", "owner:sara", "-o", "-", more)
	}
}

func TestADryRunOfAPlanWritesNothing(t *testing.T) {
	w := newWorld(t)
	w.expect(t, batch.Done, "", "plan", "delete", "owner:sara", "--dry-run", "--json", "-o", "/p.json")
	if len(w.files.plans) > 0 || strings.Contains(w.out, `"path"`) || !strings.Contains(w.out, `"kind": "plan"`) {
		t.Errorf("%s", w.out)
	}
}

func TestAPlanHasAnEnd(t *testing.T) {
	w := newWorld(t)
	w.idp.tokens = make([]model.Token, plan.Most+1)
	w.expect(t, batch.Failed, "it would have more than 10,000 lines", "plan", "delete", "owner:sara", "-o", "/p.json")
}
