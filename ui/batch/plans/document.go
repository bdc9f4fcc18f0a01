package plans

import (
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// planned is a plan for programs. What is empty is left out, but for counts and the words of each
// line.
type planned struct {
	Path   string            `json:"path,omitempty"` // of its file
	ID     string            `json:"id"`
	Made   string            `json:"made"`
	By     string            `json:"by,omitempty"`
	Host   string            `json:"host,omitempty"`
	Action string            `json:"action"`
	Set    *settled          `json:"set,omitempty"`
	Count  counted           `json:"count"`
	Risks  map[plan.Risk]int `json:"risks"`
	Lines  []line            `json:"lines"`
	Untold *untold           `json:"untold,omitempty"` // of one that was made just now
}

// untold are the tokens of which it cannot be told whether they were asked for: they are in no plan.
type untold struct {
	Count  int      `json:"count"`
	Fields []string `json:"fields"`
}

// settled is what a plan to edit sets.
type settled struct {
	Expires string `json:"expires"`
}

type counted struct {
	Lines  int `json:"lines"`
	Sent   int `json:"to_send"` // nothing of it was sent
	Cannot int `json:"cannot"`
	Grave  int `json:"grave"`
}

// line is one of a plan.
type line struct {
	N       int         `json:"n"`
	System  string      `json:"system"`
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Owner   string      `json:"owner"`
	Expires string      `json:"expires"`
	Says    []string    `json:"says,omitempty"`
	Cannot  string      `json:"cannot,omitempty"`
	Risks   []plan.Risk `json:"risks,omitempty"`
}

// clean are sentences of a file, which anybody may have written.
func clean(said []string) []string {
	var words []string
	for _, one := range said {
		words = append(words, model.Clean(one).String())
	}
	return words
}

func documentOf(p *plan.Plan, path string) planned {
	c := p.Count()
	d := planned{
		Path: model.Clean(path).String(), ID: p.ID, Made: p.Made.UTC().Format(time.RFC3339), By: p.By, Host: p.Host, Action: p.Action.String(),
		Count: counted(c), Risks: map[plan.Risk]int{}, Lines: []line{},
	}
	if p.Action == model.Edit {
		d.Set = &settled{p.Set.Expires.Word()}
	}
	for _, r := range plan.Risks() {
		d.Risks[r] = 0
	}
	for i := range p.Lines {
		l := &p.Lines[i]
		d.Lines = append(d.Lines, line{
			N: i + 1, System: l.System, ID: model.Clean(l.Token.ID).String(), Name: l.Token.Name.String(), Owner: l.Token.Owner.Username.String(),
			Expires: l.Token.Expires.Word(), Says: clean(l.Says), Cannot: model.Clean(l.Cannot).String(), Risks: l.Risks,
		})
		if l.Cannot != "" {
			continue
		}
		for _, r := range l.Risks {
			d.Risks[r]++
		}
	}
	return d
}

// applied is what has become of a plan, for programs.
type applied struct {
	Path     string               `json:"path"`
	Plan     string               `json:"plan"` // its id
	Action   string               `json:"action"`
	Set      *settled             `json:"set,omitempty"`
	Outcomes map[plan.Outcome]int `json:"outcomes"`
	Lines    []ended              `json:"lines"`
}

// ended is what has become of a line.
type ended struct {
	N       int          `json:"n"`
	System  string       `json:"system"`
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Owner   string       `json:"owner"`
	Outcome plan.Outcome `json:"outcome"`
	At      string       `json:"at,omitempty"`
	Words   string       `json:"words,omitempty"`
	Seen    string       `json:"seen,omitempty"`
	Changed string       `json:"changed,omitempty"` // what a second reading found
	Waits   bool         `json:"key_waits,omitempty"`
	Key     *place       `json:"key,omitempty"`
}

// place is where a new key is, and never the key.
type place struct {
	Way plan.Way `json:"way"`
	At  string   `json:"at"`
}

func appliedOf(p *plan.Plan, path string, ends []plan.End, seen map[int]plan.Seen) applied {
	d := applied{Path: model.Clean(path).String(), Plan: p.ID, Action: p.Action.String(), Outcomes: map[plan.Outcome]int{}, Lines: []ended{}}
	if p.Action == model.Edit {
		d.Set = &settled{p.Set.Expires.Word()}
	}
	for _, o := range plan.Outcomes() {
		d.Outcomes[o] = 0
	}
	for i := range p.Lines {
		l, end := &p.Lines[i], ends[i]
		e := ended{
			N: i + 1, System: l.System, ID: model.Clean(l.Token.ID).String(), Name: l.Token.Name.String(), Owner: l.Token.Owner.Username.String(),
			Outcome: end.Outcome, Words: end.Words, Seen: end.Seen, Changed: seen[i].Changed, Waits: end.NotHandedOver(),
		}
		if !end.At.IsZero() {
			e.At = end.At.UTC().Format(time.RFC3339)
		}
		if end.Key != (plan.Place{}) {
			e.Key = &place{end.Key.Way, model.Clean(end.Key.At).String()}
		}
		d.Outcomes[end.Outcome]++
		d.Lines = append(d.Lines, e)
	}
	return d
}
