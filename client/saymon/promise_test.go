package saymon_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// failsAs wants an error of a kind, with a sentence that holds no key however it
// is printed.
func failsAs(t *testing.T, err error, want model.Kind, says ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("there is no error, want %s", want)
		return
	}
	if model.KindOf(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
	for _, word := range says {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		hides(t, "an error", fmt.Sprintf("%v %+v %#v %q", e, e, e, e))
	}
}

// hides fails when something printed shows a secret, or the address that holds one.
func hides(t *testing.T, where, printed string) {
	t.Helper()
	for _, word := range []string{canary, fmt.Sprintf("%x", canary), "api-token=c"} {
		if strings.Contains(printed, word) {
			t.Errorf("%s shows a key: %.300s", where, printed)
			return
		}
	}
}

// showsNoKey prints a value in every way in which a program might.
func showsNoKey(t *testing.T, v any) {
	t.Helper()
	out, err := json.Marshal(v)
	hides(t, "a value", fmt.Sprintf("%v %+v %#v %s %v", v, v, v, out, err))
}

func tokenOf(t *testing.T, api model.API, id string) model.Token {
	t.Helper()
	page := must(api.Tokens(t.Context(), model.Query{Size: 50}))(t)
	showsNoKey(t, page)
	i := slices.IndexFunc(page.Items, func(token model.Token) bool { return token.ID == id })
	if i < 0 {
		t.Fatalf("user %s has no token in %+v", id, page)
	}
	return page.Items[i]
}

func userOf(t *testing.T, api model.API, id string) model.User {
	t.Helper()
	page := must(api.Users(t.Context(), model.Query{Size: 50}))(t)
	showsNoKey(t, page)
	i := slices.IndexFunc(page.Items, func(u model.User) bool { return u.ID == id })
	if i < 0 {
		t.Fatalf("there is no user %s in %+v", id, page)
	}
	return page.Items[i]
}

func does(t *testing.T, api model.API, a model.Action, token model.Token) model.Issued {
	t.Helper()
	issued := must(api.Do(t.Context(), model.Order{Action: a, Token: token}))(t)
	showsNoKey(t, issued)
	return issued
}

func creates(t *testing.T, api model.API, owner model.User) (model.Issued, error) {
	t.Helper()
	issued, err := api.Do(t.Context(), model.Order{Action: model.Create, Draft: model.Draft{Owner: owner}})
	showsNoKey(t, issued)
	return issued, err
}

func hasNote(t *testing.T, notes []string, word string) {
	t.Helper()
	if !slices.ContainsFunc(notes, func(note string) bool { return strings.Contains(note, word) }) {
		t.Errorf("no note says %q: %q", word, notes)
	}
}

// loginsOf is what a page holds, in its order.
func loginsOf(page model.Page[model.User]) string {
	var logins []string
	for _, u := range page.Items {
		logins = append(logins, u.Username.String())
	}
	return strings.Join(logins, " ")
}
