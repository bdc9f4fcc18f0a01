// Package demo is the other end of the conversation: a server that speaks the
// dialects of the real systems over real HTTP, with their quirks, on made-up
// people and tokens. It shares no wire format with the client on purpose: a
// misspelt field must not agree with itself.
//
// The data depend on the seed alone, and any endpoint can be told to misbehave;
// [FaultHelp] has the grammar.
package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// farewell bounds how long Close waits for answers that are on their way.
const farewell = time.Second

// System is one system that the server plays, and how to sign in to it.
type System struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"` // the dialect, such as "hamgam"
	URL      string `json:"url"`  // base address, without a slash at the end
	Token    string `json:"token,omitempty"`
	Weak     string `json:"-"` // a key whose owner may sign in and do nothing else
	Username string `json:"username,omitempty"`
	Password string `json:"password,omitempty"`
}

// Server is a running demo. Its methods are safe for concurrent use.
type Server struct {
	systems []System
	web     *http.Server
	faults  faults
	journal journal
	log     *slog.Logger
	hangUp  context.CancelFunc // ends every request
	served  chan error         // what serving ended with
	close   func() error
}

// Start checks the options and serves until ctx ends or Close is called.
func Start(ctx context.Context, o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	o = o.withDefaults()
	rules, err := parseFaults(o.Faults)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	s := &Server{log: o.Log, served: make(chan error, 1)}
	s.faults.replace(rules)
	in := newEntries(o)
	s.systems = []System{in.system("shop", "hamgam", address(ln.Addr()))}
	play := sync.OnceValue(func() http.Handler { return newHamgam(seed(o, in), o).handler(s.watch(refuse)) })
	go play() // many people take a moment to make up, which the caller can use
	s.serve(ctx, ln, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { play().ServeHTTP(w, r) }))
	return s, nil
}

// Systems lists what the server plays, with the keys as they were at the start.
func (s *Server) Systems() []System { return slices.Clone(s.systems) }

// Break replaces the faults in force by those of the spec; "" repairs all.
func (s *Server) Break(spec string) error {
	rules, err := parseFaults(spec)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	s.faults.replace(rules)
	return nil
}

// Close ends every request and frees the port. It may be called twice.
func (s *Server) Close() error { return s.close() }

func (s *Server) serve(ctx context.Context, ln net.Listener, h http.Handler) {
	requests, hangUp := context.WithCancel(ctx)
	s.hangUp = hangUp
	s.web = &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	s.close = sync.OnceValue(s.shutdown)
	go func() { s.served <- s.web.Serve(ln) }()
	context.AfterFunc(requests, func() { _ = s.Close() })
	s.log.Info("demo serves", "address", ln.Addr().String())
}

// shutdown first ends the requests that would never end by themselves.
func (s *Server) shutdown() error {
	s.hangUp()
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if s.web.Shutdown(ctx) != nil {
		_ = s.web.Close() // somebody does not read; there is nothing to wait for
	}
	if err := <-s.served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// watch notes every request and lets the faults at it before the dialect.
func (s *Server) watch(refuse refusal) guard {
	return func(endpoint string, next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen := s.journal.arrived(endpoint, r)
			noted := &notedWriter{ResponseWriter: w, note: seen}
			if !readBody(noted, r) {
				return
			}
			s.faults.serve(endpoint, noted, r, next, refuse)
			s.log.Debug("demo served", "endpoint", endpoint, "status", noted.status)
		})
	}
}

// address is where a listener can be reached from this machine.
func address(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
