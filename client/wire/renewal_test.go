package wire

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"authdeck/model"
)

// place is where a key is kept, which may be replaced there.
type place struct {
	mu    sync.Mutex
	key   string
	err   error
	reads int
	begun chan struct{} // closed with the first read; nil if nobody waits for it
	hold  chan struct{} // waited for before a read ends; nil for nothing
}

func (p *place) put(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
}

func (p *place) again(context.Context) (model.Secret, error) {
	p.mu.Lock()
	if p.reads++; p.reads == 1 && p.begun != nil {
		close(p.begun)
	}
	hold := p.hold
	p.mu.Unlock()
	if hold != nil {
		<-hold
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return model.NewSecret(p.key), p.err
}

func (p *place) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.reads
}

// rotating is a server that takes one key at a time, and the requests that it got.
type rotating struct {
	mu    sync.Mutex
	good  string
	asked []string
}

func (r *rotating) seen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.asked, "; ")
}

func (r *rotating) answer(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	r.asked = append(r.asked, q.Method+" "+q.Header.Get("Authorization"))
	good := q.Header.Get("Authorization") == "Token "+r.good
	r.mu.Unlock()
	if !good {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"detail":"Invalid token."}`)
		return
	}
	_, _ = io.WriteString(w, "{}")
}

// onKey is a line that begins with the key k1, which stands at a place.
func onKey(t *testing.T, server http.HandlerFunc, at *place) *Conn {
	t.Helper()
	address, err := url.Parse(serve(t, server))
	if err != nil {
		t.Fatal(err)
	}
	c := Connect(Options{
		System: "x", URL: address, Way: ByToken, Secret: model.NewSecret("k1"), Log: slog.New(slog.DiscardHandler),
		Origin: Origin{Source: model.Clean("file /run/key"), Reread: at.again},
	})
	c.Sign = Bearer("Token")
	return c
}

func read(t *testing.T, c *Conn) error {
	t.Helper()
	_, err := Call[Nothing](t.Context(), c, Get("/a"))
	return err
}

func wants(t *testing.T, err error, kind model.Kind, words ...string) {
	t.Helper()
	if err == nil || model.KindOf(err) != kind {
		t.Fatalf("the error is %v", err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q: %v", w, err)
		}
	}
	if strings.Contains(err.Error(), "k1") || strings.Contains(err.Error(), "k2") {
		t.Errorf("the error tells a key: %v", err)
	}
}

func TestAKeyThatWasReplacedWhereItComesFromIsTakenFromThere(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{key: "k2"}
	c := onKey(t, server.answer, at)
	renewed := 0
	c.OnNewKey = func() { renewed++ }
	for range 2 {
		if err := read(t, c); err != nil {
			t.Error(err)
		}
	}
	if got := server.seen(); got != "GET Token k1; GET Token k2; GET Token k2" || at.count() != 1 || renewed != 1 {
		t.Errorf("asked %s; read %d times, told %d times", got, at.count(), renewed)
	}
}

func TestAKeyThatIsStillTheSameIsRefusedAndReadOncePerRefusal(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{key: "k1"}
	c := onKey(t, server.answer, at)
	for n := 1; n <= 3; n++ {
		wants(t, read(t, c), model.Unauthorized, "Invalid token", "file /run/key", "still the same")
		if at.count() != n {
			t.Errorf("read %d times after %d refusals", at.count(), n)
		}
	}
	if got := server.seen(); got != "GET Token k1; GET Token k1; GET Token k1" {
		t.Errorf("asked %s", got)
	}
	at.put("k2")
	if err := read(t, c); err != nil {
		t.Errorf("after it was replaced: %v", err)
	}
}

func TestANewKeyThatIsRefusedTooIsCalledRefused(t *testing.T) {
	server, at := &rotating{good: "k3"}, &place{key: "k2"}
	c := onKey(t, server.answer, at)
	wants(t, read(t, c), model.Unauthorized, "refused too")
	if got := server.seen(); got != "GET Token k1; GET Token k2" || at.count() != 1 {
		t.Errorf("asked %s; read %d times", got, at.count())
	}
}

func TestAWriteIsNotRepeatedWithANewKey(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{key: "k2"}
	c := onKey(t, server.answer, at)
	c.Refusals = nil
	write := func() error {
		_, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodDelete, Path: "/tokens/1"})
		return err
	}
	wants(t, write(), model.Unauthorized, "another key from file /run/key", "do it again")
	if got := server.seen(); got != "DELETE Token k1" {
		t.Errorf("asked %s", got)
	}
	if err := write(); err != nil {
		t.Errorf("with the next press: %v", err)
	}
}

func TestAKeyThatCannotBeReadAgainIsRefusedWithTheReason(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{err: model.Fail(model.Unopened, "no credential from file /run/key: no such file or directory")}
	wants(t, read(t, onKey(t, server.answer, at)), model.Unauthorized, "Invalid token", "no such file or directory")
}

func TestAKeyOfTheEnvironmentAsksForANewStart(t *testing.T) {
	server := &rotating{good: "k2"}
	c := onKey(t, server.answer, &place{})
	c.credentials.origin = Origin{Source: model.Clean("environment variable SHOP_TOKEN")}
	wants(t, read(t, c), model.Unauthorized, "environment variable SHOP_TOKEN", "start authdeck again")
}

// together is a server that answers nobody before so many have asked it.
func together(many int, answer http.HandlerFunc) http.HandlerFunc {
	var all sync.WaitGroup
	all.Add(many)
	var asked atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		if int(asked.Add(1)) <= many {
			all.Done()
			all.Wait()
		}
		answer(w, r)
	}
}

func TestManyRefusalsReadTheKeyOnce(t *testing.T) {
	const many = 8
	for name, kept := range map[string]string{"another": "k2", "the same": "k1"} {
		server, at := &rotating{good: "k2"}, &place{key: kept}
		c := onKey(t, together(many, server.answer), at)
		ended := make(chan error)
		for range many {
			go func() {
				_, err := Call[Nothing](t.Context(), c, Get("/a"))
				ended <- err
			}()
		}
		for range many {
			switch err := <-ended; {
			case kept == "k2" && err != nil:
				t.Error(err)
			case kept == "k1":
				wants(t, err, model.Unauthorized, "still the same")
			}
		}
		if at.count() != 1 {
			t.Errorf("%s: the key was read %d times", name, at.count())
		}
	}
}

func TestWhoWaitsForTheReadingOfARefusedKeyCanGiveUp(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{key: "k2", hold: make(chan struct{}), begun: make(chan struct{})}
	c := onKey(t, together(2, server.answer), at)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	for range 2 {
		go func() {
			_, err := Call[Nothing](ctx, c, Get("/a"))
			ended <- err
		}()
	}
	<-at.begun
	cancel()
	if err := <-ended; err == nil { // the other, which the reading keeps no longer
		t.Error("it had an answer")
	}
	close(at.hold)
	<-ended
}

// givesUp is how a request of a test stops waiting.
type givesUp struct{}

func TestAReadingThatWasGivenUpIsNotHeldAgainstWhoWaitsForIt(t *testing.T) {
	server, reads := &rotating{good: "k2"}, 0
	c := onKey(t, together(2, server.answer), &place{})
	c.credentials.origin.Reread = func(ctx context.Context) (model.Secret, error) { // one at a time
		if reads++; reads > 1 {
			return model.NewSecret("k2"), nil
		}
		ctx.Value(givesUp{}).(context.CancelFunc)()
		return model.Secret{}, ctx.Err()
	}
	ended := make(chan error)
	for range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			_, err := Call[Nothing](context.WithValue(ctx, givesUp{}, cancel), c, Get("/a"))
			ended <- err
		}()
	}
	first, second := <-ended, <-ended
	if (first == nil) == (second == nil) {
		t.Errorf("one gave up, and they ended with %v and %v", first, second)
	}
}

func TestALateRefusalOfAnOldKeyReadsNothing(t *testing.T) {
	arrived, goOn := make(chan struct{}), make(chan struct{})
	server, at := &rotating{good: "k2"}, &place{key: "k2"}
	c := onKey(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" && r.Header.Get("Authorization") == "Token k1" {
			close(arrived)
			<-goOn
		}
		server.answer(w, r)
	}, at)
	late := make(chan error)
	go func() {
		_, err := Call[Nothing](t.Context(), c, Get("/slow"))
		late <- err
	}()
	<-arrived
	if err := read(t, c); err != nil {
		t.Fatal(err)
	}
	close(goOn)
	if err := <-late; err != nil || at.count() != 1 {
		t.Errorf("read %d times: %v", at.count(), err)
	}
}

func TestWhoWaitsForAKeyToBeReadCanGiveUp(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{key: "k2", hold: make(chan struct{})}
	c := onKey(t, server.answer, at)
	first := make(chan error)
	go func() {
		_, err := Call[Nothing](t.Context(), c, Get("/a"))
		first <- err
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Call[Nothing](ctx, c, Get("/b")); model.KindOf(err) != model.Cancelled {
		t.Errorf("given up: %v", err)
	}
	close(at.hold)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestAQuestionWhetherAKeyIsGoodIsNotAnsweredWithAnother(t *testing.T) {
	server, at := &rotating{good: "k2"}, &place{key: "k2"}
	c := onKey(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" && r.Header.Get("Authorization") == "Token k1" {
			w.WriteHeader(http.StatusForbidden) // as authentik answers to a bad key
			return
		}
		server.answer(w, r)
	}, at)
	c.Judge = func(ctx context.Context, r Request, failure error) error {
		if r.Path != "/a" {
			return failure
		}
		if _, err := Call[Nothing](ctx, c, Get("/me")); model.KindOf(err) != model.Unauthorized {
			return failure
		}
		return Reword(failure, model.Unauthorized, "the key is not good")
	}
	if err := read(t, c); err != nil {
		t.Errorf("%v; asked %s", err, server.seen())
	}
	if got := server.seen(); got != "GET Token k1; GET Token k2" {
		t.Errorf("asked %s", got)
	}
}

func TestAPasswordIsNotReadAgain(t *testing.T) {
	at := &place{key: "k2"}
	c := connection(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }), nil)
	c.credentials.origin = Origin{Reread: at.again}
	opened := 0
	c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) {
		opened++
		return model.NewSecret("s"), nil
	}
	wants(t, read(t, c), model.Unauthorized)
	if opened != 1 || at.count() != 0 {
		t.Errorf("signed in %d times, read %d times", opened, at.count())
	}
}

func TestALateAnswerThatQuotesTheFormerKeyDoesNotShowIt(t *testing.T) {
	arrived, goOn := make(chan struct{}), make(chan struct{})
	server, at := &rotating{good: "k2"}, &place{key: "k2"}
	c := onKey(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(arrived)
			<-goOn
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"detail":"bad: `+r.Header.Get("Authorization")+`"}`)
			return
		}
		server.answer(w, r)
	}, at)
	late := make(chan error)
	go func() {
		_, err := Call[Nothing](t.Context(), c, Get("/slow"))
		late <- err
	}()
	<-arrived
	_ = read(t, c)
	close(goOn)
	wants(t, <-late, model.Invalid, "was not shown")
}
