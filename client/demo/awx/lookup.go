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

// awxKind is what a field of a row is made of, and so how a filter on it is read.
type awxKind uint8

const (
	awxWords awxKind = iota
	awxNumber
	awxRelation
	awxYesNo
	awxMoment
)

// awxValue is one field of one row, or of a filter.
type awxValue struct {
	null   bool
	number int64 // also of a moment, in microseconds, and of yes or no
	text   string
}

// awxField is what a list can be filtered and put in order by.
type awxField[T any] struct {
	kind awxKind
	of   func(T) awxValue
}

func awxTexts[T any](of func(T) string) awxField[T] {
	return awxField[T]{awxWords, func(row T) awxValue { return awxValue{text: of(row)} }}
}

func awxNumbers[T any](of func(T) int) awxField[T] {
	return awxField[T]{awxNumber, func(row T) awxValue { return awxValue{number: int64(of(row))} }}
}

// awxRelations point nowhere with 0.
func awxRelations[T any](of func(T) int) awxField[T] {
	return awxField[T]{awxRelation, func(row T) awxValue { return awxValue{number: int64(of(row)), null: of(row) == 0} }}
}

func awxFlags[T any](of func(T) bool) awxField[T] {
	return awxField[T]{awxYesNo, func(row T) awxValue {
		if of(row) {
			return awxValue{number: 1}
		}
		return awxValue{}
	}}
}

func awxMoments[T any](of func(T) time.Time) awxField[T] {
	return awxField[T]{awxMoment, func(row T) awxValue {
		return awxValue{number: of(row).UnixMicro(), null: of(row).IsZero()}
	}}
}

// compare puts null last, as the database does.
func (v awxValue) compare(other awxValue) int {
	return cmp.Or(stage.UnsetLast(v.null, other.null), cmp.Compare(v.number, other.number), strings.Compare(v.text, other.text))
}

// read understands what a filter asks for, or complains.
func (k awxKind) read(field, value string) (asked awxValue, complaint string) {
	switch k {
	case awxNumber, awxRelation:
		n, err := strconv.ParseInt(value, 10, 64)
		if err == nil {
			return awxValue{number: n}, ""
		}
		if k == awxRelation {
			return awxValue{}, fmt.Sprintf("Invalid %s id: %s", field, value)
		}
		return awxValue{}, fmt.Sprintf("Field '%s' expected a number but got '%s'.", field, value)
	case awxYesNo:
		switch strings.ToLower(value) {
		case "true", "1":
			return awxValue{number: 1}, ""
		case "false", "0":
			return awxValue{}, ""
		}
		return awxValue{}, fmt.Sprintf("Unable to convert %q to boolean", value)
	case awxMoment:
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
			if t, err := time.Parse(layout, value); err == nil {
				return awxValue{number: t.UnixMicro()}, ""
			}
		}
		return awxValue{}, fmt.Sprintf("%q value has an invalid date format.", value)
	default:
		return awxValue{text: value}, ""
	}
}

// awxLookups are the words that may end the name of a filter.
func awxLookups() []string {
	return []string{
		"exact", "iexact", "contains", "icontains", "startswith", "istartswith",
		"endswith", "iendswith", "gt", "gte", "lt", "lte", "in", "isnull",
	}
}

// test is what one filter keeps.
func (f awxField[T]) test(field, lookup, value string) (keep func(T) bool, complaint string) {
	switch lookup {
	case "isnull":
		asked, complaint := awxYesNo.read(field, value)
		return func(row T) bool { return f.of(row).null == (asked.number == 1) }, complaint
	case "in":
		return f.among(field, strings.Split(value, ","))
	case "exact", "gt", "gte", "lt", "lte":
		asked, complaint := f.kind.read(field, value)
		return func(row T) bool {
			v := f.of(row)
			return !v.null && awxFits(lookup, v.compare(asked))
		}, complaint
	default:
		return func(row T) bool { return awxMatches(lookup, f.of(row).text, value) }, ""
	}
}

func (f awxField[T]) among(field string, values []string) (keep func(T) bool, complaint string) {
	var asked []awxValue
	for _, value := range values {
		v, complaint := f.kind.read(field, value)
		if complaint != "" {
			return nil, complaint
		}
		asked = append(asked, v)
	}
	return func(row T) bool { return slices.Contains(asked, f.of(row)) }, ""
}

func awxFits(lookup string, order int) bool {
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

// awxMatches compares texts; an i before the lookup takes no notice of case.
func awxMatches(lookup, text, asked string) bool {
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
