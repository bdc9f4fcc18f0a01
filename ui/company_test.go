package ui

import (
	"fmt"
	"time"

	"authdeck/model"
)

// company is a small system: five tokens, seven users, one page of each.
func company(c *clock) *remote {
	r := &remote{
		info: model.Info{
			Name: "shop", Kind: "hamgam", Host: "shop.example.com",
			Missing: model.Caps{
				model.Edit: "there is nothing to edit", model.Replace: "no need", model.Revoke: "not by key",
				model.Reveal: "a key is shown once",
			},
			TokenSorts: []model.Sort{
				{Key: "", Label: "newest first", By: model.Falling(model.ByCreated)},
				{Key: "old", Label: "oldest first", By: model.Rising(model.ByCreated)},
				{Key: "name", Label: "by name", By: model.Rising(model.ByName)},
			},
			TokenWord: "no.", TokenSearch: []string{"owner", "number"}, UserSearch: []string{"username", "full name"},
			UserSorts:   []model.Sort{{Key: "", Label: "by number"}, {Key: "name", Label: "by name", By: model.Rising(model.ByName)}},
			UserFilters: []model.Choice{{Value: "with", Label: "with a token"}, {Value: "without", Label: "without a token"}},
		},
		forms: map[model.Action]model.Form{
			model.Regenerate: {Danger: true, Warnings: []string{"Whatever uses the old key is signed out."}},
			model.Delete:     {Danger: true, Warnings: []string{"Whatever uses the key is signed out."}},
			model.Create: {Fields: []model.Field{{
				Label: "user", Kind: model.AskUser, Help: "Only users without a token.",
				Filter: model.Filter{Choice: "without"},
			}}},
		},
		page: 50, clock: c, fail: map[string]error{},
	}
	for i, name := range []string{"sara", "omid", "лев", "wei\x1b[2J", "reza", "nika", "zoe"} {
		r.users = append(r.users, account(i+1, name, i < 5))
	}
	for i, u := range r.users[:5] {
		r.tokens = append(r.tokens, token(100+i, u))
	}
	r.tokens[1].LastUsed, r.tokens[1].Updated = model.Not(model.Never), since(c, 90*time.Minute)
	r.tokens[2].Expires, r.tokens[2].State = model.Not(model.Never), model.Expired
	r.tokens[3].Updated, r.tokens[3].State = model.When{}, model.Unclear
	r.tokens[4].Own = true
	r.me = r.users[4]
	return r
}

func since(c *clock, d time.Duration) model.When { return model.At(c.now.Add(-d)) }

func account(number int, name string, hasToken bool) model.User {
	return model.User{
		ID: fmt.Sprint(number), Username: model.Clean(name), FullName: model.Clean("Full " + name),
		Mobile: model.Clean("+9891200000" + fmt.Sprint(number)), Active: model.Yes, HasToken: model.AnswerOf(hasToken),
		LastLogin: model.Not(model.Never),
	}
}

func token(number int, owner model.User) model.Token {
	made := time.Date(2025, 12, 24, 8, 30, 0, 0, time.UTC).AddDate(0, 0, -number+100)
	return model.Token{
		ID: fmt.Sprint(number), Name: model.Clean(fmt.Sprintf("#%d", number)), Owner: owner,
		Created: model.At(made), Updated: model.At(made), Expires: model.Not(model.NotApplicable), State: model.Active,
	}
}

// crowd is a system of many users with a token each, three pages of them.
func crowd(c *clock) *remote {
	r := company(c)
	r.users, r.tokens, r.page = nil, nil, 10
	for i := range 25 {
		u := account(i+1, fmt.Sprintf("user%02d", i+1), true)
		r.users, r.tokens = append(r.users, u), append(r.tokens, token(101+i, u))
	}
	return r
}
