package fleet

import (
	"context"
	"slices"
	"sync"

	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/person"
)

// kin is a person over the systems of a fleet, with which it shares them: one question at a
// time is asked of each. It is a [person.View].
type kin struct {
	*Fleet
	seed   person.Seed
	tokens *list[model.Token]
	users  *list[model.User]

	mu    sync.Mutex
	now   *search
	seen  map[model.Rows]int64 // how often something was written when a list of the search was asked for last
	taken map[string]bool      // what was taken out, by the name that the fleet has for it
}

// Person implements [person.Finder].
func (f *Fleet) Person(seed person.Seed) person.View {
	k := &kin{Fleet: f, seed: seed, tokens: newTokens(f.members), users: newUsers(f.members), taken: map[string]bool{}}
	k.tokens.rows.each = k.eachToken
	k.tokens.rows.keep = func(t model.Token) bool { return !k.isOut(t.System, t.Owner) }
	k.users.rows.each = k.eachUser
	return k
}

// Info implements [model.API].
func (k *kin) Info() model.Info {
	info := k.Fleet.Info()
	info.Name, info.Kind = k.seed.Called().String(), "a person in "+k.size()
	return info
}

// Tokens implements [model.API].
func (k *kin) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	s := k.search(ctx, q, model.TokenRows)
	answer, err := k.tokens.page(ctx, q)
	answer.Note, answer.Lacks = s.notes(answer.Note), append(s.lacks(), answer.Lacks...)
	return answer, err
}

// Users implements [model.API]: the accounts, also those that were taken out.
func (k *kin) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	s := k.search(ctx, q, model.UserRows)
	answer, err := k.users.page(ctx, q)
	answer.Note, answer.Lacks = s.notes(answer.Note), append(s.lacks(), answer.Lacks...)
	return answer, err
}

// search is the present one, or a new one where a list is asked for anew that has shown it.
// Where that is because of a write, the person is the same as before.
func (k *kin) search(ctx context.Context, q model.Query, of model.Rows) *search {
	k.mu.Lock()
	defer k.mu.Unlock()
	var writes int64
	for _, m := range k.members {
		writes += m.writes.Load()
	}
	before, seen := k.seen[of]
	if k.now == nil || k.now.ctx.Err() != nil || q.Fresh && seen && before == writes {
		if k.now != nil {
			k.now.lapse()
		}
		k.now, k.seen = newSearch(ctx, k.seed, k.members), map[model.Rows]int64{}
	}
	k.seen[of] = writes
	return k.now
}

// join waits for the present search; leave has to be called then. A search that nobody waits
// for is ended.
func (k *kin) join(ctx context.Context) (s *search, leave func()) {
	s = k.search(ctx, model.Query{}, "")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits++
	return s, func() {
		s.keep(func() { s.waits-- })
		s.lapse()
	}
}

// eachUser hands on the accounts in a system, as they are found.
func (k *kin) eachUser(m *member) each[model.User] {
	return func(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (string, error) {
		only := q.Filter.Only.ID
		q.Filter = model.Filter{}
		told, given := model.Sifted{Total: model.Uncounted}, map[string]bool{}
		return k.each(ctx, m, (*search).again, func(found []model.User) (string, error) {
			found = slices.DeleteFunc(found, func(u model.User) bool { return given[u.ID] || only != "" && u.ID != only })
			for _, u := range found {
				given[u.ID] = true
			}
			before := told
			return find.New(accounts{m.api, found}, k.limits).EachUser(ctx, here(q), func(rows []model.User, far model.Sifted) error {
				told = added(before, far)
				return take(rows, told)
			})
		})
	}
}

// each hands on the accounts in a system: those that are found at first without waiting for
// what other systems say of the person, and then all.
func (k *kin) each(ctx context.Context, m *member, of func(*search, *member) *hunt, take func([]model.User) (string, error)) (string, error) {
	s, leave := k.join(ctx)
	defer leave()
	h, notes := of(s, m), []string(nil)
	for _, until := range []chan struct{}{h.told, h.done} {
		failed := s.settled(ctx, h, until)
		note, err := take(s.accounts(h))
		if err != nil {
			return "", err
		}
		if note != "" {
			notes = noted(notes, note)
		}
		if failed != nil {
			return "", failed
		}
	}
	s.keep(func() {
		for _, note := range h.notes {
			notes = noted(notes, note)
		}
	})
	return lines(notes), nil
}

// accounts are a system of which nothing is known but some users.
type accounts struct {
	model.API
	found []model.User
}

// Users implements [model.API].
func (a accounts) Users(context.Context, model.Query) (model.Page[model.User], error) {
	return model.Page[model.User]{Items: slices.Clone(a.found), Total: len(a.found)}, nil
}

// eachToken hands on the tokens of the accounts in a system, one account after the other.
func (k *kin) eachToken(m *member) each[model.Token] {
	return func(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
		only := q.Filter.Only.ID
		told, given := model.Sifted{Total: model.Uncounted}, map[string]bool{}
		return k.each(ctx, m, (*search).hunted, func(found []model.User) (string, error) {
			var notes []string
			for _, u := range found {
				if given[u.ID] || only != "" && only != u.ID {
					continue
				}
				given[u.ID] = true
				before := told
				note, err := m.lists.EachToken(ctx, ofOne(m, q, u), func(rows []model.Token, far model.Sifted) error {
					told = added(before, far)
					return take(rows, told)
				})
				if err != nil {
					return "", err
				}
				if note != "" {
					notes = noted(notes, note)
				}
			}
			return lines(notes), nil
		})
	}
}

// ofOne is a question for the tokens of one account.
func ofOne(m *member, q model.Query, u model.User) model.Query {
	if q.Filter.Only = u; !m.api.Info().OwnerAndMore {
		return here(q)
	}
	return q
}

// Ties implements [person.View].
func (k *kin) Ties() map[string]person.Tie {
	k.mu.Lock()
	defer k.mu.Unlock()
	ties := map[string]person.Tie{}
	if k.now == nil {
		return ties
	}
	k.now.mu.Lock()
	defer k.now.mu.Unlock()
	for m, h := range k.now.hunts {
		for _, u := range h.found {
			if tie, is := k.now.known.Tie(m.name, u); is {
				tie.Out = k.taken[joined(m.name, u.ID)]
				ties[joined(m.name, u.ID)] = tie
			}
		}
	}
	return ties
}

// Take implements [person.View].
func (k *kin) Take(id string, out bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.taken[id] = out
}

func (k *kin) isOut(system string, u model.User) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.taken[joined(system, u.ID)]
}

// EachToken hands on the tokens of all accounts but those that were taken out.
func (k *kin) EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
	return k.tokens.through(ctx, q, func(rows []model.Token, told model.Sifted) error {
		return take(slices.DeleteFunc(rows, func(t model.Token) bool { return k.isOut(t.System, t.Owner) }), told)
	})
}

// EachUser hands on all accounts but those that were taken out.
func (k *kin) EachUser(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (string, error) {
	return k.users.through(ctx, q, func(rows []model.User, told model.Sifted) error {
		return take(slices.DeleteFunc(rows, func(u model.User) bool { return k.isOut(u.System, u) }), told)
	})
}

// Close ends what is being read for the person, and nothing of the fleet.
func (k *kin) Close(context.Context) error {
	k.tokens.close()
	k.users.close()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now != nil {
		k.now.end()
	}
	return nil
}
