package demo

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

// elsewhere is where a redirect leads: a host that cannot exist.
const elsewhere = "http://elsewhere.invalid"

// faults are the rules in force.
type faults struct {
	mu    sync.Mutex
	rules []*rule

	pending sync.WaitGroup // what is done after its answer
	hurried chan struct{}  // closed when that is to be done now; of mu
	over    chan struct{}  // closed when the server ends
	ended   sync.Once
}

func newFaults() *faults {
	return &faults{over: make(chan struct{}), hurried: make(chan struct{})}
}

func (f *faults) replace(rules []*rule) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = rules
}

// pick says what goes wrong with a request, and how long it takes before. A
// rule that another one came before does not count the request, so that
// "me:401:once,me:500:once" is one after the other.
func (f *faults) pick(at endpoint) (hit rule, slow time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rules {
		if !r.at.covers(at) || !r.due() {
			continue
		}
		if r.fault != faultSlow {
			return *r, slow
		}
		slow += r.wait
	}
	return rule{}, slow
}

func (r *rule) due() bool {
	r.seen++
	if r.first > 0 {
		return r.seen <= r.first
	}
	return r.seen%r.every == 0
}

// serve answers a request, or spoils the answer.
func (f *faults) serve(at endpoint, w http.ResponseWriter, r *http.Request, next http.Handler, own stage.ErrorResponses) {
	hit, slow := f.pick(at)
	stage.Sleep(r.Context(), slow)
	switch hit.fault {
	case faultUnauthorized, faultForbidden, faultNotFound:
		own.Refuse(w, status(hit.fault))
	case faultThrottled:
		w.Header().Set("Retry-After", strconv.Itoa(int(hit.wait.Seconds())))
		own.Refuse(w, http.StatusTooManyRequests)
	case faultServerError:
		own.Fail(w, r)
	case faultCrash:
		next.ServeHTTP(newDraft(), r)
		own.Fail(w, r)
	case faultBadGateway, faultUnavailable:
		stage.HTMLPage(w, status(hit.fault))
	case faultHTML:
		stage.HTMLPage(w, http.StatusOK)
	case faultRedirect:
		http.Redirect(w, r, elsewhere+r.URL.RequestURI(), http.StatusFound) //nolint:gosec // the host is fixed
	case faultEndless:
		babble(r.Context(), w)
	case faultSilent:
		<-r.Context().Done()
		hangUp(w)
	case faultLost:
		next.ServeHTTP(newDraft(), r)
		hangUp(w)
	case faultTwice:
		once := repeatable(r)
		next.ServeHTTP(newDraft(), once(r.Context()))
		next.ServeHTTP(w, once(r.Context()))
	case faultLate:
		f.later(r, hit.wait, next)
		stage.HTMLPage(w, http.StatusGatewayTimeout)
	case faultCut, faultWrongType, faultEmpty:
		spoil(hit.fault, w, r, next)
	default:
		next.ServeHTTP(w, r)
	}
}

// repeatable makes of a request as many as are wanted: its body can be read once.
func repeatable(r *http.Request) func(context.Context) *http.Request {
	body, _ := io.ReadAll(r.Body) // it is in memory already
	return func(ctx context.Context) *http.Request {
		again := r.Clone(ctx)
		again.Body = io.NopCloser(bytes.NewReader(body))
		return again
	}
}

// later does the work after its answer has gone. It ends with the server and not
// with the request: a server behind a proxy does not notice that nobody waits.
func (f *faults) later(r *http.Request, wait time.Duration, next http.Handler) {
	again := repeatable(r)
	ctx := context.WithoutCancel(r.Context())
	f.mu.Lock()
	hurried := f.hurried
	f.mu.Unlock()
	f.pending.Go(func() {
		select {
		case <-time.After(wait):
		case <-hurried:
		case <-f.over:
			return
		}
		next.ServeHTTP(newDraft(), again(ctx))
	})
}

// Settle lets all that is late be done now, and waits for it.
func (s *Server) Settle() {
	s.faults.mu.Lock()
	close(s.faults.hurried)
	s.faults.hurried = make(chan struct{})
	s.faults.mu.Unlock()
	s.faults.pending.Wait()
}

// end lets go of what is still to be done.
func (f *faults) end() {
	f.ended.Do(func() { close(f.over) })
	f.pending.Wait()
}

// spoil lets the work be done and damages the answer.
func spoil(how fault, w http.ResponseWriter, r *http.Request, next http.Handler) {
	d := newDraft()
	next.ServeHTTP(d, r)
	body := d.body.Bytes()
	switch how {
	case faultCut:
		body = body[:len(body)/2]
	case faultWrongType:
		d.header.Set("Content-Type", "text/html; charset=utf-8")
	default:
		body, d.status = nil, http.StatusOK
	}
	maps.Copy(w.Header(), d.header)
	w.WriteHeader(d.status)
	_, _ = w.Write(body)
}

// babble begins a list and never ends it.
func babble(ctx context.Context, w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_, err := io.WriteString(w, `{"results":[0`)
	more := bytes.Repeat([]byte(",0"), 16<<10)
	for err == nil && ctx.Err() == nil {
		_, err = w.Write(more)
	}
	hangUp(w)
}

// hangUp closes the connection without an answer, or without the rest of it.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// draft is an answer that is not sent yet.
type draft struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func newDraft() *draft { return &draft{header: http.Header{}, status: http.StatusOK} }

func (d *draft) Header() http.Header         { return d.header }
func (d *draft) WriteHeader(status int)      { d.status = status }
func (d *draft) Write(p []byte) (int, error) { return d.body.Write(p) }

func status(f fault) int {
	n, _ := strconv.Atoi(string(f))
	return n
}
