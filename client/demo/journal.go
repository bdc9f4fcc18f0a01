package demo

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"sync"

	"authdeck/client/demo/stage"
)

const (
	remembered = 1000    // requests in the journal
	bodyLimit  = 1 << 20 // of a request
)

// Request is one request as it came in. Headers and bodies are left out: they
// hold keys. So does the query of a client that searched for one.
type Request struct {
	Kind     string // the system's, as in [System]
	Endpoint string // as in [FaultHelp]; "" if no endpoint is there
	Method   string
	Path     string
	RawQuery string
	Status   int // 0 while, or if, nothing was answered
}

type journal struct {
	mu      sync.Mutex
	counts  map[string]int
	entries []*Request
}

// Served counts the requests that an endpoint got, answered or not: of all
// systems, or of one, as in "hamgam/tokens". "any" counts all endpoints.
func (s *Server) Served(endpoint string) int {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	return s.journal.counts[endpoint]
}

// Requests lists the last thousand requests, oldest first.
func (s *Server) Requests() []Request {
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	out := make([]Request, len(s.journal.entries))
	for i, e := range s.journal.entries {
		out[i] = *e
	}
	return out
}

// arrived notes a request and returns what notes its answer.
func (j *journal) arrived(at endpoint, r *http.Request) func(status int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.counts == nil {
		j.counts = map[string]int{}
	}
	for _, name := range []string{at.name, anyEndpoint, at.kind + "/" + at.name, at.kind + "/" + anyEndpoint} {
		j.counts[name]++
	}
	entry := &Request{Kind: at.kind, Endpoint: at.name, Method: r.Method, Path: r.URL.Path, RawQuery: r.URL.RawQuery}
	j.entries = append(j.entries, entry)
	if extra := len(j.entries) - remembered; extra > 0 {
		j.entries = slices.Delete(j.entries, 0, extra)
	}
	return func(status int) {
		j.mu.Lock()
		defer j.mu.Unlock()
		entry.Status = status
	}
}

// notedWriter notes the status before the first byte leaves, so that whoever
// has the answer finds it in the journal.
type notedWriter struct {
	http.ResponseWriter
	note   func(status int)
	status int
}

func (w *notedWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		w.note(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *notedWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets [http.ResponseController] reach the connection.
func (w *notedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// readBody takes in the whole request: only then does the server notice that
// a client has gone, and some faults wait for nothing else.
func readBody(w http.ResponseWriter, r *http.Request) bool {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		stage.HTMLPage(w, http.StatusRequestEntityTooLarge)
		return false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return true
}
