package client_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// Whose a key is: these keys have the form that they have in earnest, and so no canary.

// tap is a network that notes where in a request a key is.
type tap struct {
	http.RoundTripper
	mu      sync.Mutex
	keys    []string
	carried []string // "GET /path Header"
}

// RoundTrip implements [http.RoundTripper].
func (n *tap) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	for _, key := range n.keys {
		if strings.Contains(r.URL.String(), key) {
			n.carried = append(n.carried, r.Method+" "+r.URL.Path+" the address")
		}
		for name, values := range r.Header {
			if strings.Contains(strings.Join(values, " "), key) {
				n.carried = append(n.carried, r.Method+" "+r.URL.Path+" "+name)
			}
		}
	}
	n.mu.Unlock()
	return n.RoundTripper.RoundTrip(r)
}

// held is a key in somebody's hand.
type held struct {
	key   string
	owner string      // as whom it opens; empty for one that is not to be asked about
	token model.Token // where it is known which
}

// asking is a world that notes where the keys in hand go.
func (w *world) asking(t *testing.T) (*tap, []held) {
	t.Helper()
	network := &http.Transport{}
	t.Cleanup(network.CloseIdleConnections)
	n := &tap{RoundTripper: network}
	w.api = openThrough(t, n, w.subject.enter(t, w.system), w.log)
	must(w.api.WhoAmI(t.Context()))(t)
	all := w.inHand(t)
	for _, h := range all {
		if h.key != w.system.Token { // which may be the console's own, and signs whatever it asks
			n.keys = append(n.keys, h.key)
		}
	}
	return n, all
}

// inHand are keys of a system: those of the two whom the demo names, and of a token that
// was just made.
func (w *world) inHand(t *testing.T) []held {
	t.Helper()
	var all []held
	if w.system.Token != "" {
		all = append(all, held{key: w.system.Token, owner: w.system.Username}, held{key: w.system.Weak, owner: w.system.WeakUsername})
	}
	if w.subject.offers(model.Create) {
		made := w.creates(t)
		h := held{key: made.Key.Reveal(), owner: made.Token.Owner.Username.String(), token: made.Token}
		if only := w.subject.dialect.opening; only == nil || only(made.Token) || w.subject.dialect.inQuery != "" {
			all = append(all, h)
		}
	}
	for _, h := range all {
		w.issued = append(w.issued, h.key)
	}
	return all
}

func TestAKeyIsToldByTheSystemThatGaveIt(t *testing.T) {
	forThoseWith(t, "", func(subject) bool { return true }, func(t *testing.T, w *world) {
		n, all := w.asking(t)
		for _, h := range all {
			key := model.NewSecret(h.key)
			c := model.CandidateOf(w.api, key)
			if !c.Asked() {
				t.Fatalf("the key of %s is asked nobody: %+v", h.owner, c)
			}
			claim := model.WhoseOf(t.Context(), w.api, key, c.Passage())
			if claim.Known != model.Yes || claim.Owner.Username.String() != h.owner || claim.May.Empty() {
				t.Errorf("%s: %s, known %d, of %s", h.owner, claim.Words, claim.Known, claim.Owner.Username)
			}
			w.names(t, claim, h.token)
			if key.Reveal() != h.key {
				t.Error("the key is not the caller's any more")
			}
			redacttest.Hides(t, "a claim", fmt.Sprintf("%+v %#v", claim, claim), h.key)
			w.goesOnce(t, n, h.key, c.Passage())
		}
	})
}

// names wants a claim to name the token that is meant, or those that it can be.
func (w *world) names(t *testing.T, claim model.Claim, token model.Token) {
	t.Helper()
	if claim.Token.ID == "" && claim.Words == "" {
		t.Errorf("nothing says why no token is named: %+v", claim)
	}
	for _, named := range append(slices.Clone(claim.Alike), claim.Token) {
		if named.ID != "" && named.Owner.ID != claim.Owner.ID {
			t.Errorf("token %s is of %s and the key of %s", named.ID, named.Owner.ID, claim.Owner.ID)
		}
	}
	could := idsOf(append(slices.Clone(claim.Alike), claim.Token))
	if token.ID != "" && !slices.Contains(could, token.ID) {
		t.Errorf("it is the key of %s, and could be one of %q", token.ID, could)
	}
	if ended := claim.End(w.api.Info()); claim.Token.ID != "" && ended == model.Nothing && w.subject.offers(model.Delete) {
		t.Errorf("token %s is named, and nothing ends it", claim.Token.ID)
	}
}

// goesOnce wants a key to have gone where its passage says, and nowhere else.
func (w *world) goesOnce(t *testing.T, n *tap, key string, by model.Passage) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	defer func() { n.carried = nil }()
	if !slices.Contains(n.keys, key) {
		return
	}
	want := map[model.Passage][]string{
		model.InHeader: {"GET " + pathOf(w.system.URL) + w.subject.dialect.me + " Authorization"}, model.InAddress: {"GET " + pathOf(w.system.URL) + w.subject.dialect.me + " the address"},
	}[by]
	if !slices.Equal(n.carried, want) {
		t.Errorf("the key went to %q, and was to go to %q", n.carried, want)
	}
}

func pathOf(address string) string {
	_, path, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	return "/" + path
}

func TestAKeyIsKnownToNoOtherSystem(t *testing.T) {
	forThoseWith(t, "", inEarnest, func(t *testing.T, w *world) {
		_, all := w.asking(t)
		for _, other := range subjects() {
			if !inEarnest(other) || other.dialect.kind == w.subject.dialect.kind {
				continue
			}
			apart := other.startWith(t, "")
			for _, h := range all {
				claim := apart.whose(t, h.key)
				if claim.Known == model.Yes {
					t.Errorf("%s knows the key of %s: %+v", other.name, h.owner, claim)
				}
				if claim.Known == model.Unsaid && claim.Words == "" {
					t.Errorf("%s does not say why it does not tell", other.name)
				}
			}
		}
	})
}

// whose asks in the way that is meant, and in none if it is not to be asked.
func (w *world) whose(t *testing.T, key string) model.Claim {
	t.Helper()
	w.issued = append(w.issued, key)
	secret := model.NewSecret(key)
	return model.WhoseOf(t.Context(), w.api, secret, model.CandidateOf(w.api, secret).Passage())
}

func TestAKeyOfAnotherFormIsAskedNobody(t *testing.T) {
	forThoseWith(t, "", inEarnest, func(t *testing.T, w *world) {
		for what, key := range map[string]string{
			"nothing": "", "a blank": strings.Repeat("a", 20) + " " + strings.Repeat("b", 19), "a word": "password", "a header": "a\r\nX-Evil: 1",
			"not ASCII": strings.Repeat("é", 20), "too long": strings.Repeat("0", 41), "capitals": strings.Repeat("AB01", 10), "endless": strings.Repeat("a", 1<<20),
		} {
			before := w.now()
			secret := model.NewSecret(key)
			c := model.CandidateOf(w.api, secret)
			if c.Asked() || c.Why == "" {
				t.Errorf("%s: %+v", what, c)
			}
			if c.Fits == model.Unsaid && secret.Plain() && key != "" {
				continue // a person may want it asked
			}
			for _, by := range []model.Passage{model.NoPassage, model.InHeader, model.Compared, model.InAddress} {
				if claim := model.WhoseOf(t.Context(), w.api, secret, by); claim.Known != model.Unsaid || claim.Words == "" {
					t.Errorf("%s, %s: %+v", what, by, claim)
				}
			}
			if w.now() != before {
				t.Errorf("%s: %d requests were sent", what, w.now()-before)
			}
		}
	})
}
