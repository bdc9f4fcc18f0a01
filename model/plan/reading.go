package plan

import (
	"context"

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
}

func readingOf(ctx context.Context, api model.API, owner model.User) (r reading) {
	q := model.Query{Size: lookRows, Filter: model.Filter{Only: owner}, Fresh: true}
	for range lookPages {
		page, err := api.Tokens(ctx, q)
		if err != nil {
			r.err = err
			return r
		}
		r.tokens = append(r.tokens, page.Items...)
		if q.At = page.Next; q.At == "" {
			r.whole = true
			return r
		}
	}
	return r
}

// compared is a token as it was read, or as it was where it is not there, and what is different.
func (r reading) compared(was *model.Token) (is *model.Token, s Seen) {
	for i := range r.tokens {
		if is = &r.tokens[i]; is.ID == was.ID {
			return is, Seen{Changed: Difference(was, is)}
		}
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
