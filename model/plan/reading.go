package plan

import (
	"context"
	"slices"

	"authdeck/model"
)

const (
	lookPages = 5
	lookRows  = 100
)

// reading is the tokens of an owner, as far as they were read.
type reading struct {
	tokens []model.Token
	whole  bool  // these are all
	err    error // why the rest was not read

	by map[string]int // their places by their ids, where they are those of everybody
}

// wholeOf is the list of a system, if its client has all of it at once. A list that comes page
// by page is another one while it is turned, and is not read through. A system that gives no
// list now is not asked for each owner either.
func wholeOf(ctx context.Context, api model.API) (_ reading, whole bool) {
	page, err := patient(ctx, api, model.Query{Size: lookRows, Fresh: true})
	switch kind := model.KindOf(err); {
	case err != nil && (silent(kind) || model.Lasts(err)):
		return reading{err: err}, true
	case err != nil || page.Whole == nil:
		return reading{}, false // what its owners have may come all the same
	}
	r := reading{tokens: page.Whole, whole: true, by: make(map[string]int, len(page.Whole))}
	for i := range r.tokens {
		r.by[r.tokens[i].ID] = i
	}
	return r, true
}

// silent reports whether a failure is that of a system, whatever it is asked for.
func silent(kind model.Kind) bool {
	return slices.Contains([]model.Kind{model.Unauthorized, model.Unavailable, model.RateLimited, model.Cancelled}, kind)
}

// patient asks for a page, and waits where the system wants to be left alone.
func patient(ctx context.Context, api model.API, q model.Query) (page model.Page[model.Token], err error) {
	for range patience {
		page, err = api.Tokens(ctx, q)
		if err == nil || model.KindOf(err) != model.RateLimited || !rest(ctx, restOf(err)) {
			break
		}
	}
	return page, err
}

func readingOf(ctx context.Context, api model.API, owner model.User) (r reading) {
	q := model.Query{Size: lookRows, Filter: model.Filter{Only: owner}, Fresh: true}
	for range lookPages {
		page, err := patient(ctx, api, q)
		if err != nil {
			r.err = err
			return r
		}
		if page.Whole != nil {
			return reading{tokens: page.Whole, whole: true}
		}
		r.tokens = append(r.tokens, page.Items...)
		if q.At, q.Fresh = page.Next, false; q.At == "" {
			r.whole = true
			return r
		}
	}
	return r
}

// compared is a token as it was read, or as it was where it is not there, and what is different.
func (r reading) compared(was *model.Token) (is *model.Token, s Seen) {
	if is = r.token(was.ID); is != nil {
		return is, Seen{Changed: Difference(was, is)}
	}
	switch {
	case r.err != nil:
		s.Unread = wordsOf(r.err, nil)
	case r.whole:
		s.Changed = "it is not among the tokens of its owner any more"
	default:
		s.Unread = "its owner has too many tokens to look at all of them"
	}
	return was, s
}

// token is the one of an id; nil where it is not there.
func (r reading) token(id string) *model.Token {
	i, there := r.by[id]
	if r.by == nil {
		i = slices.IndexFunc(r.tokens, func(t model.Token) bool { return t.ID == id })
		there = i >= 0
	}
	if !there {
		return nil
	}
	return &r.tokens[i]
}
