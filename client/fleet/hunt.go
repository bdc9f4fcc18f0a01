package fleet

import (
	"context"
	"slices"
	"sync"
	"time"

	"authdeck/client/page"
	"authdeck/model"
	"authdeck/model/person"
)

// search looks for a person in all systems at once: for what the account says that it begins
// at, and then once more for what accounts say that are sure to be the person's. It goes on
// for as long as somebody asks about it.
type search struct {
	seed    person.Seed
	members []*member
	origin  *hunt           // reads the account that it begins at; nil for none
	ctx     context.Context //nolint:containedctx // of all that the search asks, whoever waits for it
	end     context.CancelFunc

	mu    sync.Mutex
	known *person.Known
	hunts map[*member]*hunt
	lease *time.Timer
	lost  error // why the account could not be read that it begins at
}

// hunt is what a search does in one system.
type hunt struct {
	of     *member
	writes int64 // of the system before it began

	opened chan struct{} // closed when the account that the search begins at was read, or not
	told   chan struct{} // closed when it was asked for what was known at first, or has failed
	done   chan struct{} // closed at the end

	// Of the search's lock:
	found []model.User
	asked map[wanted]bool // what it was asked for
	dumb  []field         // of which it tells nothing, though it was to be asked
	whole bool            // its list was read to the end
	notes []string        // what has to be known of what it answered
	grown bool            // there is more of it than when it has told
	err   error
}

// newSearch begins to look.
func newSearch(ctx context.Context, seed person.Seed, members []*member) *search {
	s := &search{seed: seed, members: members, known: person.Begin(seed, page.Fold), hunts: map[*member]*hunt{}}
	s.ctx, s.end = context.WithCancel(context.WithoutCancel(ctx))
	for _, m := range members {
		h := newHunt(m)
		s.hunts[m] = h
		if m.name == seed.System && seed.Account.ID != "" {
			s.origin, h.found = h, []model.User{seed.Account}
		}
	}
	for _, h := range s.hunts {
		go s.run(h)
	}
	s.touch()
	return s
}

func newHunt(m *member) *hunt {
	return &hunt{
		of: m, writes: m.written(), asked: map[wanted]bool{},
		opened: make(chan struct{}), told: make(chan struct{}), done: make(chan struct{}),
	}
}

// run asks one system: for what is known soon, and when all were asked for that, for what is
// known then.
func (s *search) run(h *hunt) {
	defer close(h.done)
	s.open(h)
	err := s.look(h, func(u model.User) { s.known.Learn(h.of.name, u) })
	s.fail(h, err)
	close(h.told)
	if err != nil {
		return
	}
	for _, other := range s.all() {
		select {
		case <-other.told:
		case <-s.ctx.Done():
			return
		}
	}
	before := len(s.accounts(h))
	if s.more(h) {
		err = s.look(h, func(model.User) {})
		s.fail(h, err)
	}
	more := len(s.accounts(h)) > before
	s.keep(func() { h.grown = more || err != nil })
}

// open reads the account that the search begins at, or waits for it a little where another
// system has it.
func (s *search) open(h *hunt) {
	defer close(h.opened)
	if s.origin == nil {
		return
	}
	if h == s.origin {
		account, err := s.account(h.of)
		s.keep(func() {
			if s.lost = err; err == nil {
				h.found = []model.User{account}
				s.known.Learn(h.of.name, account)
			}
		})
		return
	}
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-s.origin.opened:
	case <-wait.C:
	case <-s.ctx.Done():
	}
}

func (s *search) account(m *member) (model.User, error) {
	answer, err := m.lists.Users(s.ctx, model.Query{Size: 1, Filter: model.Filter{Only: s.seed.Account}})
	if err != nil {
		return model.User{}, err
	}
	for _, u := range answer.Items {
		if u.ID == s.seed.Account.ID {
			return u, nil
		}
	}
	return model.User{}, model.Fail(model.NotFound, "the system does not show it")
}

// fail says why it cannot be told who the person is in a system.
func (s *search) fail(h *hunt, err error) {
	if err == nil {
		return
	}
	s.keep(func() {
		h.err = &model.Error{Kind: model.KindOf(err), Message: model.Clean("who it is there cannot be told: " + model.Reason(err)), Cause: err}
	})
}

// again asks a system anew in which something was written.
func (s *search) again(m *member) *hunt {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.hunts[m]
	if before.writes == m.written() || !closed(before.done) {
		return before
	}
	h := newHunt(m)
	close(h.opened)
	if m.name == s.seed.System && len(before.found) > 0 {
		h.found = before.found[:1:1] // the one that it begins at
	}
	all := map[*member]*hunt{m: h} // another map: who goes through the one before is not disturbed
	for of, one := range s.hunts {
		if of != m {
			all[of] = one
		}
	}
	s.hunts = all
	go func() {
		defer close(h.done)
		s.fail(h, s.look(h, func(model.User) {}))
		close(h.told)
	}()
	return h
}

// all are the hunts of now.
func (s *search) all() map[*member]*hunt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hunts
}

// hunted is what is done in a system.
func (s *search) hunted(m *member) *hunt { return s.all()[m] }

// accounts are those that were found in a system by now and are told to be the person's.
func (s *search) accounts(h *hunt) []model.User {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(h.found), func(u model.User) bool {
		_, is := s.known.Tie(h.of.name, u)
		return !is
	})
}

// settled waits until a system has told what it knows, and is why it has not.
func (s *search) settled(ctx context.Context, h *hunt) error {
	select {
	case <-h.told:
	case <-ctx.Done():
		return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return h.err
}

// hasGrown reports whether there is more of a system than when it has told.
func (s *search) hasGrown(h *hunt) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return h.grown
}

// keep takes note of something.
func (s *search) keep(note func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	note()
}
