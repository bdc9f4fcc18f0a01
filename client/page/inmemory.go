package page

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"authdeck/model"
)

// InMemory pages, sorts and searches here, for a system that gives a list at once or
// in no order. What was read for a first page serves the pages after it, so that
// they fit together; a first page, and a query that wants it fresh, read anew.
type InMemory[T any] struct {
	Read  func(context.Context) (items []T, note string, err error)
	ID    func(T) string // decides between rows that are equal
	Text  func(T) string // what a search looks at
	Sorts map[string]func(a, b T) int
	Order string // the Sort.Key where a query names none
	Keep  func(T, model.Filter) bool
	In    func(T, model.Range) bool // nil where there are no ranges

	mu      sync.Mutex
	reading int // counts
	items   []T
	note    string
}

// Page is one page of the list.
func (l *InMemory[T]) Page(ctx context.Context, q model.Query) (model.Page[T], error) {
	reading, offset, err := snapshotCursor(q.At)
	if err != nil {
		return model.Page[T]{}, err
	}
	items, note, reading, err := l.snapshot(ctx, reading, q.Fresh)
	if err != nil {
		return model.Page[T]{}, err
	}
	items = l.filtered(items, q)
	l.sort(items, q.Sort)
	from := min(offset, len(items))
	to := min(from+max(1, q.Size), len(items))
	page := model.Page[T]{Items: items[from:to:to], Total: len(items), Note: note}
	if to < len(items) {
		page.Next = model.Cursor(fmt.Sprintf("%d@%d", to, reading))
	}
	return page, nil
}

// snapshot is a copy of a reading that was made before, or of a new one.
func (l *InMemory[T]) snapshot(ctx context.Context, wanted int, fresh bool) ([]T, string, int, error) {
	l.mu.Lock()
	if wanted > 0 && wanted == l.reading && !fresh {
		defer l.mu.Unlock()
		return slices.Clone(l.items), l.note, l.reading, nil
	}
	l.mu.Unlock()
	items, note, err := l.Read(ctx)
	if err != nil {
		return nil, "", 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reading++
	l.items, l.note = items, note
	return slices.Clone(items), note, l.reading, nil
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
		text := Fold(l.Text(item))
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}

func (l *InMemory[T]) sort(items []T, key string) {
	by := l.Sorts[key]
	if by == nil {
		by = l.Sorts[l.Order]
	}
	slices.SortStableFunc(items, func(a, b T) int {
		if c := by(a, b); c != 0 {
			return c
		}
		return strings.Compare(l.ID(a), l.ID(b))
	})
}
