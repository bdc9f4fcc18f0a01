package client_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/wire"
	"authdeck/model"
)

func TestAKeyThatNobodyHasIsNobodys(t *testing.T) {
	forThoseWith(t, "", func(s subject) bool { return s.name != "awx without tokens" }, func(t *testing.T, w *world) {
		all := w.inHand(t)
		near := []byte(all[len(all)-1].key)
		last := &near[len(near)-1]
		*last = map[bool]byte{true: '1', false: '0'}[*last == '0']
		key := model.NewSecret(string(near))
		for _, by := range model.CandidateOf(w.api, key).Passages {
			claim := model.WhoseOf(t.Context(), w.api, key, by)
			if want := w.saysOfNobodys(t, by); claim.Known != want || claim.Words == "" || claim.Owner.ID != "" || claim.Token.ID != "" || claim.End(w.api.Info()) != model.Nothing {
				t.Errorf("%s: known %d, want %d: %q", by, claim.Known, want, claim.Words)
			}
		}
	})
}

// saysOfNobodys is a no where the system's refusal can mean nothing else: authentik
// refuses app passwords too, a Tower whoever is somewhere else, and a SAYMON that takes no
// tokens all of them.
func (w *world) saysOfNobodys(t *testing.T, by model.Passage) model.Answer {
	t.Helper()
	inDoubt := w.subject.dialect.kind == "authentik" || w.subject.name == "tower" ||
		by == model.InAddress && w.subject.enter(t, w.system).Way != string(wire.ByToken)
	return map[bool]model.Answer{true: model.Unsaid, false: model.No}[inDoubt]
}

// shownKeys are all keys that a list carries, with the names of their owners.
func (w *world) shownKeys(t *testing.T) []held {
	t.Helper()
	path := map[string]string{"hamgam": "/api/users/auth_tokens/?limit=1000", "saymon": "/node/api/users"}[w.subject.dialect.kind]
	code, body := w.plain(t, path, w.system.Token)
	var list struct {
		Results []struct {
			Key   string
			Owner struct{ Username string } `json:"user_data"`
		}
	}
	var users []struct{ Login, AuthenticationToken string }
	err := json.Unmarshal(body, &list)
	if w.subject.dialect.kind == "saymon" {
		err = json.Unmarshal(body, &users)
	}
	if err != nil || code != http.StatusOK {
		t.Fatalf("the list answered %d: %v", code, err)
	}
	var all []held
	for _, row := range list.Results {
		all = append(all, held{key: row.Key, owner: row.Owner.Username})
	}
	for _, u := range users {
		if u.AuthenticationToken != "" {
			all = append(all, held{key: u.AuthenticationToken, owner: u.Login})
		}
	}
	return all
}

func TestEveryKeyThatAListCarriesIsFoundInItWhateverItsOwnerIs(t *testing.T) {
	shows := func(s subject) bool {
		return inEarnest(s) && (s.dialect.kind == "hamgam" || s.dialect.kind == "saymon")
	}
	forThoseWith(t, "", shows, func(t *testing.T, w *world) {
		all := w.shownKeys(t)
		if len(all) < 100 {
			t.Fatalf("there are %d keys", len(all))
		}
		for _, h := range all {
			claim := model.WhoseOf(t.Context(), w.api, model.NewSecret(h.key), model.Compared)
			if claim.Known != model.Yes || claim.Owner.Username != model.Clean(h.owner) || claim.Token.ID == "" {
				t.Errorf("%s: known %d, of %s, token %q", h.owner, claim.Known, claim.Owner.Username, claim.Token.ID)
			}
		}
	})
}

func TestWhereAHeaderTellsNothingTheListMay(t *testing.T) {
	forThoseWith(t, "", func(s subject) bool { return s.name == "hamgam" }, func(t *testing.T, w *world) {
		silent := 0
		for _, h := range w.shownKeys(t) {
			key := model.NewSecret(h.key)
			claim := model.WhoseOf(t.Context(), w.api, key, model.InHeader)
			if claim.Known == model.No && claim.Instead == model.Compared {
				silent++
				claim = model.WhoseOf(t.Context(), w.api, key, claim.Instead)
			}
			if claim.Known != model.Yes || claim.Owner.Username != model.Clean(h.owner) {
				t.Errorf("%s: known %d, of %s: %s", h.owner, claim.Known, claim.Owner.Username, claim.Words)
			}
		}
		if silent == 0 {
			t.Error("nobody is inactive")
		}
	})
}

