package awx

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
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

// ordering compares two rows; null is last, and first the other way round.
func (f field[T]) ordering(down bool) func(a, b T) int {
	return func(a, b T) int {
		if down {
			a, b = b, a
		}
		return f.of(a).compare(f.of(b))
	}
}

// printed is how these servers tell what Django says of a value: as Python prints a
// list.
func printed(value, what string) string { return fmt.Sprintf("[\"“%s” value %s\"]", value, what) }

// whole reads a number that may be larger than any there is.
func whole(value string) (n int64, ok bool) {
	n, err := strconv.ParseInt(value, 10, 64)
	return n, err == nil || errors.Is(err, strconv.ErrRange)
}

// read understands what a filter asks for, or complains.
func (k fieldKind) read(field, value string) (asked fieldValue, complaint string) {
	switch k {
	case numberKind:
		if n, ok := whole(value); ok {
			return fieldValue{number: n}, ""
		}
		return fieldValue{}, printed(value, "must be an integer.")
	case relationKind:
		n, ok := whole(value)
		if none := slices.Contains([]string{"null", "none"}, strings.ToLower(value)); ok || none {
			return fieldValue{number: n, null: none}, ""
		}
		return fieldValue{}, fmt.Sprintf("Invalid %s id: %s", field[strings.LastIndex(field, "_")+1:], value)
	case boolKind:
		switch strings.ToLower(value) {
		case "true", "1":
			return fieldValue{number: 1}, ""
		case "false", "0":
			return fieldValue{}, ""
		}
		return fieldValue{}, fmt.Sprintf("Unable to convert %q to boolean", value)
	case timeKind:
		if t, err := stage.ParseDateTime(value); err == nil {
			return fieldValue{number: t.UnixMicro()}, ""
		}
		return fieldValue{}, printed(value, "has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.")
	default:
		return fieldValue{text: value}, ""
	}
}

// lookups are the words that may end the name of a filter.
func lookups() []string {
	return []string{
		"exact", "iexact", "contains", "icontains", "startswith", "istartswith",
		"endswith", "iendswith", "regex", "iregex", "gt", "gte", "lt", "lte", "in", "isnull",
	}
}

// test is what one filter keeps.
func (f field[T]) test(field, lookup, value string) (keep func(T) bool, complaint string) {
	switch lookup {
	case "isnull":
		asked, complaint := boolKind.read(field, value)
		return func(row T) bool { return f.of(row).null == (asked.number == 1) }, complaint
	case "in":
		if value == "" {
			return nil, "cannot provide empty value for __in"
		}
		return f.among(field, strings.Split(value, ","))
	case "regex", "iregex":
		return f.pattern(lookup, value)
	case "exact", "gt", "gte", "lt", "lte":
		asked, complaint := f.kind.read(field, value)
		return func(row T) bool {
			v := f.of(row)
			return v.null == asked.null && fits(lookup, v.compare(asked))
		}, complaint
	default:
		return func(row T) bool { return matches(lookup, f.of(row).text, value) }, ""
	}
}

// pattern complains in the words of Python of what is none, as far as it is simple.
func (f field[T]) pattern(lookup, value string) (keep func(T) bool, complaint string) {
	flags := map[string]string{"regex": "", "iregex": "(?i)"}[lookup]
	expression, err := regexp.Compile(flags + value)
	var wrong *syntax.Error
	switch {
	case errors.As(err, &wrong) && wrong.Code == syntax.ErrMissingBracket:
		return nil, fmt.Sprintf("unterminated character set at position %d", strings.Index(value, "["))
	case errors.As(err, &wrong) && wrong.Code == syntax.ErrMissingParen:
		return nil, fmt.Sprintf("missing ), unterminated subpattern at position %d", strings.Index(value, "("))
	case err != nil:
		return nil, "nothing to repeat at position 0"
	}
	return func(row T) bool { return expression.MatchString(f.of(row).text) }, ""
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
