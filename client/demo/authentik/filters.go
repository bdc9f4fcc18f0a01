package authentik

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

// byValue orders rows by something of theirs.
func byValue[T any, V cmp.Ordered](of func(T) V) func(x, y T) int {
	return func(x, y T) int { return cmp.Compare(of(x), of(y)) }
}

// byTime puts what is not set before the rest, as early servers do not.
func byTime[T any](early bool, of func(T) time.Time) func(x, y T) int {
	return func(x, y T) int {
		return cmp.Or(compareUnset(early, of(x).IsZero(), of(y).IsZero()), of(x).Compare(of(y)))
	}
}

func compareUnset(early, x, y bool) int {
	if early {
		return stage.UnsetLast(x, y)
	}
	return stage.UnsetLast(y, x)
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// same keeps what is equal, letter by letter.
func same[T any](of func(T) string) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		return func(row T) bool { return of(row) == value }, ""
	}
}

// looseTruth ignores what is neither true nor false, nor 1 nor 0.
func looseTruth[T any](of func(T) bool) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked, filters := stage.FilterBoolean(value)
		return func(row T) bool { return !filters || of(row) == asked }, ""
	}
}

// instant compares instants, to the microsecond; what is not set fits none.
func instant[T any](of func(T) time.Time, fits func(order int) bool) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked, err := stage.ParseDateTime(value)
		if err != nil {
			return nil, "Enter a valid date/time."
		}
		return func(row T) bool { return !of(row).IsZero() && fits(of(row).Compare(asked)) }, ""
	}
}

// instants are the three filters of a time.
func instants[T any](field string, of func(T) time.Time) map[string]stage.Filter[T] {
	return map[string]stage.Filter[T]{
		field:          instant(of, func(order int) bool { return order == 0 }),
		field + "__lt": instant(of, func(order int) bool { return order < 0 }),
		field + "__gt": instant(of, func(order int) bool { return order > 0 }),
	}
}

func isUUID(text string) bool {
	return regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(text)
}

func sameUUID[T any](of func(T) string) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		if !isUUID(value) {
			return nil, "Enter a valid UUID."
		}
		return func(row T) bool { return of(row) == value }, ""
	}
}

func sameChoice[T any](of func(T) string, choices []string) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		if !slices.Contains(choices, value) {
			return nil, notAChoice(value)
		}
		return func(row T) bool { return of(row) == value }, ""
	}
}

func notAChoice(value string) string {
	return fmt.Sprintf("Select a valid choice. %s is not one of the available choices.", value)
}

// multiFilter is a filter that may be given more than once: a row that has any of the
// values stays.
type multiFilter[T any] struct {
	name    string
	choices []string
	of      func(T) []string
	uuids   bool // its values are
}

func (f multiFilter[T]) apply(q url.Values, rows []T) ([]T, stage.Complaints) {
	asked := slices.DeleteFunc(slices.Clone(q[f.name]), func(value string) bool { return value == "" })
	for _, value := range asked {
		if f.uuids && !isUUID(value) {
			return nil, stage.Complaints{f.name: {fmt.Sprintf("“%s” is not a valid UUID.", value)}}
		}
		if !slices.Contains(f.choices, value) {
			return nil, stage.Complaints{f.name: {notAChoice(value)}}
		}
	}
	if len(asked) == 0 {
		return rows, nil
	}
	return slices.DeleteFunc(rows, func(row T) bool {
		return !slices.ContainsFunc(f.of(row), func(has string) bool { return slices.Contains(asked, has) })
	}), nil
}
