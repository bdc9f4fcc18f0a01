package awx

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

// fieldKind is what a field of a row is made of, and so how a filter on it is read.
type fieldKind uint8

const (
	textKind fieldKind = iota
	numberKind
	relationKind
	boolKind
	timeKind
)

// fieldValue is one field of one row, or of a filter.
type fieldValue struct {
	null   bool
	number int64 // also of a moment, in microseconds, and of yes or no
	text   string
}

// field is what a list can be filtered and put in order by.
type field[T any] struct {
	kind fieldKind
	of   func(T) fieldValue
}

func textField[T any](of func(T) string) field[T] {
	return field[T]{textKind, func(row T) fieldValue { return fieldValue{text: of(row)} }}
}

func numberField[T any](of func(T) int) field[T] {
	return field[T]{numberKind, func(row T) fieldValue { return fieldValue{number: int64(of(row))} }}
}

// relationField point nowhere with 0.
func relationField[T any](of func(T) int) field[T] {
	return field[T]{relationKind, func(row T) fieldValue { return fieldValue{number: int64(of(row)), null: of(row) == 0} }}
}

func flagField[T any](of func(T) bool) field[T] {
	return field[T]{boolKind, func(row T) fieldValue {
		if of(row) {
			return fieldValue{number: 1}
		}
		return fieldValue{}
	}}
}

func timeField[T any](of func(T) time.Time) field[T] {
	return field[T]{timeKind, func(row T) fieldValue {
		return fieldValue{number: of(row).UnixMicro(), null: of(row).IsZero()}
	}}
}

// compare puts null last, as the database does.
func (v fieldValue) compare(other fieldValue) int {
	return cmp.Or(stage.UnsetLast(v.null, other.null), cmp.Compare(v.number, other.number), strings.Compare(v.text, other.text))
}

// read understands what a filter asks for, or complains.
func (k fieldKind) read(field, value string) (asked fieldValue, complaint string) {
	switch k {
	case numberKind, relationKind:
		n, err := strconv.ParseInt(value, 10, 64)
		if err == nil {
			return fieldValue{number: n}, ""
		}
		if k == relationKind {
			return fieldValue{}, fmt.Sprintf("Invalid %s id: %s", field, value)
		}
		return fieldValue{}, fmt.Sprintf("Field '%s' expected a number but got '%s'.", field, value)
	case boolKind:
		switch strings.ToLower(value) {
		case "true", "1":
			return fieldValue{number: 1}, ""
		case "false", "0":
			return fieldValue{}, ""
		}
		return fieldValue{}, fmt.Sprintf("Unable to convert %q to boolean", value)
	case timeKind:
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
			if t, err := time.Parse(layout, value); err == nil {
				return fieldValue{number: t.UnixMicro()}, ""
			}
		}
		return fieldValue{}, fmt.Sprintf("%q value has an invalid date format.", value)
	default:
		return fieldValue{text: value}, ""
	}
}

// lookups are the words that may end the name of a filter.
func lookups() []string {
	return []string{
		"exact", "iexact", "contains", "icontains", "startswith", "istartswith",
		"endswith", "iendswith", "gt", "gte", "lt", "lte", "in", "isnull",
	}
}

// test is what one filter keeps.
func (f field[T]) test(field, lookup, value string) (keep func(T) bool, complaint string) {
	switch lookup {
	case "isnull":
		asked, complaint := boolKind.read(field, value)
		return func(row T) bool { return f.of(row).null == (asked.number == 1) }, complaint
	case "in":
		return f.among(field, strings.Split(value, ","))
	case "exact", "gt", "gte", "lt", "lte":
		asked, complaint := f.kind.read(field, value)
		return func(row T) bool {
			v := f.of(row)
			return !v.null && fits(lookup, v.compare(asked))
		}, complaint
	default:
		return func(row T) bool { return matches(lookup, f.of(row).text, value) }, ""
	}
}

func (f field[T]) among(field string, values []string) (keep func(T) bool, complaint string) {
	var asked []fieldValue
	for _, value := range values {
		v, complaint := f.kind.read(field, value)
		if complaint != "" {
			return nil, complaint
		}
		asked = append(asked, v)
	}
	return func(row T) bool { return slices.Contains(asked, f.of(row)) }, ""
}

func fits(lookup string, order int) bool {
	switch lookup {
	case "gt":
		return order > 0
	case "gte":
		return order >= 0
	case "lt":
		return order < 0
	case "lte":
		return order <= 0
	default:
		return order == 0
	}
}

// matches compares texts; an i before the lookup takes no notice of case.
func matches(lookup, text, asked string) bool {
	lookup, fold := strings.CutPrefix(lookup, "i")
	if fold {
		text, asked = strings.ToLower(text), strings.ToLower(asked)
	}
	switch lookup {
	case "contains":
		return strings.Contains(text, asked)
	case "startswith":
		return strings.HasPrefix(text, asked)
	case "endswith":
		return strings.HasSuffix(text, asked)
	default:
		return text == asked
	}
}
