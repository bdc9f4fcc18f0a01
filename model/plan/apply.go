package plan

import (
	"context"
	"sync"
	"time"

	"authdeck/model"
)

// Which are the lines that are sent.
type Which int

// Some of the lines, and never one that is done or uncertain.
const (
	Rest       Which = iota // those of which nothing was sent so far
	OnlyFailed              // those that failed
)

// Of is what a line is that is one of them.
func (w Which) Of() Outcome {
	if w == OnlyFailed {
		return Failed
	}
	return NotBegun
}

// Options are how a plan is applied.
type Options struct {
	AtOnce int              // lines under way at once, over all systems; zero for [AtOnce]
	Which  Which            // the lines that are sent
	Keys   Keys             // takes the new keys; a plan that makes some is not applied without
	Unfit  Unfit            // of which lines it takes none; nil for of all
	Rescue Rescue           // takes a new key that Keys did not take; nil for nobody
	Alone  bool             // nobody is at a screen on which a key could be shown: what nothing takes stays sealed, or goes to Rescue
	Ends   []End            // what is known of the lines; a journal that knows less is not the one
	Reason model.Text       // why, for the record; empty without one
	Vouch  Vouch            // how it is signed; nil for not at all
	Known  *Plan            // the plan as it is known by now, which says what ends last; nil for as it tells of itself
	Now    func() time.Time // nil for the machine's clock
}

// Event is what has come of a line, or is about to.
type Event struct {
	Line  int
	Step  Step
	End   End       // of one that ends
	Until time.Time // of one that is put off: its system is left alone until then

	// Lost is a new key that nothing took, for the person to take; absent where there is
	// none. Words say why. Nothing more is begun after it.
	Lost model.Issued
}

// Run is a plan that is being applied. Make it with [Apply], and read it with Next.
type Run struct {
	plan    *Plan
	places  places
	journal Journal
	how     Options
	release func() bool

	mu     sync.Mutex
	lanes  []*lane
	busy   int           // lines under way
	bell   chan struct{} // closed, and made anew, when there is something new for whoever waits
	events []Event       // that nobody has read
	ends   []End
	stop   bool  // nothing more is begun
	broken error // why, where nobody asked for that
	over   bool
}

// Apply begins to apply a plan, as far as its journal does not know it done. Nothing is sent
// where it fails. It goes on until all lines have ended, until the context is done, or until
// [Run.Stop]; a write that is under way is never cut off.
func Apply(ctx context.Context, p *Plan, api model.API, journal Journal, how Options) (*Run, error) {
	if p.Action.MakesKey() && how.Keys == nil {
		return nil, model.Fail(model.Invalid, "new keys come of this plan, and there is no file for them")
	}
	if how.AtOnce < 1 {
		how.AtOnce = AtOnce
	}
	if how.Now == nil {
		how.Now = time.Now
	}
	if err := p.Passed(how.Now()); err != nil {
		return nil, err
	}
	if how.Known == nil {
		how.Known = p.Told(how.Now())
	}
	r := &Run{plan: p, places: placesOf(api), journal: journal, how: how, bell: make(chan struct{}), ends: p.Ends(journal.Records())}
	if err := lacks(how.Ends, r.ends); err != nil {
		return nil, err
	}
	r.line()
	if err := r.signed(); err != nil {
		return nil, err
	}
	r.release = context.AfterFunc(ctx, r.Stop)
	ctx = context.WithoutCancel(ctx)
	for range how.AtOnce {
		go r.work(ctx)
	}
	return r, nil
}

// Next is what came next, in the order in which it came; false when all is over, or nobody
// waits any more. What nobody has read yet waits, and holds nothing up.
func (r *Run) Next(ctx context.Context) (Event, bool) {
	for {
		r.mu.Lock()
		bell, over := r.bell, r.over
		if len(r.events) > 0 {
			e := r.events[0]
			r.events = r.events[1:]
			r.mu.Unlock()
			return e, true
		}
		r.mu.Unlock()
		if over {
			return Event{}, false
		}
		select {
		case <-bell:
		case <-ctx.Done():
			return Event{}, false
		}
	}
}

// Wait reads all that comes, until it is over or nobody waits any more.
func (r *Run) Wait(ctx context.Context) {
	for more := true; more; {
		_, more = r.Next(ctx)
	}
}

// Stop begins no line any more. Those under way are waited for.
func (r *Run) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stop = true
	r.ring()
}

// Ends are what is known of each line by now.
func (r *Run) Ends() []End {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]End(nil), r.ends...)
}

// SoFar are the ends by now, and how many lines were begun and have none: to the journal these
// are uncertain, until they end.
func (r *Run) SoFar() (ends []End, underWay int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]End(nil), r.ends...), r.busy
}

// Err is why the rest was not begun where nobody has stopped it: something could not be
// written down.
func (r *Run) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.broken
}

// ring wakes whoever waits. It wants the lock.
func (r *Run) ring() {
	close(r.bell)
	r.bell = make(chan struct{})
}

// tell says what came. It wants the lock.
func (r *Run) tell(e Event) {
	r.events = append(r.events, e)
	r.ring()
}

// breaks ends the run for a reason. It wants the lock.
func (r *Run) breaks(why error) {
	if r.broken == nil {
		r.broken = why
	}
	r.stop = true
}
