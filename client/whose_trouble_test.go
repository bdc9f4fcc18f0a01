package client_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/find"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/model/review"
)

// sent are the passages by which a key goes to a system.
func sent(c model.Candidate) []model.Passage {
	return slices.DeleteFunc(slices.Clone(c.Passages), func(p model.Passage) bool { return p == model.Compared })
}

// tellsNothing wants a claim to leave open whose a key is, to say why, and to show nothing of it.
func tellsNothing(t *testing.T, where string, claim model.Claim, key string) {
	t.Helper()
	if claim.Known != model.Unsaid || claim.Words == "" {
		t.Errorf("%s: known %d, %q", where, claim.Known, claim.Words)
	}
	redacttest.Hides(t, where, fmt.Sprintf("%+v %#v", claim, claim), key)
}

func TestAServerInTroubleNeverSaysNo(t *testing.T) {
	forThoseWith(t, "", subjectsWithKeys, func(t *testing.T, w *world) {
		all := w.inHand(t)
		key := model.NewSecret(all[len(all)-1].key)
		for _, by := range model.CandidateOf(w.api, key).Passages {
			for _, fault := range []string{"404", "429", "500", "502", "503", "html", "cut", "redirect", "lost", "wrongtype", "empty"} {
				w.breaks(t, "any:"+fault)
				before := w.now()
				tellsNothing(t, by.String()+" "+fault, model.WhoseOf(t.Context(), w.api, key, by), key.Reveal())
				if asked := w.now() - before; by != model.Compared && asked != 1 {
					t.Errorf("%s %s: asked %d times", by, fault, asked)
				}
			}
			w.breaks(t, "any:silent")
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			claim := model.WhoseOf(ctx, w.api, key, by)
			cancel()
			tellsNothing(t, "silent", claim, key.Reveal())
			if !strings.Contains(claim.Words, "no answer in time") {
				t.Errorf("of a server that is slow it says %q", claim.Words)
			}
			w.breaks(t, "")
		}
	})
}

// subjectsWithKeys are those of which a key is in hand.
func subjectsWithKeys(s subject) bool { return inEarnest(s) && s.name != "awx without tokens" }

// impostor answers in the place of a system wherever a key turns up.
type impostor struct {
	http.RoundTripper
	key    string
	answer func(said string) http.HandlerFunc // of what the system said
}

// RoundTrip implements [http.RoundTripper].
func (i *impostor) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := i.RoundTripper.RoundTrip(r)
	if err != nil || i.key == "" || !strings.Contains(r.URL.RawQuery+fmt.Sprint(r.Header), i.key) {
		return response, err
	}
	said, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	posed := httptest.NewRecorder()
	i.answer(string(said))(posed, r)
	return posed.Result(), err
}

