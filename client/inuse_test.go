package client_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// old70 is a Waldur that writes a session back which is used while it is deleted.
func old70(t *testing.T) *world {
	t.Helper()
	all := waldurs()
	return all[slices.IndexFunc(all, func(s subject) bool { return s.name == "waldur 7.0" })].start(t)
}

func TestASessionThatOutlivedItsDeletionIsNotSaidToBeDeleted(t *testing.T) {
	t.Parallel()
	w := old70(t)
	tokens := everyToken(t, w.api, model.Query{Size: 100})
	i := slices.IndexFunc(tokens, func(token model.Token) bool { return token.Owner.Username.String() == w.system.WeakUsername })
	o := w.order(t, w.api, model.Delete, tokens[i])
	if code, _ := w.plain(t, w.subject.dialect.me, w.system.Weak); code != http.StatusOK { // it is in use
		t.Fatalf("the key of it opens with %d", code)
	}
	_, err := w.carry(t, w.api, o)
	redacttest.FailsAs(t, err, model.Contradicted)
	for _, words := range []string{w.system.WeakUsername + " is there again", "with the same key", "it is in use", "make the account inactive"} {
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("nobody says %q: %v", words, err)
		}
	}
	if !w.accepts(t, w.system.Weak) {
		t.Error("the key does not open, so that what was said is false")
	}
	if seen := must(w.api.Look(t.Context(), o))(t); seen.End != model.Unseen {
		t.Errorf("looking says %+v", seen)
	}
}
