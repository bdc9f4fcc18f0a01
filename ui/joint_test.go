package ui

import (
	"context"
	"strings"

	"authdeck/model"
)

// joint is several systems as one, in memory: a list after the other.
type joint struct {
	model.API
	remotes []*remote
	missing map[string]bool // those that have not answered yet, by name
	asked   []model.Query
	opened  []*relatives // the persons that were asked for
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
			page.Unfinished, page.Note = true, name+": asking…"
			continue
		}
		for _, t := range r.tokens {
			if only := q.Filter.Only.ID; only == "" || only == name+"/"+t.Owner.ID {
				page.Items = append(page.Items, j.Guest(name, t))
			}
		}
	}
	page.Total = len(page.Items)
	return page, nil
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