// posed is one answer, whatever the system said.
func posed(status int, header, value, kind, body string) func(string) http.HandlerFunc {
	return func(string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set(header, value)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
}

func TestWhatStandsBeforeASystemNeverSaysNo(t *testing.T) {
	const page = "<html><h1>Sign in</h1></html>"
	forThoseWith(t, "", subjectsWithKeys, func(t *testing.T, w *world) {
		i, key := w.posing(t)
		for what, answer := range map[string]func(string) http.HandlerFunc{
			"401, a page":         posed(http.StatusUnauthorized, "X-A", "b", "text/html", page),
			"401, Basic":          posed(http.StatusUnauthorized, "Www-Authenticate", `Basic realm="door"`, "text/plain", "no"),
			"401, JSON":           posed(http.StatusUnauthorized, "X-A", "b", "application/json", `{"error": "unauthorized", "key": "`+key.Reveal()+`"}`),
			"401, nothing":        posed(http.StatusUnauthorized, "X-A", "b", "", ""),
			"403, a page":         posed(http.StatusForbidden, "X-A", "b", "text/html", page),
			"403, JSON":           posed(http.StatusForbidden, "X-A", "b", "application/json", `{"error": "forbidden"}`),
			"407":                 posed(http.StatusProxyAuthRequired, "X-A", "b", "text/html", page),
			"200, a page":         posed(http.StatusOK, "X-A", "b", "text/html", page),
			"200, an object":      posed(http.StatusOK, "X-A", "b", "application/json", `{}`),
			"302, a page":         posed(http.StatusFound, "Location", w.system.URL+w.subject.dialect.me+"?k="+key.Reveal(), "text/html", page),
			"307, somebody":       posed(http.StatusTemporaryRedirect, "Location", "https://elsewhere.invalid/", "text/html", page),
			"502, and its own":    posed(http.StatusBadGateway, "X-A", "b", "application/json", `{"detail": "Invalid token."}`),
			"200, and its own no": posed(http.StatusOK, "X-A", "b", "application/json", `{"detail": "Invalid token."}`),
		} {
			i.answer = answer
			before := w.now()
			for _, by := range sent(model.CandidateOf(w.api, key)) {
				tellsNothing(t, what, model.WhoseOf(t.Context(), w.api, key, by), key.Reveal())
			}
			if asked := w.now() - before; asked > 1 {
				t.Errorf("%s: asked %d times", what, asked)
			}
		}
	})
}

// posing puts an impostor before the system, for one key that is not the console's own.
func (w *world) posing(t *testing.T) (*impostor, model.Secret) {
	t.Helper()
	network := &http.Transport{}
	t.Cleanup(network.CloseIdleConnections)
	i := &impostor{RoundTripper: network}
	w.api = openThrough(t, i, w.subject.enter(t, w.system), w.log)
	must(w.api.WhoAmI(t.Context()))(t)
	all := w.inHand(t)
	i.key = all[len(all)-1].key
	if w.system.Weak != "" {
		i.key = w.system.Weak
	}
	return i, model.NewSecret(i.key)
}

func TestAnAnswerThatCallsItsUserByTheKeyIsNotGoneOnWith(t *testing.T) {
	forThoseWith(t, "", func(s subject) bool { return subjectsWithKeys(s) && s.name != "tower" }, func(t *testing.T, w *world) {
		i, key := w.posing(t)
		i.answer = func(said string) http.HandlerFunc {
			return saying(http.StatusOK, strings.ReplaceAll(said, w.system.WeakUsername, key.Reveal()))
		}
		for _, by := range sent(model.CandidateOf(w.api, key)) {
			claim := model.WhoseOf(t.Context(), w.api, key, by)
			tellsNothing(t, by.String(), claim, key.Reveal())
			if !strings.Contains(claim.Words, "quotes the key") {
				t.Errorf("it says %q", claim.Words)
			}
		}
	})
}

// untouched is a network that nobody may use.
type untouched struct{ t *testing.T }

// RoundTrip implements [http.RoundTripper].
func (u untouched) RoundTrip(r *http.Request) (*http.Response, error) {
	u.t.Errorf("%s %s was sent", r.Method, r.URL.Host)
	return nil, io.EOF
}

func TestNoKeyIsAskedAboutByHTTP(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("0a1b", 10)
	for kind := range client.Kinds() {
		p := must(config.NewProfile(client.Kinds(), "x", kind, "http://192.0.2.7/x", config.Given(model.NewSecret(canary+"own"))))(t)
		api := openThrough(t, untouched{t}, p, &logBook{})
		secret := model.NewSecret(map[string]string{
			"saymon": "0a1b2c3d-0a1b-4a1b-8a1b-0a1b2c3d4e5f", "authentik": strings.Repeat("aB3", 20), "awx": strings.Repeat("aB3", 10),
		}[kind])
		if secret.Empty() {
			secret = model.NewSecret(key)
		}
		c := model.CandidateOf(api, secret)
		if c.Asked() || c.Fits != model.Yes || !strings.Contains(c.Why, "http") {
			t.Errorf("%s: %+v", kind, c)
		}
		for _, by := range []model.Passage{model.InHeader, model.Compared, model.InAddress} {
			tellsNothing(t, kind, model.WhoseOf(t.Context(), api, secret, by), secret.Reveal())
		}
	}
}

func TestAKeyGoesOnAConnectionOfItsOwnAndOnce(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("0a1b", 10)
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "sessionid", Value: "x", Path: "/"})
		if strings.Contains(r.Header.Get("Authorization"), key) {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		saying(http.StatusOK, meJSON)(w, r)
	})
	api := server.api(t)
	must(api.WhoAmI(t.Context()))(t)
	secret := model.NewSecret(key)
	for range 2 {
		tellsNothing(t, "503", model.WhoseOf(t.Context(), api, secret, model.InHeader), key)
	}
	must(api.WhoAmI(t.Context()))(t)
	seen := server.requests()
	if len(seen) != 4 || seen[0].RemoteAddr != seen[3].RemoteAddr {
		t.Fatalf("asked %d times", len(seen))
	}
	for _, r := range seen[1:3] {
		if r.RemoteAddr == seen[0].RemoteAddr || r.Header.Get("Cookie") != "" || strings.Contains(fmt.Sprint(r.Header, r.URL), canary) {
			t.Errorf("from %s with %v", r.RemoteAddr, r.Header)
		}
		if got := r.Header.Values("Authorization"); len(got) != 1 || got[0] != "Token "+key {
			t.Errorf("signed with %q", got)
		}
	}
	if seen[1].RemoteAddr == seen[2].RemoteAddr {
		t.Error("both keys went on one connection")
	}
}

func TestAReadOnlyConsoleAsksWhoseAKeyIsAndOneThatIsNotOpenSaysWhy(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].startWith(t, "")
	secret := model.NewSecret(w.system.Weak)
	api := find.New(client.ReadOnly(w.api), review.Usual())
	c := model.CandidateOf(api, secret)
	claim := model.WhoseOf(t.Context(), api, secret, c.Passage())
	if !c.Asked() || claim.Known != model.Yes || claim.End(api.Info()) != model.Nothing || claim.End(w.api.Info()) != model.Delete {
		t.Errorf("%+v, %+v", c, claim)
	}
	p := profile(t, w.system.URL, "a b")
	shut, err := client.Open(t.Context(), p, env(&logBook{}))
	if c = model.CandidateOf(shut, secret); err == nil || c.Asked() || !strings.Contains(c.Why, "could not be opened") {
		t.Errorf("%+v", c)
	}
	tellsNothing(t, "not open", model.WhoseOf(t.Context(), shut, secret, model.InHeader), w.system.Weak)
}
