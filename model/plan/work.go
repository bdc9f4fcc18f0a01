package plan

import (
	"context"
	"strings"
	"time"

	"authdeck/model"
)

// work sends one line after another, until there are none.
func (r *Run) work(ctx context.Context) {
	for {
		l, line, more := r.await()
		if !more {
			return
		}
		r.send(ctx, l, line)
	}
}

// await takes the next line, when there is one that may be sent.
func (r *Run) await() (_ *lane, line int, more bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		if r.stop || !r.waits() {
			if r.busy == 0 && !r.over {
				r.over = true
				r.release()
				r.ring()
			}
			if r.stop || r.busy == 0 {
				return nil, 0, false
			}
		} else if l, line, again := r.pick(r.how.Now()); l != nil {
			return l, line, true
		} else {
			r.sleep(again)
			continue
		}
		r.sleep(time.Time{}) // one under way may be put off
	}
}

// sleep waits until something new has come, or a moment has. It wants the lock, and lets go of
// it meanwhile.
func (r *Run) sleep(until time.Time) {
	bell := r.bell
	var alarm <-chan time.Time
	if !until.IsZero() {
		timer := time.NewTimer(until.Sub(r.how.Now()))
		defer timer.Stop()
		alarm = timer.C
	}
	r.mu.Unlock()
	defer r.mu.Lock()
	select {
	case <-bell:
	case <-alarm:
	}
}

// send sends one line. What is about to be sent is written down before, and nothing is sent
// where that cannot be.
func (r *Run) send(ctx context.Context, l *lane, line int) {
	at := r.how.Now()
	if err := r.journal.Write(Record{Line: line, At: at, Step: Begins}); err != nil {
		r.unwritten(l, line, err)
		return
	}
	r.mu.Lock()
	r.tell(Event{Line: line, Step: Begins})
	r.mu.Unlock()
	issued, err := l.api.Do(ctx, r.plan.Order(line, at, r.how.Reason))
	key := r.keep(line, issued)
	end := End{Outcome: outcomeOf(err), Words: key.words, Key: key.to}
	switch {
	case key.words != "":
		if said := wordsOf(err, issued.Notes); said != "" {
			end.Words = strings.TrimSuffix(end.Words, ".") + "; the system said: " + said
		}
		r.end(l, line, Event{Lost: key.lost, End: end}, err, key.last)
	case err != nil && model.KindOf(err) == model.RateLimited && r.later(l, line, err):
	default:
		end.Words = r.words(ctx, l.api, line, issued, err)
		r.end(l, line, Event{End: end}, err, nil)
	}
}

// words are what there is to say of an end; of a conflict, what is different now.
func (r *Run) words(ctx context.Context, api model.API, line int, issued model.Issued, err error) string {
	said := wordsOf(err, issued.Notes)
	if outcomeOf(err) != Conflict {
		return said
	}
	return said + ": " + differenceNow(ctx, api, &r.plan.Lines[line].Token)
}

// unwritten ends a line of which nothing was sent, because it could not be written down.
func (r *Run) unwritten(l *lane, line int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.busy--
	r.busy--
	r.breaks(err)
	words := "nothing was sent: it could not be written down: " + model.Clean(err.Error()).String()
	r.ends[line] = End{Outcome: NotBegun, Words: words, At: r.how.Now()}
	r.tell(Event{Line: line, Step: Ends, End: r.ends[line]})
}

// later puts a line off; false where it was put off often enough. Nobody takes it before
// that is written down.
func (r *Run) later(l *lane, line int, err error) bool {
	now := r.how.Now()
	bad := r.journal.Write(Record{Line: line, At: now, Step: PutOff, Words: wordsOf(err, nil)})
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.putOff(l, line, err, now) {
		return false
	}
	l.busy--
	r.busy--
	if bad != nil {
		r.breaks(bad)
	}
	r.tell(Event{Line: line, Step: PutOff, Until: l.until})
	return true
}

// end ends a line. The outcome is true also where it cannot be written down; but then nothing
// more is begun.
func (r *Run) end(l *lane, line int, e Event, answer, lost error) {
	e.Line, e.Step, e.End.At = line, Ends, r.how.Now()
	bad := r.journal.Write(Record{Line: line, At: e.End.At, Step: Ends, Outcome: e.End.Outcome, Words: e.End.Words, Key: e.End.Key})
	r.mu.Lock()
	defer r.mu.Unlock()
	l.busy--
	r.busy--
	r.ends[line] = e.End
	r.learn(l, answer)
	for _, why := range []error{lost, bad} {
		if why != nil {
			r.breaks(why)
		}
	}
	r.tell(e)
}
