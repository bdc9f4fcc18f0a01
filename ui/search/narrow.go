package search

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"authdeck/model"
)

// longest is more letters than any name has.
const longest = 1024

var (
	errControl = errors.New("a control character cannot be looked for")
	errBytes   = errors.New("it holds bytes that are no letters")
	errLong    = errors.New("this is too long to be looked for")
)

// narrow reads what was typed into a search: words for the server to look for, as they
// were typed (a line break or a tab stands between two, as a blank does), and ranges such as updated:..2025-06-30 or id:10..20, of the fields that the
// system can narrow by.
func narrow(q model.Query, typed string, fields []model.RangeField) (model.Query, error) {
	if utf8.RuneCountInString(typed) > longest {
		return q, errLong
	}
	if strings.ContainsFunc(typed, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return q, errControl
	}
	if strings.ContainsRune(typed, utf8.RuneError) {
		return q, errBytes
	}
	var words []string
	q.Ranges = nil
	for word := range strings.FieldsSeq(typed) {
		name, span, _ := strings.Cut(word, ":")
		field, known := fieldNamed(fields, name)
		if !known || span == "" {
			words = append(words, word)
			continue
		}
		r, err := rangeOf(field, span)
		if err != nil {
			return q, err
		}
		q.Ranges = append(q.Ranges, r)
	}
	q.Search = strings.Join(words, " ")
	return q, nil
}

func fieldNamed(fields []model.RangeField, name string) (model.RangeField, bool) {
	for _, f := range fields {
		if f.Name == name {
			return f, true
		}
	}
	return model.RangeField{}, false
}

// rangeOf reads "from..to", "from..", "..to", or one value.
func rangeOf(f model.RangeField, span string) (model.Range, error) {
	from, to, two := strings.Cut(span, "..")
	if !two {
		to = from
	}
	if from == "" && to == "" {
		return model.Range{}, fmt.Errorf("%s: a range has at least one end", f.Name)
	}
	for _, value := range []string{from, to} {
		if value != "" && !reads(f.Kind, value) {
			return model.Range{}, fmt.Errorf("%s: %q is no %s", f.Name, value, rangeKindWord(f.Kind))
		}
	}
	if backwards(f.Kind, from, to) {
		return model.Range{}, fmt.Errorf("%s: %s comes after %s", f.Name, from, to)
	}
	return model.Range{Field: f.Name, From: from, To: to}, nil
}

// backwards reports whether a range with two ends holds nothing. Days compare as
// they are written, numbers of one length too.
func backwards(k model.RangeKind, from, to string) bool {
	if from == "" || to == "" {
		return false
	}
	if k == model.Numbers {
		from, to = strings.TrimLeft(from, "0"), strings.TrimLeft(to, "0")
		if len(from) != len(to) {
			return len(from) > len(to)
		}
	}
	return from > to
}

func reads(k model.RangeKind, value string) bool {
	if k == model.Numbers {
		_, err := strconv.ParseUint(value, 10, 63)
		return err == nil
	}
	_, err := time.Parse(time.DateOnly, value)
	return err == nil
}

func rangeKindWord(k model.RangeKind) string {
	if k == model.Numbers {
		return "whole number"
	}
	return "day; write it as 2025-01-31"
}

// Typed is what a query's search and ranges were typed as.
func Typed(q model.Query) string {
	words := strings.Fields(q.Search)
	for _, r := range q.Ranges {
		words = append(words, RangeText(r))
	}
	return strings.Join(words, " ")
}

// RangeText is a range as it is typed.
func RangeText(r model.Range) string {
	if r.From == r.To {
		return r.Field + ":" + r.From
	}
	return r.Field + ":" + r.From + ".." + r.To
}

// searchHint is what can be typed into a search.
func searchHint(fields []model.RangeField) string {
	var ranges []string
	for _, f := range fields {
		example := ":..2025-06-30"
		if f.Kind == model.Numbers {
			example = ":10..20"
		}
		ranges = append(ranges, f.Name+example)
	}
	if len(ranges) == 0 {
		return "words"
	}
	return "words, or " + strings.Join(ranges, " ")
}
