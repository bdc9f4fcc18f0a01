package find_test

import (
	"context"
	"testing"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

// namesakes is a system in which accounts look alike.
type namesakes struct {
	stub
	owners []model.User
}

func (s *namesakes) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	page := model.Page[model.Token]{Total: len(s.owners)}
	for _, u := range s.owners {
		page.Items = append(page.Items, model.Token{ID: "of " + u.ID, Owner: u, State: model.Active})
	}
	return page, nil
}

// TestWhoHidesLettersInANameIsNobodyElse is about a script that ends somebody's tokens: the right
// name has to find theirs, and nobody's who looks like them.
func TestWhoHidesLettersInANameIsNobodyElse(t *testing.T) {
	s := &namesakes{owners: []model.User{
		{ID: "7", Username: model.Clean("ali")},
		{ID: "17", Username: model.Clean("\u200eali")},
		{ID: "77", Username: model.Clean("ali\r")},
		{ID: "A7", Username: model.Clean("سارا"), FullName: model.Clean("\u202eali")},
	}}
	api := find.New(s, review.Usual())
	for where, want := range map[string]string{
		"owner=ali": "of 7", "owner:ali": "of 7 of 17 of 77 of A7", "owner:al*": "of 7 of 17 of 77 of A7", "owner=سارا": "of A7", "ali": "of 7 of 17 of 77 of A7",
		"owner_id:7": "of 7", "owner_id=7": "of 7", "owner_id:a7": "", "owner_id:A7": "of A7", "owner_id:*7": "", "owner_id:7,17": "of 7 of 17", "-owner_id:7": "of 17 of 77 of A7",
		"token_id:\"of 77\"": "of 77", "token_id=of": "",
	} {
		page, err := api.Tokens(t.Context(), model.Query{Size: 9, Where: where})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, row := range page.Items {
			got += " " + row.ID
		}
		if got != map[bool]string{true: " " + want}[want != ""] {
			t.Errorf("%s finds%s, want %s", where, got, want)
		}
	}
}
