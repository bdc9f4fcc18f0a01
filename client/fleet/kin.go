package fleet

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"authdeck/client/find"
	"authdeck/model"
)

// eachUser hands on the accounts in a system.
func (k *kin) eachUser(m *member) each[model.User] {
	return func(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (string, error) {
		only := q.Filter.Only.ID
		q.Filter = model.Filter{}
		return k.each(ctx, m, (*search).again, func(found []model.User) (notes []string, err error) {
			found = slices.DeleteFunc(found, func(u model.User) bool { return only != "" && u.ID != only })
			_, err = find.New(accounts{m.api, found}, k.limits).EachUser(ctx, here(q), take)
			return nil, err
		})
	}
}

// eachToken hands on the tokens of the accounts in a system, one account after the other.
func (k *kin) eachToken(m *member) each[model.Token] {
	return func(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
		only, told := q.Filter.Only.ID, model.Sifted{Total: model.Uncounted}
		return k.each(ctx, m, (*search).hunted, func(found []model.User) (notes []string, err error) {
			for _, u := range found {
				if only != "" && only != u.ID {
					continue
				}
				before, count := told, 0
				note, err := m.lists.EachToken(ctx, ofOne(m, q, u), func(rows []model.Token, far model.Sifted) error {
					told, count = added(before, far), count+len(rows)
					told.Alike = either(before.Alike, far.Alike)
					return take(rows, told)
				})
				if err != nil {
					return nil, err
				}
				k.hold(q, joined(m.name, u.ID), held{count, note == ""})
				notes = noted(notes, note)
			}
			return notes, nil
		})
	}
}

// either is what one of two knows of tokens, each of other owners.
func either(a, b func(*model.Token) int) func(*model.Token) int {
	if a == nil || b == nil {
		return b // the second has not told yet, or nobody has before it
	}
	return func(t *model.Token) int { return cmp.Or(a(t), b(t)) }
}

// held is how many tokens of an account were read, and whether these are all: a system may say
// that it shows only some.
type held struct {
	tokens int
	all    bool
}

// hold takes note of what was read of an account, where nothing narrowed it.
func (k *kin) hold(q model.Query, id string, h held) {
	if q.Where != "" || q.Search != "" {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held[id] = h
}

// counted is an account with what its tokens say of it, where its system says nothing itself.
func (k *kin) counted(u model.User) model.User {
	k.mu.Lock()
	defer k.mu.Unlock()
	h, read := k.held[u.ID]
	switch {
	case !read || u.HasToken != model.Unsaid:
	case h.tokens > 0:
		u.HasToken, u.TokenWord = model.Yes, model.Clean(strconv.Itoa(h.tokens))
	case h.all:
		u.HasToken, u.TokenWord = model.No, model.Clean("none")
	}
	return u
}

// ofOne is a question for the tokens of one account.
func ofOne(m *member, q model.Query, u model.User) model.Query {
	if q.Filter.Only = u; !m.api.Info().OwnerAndMore {
		return here(q)
	}
	return q
}

// each hands on the accounts that a system has told. It does not wait for what other systems
// say of the person: where more is found by that, the system is asked for them anew. Of one
// that failed there may be the account that the search begins at.
func (k *kin) each(ctx context.Context, m *member, of func(*search, *member) *hunt, take func([]model.User) (notes []string, err error)) (string, error) {
	s := k.present(ctx)
	h := of(s, m)
	failed := s.settled(ctx, h)
	notes, err := take(s.accounts(h))
	switch {
	case err != nil:
		return "", err
	case failed != nil:
		return "", failed
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
