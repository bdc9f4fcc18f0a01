package client_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/demo"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/person"
)

// Promises about one person in several systems.

// whole asks until nothing is on its way any more, page by page. Lacks are what is not there.
func whole[T any](t *testing.T, ask func(context.Context, model.Query) (model.Page[T], error)) (rows []T, lacks string) {
	t.Helper()
	q := model.Query{Size: 200, Fresh: true}
	for {
		answer, err := ask(t.Context(), q)
		q.Fresh = false
		switch {
		case err != nil:
			return nil, err.Error()
		case answer.Unfinished:
			time.Sleep(5 * time.Millisecond)
			continue
		case answer.Next == "":
			return append(rows, answer.Items...), strings.Join(answer.Lacks, " ")
		}
		rows, q.At = append(rows, answer.Items...), answer.Next
	}
}

// seed is what a row of a token says of its owner.
func seed(api model.API, u model.User) person.Seed {
	return person.Seed{System: api.Info().Name, Account: model.User{ID: u.ID, Username: u.Username}}
}

func opened(t *testing.T, all model.Union, s person.Seed) person.View {
	t.Helper()
	view := all.(person.Finder).Person(s)
	t.Cleanup(func() { _ = view.Close(t.Context()) })
	return view
}

// mute are the systems that tell nobody's e-mail, by which a person would be sure there.
func mute(t *testing.T, apis []model.API) map[string]bool {
	t.Helper()
	silent := map[string]bool{}
	for _, api := range apis {
		users := must(api.Users(t.Context(), model.Query{Size: 200}))(t).Items
		silent[api.Info().Name] = !slices.ContainsFunc(users, func(u model.User) bool { return !u.Email.Empty() })
	}
	return silent
}

func TestAPersonIsFoundInAllSystemsFromAnyOfThem(t *testing.T) {
	t.Parallel()
	server, apis, all := allOf(t, demo.Options{Tokens: 60, Users: 60}, nil, record.Nowhere())
	want, silent := 0, mute(t, apis)
	rows, _ := whole(t, all.Tokens)
	for _, row := range rows {
		if row.Owner.Username.String() == "root.admin" {
			want++
		}
	}
	for _, api := range apis {
		users := must(api.Users(t.Context(), model.Query{Size: 200, Search: "root.admin"}))(t).Items
		i := slices.IndexFunc(users, func(u model.User) bool { return u.Username.String() == "root.admin" })
		view := opened(t, all, seed(api, users[i]))
		if accounts, lacks := whole(t, view.Users); len(accounts) != len(apis) || lacks != "" {
			t.Errorf("from %s: %d accounts, %s", api.Info().Name, len(accounts), lacks)
		}
		for id, tie := range view.Ties() {
			if !tie.How.Sure() && !silent[tie.System] && !silent[api.Info().Name] {
				t.Errorf("from %s: %q is %s", api.Info().Name, id, tie)
			}
		}
		if tokens, lacks := whole(t, view.Tokens); len(tokens) != want || want == 0 || lacks != "" {
			t.Errorf("from %s: %d tokens of %d, %s", api.Info().Name, len(tokens), want, lacks)
		}
	}
	for _, r := range server.Requests() {
		if signsIn := strings.Contains(r.Path, "auth") || strings.Contains(r.Path, "session"); r.Method != http.MethodGet && !signsIn {
			t.Errorf("to look for somebody is a %s of %s", r.Method, r.Path)
		}
	}
}

// TestNobodysTokensAreMissedAndNoneAreSomebodyElses looks for many people, some with names
// that attack a terminal, and compares with the tokens of everybody. In the demo everybody has
// the same user name everywhere, so that it can be told who is who.
func TestNobodysTokensAreMissedAndNoneAreSomebodyElses(t *testing.T) {
	t.Parallel()
	_, apis, all := allOf(t, demo.Options{}, nil, record.Nowhere())
	of := map[string][]string{}
	rows, _ := whole(t, all.Tokens)
	for _, row := range rows {
		name := row.Owner.Username.Quoted()
		of[name] = append(of[name], row.System+" "+row.ID)
	}
	weak, sure, silent := 0, 0, mute(t, apis)
	people, _ := whole(t, apis[0].Users)
	for i, u := range people {
		if i%8 != 0 && !u.Email.Empty() {
			continue
		}
		view := opened(t, all, seed(apis[0], u))
		var found []string
		tokens, lacks := whole(t, view.Tokens)
		for _, row := range tokens {
			found = append(found, row.System+" "+row.ID)
		}
		slices.Sort(found)
		if u.Username.Changed() && lacks != "" {
			continue // a name that cannot be sent as it came, and that is said
		}
		if want := slices.Sorted(slices.Values(of[u.Username.Quoted()])); !slices.Equal(found, want) {
			t.Errorf("%s: %q, want %q; %s", u.Username.Quoted(), found, want, lacks)
		}
		for _, tie := range view.Ties() {
			switch {
			case tie.How == person.Itself:
			case tie.How.Sure():
				sure++
				if u.Email.Empty() {
					t.Errorf("%s has no e-mail, and is sure in %s: %s", u.Username.Quoted(), tie.System, tie)
				}
			default:
				weak++
				if !u.Email.Empty() && !silent[tie.System] {
					t.Errorf("%s has an e-mail, and in %s is told by: %s", u.Username.Quoted(), tie.System, tie)
				}
			}
		}
	}
	if weak < 8 || sure < 80 {
		t.Errorf("%d weak and %d sure ties are no mixture", weak, sure)
	}
}

// TestAFileOfAPersonSaysOfEachRowHowItWasMatched is about a file that is read when what the
// console said is forgotten.
func TestAFileOfAPersonSaysOfEachRowHowItWasMatched(t *testing.T) {
	t.Parallel()
	_, apis, all := allOf(t, demo.Options{Tokens: 60, Users: 60}, nil, record.Nowhere())
	users := must(apis[0].Users(t.Context(), model.Query{Size: 200, Search: "root.admin"}))(t).Items
	said := map[string]int{}
	for _, from := range []person.Seed{seed(apis[0], users[0]), person.Named("root.admin")} {
		view := opened(t, all, from)
		for _, rows := range []model.Rows{model.TokenRows, model.UserRows} {
			for _, row := range tiedRows(t, view, rows) {
				tie := view.Ties()[view.Guest(row.System, model.Token{Owner: model.User{ID: cmp.Or(row.OwnerID, row.ID)}}).Owner.ID]
				if sure := map[bool]string{true: "yes", false: "no"}[tie.How.Sure()]; row.How != tie.String() || row.Sure != sure {
					t.Errorf("%s, %s %s: %q, sure: %s; it is %q", rows, row.System, row.ID, row.How, row.Sure, tie.String())
				}
				said[row.Sure]++
			}
		}
	}
	if said["yes"] < len(apis) || said["no"] < len(apis) {
		t.Errorf("of all rows %v are sure", said)
	}
}

// tiedRow is a row of a file of a person.
type tiedRow struct {
	System, ID, How, Sure string
	OwnerID               string `json:"owner_id"`
}

func tiedRows(t *testing.T, view person.View, rows model.Rows) (written []tiedRow) {
	t.Helper()
	var file bytes.Buffer
	if _, err := client.WriteRows(t.Context(), view, model.Export{Rows: rows, Format: model.JSON}, &file); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file.Bytes(), &written); err != nil {
		t.Fatal(err)
	}
	return written
}