func TestAConsoleWithoutRightsAsksAndNamesNoTokenThatItCannotBeSureOf(t *testing.T) {
	forThoseWith(t, "", func(s subject) bool { return inEarnest(s) && s.dialect.tokens > 1 }, func(t *testing.T, w *world) {
		w.issued = append(w.issued, w.system.Token)
		weak := open(t, w.subject.enter(t, asTheWeak(w.system)), w.log)
		must(weak.WhoAmI(t.Context()))(t)
		key := model.NewSecret(w.system.Token)
		claim := model.WhoseOf(t.Context(), weak, key, model.CandidateOf(weak, key).Passage())
		if claim.Instead == model.InAddress {
			claim = model.WhoseOf(t.Context(), weak, key, claim.Instead)
		}
		if claim.Known != model.Yes || claim.Owner.ID == "" {
			t.Fatalf("known %d, of %q: %s", claim.Known, claim.Owner.Username, claim.Words)
		}
		if claim.Token.ID != "" && !w.subject.dialect.oneEach || claim.Words == "" && claim.Token.ID == "" {
			t.Errorf("it names %q: %s", claim.Token.ID, claim.Words)
		}
	})
}

func TestAnAppPasswordOfAuthentikIsNotCalledUnknown(t *testing.T) {
	forThoseWith(t, "", func(s subject) bool { return s.name == "authentik" }, func(t *testing.T, w *world) {
		tried := map[string]int{}
		for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
			if token.Owner.Active == model.No || token.State != model.Active || tried[token.Kind.String()] == 5 || !w.possible(t, model.Reveal, token) {
				continue
			}
			tried[token.Kind.String()]++
			key := w.does(t, model.Reveal, token).Key
			claim := model.WhoseOf(t.Context(), w.api, key, model.InHeader)
			if token.Kind.String() == "api" {
				w.names(t, claim, token)
			} else if tellsNothing(t, token.ID, claim, key.Reveal()); !strings.Contains(claim.Words, "app password") {
				t.Errorf("of %s it says %q", token.ID, claim.Words)
			}
		}
		if tried["api"] == 0 || tried["app_password"] == 0 {
			t.Errorf("tried %v", tried)
		}
	})
}

func TestAKeyOfATowerThatWasMadeElsewhereIsNotCalledUnknown(t *testing.T) {
	forThoseWith(t, "", func(s subject) bool { return s.name == "tower" }, func(t *testing.T, w *world) {
		made := w.creates(t)
		e := env(w.log)
		e.Version = "9.9.9" // it is bound to the User-Agent
		api := must(client.Open(t.Context(), w.subject.enter(t, w.system), e))(t)
		claim := model.WhoseOf(t.Context(), api, made.Key, model.InHeader)
		if tellsNothing(t, "elsewhere", claim, made.Key.Reveal()); !strings.Contains(claim.Words, "may work there") {
			t.Errorf("it says %q", claim.Words)
		}
		if claim = model.WhoseOf(t.Context(), w.api, made.Key, model.InHeader); claim.Token.ID != made.Token.ID || claim.End(w.api.Info()) != model.Revoke {
			t.Errorf("here it is %q, and ended by %s", claim.Token.ID, claim.End(w.api.Info()))
		}
	})
}

// TestAnAWXOfWhichNobodyKnowsYetWhatItIsGetsNoKeyThatItCannotHave is about a server that has no
// keys at all, and one whose keys have another form: before the first answer either may have them.
func TestAnAWXOfWhichNobodyKnowsYetWhatItIsGetsNoKeyThatItCannotHave(t *testing.T) {
	other := map[string]string{"awx without tokens": strings.Repeat("a", 30), "tower": strings.Repeat("a", 30), "awx": strings.Repeat("0", 40)}
	forThoseWith(t, "", func(s subject) bool { return other[s.name] != "" }, func(t *testing.T, w *world) {
		key := other[w.subject.name]
		secret, network := model.NewSecret(key), &http.Transport{}
		t.Cleanup(network.CloseIdleConnections)
		n := &tap{RoundTripper: network, keys: []string{key}}
		api := openThrough(t, n, w.subject.enter(t, w.system), w.log)
		if c := model.CandidateOf(api, secret); c.Fits != model.Yes || !strings.Contains(c.Open, "not known yet") {
			t.Errorf("before anything is known: %+v", c)
		}
		claim := model.WhoseOf(t.Context(), api, secret, model.InHeader)
		if claim.Known != model.Unsaid || !strings.Contains(claim.Words, "was not sent") || n.carried != nil {
			t.Errorf("known %d: %q; the key was in %q", claim.Known, claim.Words, n.carried)
		}
		if c := model.CandidateOf(api, secret); c.Fits != model.No || len(c.Passages) > 0 || c.Open != "" || c.Asked() {
			t.Errorf("when it is known: %+v", c)
		}
	})
}
