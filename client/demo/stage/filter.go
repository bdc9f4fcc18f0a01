package stage

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// FilterSet is what a list lets a request choose: filters, a search, an order.
type FilterSet[T any] struct {
	ID      func(T) int
	Text    func(T) string               // what the search looks at, lower case
	Words   func(search string) []string // what it looks for; nil for what is between blanks and commas
	Order   map[string]func(a, b T) int
	Filters map[string]Filter[T]
}

// Filter reads the value of a filter. A value it cannot read is a complaint.
type Filter[T any] func(value string) (keep func(T) bool, complaint string)

// Apply needs rows that are its own and are sorted by id.
func (s FilterSet[T]) Apply(q url.Values, rows []T) ([]T, Complaints) {
	rows, wrong := s.Filter(q, rows)
	if wrong != nil {
		return nil, wrong
	}
	rows = s.search(Last(q, "search"), rows)
	s.Sort(Last(q, "ordering"), rows)
	return rows, nil
}

// Filter keeps the rows that pass every test that is asked for.
func (s FilterSet[T]) Filter(q url.Values, rows []T) ([]T, Complaints) {
	wrong := Complaints{}
	for name, values := range q {
		value := values[len(values)-1]
		read, known := s.Filters[name]
		if !known || value == "" {
			continue
		}
		keep, complaint := read(value)
		if complaint != "" {
			wrong[name] = []string{complaint}
			continue
		}
		rows = slices.DeleteFunc(rows, func(row T) bool { return !keep(row) })
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return rows, nil
}

// search wants every word to be somewhere in the row.
func (s FilterSet[T]) search(search string, rows []T) []T {
	words := s.Words
	if words == nil {
		words = plainWords
	}
	for _, word := range words(strings.ToLower(search)) {
		rows = slices.DeleteFunc(rows, func(row T) bool { return !strings.Contains(s.Text(row), word) })
	}
	return rows
}

func plainWords(search string) []string {
	return strings.FieldsFunc(search, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// Sort goes by the names it knows and ignores the rest; the id decides a tie.
func (s FilterSet[T]) Sort(ordering string, rows []T) {
	var by []func(a, b T) int
	for name := range strings.SplitSeq(ordering, ",") {
		field, down := strings.CutPrefix(strings.TrimSpace(name), "-")
		compare, known := s.Order[field]
		switch {
		case known && down:
			by = append(by, func(a, b T) int { return compare(b, a) })
		case known:
			by = append(by, compare)
		}
	}
	if len(by) == 0 {
		return
	}
	slices.SortFunc(rows, func(a, b T) int {
		for _, compare := range by {
			if c := compare(a, b); c != 0 {
				return c
			}
		}
		return cmp.Compare(s.ID(a), s.ID(b))
	})
}

// With adds filters to the set's own.
func (s FilterSet[T]) With(more map[string]Filter[T]) FilterSet[T] {
	maps.Copy(s.Filters, more)
	return s
}

// DateRange are the three filters of a time: on a day, from a day on, up to a day.
func DateRange[T any](field string, of func(T) time.Time) map[string]Filter[T] {
	return map[string]Filter[T]{
		field + "_date": byDay(of, func(order int) bool { return order == 0 }),
		field + "_from": byDay(of, func(order int) bool { return order >= 0 }),
		field + "_to":   byDay(of, func(order int) bool { return order <= 0 }),
	}
}

// byDay compares a row's day, in UTC, with the one asked for. A time that is
// not set is on no day.
func byDay[T any](of func(T) time.Time, fits func(order int) bool) Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return nil, "Enter a valid date."
		}
		return func(row T) bool {
			t := of(row)
			return !t.IsZero() && fits(t.UTC().Truncate(Day).Compare(asked))
		}, ""
	}
}

// ByNumber compares a number with the one asked for.
func ByNumber[T any](of func(T) int, fits func(order int) bool) Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked, err := strconv.Atoi(value)
		if err != nil {
			return nil, "Enter a number."
		}
		return func(row T) bool { return fits(cmp.Compare(of(row), asked)) }, ""
	}
}

// ByBool wants true or false.
func ByBool[T any](of func(T) bool) Filter[T] {
	return func(value string) (func(T) bool, string) {
		if value != "true" && value != "false" {
			return nil, "Must be a valid boolean."
		}
		return func(row T) bool { return of(row) == (value == "true") }, ""
	}
}

// NumberRange are the two filters of a range of numbers.
func NumberRange[T any](field string, of func(T) int) map[string]Filter[T] {
	return map[string]Filter[T]{
		field + "_min": ByNumber(of, func(order int) bool { return order >= 0 }),
		field + "_max": ByNumber(of, func(order int) bool { return order <= 0 }),
	}
}

// ByChoice wants one of the choices.
func ByChoice[T any](of func(T) string, choices ...string) Filter[T] {
	return func(value string) (func(T) bool, string) {
		if !slices.Contains(choices, value) {
			return nil, "Select a valid choice. That choice is not one of the available choices."
		}
		return func(row T) bool { return of(row) == value }, ""
	}
}

// ByAnyOf takes numbers with commas between.
func ByAnyOf[T any](of func(T) int) Filter[T] {
	return func(value string) (func(T) bool, string) {
		var asked []int
		for digits := range strings.SplitSeq(value, ",") {
			n, err := strconv.Atoi(digits)
			if err != nil {
				return nil, "Enter a list of numbers."
			}
			asked = append(asked, n)
		}
		return func(row T) bool { return slices.Contains(asked, of(row)) }, ""
	}
}

// UnsetLast orders what is not set after the rest, as the database does.
func UnsetLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}
