package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/demo"
)

// sung is a key of a server whose keys all begin with the canary.
// Waldur puts a mark and a time before it.
var sung = regexp.MustCompile(`[0-9A-Za-z_-]*` + regexp.QuoteMeta(sings) + `[0-9A-Za-z_-]+`)

// watch is what a relay looks out for.
type watch int

const (
	oldKeys  watch = iota // what is there already
	theWrite              // the next write is the one that counts
	newKeys               // the first that was not there before is the new one
)

// relay stands between the program and a system. It holds the answer to a write
// back until it is let go, and knows the new key, as it was in the answer.
type relay struct {
	server *httptest.Server

	mu      sync.Mutex
	watch   watch
	before  map[string]bool // keys that were there before the write
	key     string          // the first one that was not
	asked   chan struct{}   // closed when the write has been answered by the system
	release chan struct{}   // closed when its answer may pass
	passed  chan struct{}   // closed when the new key has passed
}

func newRelay(t *testing.T, system demo.System) *relay {
	t.Helper()
	r := &relay{
		before: map[string]bool{}, asked: make(chan struct{}), release: make(chan struct{}), passed: make(chan struct{}),
	}
	to, err := url.Parse(system.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:        func(p *httputil.ProxyRequest) { p.Out.URL.Scheme, p.Out.URL.Host = to.Scheme, to.Host },
		ModifyResponse: r.hold,
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	r.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.hear(q)
		proxy.ServeHTTP(w, q)
		r.sent()
	}))
	t.Cleanup(r.server.Close)
	t.Cleanup(r.letGo)
	return r
}

// at is the system's address by way of the relay.
func (r *relay) at(system demo.System) string {
	_, path, _ := strings.Cut(strings.TrimPrefix(system.URL, "http://"), "/")
	return r.server.URL + "/" + path
}

// hear learns a key that the program made itself and gives to the system, as
// authentik takes them.
func (r *relay) hear(q *http.Request) {
	body, err := io.ReadAll(q.Body)
	q.Body = io.NopCloser(bytes.NewReader(body))
	var set struct{ Key string }
	if err != nil || !strings.HasSuffix(q.URL.Path, "/set_key/") || json.Unmarshal(body, &set) != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.key = set.Key
}

// hold reads an answer, learns the keys in it, and keeps it back if it is that of
// the write.
func (r *relay) hold(answer *http.Response) error {
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	if r.learn(sung.FindAllString(string(body), -1), answer.Request.Method != http.MethodGet) {
		close(r.asked)
		<-r.release
	}
	return nil
}

// learn notes the keys of an answer, and says whether it is the write's.
func (r *relay) learn(keys []string, write bool) (counts bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if counts = write && r.watch == theWrite; counts {
		r.watch = newKeys
	}
	for _, key := range keys {
		switch {
		case r.watch != newKeys:
			r.before[key] = true
		case !r.before[key] && r.key == "":
			r.key = key
		}
	}
	return counts
}

func (r *relay) sent() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.key != "" && r.passed != nil {
		close(r.passed)
		r.passed = nil
	}
}

func (r *relay) arm() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watch = theWrite
}

func (r *relay) letGo() {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.release:
	default:
		close(r.release)
	}
}

// await waits for something that the relay sees.
func await(t *testing.T, what string, seen <-chan struct{}) {
	t.Helper()
	select {
	case <-seen:
	case <-time.After(patience):
		t.Fatalf("waited in vain for %s", what)
	}
}
