package stage

import (
	"crypto/sha256"
	"maps"
	"slices"
	"sync"
)

// Table is the rows of one list by number, some of which are found by a key. It
// is safe for concurrent use: rows are values, and a change files a new one.
type Table[R any] struct {
	mu     sync.RWMutex
	rows   map[int]R
	keys   map[[sha256.Size]byte]int
	held   map[int][sha256.Size]byte
	lastID int
}

// NewTable is without rows, the first of which will have the number given.
func NewTable[R any](firstID int) *Table[R] {
	return &Table[R]{
		rows: map[int]R{}, keys: map[[sha256.Size]byte]int{},
		held: map[int][sha256.Size]byte{}, lastID: firstID - 1,
	}
}

// All are the rows by number, the caller's to sort and to cut.
func (l *Table[R]) All() []R {
	l.mu.RLock()
	defer l.mu.RUnlock()
	out := make([]R, 0, len(l.rows))
	for _, id := range slices.Sorted(maps.Keys(l.rows)) {
		out = append(out, l.rows[id])
	}
	return out
}

// Get finds by number.
func (l *Table[R]) Get(id int) (R, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	row, ok := l.rows[id]
	return row, ok
}

// ByKey finds by a digest, so that no duration tells how much of a guess was
// right.
func (l *Table[R]) ByKey(key string) (R, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	row, ok := l.rows[l.keys[sha256.Sum256([]byte(key))]]
	return row, ok
}

// Add files a new row under the next number and a key; "" is none.
func (l *Table[R]) Add(key string, row func(id int) R) R {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lastID++
	l.rows[l.lastID] = row(l.lastID)
	l.rekey(l.lastID, key)
	return l.rows[l.lastID]
}

// Change lets edit work on a copy of a row, and files it; a key other than ""
// takes the place of the row's old one. It says whether there is such a row.
func (l *Table[R]) Change(id int, edit func(row *R) (key string)) (R, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	row, ok := l.rows[id]
	if !ok {
		return row, false
	}
	l.rekey(id, edit(&row))
	l.rows[id] = row
	return row, true
}

// Remove drops a row and its key, and says whether there was one.
func (l *Table[R]) Remove(id int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, ok := l.rows[id]
	delete(l.keys, l.held[id])
	delete(l.held, id)
	delete(l.rows, id)
	return ok
}

// TakeOut is remove, and says what puts the row back, key and all, with what an edit
// that was under way makes of it.
func (l *Table[R]) TakeOut(id int) (putBack func(edit func(row *R) (key string))) {
	l.mu.Lock()
	row, key := l.rows[id], l.held[id]
	l.mu.Unlock()
	l.Remove(id)
	return func(edit func(row *R) (key string)) {
		l.mu.Lock()
		defer l.mu.Unlock()
		edit(&row)
		l.rows[id], l.held[id], l.keys[key] = row, key, id
	}
}

// rekey is called with the lock held.
func (l *Table[R]) rekey(id int, key string) {
	if key == "" {
		return
	}
	delete(l.keys, l.held[id])
	l.held[id] = sha256.Sum256([]byte(key))
	l.keys[l.held[id]] = id
}
