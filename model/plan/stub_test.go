package plan_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// system is one that answers as a test says.
type system struct {
	model.API // what is not asked for here

	info    model.Info
	me      model.User
	tokens  []model.Token
	prepare func(model.Token) (model.Form, error)
	do      func(model.Order) (model.Issued, error)
	late    time.Duration
	unread  error // of its list
	whole   bool  // its client has the list at once

	stranger error // of who signs in

	mu      sync.Mutex
	asked   int      // that were prepared
	sent    []string // the tokens of the orders, in their order
	orders  []model.Order
	at      []time.Time
	inside  int
	most    int
	outside *gauge
	read    []string // whose tokens its list was asked for; empty for everybody's
	listed  func()   // is called when it is
}

// gauge counts what is under way over several systems.
type gauge struct {
	mu           sync.Mutex
	inside, most int
}

func (g *gauge) add(n int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside += n
	g.most = max(g.most, g.inside)
}

func (s *system) WhoAmI(context.Context) (model.User, error) { return s.me, s.stranger }

func (s *system) Info() model.Info { return s.info }

func (s *system) enter() func() {
	s.mu.Lock()
	s.inside++
	s.most = max(s.most, s.inside)
	s.mu.Unlock()
	s.outside.add(1)
	time.Sleep(s.late)
	return func() {
		s.outside.add(-1)
		s.mu.Lock()
		s.inside--
		s.mu.Unlock()
	}
}

func (s *system) Prepare(_ context.Context, _ model.Action, t model.Token) (model.Form, error) {
	defer s.enter()()
	s.mu.Lock()
	s.asked++
	s.mu.Unlock()
	if s.prepare == nil {
		return model.Form{Danger: true, Warnings: []string{"The key stops working at once."}}, nil
	}
	return s.prepare(t)
}

func (s *system) Do(_ context.Context, o model.Order) (model.Issued, error) {
	defer s.enter()()
	s.mu.Lock()
	s.sent, s.orders, s.at = append(s.sent, o.Token.ID), append(s.orders, o), append(s.at, time.Now())
	s.mu.Unlock()
	if s.do == nil {
		return model.Issued{Token: o.Token}, nil
	}
	return s.do(o)
}

func (s *system) Tokens(_ context.Context, q model.Query) (model.Page[model.Token], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = append(s.read, q.Filter.Only.ID)
	page := model.Page[model.Token]{Items: s.tokens, Total: len(s.tokens)}
	if s.whole {
		page.Whole = s.tokens
	}
	if s.listed != nil {
		s.listed()
	}
	return page, s.unread
}

// times is how often an order for a token came.
func (s *system) times(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, was := range s.sent {
		if was == id {
			n++
		}
	}
	return n
}

func named(name string) *system {
	return &system{info: model.Info{Name: name, Kind: "stub", Host: name + ".example"}}
}

func day(n int) model.When { return model.At(time.Date(2026, 11, n, 8, 30, 0, 5, time.UTC)) }

// some are tokens of a system, t1 and so on.
func some(n int) []model.Token {
	var all []model.Token
	for i := range n {
		id := "t" + strconv.Itoa(i+1)
		all = append(all, model.Token{
			ID: id, Name: model.Clean("token " + id), Kind: model.Clean("api"), Owner: model.User{ID: "7", Username: model.Clean("sara")},
			Created: day(1), Updated: day(2), Expires: model.Not(model.Never), LastUsed: model.Not(model.Never), State: model.Active,
		})
	}
	return all
}

// union is several systems as one, which calls each token by the system's name and its own.
type union struct {
	model.API

	members []model.API
}

func (u union) Info() model.Info     { return model.Info{Name: "all"} }
func (u union) Members() []model.API { return u.members }

func (u union) Home(t model.Token) (model.API, model.Token) {
	i := slices.IndexFunc(u.members, func(m model.API) bool { return m.Info().Name == t.System })
	t.System = ""
	return u.members[i], t
}

func (u union) Guest(system string, t model.Token) model.Token {
	t.System = system
	return t
}

func made(t *testing.T, api model.API, a model.Action, tokens []model.Token) *plan.Plan {
	t.Helper()
	p, err := plan.Make(t.Context(), api, a, tokens, plan.Making{By: "op", Host: "bastion"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// memory is a journal that forgets nothing and can be told to fail.
type memory struct {
	mu      sync.Mutex
	records []plan.Record
	fails   func(plan.Record) error
}

func (m *memory) Records() []plan.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.records)
}

func (m *memory) Close() error { return nil }

func (m *memory) Write(r plan.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fails != nil {
		if err := m.fails(r); err != nil {
			return err
		}
	}
	m.records = append(m.records, r)
	return nil
}

// applied applies a plan to its end.
func applied(t *testing.T, p *plan.Plan, api model.API, j plan.Journal, how plan.Options) (*plan.Run, []plan.Event) {
	t.Helper()
	run, err := plan.Apply(t.Context(), p, api, j, how)
	if err != nil {
		t.Fatal(err)
	}
	var events []plan.Event
	for e, more := run.Next(t.Context()); more; e, more = run.Next(t.Context()) {
		events = append(events, e)
	}
	return run, events
}

// outcomes are those of the lines, in their order.
func outcomes(r *plan.Run) string {
	var words []plan.Outcome
	for _, e := range r.Ends() {
		words = append(words, e.Outcome)
	}
	return fmt.Sprint(words)
}
