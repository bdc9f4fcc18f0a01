package plan

import (
	"context"
	"slices"
	"sync"
	"time"

	"authdeck/model"
)

// Seen is what was read of a line after the plan was made.
type Seen struct {
	Changed string // what is different, in words; empty for nothing
	Unread  string // why that could not be told; empty where it was
	Risks   []Risk // those that what was read tells of
}

// Again reads what the plan is about once more, an owner's tokens at a time, and says of each
// line what is different by now. It changes nothing, and writes nothing down: each token is
// read yet again right before it is changed. Told hears how many lines are looked at; nil for
// nobody.
func (p *Plan) Again(ctx context.Context, api model.API, atOnce int, told func(int)) map[int]Seen {
	a := again{plan: p, seen: map[int]Seen{}, told: told, now: time.Now()}
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
	now  time.Time

	mu   sync.Mutex
	seen map[int]Seen
}

// owned are the lines of one owner in a system.
type owned struct {
	api   model.API
	me    func(context.Context) (model.User, error) // who signs in there, asked once
	owner model.User
	lines []int
}

// owners are the lines that can be sent from here, by their owners.
func (p *Plan) owners(at places) []owned {
	var found []owned
	place, me := map[[2]string]int{}, map[string]func(context.Context) (model.User, error){}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Cannot != "" || at.refusal(p.Action, l) != "" {
			continue
		}
		of := [2]string{l.System, l.Token.Owner.ID}
		if _, there := place[of]; !there {
			place[of] = len(found)
			if me[l.System] == nil {
				me[l.System] = once(at[l.System].WhoAmI)
			}
			found = append(found, owned{api: at[l.System], me: me[l.System], owner: l.Token.Owner})
		}
		found[place[of]].lines = append(found[place[of]].lines, i)
	}
	return found
}

// once asks a system who signs in there, and no second time.
func once(ask func(context.Context) (model.User, error)) func(context.Context) (model.User, error) {
	var asked sync.Once
	var me model.User
	var err error
	return func(ctx context.Context) (model.User, error) {
		asked.Do(func() { me, err = ask(ctx) })
		return me, err
	}
}

// look reads the tokens of an owner, and compares.
func (a *again) look(ctx context.Context, o owned) {
	r := readingOf(ctx, o.api, o.owner)
	me, nobody := o.me(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, i := range o.lines {
		was := &a.plan.Lines[i].Token
		is, s := r.compared(was)
		s.Risks = account(told(nil, is, a.plan.ends(is, a.now), a.now), is, me)
		if nobody != nil && s.Unread == "" {
			s.Unread = "as whom authdeck signs in was not told: " + wordsOf(nobody, nil)
		}
		a.seen[i] = s
	}
	if a.told != nil {
		a.told(len(a.seen))
	}
}

// Known is the plan with what was seen of it: a line that is another by now says so, and has
// the risk of it. What it compares with stays as it was.
func (p *Plan) Known(seen map[int]Seen) *Plan {
	now := *p
	now.Lines = slices.Clone(p.Lines)
	for i, s := range seen {
		l := &now.Lines[i]
		for _, r := range s.Risks {
			l.Risks = with(l.Risks, r)
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
