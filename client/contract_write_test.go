package client_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/model"
)

func TestATokenLivesFromCreateToDelete(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		owner := w.freeUser(t)
		made := must(w.api.Create(t.Context(), model.Draft{Owner: owner}))(t)
		showsNoKey(t, made)
		if made.Token.Owner.ID != owner.ID || made.Token.Own || !strings.HasPrefix(made.Key.Reveal(), canary) || !w.accepts(t, made.Key) {
			t.Errorf("created %+v for %s", made.Token, owner.ID)
		}
		if listed := w.tokenOf(t, owner); listed.ID != made.Token.ID || !listed.Updated.Equal(made.Token.Updated) {
			t.Errorf("the list has %+v, created was %+v", listed, made.Token)
		}
		renewed := must(w.api.Regenerate(t.Context(), made.Token))(t)
		if renewed.Token.ID != made.Token.ID || renewed.Key.Equal(made.Key) || renewed.Token.Updated.Equal(made.Token.Updated) {
			t.Errorf("regenerated %+v", renewed.Token)
		}
		if w.accepts(t, made.Key) || !w.accepts(t, renewed.Key) {
			t.Error("the old key still opens, or the new one does not")
		}
		if slices.Contains(w.subject.missing, model.Delete) {
			return
		}
		if err := w.api.Delete(t.Context(), renewed.Token); err != nil {
			t.Fatal(err)
		}
		if w.accepts(t, renewed.Key) {
			t.Error("the key of a deleted token still opens")
		}
		if left := everyToken(t, w.api, model.Query{Size: 100, Filter: model.Filter{Only: owner}}); len(left) != 0 {
			t.Errorf("the deleted token is still listed: %+v", left)
		}
	})
}

// tokenOf is the one token of a user, from the list.
func (w *world) tokenOf(t *testing.T, owner model.User) model.Token {
	t.Helper()
	for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
		if token.Owner.ID == owner.ID {
			return token
		}
	}
	t.Fatalf("user %s has no token", owner.ID)
	return model.Token{}
}

func TestCreatingForAHolderIsInvalidAndSaysSo(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		_, err := w.api.Create(t.Context(), model.Draft{Owner: w.someToken(t).Owner})
		failsAs(t, err, model.Invalid)
		if !strings.Contains(err.Error(), "already has a token") {
			t.Errorf("the error is %q", err)
		}
	})
}

func TestCreatingForNobodyIsInvalid(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, id := range []string{"", "..", "a/b", "987654", "1.5", "0x1"} {
			_, err := w.api.Create(t.Context(), model.Draft{Owner: model.User{ID: id}})
			failsAs(t, err, model.Invalid)
		}
	})
}

func TestTheClientGoesOnWhenItsOwnKeyIsRegenerated(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		own, old := w.ownToken(t), model.NewSecret(w.system.Token)
		for range 2 {
			renewed := must(w.api.Regenerate(t.Context(), own))(t)
			if !renewed.Token.Own || len(renewed.Notes) == 0 {
				t.Errorf("nobody is told that the console's own key was replaced: %+v", renewed)
			}
			if w.accepts(t, old) || !w.accepts(t, renewed.Key) {
				t.Error("the old key still opens, or the new one does not")
			}
			old = model.NewSecret(renewed.Key.Reveal())
			renewed.Key.Wipe() // as the dialog does that showed it
			must(w.api.WhoAmI(t.Context()))(t)
			own = renewed.Token
		}
		w.system.Token = old.Reveal()
		if listed := w.ownToken(t); listed.ID != own.ID {
			t.Errorf("the console takes token %s for its own, and it is %s", listed.ID, own.ID)
		}
	})
}

func TestAnotherTokensRegenerationLeavesTheClientAlone(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		renewed := must(w.api.Regenerate(t.Context(), w.someToken(t)))(t)
		if renewed.Token.Own || len(renewed.Notes) != 0 {
			t.Errorf("another's token is taken for the console's own: %+v", renewed)
		}
		must(w.api.WhoAmI(t.Context()))(t)
	})
}

func TestATokenThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		read := w.someToken(t)
		code, _ := w.plain(t, http.MethodPost, fmt.Sprintf(w.subject.dialect.regenerate, read.ID), w.system.Token)
		if code != http.StatusOK {
			t.Fatalf("somebody else's regenerate was answered %d", code)
		}
		_, err := w.api.Regenerate(t.Context(), read)
		failsAs(t, err, model.Conflict)
		failsAs(t, w.api.Delete(t.Context(), read), model.Conflict)
		foreign := w.someToken(t)
		foreign.Owner.ID = "2"
		_, err = w.api.Regenerate(t.Context(), foreign)
		failsAs(t, err, model.Conflict)
		if writes := w.demo.Served("regenerate") - 1 + w.demo.Served("delete"); writes != 0 {
			t.Errorf("%d writes were sent all the same", writes)
		}
	})
}

