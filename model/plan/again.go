package plan

import (
	"context"
	"slices"
	"sync"

	"authdeck/model"
)

// Seen is what was read of a line after the plan was made.
type Seen struct {
	Changed string // what is different, in words; empty for nothing
	Own     bool   // authdeck here signs in with it
	Unread  string // why it could not be read; empty where it was
}

// Again reads what the plan is about once more, an owner's tokens at a time, and says of each
// line what is different by now. It changes nothing, and writes nothing down: each token is
// read yet again right before it is changed. Told hears how many lines are looked at; nil for
// nobody.
func (p *Plan) Again(ctx context.Context, api model.API, atOnce int, told func(int)) map[int]Seen {
	a := again{plan: p, seen: map[int]Seen{}, told: told}
	at := placesOf(api)
	work := make(chan owned)
	var all sync.WaitGroup
	for range max(1, atOnce) {
		all.Go(func() {
			for o := range work {
				a.look(ctx, o)
			}
		})
	}
	for _, o := range p.owners(at) {
		work <- o
	}
	close(work)
	all.Wait()
	return a.seen
}

// again is a second reading under way.
type again struct {
	plan *Plan
	told func(int)

	mu   sync.Mutex
	seen map[int]Seen
}

// owned are the lines of one owner in a system.
type owned struct {
	api   model.API
	owner model.User
	lines []int
}

// owners are the lines that can be sent from here, by their owners.
func (p *Plan) owners(at places) []owned {
	var found []owned
	place := map[[2]string]int{}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Cannot != "" || at.refusal(p.Action, l) != "" {
			continue
		}
		of := [2]string{l.System, l.Token.Owner.ID}
		if _, there := place[of]; !there {
			place[of] = len(found)
			found = append(found, owned{api: at[l.System], owner: l.Token.Owner})
		}
		found[place[of]].lines = append(found[place[of]].lines, i)
	}
	return found
}

// look reads the tokens of an owner, and compares.
func (a *again) look(ctx context.Context, o owned) {
	tokens, whole, err := tokensOf(ctx, o.api, o.owner)
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, i := range o.lines {
		was := &a.plan.Lines[i].Token
		at := slices.IndexFunc(tokens, func(t model.Token) bool { return t.ID == was.ID })
		switch {
		case at >= 0:
			a.seen[i] = Seen{Changed: Difference(was, &tokens[at]), Own: tokens[at].Own}
		case err != nil:
			a.seen[i] = Seen{Unread: wordsOf(err, nil)}
		case whole:
			a.seen[i] = Seen{Changed: "it is not among the tokens of its owner any more"}
		default:
			a.seen[i] = Seen{Unread: "its owner has too many tokens to look at all of them"}
		}
	}
	if a.told != nil {
		a.told(len(a.seen))
	}
}

// tokensOf are the tokens of an owner, as far as they are read, and whether these are all.
func tokensOf(ctx context.Context, api model.API, owner model.User) (tokens []model.Token, whole bool, _ error) {
	q := model.Query{Size: lookRows, Filter: model.Filter{Only: owner}, Fresh: true}
	for range lookPages {
		page, err := api.Tokens(ctx, q)
		if err != nil {
			return tokens, false, err
		}
		tokens = append(tokens, page.Items...)
		if q.At = page.Next; q.At == "" {
			return tokens, true, nil
		}
	}
	return tokens, false, nil
}

// Known is the plan with what was seen of it: a line that is another by now says so, and has
// the risk of it. What it compares with stays as it was.
func (p *Plan) Known(seen map[int]Seen) *Plan {
	now := *p
	now.Lines = slices.Clone(p.Lines)
	for i, s := range seen {
		l := &now.Lines[i]
		if s.Own {
			l.Risks = with(l.Risks, Own)
		}
		switch {
		case s.Changed != "":
			l.Risks = with(l.Risks, Changed)
			l.Says = append([]string{"It has changed since: " + s.Changed + "."}, l.Says...)
		case s.Unread != "":
			l.Says = append([]string{"Whether it has changed could not be read: " + s.Unread + "."}, l.Says...)
		}
	}
	return &now
}
