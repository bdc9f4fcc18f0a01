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

// Rereading is how a plan is read again.
type Rereading struct {
	AtOnce int                 // questions at once
	Ends   []End               // what is known of the lines: those that ended are not read; nil for nothing
	Told   func(lines, of int) // hears how many lines were looked at, of how many; nil for nobody
}

// Again reads what the plan is about once more, and says of each line what is different by now:
// the whole list of a system that gives it whole, once, and of any other an owner's tokens at a
// time. It changes nothing, and writes nothing down: each token is read yet again right before
// it is changed. Of what was not read when nobody waited any more it says nothing.
func (p *Plan) Again(ctx context.Context, api model.API, how Rereading) map[int]Seen {
	a := again{plan: p, seen: map[int]Seen{}, told: how.Told, now: time.Now(), turn: make(chan struct{}, max(1, how.AtOnce))}
	var all sync.WaitGroup
	homes := p.homes(placesOf(api), how.Ends)
	for _, h := range homes {
		a.of += h.lines()
	}
	for _, h := range homes {
		all.Go(func() { a.home(ctx, h) })
	}
	all.Wait()
	return a.seen
}

// again is a second reading under way.
type again struct {
	plan *Plan
	told func(lines, of int)
	now  time.Time
	of   int           // lines
	turn chan struct{} // has as much room as may be asked at once

	mu   sync.Mutex
	seen map[int]Seen
}

// home is a system, and the lines of it by their owners.
type home struct {
	api    model.API
	me     func(context.Context) (model.User, error) // who signs in there, asked once
	owners []owned
}

// owned are the lines of one owner in a system.
type owned struct {
	owner model.User
	lines []int
}

func (h *home) lines() (n int) {
	for _, o := range h.owners {
		n += len(o.lines)
	}
	return n
}

// homes are the systems of lines that can still be sent from here, in the order in which they
// come first.
func (p *Plan) homes(at places, ends []End) []*home {
	var found []*home
	by, place := map[string]*home{}, map[[2]string]int{}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Cannot != "" || ends != nil && !ends[i].Open() || at.refusal(p.Action, l) != "" {
			continue
		}
		h := by[l.System]
		if h == nil {
			h = &home{api: at[l.System], me: once(at[l.System].WhoAmI)}
			by[l.System], found = h, append(found, h)
		}
		of := [2]string{l.System, l.Token.Owner.ID}
		if _, there := place[of]; !there {
			place[of], h.owners = len(h.owners), append(h.owners, owned{owner: l.Token.Owner})
		}
		o := &h.owners[place[of]]
		o.lines = append(o.lines, i)
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

// home reads what the plan has of a system.
func (a *again) home(ctx context.Context, h *home) {
	if len(h.owners) > 1 {
		a.turn <- struct{}{}
		r, whole := wholeOf(ctx, h.api)
		<-a.turn
		if whole {
			for _, o := range h.owners {
				a.look(ctx, h, o, r)
			}
			return
		}
	}
	var all sync.WaitGroup
	for _, o := range h.owners {
		a.turn <- struct{}{}
		all.Go(func() {
			defer func() { <-a.turn }()
			a.look(ctx, h, o, readingOf(ctx, h.api, o.owner))
		})
	}
	all.Wait()
}

// look compares the lines of an owner with what was read.
func (a *again) look(ctx context.Context, h *home, o owned, r reading) {
	me, nobody := h.me(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
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
		a.told(len(a.seen), a.of)
	}
}

// Known is the plan with what was seen of it: a line that is another by now says so, and has
// the risk of it. What it compares with stays as it was. It is the same plan where nothing was
// seen.
func (p *Plan) Known(seen map[int]Seen) *Plan {
	if len(seen) == 0 {
		return p
	}
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