func TestATokenThatIsGoneIsNotFound(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		gone := w.someToken(t)
		gone.ID = "987654"
		_, err := w.api.Regenerate(t.Context(), gone)
		failsAs(t, err, model.NotFound)
		failsAs(t, w.api.Delete(t.Context(), gone), model.NotFound)
		if slices.Contains(w.subject.missing, model.Delete) {
			return
		}
		if why, missing := w.api.Info().Missing[model.Delete]; missing {
			t.Errorf("one token that is gone took delete away: %s", why)
		}
	})
}

func TestAnIdentifierNeverChangesThePath(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		for _, id := range []string{"", ".", "..", "a/b", "../../users", "1?x=1", "1#x", "1%2f..", "1/regenerate", "\r\nX: y", "{id}", `1\2`} {
			odd := w.someToken(t)
			odd.ID = id
			_, regenerated := w.api.Regenerate(t.Context(), odd)
			deleted := w.api.Delete(t.Context(), odd)
			_, found := w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: id, Username: odd.Owner.Username}}})
			for action, err := range map[string]error{"regenerate": regenerated, "delete": deleted, "user": found} {
				if err == nil && (action != "user" || id != "") {
					t.Errorf("%s of %q was done", action, id)
				}
			}
		}
		for _, r := range w.demo.Requests() {
			if r.Method != http.MethodGet && r.Endpoint != "signin" {
				t.Errorf("%s %s was sent", r.Method, r.Path)
			}
		}
	})
}

func TestWhatIsMissingIsUnsupportedAndTheRestWorks(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		w.tries(t, w.api) // some systems say only when asked what they lack
		info := w.api.Info()
		made := w.tries(t, w.api)
		for _, action := range model.Actions() {
			why, missing := info.Missing[action]
			if expected := slices.Contains(w.subject.missing, action); missing != expected || missing && why == "" {
				t.Errorf("%s is missing: %t (%q), expected: %t", action, missing, why, expected)
			}
			switch {
			case missing:
				failsAs(t, made[action], model.Unsupported)
			case made[action] != nil:
				t.Errorf("%s is offered and fails: %v", action, made[action])
			}
		}
		if info.Consequence[model.Regenerate] == "" || len(info.Form) == 0 || info.Kind != w.subject.dialect.kind || info.ReadOnly {
			t.Errorf("the system says of itself: %+v", info)
		}
	})
}

// tries does everything once and says how it ended.
func (w *world) tries(t *testing.T, api model.API) map[model.Action]error {
	t.Helper()
	ended := map[model.Action]error{}
	made, err := api.Create(t.Context(), model.Draft{Owner: w.freeUser(t)})
	ended[model.Create] = err
	token := made.Token
	if err != nil {
		token = w.someToken(t)
	}
	_, ended[model.Reveal] = api.Reveal(t.Context(), token)
	renewed, err := api.Regenerate(t.Context(), token)
	if ended[model.Regenerate] = err; err == nil {
		token = renewed.Token
	}
	ended[model.Delete] = api.Delete(t.Context(), token)
	return ended
}

func TestAReadOnlyConsoleSendsNoWrite(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		p := w.subject.enter(t, w.system)
		p.ReadOnly = true
		for _, api := range []model.API{open(t, p, w.log), client.ReadOnly(w.api)} {
			info := api.Info()
			if !info.ReadOnly || w.api.Info().ReadOnly {
				t.Error("the console does not say whether it is read-only")
			}
			for action, err := range w.tries(t, api) {
				if info.Missing[action] == "" {
					t.Errorf("%s is offered", action)
				}
				failsAs(t, err, model.Unsupported)
			}
			must(api.WhoAmI(t.Context()))(t)
			must(api.Tokens(t.Context(), model.Query{Size: 7}))(t)
		}
		for _, r := range w.demo.Requests() {
			if r.Method != http.MethodGet && r.Endpoint != "signin" {
				t.Errorf("%s %s was sent", r.Method, r.Path)
			}
		}
		if len(w.api.Info().Missing) >= len(model.Actions()) {
			t.Error("the wrapper took the actions from the system under it")
		}
	})
}

func TestAWeakCredentialKnowsItselfAndNoTokens(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		weak := open(t, profile(t, w.system.URL, w.system.Weak), w.log)
		must(weak.WhoAmI(t.Context()))(t)
		_, err := weak.Tokens(t.Context(), model.Query{Size: 7})
		failsAs(t, err, model.Forbidden)
		_, err = weak.Create(t.Context(), model.Draft{Owner: w.freeUser(t)})
		failsAs(t, err, model.Forbidden)
	})
}

func TestAWrongKeyIsUnauthorized(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		wrong := open(t, profile(t, w.system.URL, canary+"wrong"), w.log)
		_, err := wrong.WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized)
		_, err = wrong.Tokens(t.Context(), model.Query{Size: 7})
		failsAs(t, err, model.Unauthorized)
	})
}
