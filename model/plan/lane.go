package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// hopeless is after how many failures in a row, each without an answer, a system is not asked
// any more.
const hopeless = 5

// lane is one system of a run, and its lines.
type lane struct {
	api    model.API
	todo   []int // the lines that wait, in their order
	busy   int
	width  int         // how many may be under way: fewer, for a while, after too many
	until  time.Time   // it is left alone until then
	tries  map[int]int // of lines that were put off
	silent int         // failures in a row
}

// line puts the lines that are to be sent into their lanes. The console's own credential ends
// last, and what may be it: after it nothing can be sent.
func (r *Run) line() {
	by := map[string]*lane{}
	for i := range r.plan.Lines {
		l := &r.plan.Lines[i]
		if r.ends[i].Outcome != r.how.Which.Of() {
			continue
		}
		if why := cmp.Or(r.places.refusal(r.plan.Action, l), r.unfit(l)); why != "" {
			r.ends[i].Words = why
			continue
		}
		if by[l.System] == nil {
			by[l.System] = &lane{api: r.places[l.System], width: r.how.AtOnce, tries: map[int]int{}}
			r.lanes = append(r.lanes, by[l.System])
		}
		by[l.System].todo = append(by[l.System].todo, i)
	}
	for _, l := range r.lanes {
		slices.SortFunc(l.todo, r.order)
	}
}

// order is that of two lines of a system.
func (r *Run) order(a, b int) int {
	if ours := r.how.Known.Lines[a].ours(); ours != r.how.Known.Lines[b].ours() {
		if ours {
			return 1
		}
		return -1
	}
	return a - b
}

// pick takes the next line that may be sent now; else it says when to look again, which is
// zero for when something has come. It wants the lock.
func (r *Run) pick(now time.Time) (_ *lane, line int, again time.Time) {
	var best *lane
	for _, l := range r.lanes {
		switch {
		case len(l.todo) == 0 || l.busy >= l.width:
		case l.busy > 0 && r.how.Known.Lines[l.todo[0]].ours(): // what is under way needs it
		case now.Before(l.until):
			if again.IsZero() || l.until.Before(again) {
				again = l.until
			}
		case best == nil || l.todo[0] < best.todo[0]:
			best = l
		}
	}
	if best == nil {
		return nil, 0, again
	}
	line = best.todo[0]
	best.todo = best.todo[1:]
	best.busy++
	r.busy++
	return best, line, time.Time{}
}

// waits reports whether lines are left. It wants the lock.
func (r *Run) waits() bool {
	return slices.ContainsFunc(r.lanes, func(l *lane) bool { return len(l.todo) > 0 })
}

// putOff puts a line back, and leaves its system alone for as long as it wants; false where
// that was done often enough. It wants the lock.
func (r *Run) putOff(l *lane, line int, err error, now time.Time) bool {
	if l.tries[line]++; l.tries[line] >= patience {
		return false
	}
	if until := now.Add(restOf(err)); until.After(l.until) {
		l.until = until
	}
	l.width = max(1, l.width/2)
	at, _ := slices.BinarySearchFunc(l.todo, line, r.order)
	l.todo = slices.Insert(l.todo, at, line)
	return true
}

// learn is what the end of a line says of its system: whether asking it goes on. It wants the
// lock.
func (r *Run) learn(l *lane, err error) {
	kind := model.KindOf(err)
	switch {
	case err == nil:
		l.silent, l.width = 0, min(l.width+1, r.how.AtOnce)
	case kind == model.Unauthorized || kind == model.Unrecorded || kind == model.Refused || model.Lasts(err):
		r.shut(l, "nothing more was asked of the system after it said: "+wordsOf(err, nil))
	case kind == model.Unavailable:
		if l.silent++; l.silent >= hopeless {
			r.shut(l, "nothing more was asked of the system after it gave no answer several times: "+wordsOf(err, nil))
		}
	default:
		l.silent = 0
	}
}

// shut leaves the rest of a lane undone.
func (r *Run) shut(l *lane, why string) {
	for _, i := range l.todo {
		r.ends[i].Words = strings.TrimSuffix(why, ".")
	}
	l.todo = nil
}
