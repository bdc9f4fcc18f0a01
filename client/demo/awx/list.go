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

	"authdeck/client/demo/stage"
)

// list is what a list lets a request choose. What it does not know is an
// error here, unlike elsewhere in the family.
type list[T any] struct {
	model      string // as an error calls the row
	kind       string // as ?type= calls it
	fields     map[string]field[T]
	related    map[string]string // the model at the end of a relation
	unordered  []string          // fields that can be filtered and give no order
	guarded    map[string][]string
	id         func(T) int
	text       func(T) string            // what the search looks at, lower case
	texts      map[string]func(T) string // what the search of a relation looks at
	searchless bool                      // takes no notice of a search
	deaf       bool                      // takes no notice of filters, nor of an order
}

// listError is why a list is not given.
type listError struct {
	status int // 500 is without words
	detail string
	bare   bool // the words stand in an array, and about no field
}

// crashed is where the server itself fails.
func crashed() *listError { return &listError{status: http.StatusInternalServerError} }

// apply needs rows that are its own.
func (l list[T]) apply(q url.Values, rows []T) ([]T, *listError) {
	if l.deaf {
		return rows, nil
	}
	rows, no := l.narrow(q, rows)
	if no != nil {
		return nil, no
	}
	rows, no = l.search(q, rows)
	if no != nil {
		return nil, no
	}
	return rows, l.order(q, rows)
}

// narrow keeps the rows that all filters let through, and one at least of those that
// begin with or.
func (l list[T]) narrow(q url.Values, rows []T) ([]T, *listError) {
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
	if kinds := q["type"]; len(kinds) > 0 && !slices.Contains(strings.Split(strings.Join(kinds, ","), ","), l.kind) {
		return nil, nil
	}
	return slices.DeleteFunc(rows, func(row T) bool {
		holds := func(keep func(T) bool) bool { return keep(row) }
		return slices.ContainsFunc(all, func(keep func(T) bool) bool { return !keep(row) }) ||
			len(some) > 0 && !slices.ContainsFunc(some, holds)
	}), nil
}

// reserved are the parameters that are no filters (AWX, awx/api/filters.py; and
// django-ansible-base, which took them over).
func reserved(name string) bool {
	return slices.Contains([]string{
		"page", "page_size", "format", "order", "order_by", "search", "type", "host_filter", "count_disabled", "no_truncate", "limit", "validate",
	}, name)
}

// filter reads one parameter: chain, or, not, the field and how to compare.
func (l list[T]) filter(name, value string) (keep func(T) bool, either bool, no *listError) {
	name = strings.TrimPrefix(name, "chain__")
	name, either = strings.CutPrefix(name, "or__")
	name, negated := strings.CutPrefix(name, "not__")
	if relation, ends := strings.CutSuffix(name, "__search"); ends && l.texts[relation] != nil {
		return searching(l.texts[relation], value), either, nil
	}
	lookup := "exact"
	if i := strings.LastIndex(name, "__"); i >= 0 && slices.Contains(lookups(), name[i+2:]) {
		name, lookup = name[:i], name[i+2:]
	}
	field, no := l.field(name)
	if no != nil {
		return nil, either, no
	}
	if strings.ContainsRune(value, 0) {
		return nil, either, crashed()
	}
	fits, complaint := field.test(name, lookup, value)
	if complaint != "" {
		return nil, either, &listError{status: http.StatusBadRequest, detail: complaint}
	}
	return func(row T) bool { return fits(row) != negated }, either, nil
}

// field goes along the relations to a field, and complains in the name of the model
// that it has come to.
func (l list[T]) field(name string) (field[T], *listError) {
	model, path := l.model, ""
	for part := range strings.SplitSeq(name, "__") {
		path = strings.TrimPrefix(path+"__"+part, "__")
		_, known := l.fields[path]
		next, leads := l.related[path]
		switch {
		case model == "":
			return field[T]{}, &listError{status: http.StatusBadRequest, detail: "No related model for field " + part + "."}
		case slices.Contains(l.guarded[model], part):
			return field[T]{}, &listError{status: http.StatusForbidden, detail: fmt.Sprintf("Filtering on %s is not allowed.", part)}
		case !known && !leads:
			return field[T]{}, l.unknown(model, part)
		}
		model = next
	}
	return l.fields[path], nil
}

func (l list[T]) unknown(model, part string) *listError {
	return &listError{status: http.StatusBadRequest, detail: fmt.Sprintf("%s has no field named '%s'", model, part)}
}

// search wants every word to be somewhere in the row.
func (l list[T]) search(q url.Values, rows []T) ([]T, *listError) {
	if stage.HasNull(q, "search") {
		return nil, &listError{status: http.StatusBadRequest, detail: stage.NullCharacters, bare: true}
	}
	if l.searchless {
		return rows, nil
	}
	fits := searching(l.text, stage.Last(q, "search"))
	return slices.DeleteFunc(rows, func(row T) bool { return !fits(row) }), nil
}

func searching[T any](text func(T) string, asked string) func(T) bool {
	words := strings.FieldsFunc(strings.ToLower(asked), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	return func(row T) bool {
		return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text(row), word) })
	}
}

// order puts the rows in the order that is asked for, if one is.
func (l list[T]) order(q url.Values, rows []T) *listError {
	if !q.Has("order_by") && !q.Has("order") {
		return nil
	}
	var by []func(a, b T) int
	for name := range strings.SplitSeq(cmp.Or(stage.Last(q, "order_by"), stage.Last(q, "order")), ",") {
		if name == "" {
			return crashed()
		}
		name, down := strings.CutPrefix(name, "-")
		if slices.Contains(l.unordered, name) {
			return l.unknown(l.model, name)
		}
		field, no := l.field(name)
		if no != nil {
			return no
		}
		by = append(by, field.ordering(down))
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
