// Package demo is the other end of the conversation: a server that speaks the
// dialects of the real systems over real HTTP, with their quirks, on made-up
// people and tokens. It knows nothing of the client, with which it shares no wire
// format on purpose: a misspelt field must not agree with itself.
//
// The data depend on the seed and on the day alone, and any endpoint can be told to misbehave;
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
	"strings"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

// shutdownTimeout bounds how long Close waits for answers that are on their way.
const shutdownTimeout = time.Second

// System is one system that the server plays, and how to sign in to it: as an
// administrator, and as somebody who may sign in and do next to nothing.
type System struct {
	Name         string `json:"name"`
	Kind         string `json:"kind"`               // the dialect, such as "hamgam"
	URL          string `json:"url"`                // base address, without a slash at the end
	RootURL      string `json:"root_url,omitempty"` // the same system on a port of its own, without a path
	Token        string `json:"token,omitempty"`
	Username     string `json:"username"`
	Password     string `json:"password"`
	Weak         string `json:"weak_token,omitempty"`
	WeakUsername string `json:"weak_username"`
	WeakPassword string `json:"weak_password"`
}

// Server is a running demo. Its methods are safe for concurrent use.
type Server struct {
	systems []System
	web     *http.Server
	faults  *faults
	journal journal
	log     *slog.Logger
	hangUp  context.CancelFunc // ends every request
	served  chan error         // what serving ended with, at each door
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
	s := &Server{log: o.Log, faults: newFaults()}
	d, err := open(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	s.faults.replace(rules)
	s.serve(ctx, d, s.stages(o, d))
	return s, nil
}

// stages sets the mirrors up, each under a path of its own, and at a root if there is one.
func (s *Server) stages(o Options, d doors) http.Handler {
	set := o.settings()
	secrets := stage.NewPasswords(set)
	people := sync.OnceValue(func() *stage.People { return stage.NewPeople(set, secrets) })
	go people() // many people take a moment to make up, which the caller can use
	byPrefix := map[string]http.Handler{}
	for i, m := range mirrors(o) {
		in, _ := m.Keys(set, i)
		h := m.Handler(set, i, people, func(own stage.ErrorResponses) stage.Middleware { return s.middleware(m.Kind, own) })
		s.systems = append(s.systems, System{
			Name: m.Name, Kind: m.Kind, URL: address(d.all.Addr()) + m.Prefix(), RootURL: d.give(i, h), Token: in.Admin, Weak: in.Weak,
			Username: stage.AdminName, Password: secrets.Admin, WeakUsername: stage.WeakName, WeakPassword: secrets.Weak,
		})
		byPrefix[m.Prefix()] = http.StripPrefix(m.Prefix(), h)
	}
	// A ServeMux would mend paths before the mirror sees them.
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if h, ok := byPrefix["/"+first]; ok {
			h.ServeHTTP(w, r)
			return
		}
		stage.HTMLPage(w, http.StatusNotFound)
	})
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

func (s *Server) serve(ctx context.Context, d doors, h http.Handler) {
	requests, hangUp := context.WithCancel(ctx)
	s.hangUp = hangUp
	s.web = &http.Server{
		Handler:           byDoor(h),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(l net.Listener) context.Context { return d.through(requests, l) },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	s.close = sync.OnceValue(s.shutdown)
	s.served = make(chan error, 1+len(d.roots))
	for _, l := range d.listeners() {
		go func() { s.served <- s.web.Serve(l) }()
	}
	context.AfterFunc(requests, func() { _ = s.Close() })
	s.log.Info("demo serves", "address", d.all.Addr().String())
}

// shutdown first ends the requests that would never end by themselves.
func (s *Server) shutdown() error {
	s.hangUp()
	defer s.faults.end()
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if s.web.Shutdown(ctx) != nil {
		_ = s.web.Close() // somebody does not read; there is nothing to wait for
	}
	for range cap(s.served) {
		if err := <-s.served; !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("demo: %w", err)
		}
	}
	return nil
}

// middleware notes every request and lets the faults at it before the dialect.
func (s *Server) middleware(kind string, own stage.ErrorResponses) stage.Middleware {
	return func(name string, next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen := s.journal.arrived(endpoint{kind, name}, r)
			noted := &notedWriter{ResponseWriter: w, note: seen}
			if !readBody(noted, r) {
				return
			}
			s.faults.serve(endpoint{kind, name}, noted, r, next, own)
			s.log.Debug("demo served", "system", kind, "endpoint", name, "status", noted.status)
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
