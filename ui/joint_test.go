package ui

import (
	"context"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

// joint is several systems as one, in memory: a list after the other.
type joint struct {
	began time.Time // when those were asked that are missing
	model.API
	remotes []*remote
	missing map[string]bool // those that have not answered yet, by name
	given   string          // the one of those that was given up
	asked   []model.Query
	opened  []*relatives // the persons that were asked for
	counted int          // how often its tokens were counted
}

func (j *joint) Info() model.Info {
	first := j.remotes[0].info
	info := model.Info{
		Name: "all", Kind: "3 systems", Production: true, OwnerAndMore: true,
		Missing:    model.Caps{model.Create: "go to the system in which it is to be: 0 shows them", model.Revoke: "go there"},
		TokenSorts: first.TokenSorts, UserSorts: first.UserSorts,
	}
	return info
}

func (j *joint) Tokens(_ context.Context, q model.Query) (model.Page[model.Token], error) {
	j.asked = append(j.asked, q)
	var page model.Page[model.Token]
	for _, r := range j.remotes {
		name := r.info.Name
		switch err := r.fail["tokens"]; {
		case err != nil:
			page.Lacks = append(page.Lacks, "✗ "+name+": "+model.Reason(err)+"; nothing of it is here.")
			continue
		case j.missing[name]:
			page.Unfinished, page.Note, page.Stop = true, name+": asking…", func() { j.given = name }
			if j.given == name {
				page.Unfinished, page.Note, page.Stop = false, "", nil
				page.Lacks = append(page.Lacks, "✗ "+name+": given up; nothing of it is here.")
			}
			continue
		}
		for _, t := range r.tokens {
			if only := q.Filter.Only.ID; only == "" || only == name+"/"+t.Owner.ID {
				page.Items = append(page.Items, j.Guest(name, t))
			}
		}
	}
	page.Total = len(page.Items)
	if q.Where != "" {
		page.Sifted = j.remotes[0].sifted
	}
	return page, nil
}

// Count implements Union: what has not answered yet is on its way.
func (j *joint) Count(context.Context, bool) []review.Counted {
	j.counted++
	var each []review.Counted
	for _, r := range j.remotes {
		c := review.Counted{System: r.info.Name, Total: model.Uncounted, Err: r.fail["tokens"], Stage: review.Broken}
		switch {
		case j.missing[c.System]:
			c.Stage, c.Began = review.Coming, j.began
		case c.Err == nil:
			c.Counts = review.Count(r.tokens, review.Moment{Now: r.clock.now, Limits: review.Usual()})
			c.Stage, c.Total, c.Began, c.Heard, c.Took = review.Whole, c.All+r.beyond, r.clock.now, r.clock.now, r.slow
		}
		if r.beyond > 0 {
			c.Stage = review.First
		}
		if r.never != nil {
			c.Never, c.NeverTold = review.Tally{Yes: *r.never}, true
		}
		each = append(each, c)
	}
	return each
}

func (j *joint) Users(context.Context, model.Query) (model.Page[model.User], error) {
	var page model.Page[model.User]
	for _, r := range j.remotes {
		for _, u := range r.users {
			page.Items = append(page.Items, j.Guest(r.info.Name, model.Token{Owner: u}).Owner)
		}
	}
	page.Total = len(page.Items)
	return page, nil
}

func (j *joint) Members() []model.API {
	var apis []model.API
	for _, r := range j.remotes {
		apis = append(apis, r)
	}
	return apis
}

func (j *joint) Home(t model.Token) (model.API, model.Token) {
	name := t.System + t.Owner.System
	for _, r := range j.remotes {
		if strings.HasPrefix(name, r.info.Name) {
			t.System, t.Owner.System = "", ""
			t.ID, t.Owner.ID = strings.TrimPrefix(t.ID, r.info.Name+"/"), strings.TrimPrefix(t.Owner.ID, r.info.Name+"/")
			return r, t
		}
	}
	return nil, t
}

func (j *joint) Guest(system string, t model.Token) model.Token {
	t.System, t.Owner.System = system, system
	t.ID, t.Owner.ID = system+"/"+t.ID, system+"/"+t.Owner.ID
	return t
}
