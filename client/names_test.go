package client_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// foreignName is the first name of somebody whom ASCII has no letters for.
func foreignName(users []model.User) string {
	for _, u := range users {
		word, _, _ := strings.Cut(unaltered(u.FullName), " ")
		if r, _ := utf8.DecodeRuneInString(word); r >= 0x400 && utf8.RuneCountInString(word) > 2 && !u.FullName.Changed() {
			return word
		}
	}
	return ""
}

func TestANameInAnyScriptFindsThoseWhoBearIt(t *testing.T) {
	forThose(t, func(s subject) bool { return inEarnest(s) || s.name == "waldur 7.0" }, func(t *testing.T, w *world) {
		all := everyUser(t, w.api, model.Query{Size: 100})
		name := foreignName(all)
		if name == "" {
			t.Skip("nobody is named so here")
		}
		bears := func(u model.User) bool {
			came, _ := u.FullName.Original()
			return strings.Contains(came, name)
		}
		want := 0
		for _, u := range all {
			if bears(u) {
				want++
			}
		}
		found := everyUser(t, w.api, model.Query{Size: 100, Search: name})
		if len(found) != want {
			t.Errorf("%s finds %d of %d users, and %d bear it", name, len(found), len(all), want)
		}
		for _, u := range found {
			if !bears(u) {
				t.Fatalf("%s finds %s", name, u.FullName)
			}
		}
	})
}

func TestAnAccountThatWantsAPasskeyIsToldSo(t *testing.T) {
	t.Parallel()
	s := waldurs()[0]
	s.options.Quirks = []demo.Quirk{demo.WaldurPasskey}
	w := s.start(t)
	_, err := open(t, byPassword(t, w.system), w.log).WhoAmI(t.Context())
	redacttest.FailsAs(t, err, model.Unauthorized)
	if err == nil || !strings.Contains(err.Error(), "wants a passkey") || strings.Contains(err.Error(), "wrong") {
		t.Errorf("it says %v", err)
	}
}
