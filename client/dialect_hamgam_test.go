package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"authdeck/client/demo"
	"authdeck/model"
)

func hamgams() []subject {
	none := []model.Action{model.Edit, model.Replace, model.Revoke, model.Reveal}
	refused := weakness{tokens: model.Forbidden, create: model.Forbidden}
	undeletable := hamgam()
	undeletable.strays = regexp.MustCompile(`^DELETE /api/users/auth_tokens/\d+/$`) // asked for once, to find out
	old := hamgam()
	old.tolerates["create late"] = []model.Kind{model.Invalid} // and that refusal comes late
	old.tolerates["create cut"] = []model.Kind{model.Invalid}  // the refusal that names the other field is cut
	for _, asked := range []string{"create wrongtype", "tokens 403", "token 403", "token cut", "tokens cut"} {
		old.tolerates[asked] = append(old.tolerates[asked], twice) // in the other words
	}
	played := func(quirks ...demo.Quirk) demo.Options { return demo.Options{Quirks: quirks} }
	return []subject{
		{name: "hamgam", dialect: hamgam(), enter: byToken, missing: none, weak: refused},
		{
			name: "hamgam without delete", dialect: undeletable, enter: byToken, options: played(demo.HamgamNoDelete),
			missing: append([]model.Action{model.Delete}, none...), weak: refused, variant: true,
		},
		{
			name: "hamgam of the older pages", dialect: old, enter: byToken, options: played(demo.HamgamOldCreate),
			missing: none, weak: refused, variant: true,
		},
		{
			name: "hamgam that lists staff only", dialect: hamgam(), enter: byToken,
			options: demo.Options{Quirks: []demo.Quirk{demo.HamgamStaffList}, Users: 250}, // most of them are customers
			missing: none, weak: refused, variant: true,
		},
		{name: "hamgam by password", dialect: hamgam(), enter: byPassword, missing: none, weak: refused, variant: true},
	}
}

func hamgam() dialect {
	return dialect{
		kind: "hamgam", tokens: 100, ownIsTold: true, oneEach: true, besideList: true,
		me: "/api/users/me/", truth: hamgamTruth,
		sign: func(r *http.Request, key string) { r.Header.Set("Authorization", "Token "+key) },
		tolerates: map[string][]model.Kind{
			"delete 404":       {model.Uncertain}, // the token has just been read
			"regenerate 404":   {model.Uncertain},
			"tokens first 403": {fine}, // whoever may make tokens need not be allowed to read them
		},
		tokenOrder: hamgamTokenOrder(), userOrder: hamgamUserOrder(),
		userFits: map[string]func(model.User) bool{
			"with":    func(u model.User) bool { return u.HasToken == model.Yes },
			"without": func(u model.User) bool { return u.HasToken == model.No },
		},
		tokenValue: map[string]func(model.Token) string{
			"id": func(t model.Token) string { return t.ID }, "created": dayOf(tokenCreated), "updated": dayOf(tokenUpdated),
		},
		userValue: map[string]func(model.User) string{
			"id": func(u model.User) string { return u.ID }, "created": dayOf(userCreated),
		},
		holders:    hamgamHolders,
		unfindable: func(u model.User) bool { return u.Username.Changed() && (u.Mobile.Empty() || u.Mobile.Changed()) },
	}
}

func hamgamTokenOrder() map[string]func(a, b model.Token) int {
	id := numeric(func(t model.Token) string { return t.ID })
	return map[string]func(a, b model.Token) int{
		"id": up(id), "-id": down(id), "updated_at": earlier(tokenUpdated), "-updated_at": later(tokenUpdated),
		"user": up(numeric(func(t model.Token) string { return t.Owner.ID })),
	}
}

func hamgamUserOrder() map[string]func(a, b model.User) int {
	return map[string]func(a, b model.User) int{
		"id":          up(numeric(func(u model.User) string { return u.ID })),
		"-created_at": later(userCreated), "last_login": earlier(userLogin), "-last_login": later(userLogin),
		"username": up(func(u model.User) string { return unaltered(u.Username) }),
		"email":    up(func(u model.User) string { return unaltered(u.Email) }),
	}
}

func hamgamHolders(t *testing.T, w *world) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for offset := 0; ; offset += 100 {
		code, body := w.plain(t, fmt.Sprintf("/api/users/?has_token=true&limit=100&offset=%d", offset), w.system.Token)
		var page struct{ Results []struct{ ID json.Number } }
		if err := json.Unmarshal(body, &page); err != nil || code != http.StatusOK {
			t.Fatalf("the list of holders answered %d: %v", code, err)
		}
		for _, u := range page.Results {
			ids[u.ID.String()] = true
		}
		if len(page.Results) == 0 {
			return ids
		}
	}
}
