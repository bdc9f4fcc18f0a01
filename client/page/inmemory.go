package page

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"authdeck/model"
)

// Awhile is how long a reading of a system that has to be asked serves new
// searches, orders and filters. A whole Waldur took 6 to 25 seconds to read (7.0.7,
// 2,820 sessions), and whoever looks for something presses more than one key.
const Awhile = 20 * time.Second

// InMemory pages, sorts and searches here, for a system that gives a list at once or
// in no order. What was read for a first page serves the pages after it, so that
// they fit together, and for as long as it lasts any other search, order or filter of
// the list. A query that wants it fresh, one after [InMemory.Forget], and the same as
// the one before read anew: who asks again wants to know how it is now.
type InMemory[T any] struct {
	Read  func(context.Context) (items []T, note string, err error)
	ID    func(T) string // decides between rows that are equal
	Text  func(T) string // what a search looks at
	Sorts map[string]func(a, b T) int
	Order string // the Sort.Key where a query names none
	Keep  func(T, model.Filter) bool
	In    func(T, model.Range) bool // nil where there are no ranges
	Lasts time.Duration             // how long a reading serves first pages, from its end; zero where reading costs nothing

	mu    sync.Mutex
	era   int // how often what was read was forgotten
	last  reading[T]
	shown arranged[T]
	count int    // of readings
	asked string // the query that was answered last
}

// reading is what one reading brought.
type reading[T any] struct {
	number int // 0 for none
	items  []T
	note   string
	begun  time.Time
	ended  time.Time // zero for one that serves no first page
}

// arranged is a reading in the order of a query, without what that leaves out: the pages after the
// first one come from it, which are not to be changed.
type arranged[T any] struct {
	number int // of the reading; 0 for none
	by     model.Query
	items  []T
}

// Forget says that what was read is not true any more, as after a write. The pages
// that belong to it still come from it, until it is read anew.
func (l *InMemory[T]) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.era++
	l.last.ended = time.Time{}
}

// Page is one page of the list.
func (l *InMemory[T]) Page(ctx context.Context, q model.Query) (model.Page[T], error) {
	number, offset, err := snapshotCursor(q.At)
	if err != nil {
		return model.Page[T]{}, err
	}
	read, fits := l.held(number, asked(q))
	age := time.Since(read.begun)
	if !fits || q.Fresh {
		age = 0
		if read, err = l.read(ctx); err != nil {
			return model.Page[T]{}, err
		}
	}
	l.answered(asked(q))
	items := l.arranged(read, q)
	from := min(offset, len(items))
	to := min(from+max(1, q.Size), len(items))
	page := model.Page[T]{Items: items[from:to:to], Whole: items, Total: len(items), Note: read.note, Age: age}
	if to < len(items) {
		size, number := max(1, q.Size), read.number
		page.Onward = func(pages int) model.Cursor {
			return model.Cursor(fmt.Sprintf("%d@%d", to+(pages-1)*size, number))
		}
		page.Next = page.Onward(1)
	}
	return page, nil
}

// arranged is what a query makes of a reading, which is done once for all of its pages.
func (l *InMemory[T]) arranged(read reading[T], q model.Query) []T {
	l.mu.Lock()
	before := l.shown
	l.mu.Unlock()
	by := model.Query{Search: q.Search, Ranges: q.Ranges, Sort: q.Sort, Filter: q.Filter}
	if before.number == read.number && sameOrder(before.by, by) {
		return before.items
	}
	items := l.filtered(slices.Clone(read.items), q)
	l.sort(items, q.Sort)
	l.mu.Lock()
	l.shown = arranged[T]{read.number, by, items}
	l.mu.Unlock()
	return items
}

// sameOrder reports whether two queries make the same of a reading.
func sameOrder(a, b model.Query) bool {
	return a.Search == b.Search && a.Sort == b.Sort && a.Filter == b.Filter && slices.Equal(a.Ranges, b.Ranges)
}

// asked is a query in a form in which two can be compared.
func asked(q model.Query) string {
	return fmt.Sprintf("%q %q %q %q %q %q %d", q.At, q.Search, q.Ranges, q.Sort, q.Filter.Only.ID, q.Filter.Choice, q.Size)
}

func (l *InMemory[T]) answered(query string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = query
}

// held is the last reading, and whether it serves a query: for a page that belongs to
// it, or any other page for as long as it lasts.
func (l *InMemory[T]) held(number int, query string) (reading[T], bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	young := !l.last.ended.IsZero() && time.Since(l.last.ended) < l.Lasts && query != l.asked
	return l.last, l.last.number > 0 && (number == l.last.number || young)
}

// read makes a reading. One that was forgotten while it was made is of one moment with
// itself, and serves nobody else.
func (l *InMemory[T]) read(ctx context.Context) (reading[T], error) {
	l.mu.Lock()
	era := l.era
	l.mu.Unlock()
	begun := time.Now()
	items, note, err := l.Read(ctx)
	if err != nil {
		return reading[T]{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	l.last = reading[T]{number: l.count, items: items, note: note, begun: begun, ended: time.Now()}
	if era != l.era {
		l.last.ended = time.Time{}
	}
	return l.last, nil
}

func snapshotCursor(at model.Cursor) (reading, offset int, err error) {
	if at == "" {
		return 0, 0, nil
	}
	n, err := fmt.Sscanf(string(at), "%d@%d", &offset, &reading)
	if err != nil || n != 2 || offset < 1 || reading < 1 || string(at) != fmt.Sprintf("%d@%d", offset, reading) {
		return 0, 0, ErrForeignCursor()
	}
	return reading, offset, nil
}

// filtered are the rows that a query lets through: every word of a search is
// somewhere in the row.
func (l *InMemory[T]) filtered(items []T, q model.Query) []T {
	words := strings.Fields(Fold(q.Search))
	return slices.DeleteFunc(items, func(item T) bool {
		if l.Keep != nil && !l.Keep(item, q.Filter) {
			return true
		}
		if l.In != nil && slices.ContainsFunc(q.Ranges, func(r model.Range) bool { return !l.In(item, r) }) {
			return true
		}
		if len(words) == 0 {
			return false
		}
		text := Fold(l.Text(item))
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}

func (l *InMemory[T]) sort(items []T, key string) {
	by := l.Sorts[key]
	if by == nil {
		by = l.Sorts[l.Order]
	}
	if by == nil {
		return // as it was read
	}
	slices.SortStableFunc(items, func(a, b T) int {
		if c := by(a, b); c != 0 {
			return c
		}
		return strings.Compare(l.ID(a), l.ID(b))
	})
}
