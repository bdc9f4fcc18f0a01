package awx

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// list is what a list lets a request choose. What it does not know is an
// error here, unlike elsewhere in the family.
type list[T any] struct {
	model   string // as an error calls the row
	fields  map[string]field[T]
	guarded []string // fields that nobody may ask about
	id      func(T) int
	text    func(T) string // what the search looks at, lower case
}

// listError is why a list is not given.
type listError struct {
	status int
	detail string
}

// apply needs rows that are its own.
func (l list[T]) apply(q url.Values, rows []T) ([]T, *listError) {
	var all, some []func(T) bool
	for _, name := range slices.Sorted(maps.Keys(q)) {
		if reserved(name) {
			continue
		}
		for _, value := range q[name] {
			keep, either, no := l.filter(name, value)
			switch {
			case no != nil:
				return nil, no
			case either:
				some = append(some, keep)
			default:
				all = append(all, keep)
			}
		}
	}
	rows = slices.DeleteFunc(rows, func(row T) bool {
		holds := func(keep func(T) bool) bool { return keep(row) }
		return slices.ContainsFunc(all, func(keep func(T) bool) bool { return !keep(row) }) ||
			len(some) > 0 && !slices.ContainsFunc(some, holds)
	})
	rows = l.search(q["search"], rows)
	return rows, l.sort(cmp.Or(q.Get("order_by"), q.Get("order")), rows)
}

// reserved are the parameters that are no filters.
func reserved(name string) bool {
	return slices.Contains([]string{"page", "page_size", "order_by", "order", "search", "format", "count_disabled"}, name)
}

// filter reads one parameter: chain, or, not, the field and how to compare.
func (l list[T]) filter(name, value string) (keep func(T) bool, either bool, no *listError) {
	name = strings.TrimPrefix(name, "chain__")
	name, either = strings.CutPrefix(name, "or__")
	name, negated := strings.CutPrefix(name, "not__")
	lookup := "exact"
	if i := strings.LastIndex(name, "__"); i >= 0 && slices.Contains(lookups(), name[i+2:]) {
		name, lookup = name[:i], name[i+2:]
	}
	field, no := l.field(name)
	if no != nil {
		return nil, either, no
	}
	fits, complaint := field.test(name, lookup, value)
	if complaint != "" {
		return nil, either, &listError{http.StatusBadRequest, complaint}
	}
	return func(row T) bool { return fits(row) != negated }, either, nil
}

func (l list[T]) field(name string) (field[T], *listError) {
	last := name
	if i := strings.LastIndex(name, "__"); i >= 0 {
		last = name[i+2:]
	}
	if slices.Contains(l.guarded, last) {
		return field[T]{}, &listError{http.StatusForbidden, fmt.Sprintf("Filtering on %s is not allowed.", last)}
	}
	field, known := l.fields[name]
	if !known {
		first, _, _ := strings.Cut(name, "__")
		return field, &listError{http.StatusBadRequest, fmt.Sprintf("%s has no field named '%s'", l.model, first)}
	}
	return field, nil
}

// search wants every word to be somewhere in the row.
func (l list[T]) search(values []string, rows []T) []T {
	words := strings.FieldsFunc(strings.ToLower(strings.Join(values, " ")), func(r rune) bool {
		return r == ',' || unicode.IsSpace(r)
	})
	return slices.DeleteFunc(rows, func(row T) bool {
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(l.text(row), word) })
	})
}

func (l list[T]) sort(order string, rows []T) *listError {
	if order == "" {
		return nil
	}
	var by []func(a, b T) int
	for name := range strings.SplitSeq(order, ",") {
		name, down := strings.CutPrefix(strings.TrimSpace(name), "-")
		field, no := l.field(name)
		if no != nil {
			return no
		}
		by = append(by, func(a, b T) int {
			if down {
				a, b = b, a
			}
			return field.of(a).compare(field.of(b))
		})
	}
	slices.SortStableFunc(rows, func(a, b T) int {
		for _, compare := range by {
			if c := compare(a, b); c != 0 {
				return c
			}
		}
		return cmp.Compare(l.id(a), l.id(b))
	})
	return nil
}
