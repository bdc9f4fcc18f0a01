package traffic

import (
	"cmp"
	"sync"
)

// Most is how many exchanges a console keeps: a day's work, in about a megabyte.
const Most = 2000

// Ring keeps the latest exchanges, [Most] of them unless it is told otherwise. Many may note
// some at once while others read. A nil one keeps nothing.
type Ring struct {
	mu    sync.Mutex
	most  int        // zero for the usual number
	kept  []Exchange // the oldest stands at next once it is full
	next  int
	count int64
}

// NewRing keeps so many.
func NewRing(most int) *Ring { return &Ring{most: max(1, most)} }

// Note keeps an exchange, and gives it its number.
func (r *Ring) Note(e Exchange) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	e.Number = r.count
	most := cmp.Or(r.most, Most)
	if len(r.kept) < most {
		r.kept = append(r.kept, e)
		return
	}
	r.kept[r.next] = e
	r.next = (r.next + 1) % most
}

// Newest are those that are kept, the latest first, and how many there ever were. Who has
// read before and knows of as many is given none.
func (r *Ring) Newest(known int64) (newest []Exchange, count int64) {
	if r == nil {
		return nil, 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == known {
		return nil, known
	}
	newest = make([]Exchange, 0, len(r.kept))
	for i := range r.kept {
		newest = append(newest, r.kept[(r.next+len(r.kept)-1-i)%len(r.kept)])
	}
	return newest, r.count
}
