package client_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/model"
	"authdeck/model/person"
)

// Promises about one person in several systems.

// whole asks until nothing is on its way any more.
func whole[T any](t *testing.T, ask func(model.Query) (model.Page[T], error), q model.Query) model.Page[T] {
	t.Helper()
	for q.Size = 500; ; q.Fresh = false {
		answer := must(ask(q))(t)
		if !answer.Unfinished {
			return answer
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func seedOf(t *testing.T, api model.API, name string) person.Seed {
	t.Helper()
	for _, u := range must(api.Users(t.Context(), model.Query{Size: 200, Search: name}))(t).Items {
		if u.Username.String() == name {
			return person.Seed{System: api.Info().Name, Account: model.User{ID: u.ID, Username: u.Username}}
		}
	}
	t.Fatalf("%s has no %s", api.Info().Name, name)
	return person.Seed{}
}

func tied(ties map[string]person.Tie) string {
	var all []string
	for _, t := range ties {
		all = append(all, t.System+": "+t.String())
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// TestAPersonIsFoundInAllSystemsFromAnyOfThem opens the same person from each of the five.
func TestAPersonIsFoundInAllSystemsFromAnyOfThem(t *testing.T) {
	t.Parallel()
	server, apis, all := allOf(t, demo.Options{Tokens: 60, Users: 60}, nil)
	for _, api := range apis {
		view := all.(person.Finder).Person(seedOf(t, api, "root.admin"))
		before := len(server.Requests())
		accounts := whole(t, func(q model.Query) (model.Page[model.User], error) { return view.Users(t.Context(), q) }, model.Query{Fresh: true})
		if len(accounts.Items) != 5 || len(accounts.Lacks) > 0 {
			t.Errorf("from %s: %d accounts, %q", api.Info().Name, len(accounts.Items), accounts.Lacks)
		}
		for id, tie := range view.Ties() {
			if !tie.How.Sure() {
				t.Errorf("from %s: %q is %s", api.Info().Name, id, tie)
			}
		}
		asked := len(server.Requests()) - before
		tokens := whole(t, func(q model.Query) (model.Page[model.Token], error) { return view.Tokens(t.Context(), q) }, model.Query{Fresh: true})
		want := 0
		for _, each := range apis {
			for _, row := range whole(t, func(q model.Query) (model.Page[model.Token], error) { return each.Tokens(t.Context(), q) }, model.Query{}).Items {
				if row.Owner.Username.String() == "root.admin" {
					want++
				}
			}
		}
		for _, row := range tokens.Items {
			if row.Owner.Username.String() != "root.admin" {
				t.Errorf("from %s: a token of %s in %s", api.Info().Name, row.Owner.Username, row.System)
			}
		}
		if len(tokens.Items) != want || want == 0 {
			t.Errorf("from %s: %d tokens of %d", api.Info().Name, len(tokens.Items), want)
		}
		t.Logf("%s: %d requests, %d tokens\n%s\n%s", api.Info().Name, asked, want, tied(view.Ties()), tokens.Note)
		if err := view.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
	for _, r := range server.Requests() {
		if r.Method != http.MethodGet && !strings.Contains(r.Path, "auth") && !strings.Contains(r.Path, "session") {
			t.Errorf("a look is a %s of %s", r.Method, r.Path)
		}
	}
	_ = fmt.Sprint
}
