package awx_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

func at(t *testing.T, text string) model.When {
	t.Helper()
	return model.At(must(time.Parse(time.RFC3339Nano, text))(t))
}

func TestATokenSaysWhatTheServerKnows(t *testing.T) {
	const head = `{"id":7,"created":"2024-07-02T09:15:00Z","modified":"2024-07-02T09:15:00.000202Z","description":"d","scope":"write",`
	for name, c := range map[string]struct {
		json string
		want func(model.Token) bool
	}{
		"a personal one": {token42, func(x model.Token) bool {
			return x.ID == "42" && x.Name.String() == "#42" && x.Kind.String() == "personal" && x.Owner.ID == "1" && x.Owner.Username.String() == "root" &&
				x.Owner.FullName.String() == "Ruth Roe" && x.Description.String() == "night watch" && x.Scope.String() == "read" && x.Note.Empty() && !x.Own
		}},
		"its dates": {token42, func(x model.Token) bool {
			return x.Created.Equal(at(t, "2024-07-02T09:15:00.000101Z")) && x.Updated.Equal(x.Created) &&
				x.Expires.Equal(at(t, "3023-11-04T09:15:00.00005Z")) && x.State == model.Active
		}},
		"a use that AWX does not show": {token42, func(x model.Token) bool { return x.LastUsed.Knowledge() == model.Unknown }},
		"one of an application": {
			head + `"user":3,"application":9,"summary_fields":{"user":{"id":3,"username":"ali"},"application":{"id":9,"name":"Portal"}}}`,
			func(x model.Token) bool {
				return x.Kind.String() == "application" && x.App.String() == "Portal" && x.Note.Empty() && x.Owner.Username.String() == "ali"
			},
		},
		"one of an application that it does not name": {head + `"user":3,"application":9}`, func(x model.Token) bool { return x.App.String() == "number 9" }},
		"one without an owner":                        {head + `"user":null}`, func(x model.Token) bool { return x.Owner.ID == "" }},
		"an owner without name":                       {head + `"user":5}`, func(x model.Token) bool { return x.Owner.ID == "5" && x.Owner.Username.Empty() }},
		"a summary of another":                        {head + `"user":5,"summary_fields":{"user":{"id":6,"username":"eve"}}}`, func(x model.Token) bool { return x.Owner.ID == "5" && x.Owner.Username.Empty() }},
		"never used":                                  {head + `"last_used":null}`, func(x model.Token) bool { return x.LastUsed.Knowledge() == model.Never }},
		"used":                                        {head + `"last_used":"2025-01-01T00:00:00Z"}`, func(x model.Token) bool { return x.LastUsed.Equal(at(t, "2025-01-01T00:00:00Z")) }},
		"ended":                                       {head + `"expires":"2018-01-01T00:00:00.123Z"}`, func(x model.Token) bool { return x.State == model.Expired }},
		"without an end":                              {head + `"expires":"soon"}`, func(x model.Token) bool { return x.State == model.Unclear && x.Expires.Knowledge() == model.Unknown }},
		"of a scope of tomorrow":                      {strings.Replace(head, "write", "openid roles", 1) + `"x":1}`, func(x model.Token) bool { return x.Scope.String() == "openid roles" }},
	} {
		s := start(t, map[string][]answer{"GET /api/gateway/v1/tokens/": {ok(listOf(c.json))}})
		page := must(s.byToken(t, "gateway").Tokens(t.Context(), model.Query{Size: 5}))(t)
		if len(page.Items) != 1 || page.Total != 1 || page.Next != "" || !c.want(page.Items[0]) {
			t.Errorf("%s: %+v", name, page)
		}
	}
}

func TestAUserSaysWhatTheServerKnows(t *testing.T) {
	for name, c := range map[string]struct {
		json string
		want func(model.User) bool
	}{
		"a superuser": {rootUser, func(u model.User) bool {
			return u.ID == "1" && u.Admin == model.Yes && u.Role.Empty() && u.Kind.Empty() && u.Email.String() == "root@lab.invalid" &&
				u.LastLogin.Equal(at(t, "2026-01-02T03:04:05.123456Z")) && u.Created.Equal(at(t, "2024-01-02T03:04:05.000006Z"))
		}},
		"what nobody says": {rootUser, func(u model.User) bool {
			return u.Active == model.Unsaid && u.Staff == model.Unsaid && u.HasToken == model.Unsaid
		}},
		"hardly anything":    {`{"id":2}`, func(u model.User) bool { return u.Admin == model.Unsaid && u.LastLogin.Knowledge() == model.Unknown }},
		"never logged in":    {`{"id":2,"last_login":null}`, func(u model.User) bool { return u.LastLogin.Knowledge() == model.Never }},
		"a system auditor":   {`{"id":2,"is_superuser":false,"is_system_auditor":true}`, func(u model.User) bool { return u.Role.String() == "system auditor" && u.Admin == model.No }},
		"a platform auditor": {`{"id":2,"is_platform_auditor":true}`, func(u model.User) bool { return u.Role.String() == "platform auditor" }},
		"a directory's":      {`{"id":2,"external_account":"ldap"}`, func(u model.User) bool { return u.Kind.String() == "ldap" }},
		"of a hostile name":  {`{"id":2,"username":"\u001b[2J"}`, func(u model.User) bool { return u.Username.String() == "␛[2J" }},
		"the platform's own": {`{"id":2,"managed":true}`, func(u model.User) bool { return strings.Contains(u.Kind.String(), "managed") }},
		"a name of nulls":    {`{"id":2,"username":"x","first_name":null,"last_name":null,"email":null}`, func(u model.User) bool { return u.FullName.Empty() }},
	} {
		s := start(t, map[string][]answer{"GET /api/v2/users/": {ok(listOf(c.json))}})
		page := must(s.byToken(t, "none").Users(t.Context(), model.Query{Size: 5}))(t)
		if len(page.Items) != 1 || !c.want(page.Items[0]) {
			t.Errorf("%s: %+v", name, page)
		}
	}
}
