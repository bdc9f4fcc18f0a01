package fleet

import (
	"context"
	"slices"
	"sync"

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
	held  map[string]held      // what was read of each account, by the same
}

// Person implements [person.Finder].
func (f *Fleet) Person(seed person.Seed) person.View {
	k := &kin{Fleet: f, seed: seed, tokens: newTokens(f.members), users: newUsers(f.members), taken: map[string]bool{}, held: map[string]held{}}
	k.tokens.rows.each, k.tokens.rows.news = k.eachToken, k.news
	k.tokens.rows.keep = func(t model.Token) bool { return !k.isOut(t.System, t.Owner) }
	k.users.rows.each, k.users.rows.news = k.eachUser, k.news
	return k
}

// Info implements [model.API].
func (k *kin) Info() model.Info {
	info := k.Fleet.Info()
	info.Name, info.Kind = short(k.seed.Called().String()), "a person in "+k.size()
	return info
}

// short is a name that somebody could read: of 1,024 letters nobody does.
func short(name string) string {
	letters := []rune(name)
	if len(letters) <= longestName {
		return name
	}
	return string(letters[:longestName-1]) + "…"
}

const longestName = 60

// Tokens implements [model.API].
func (k *kin) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	s := k.search(ctx, q, model.TokenRows)
	over := s.finished()
	answer, err := k.tokens.page(ctx, q)
	return beside(s, over, answer), err
}

// Users implements [model.API]: the accounts, also those that were taken out.
func (k *kin) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	s := k.search(ctx, q, model.UserRows)
	over := s.finished()
	answer, err := k.users.page(ctx, q)
	answer.Items = slices.Clone(answer.Items)
	for i := range answer.Items {
		answer.Items[i] = k.counted(answer.Items[i])
	}
	return beside(s, over, answer), err
}

// beside is a page with what is to be known of the search. Only one that was asked for when
// that was over has all that it has found.
func beside[T any](s *search, over bool, answer model.Page[T]) model.Page[T] {
	answer.Unfinished = answer.Unfinished || !over
	answer.Note, answer.Lacks = s.notes(answer.Note), append(s.lacks(), answer.Lacks...)
	return answer
}

// search is the present one, or a new one where a list is asked for anew that has shown it.
// Where that is because of a write, the person is the same as before.
func (k *kin) search(ctx context.Context, q model.Query, of model.Rows) *search {
	k.mu.Lock()
	defer k.mu.Unlock()
	var writes int64
	for _, m := range k.members {
		writes += m.written()
	}
	before, seen := k.seen[of]
	if k.now == nil || k.now.ctx.Err() != nil || q.Fresh && seen && before == writes {
		if k.now != nil {
			k.now.close()
		}
		k.now, k.seen = newSearch(ctx, k.seed, k.members), map[model.Rows]int64{}
	}
	k.seen[of] = writes
	k.now.touch()
	return k.now
}

// present is the search that there is.
func (k *kin) present(ctx context.Context) *search { return k.search(ctx, model.Query{}, "") }

// news reports whether more was found in a system than there was when it was asked.
func (k *kin) news(m *member) func() bool {
	s := k.present(context.Background())
	h := s.hunted(m)
	before := s.hasGrown(h)
	return func() bool { return s.hasGrown(h) != before }
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
	if err := k.present(ctx).over(ctx); err != nil {
		return "", err
	}
	return k.tokens.through(ctx, q, func(rows []model.Token, told model.Sifted) error {
		return take(slices.DeleteFunc(rows, func(t model.Token) bool { return k.isOut(t.System, t.Owner) }), told)
	})
}

// EachUser hands on all accounts but those that were taken out.
func (k *kin) EachUser(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (string, error) {
	if err := k.present(ctx).over(ctx); err != nil {
		return "", err
	}
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
		k.now.close()
	}
	return nil
}
