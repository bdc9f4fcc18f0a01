package query

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"authdeck/model"
)

// The words for a moment that is not there, and for one that nobody means.
const (
	Never   = "never"
	Unknown = "unknown"
	Nothing = "n/a"
)

// Words are the values that are words; of a field of text those that there are, where they are
// known.
func (e Entry) Words() []string {
	switch {
	case e.Kind == Choice:
		return e.Choices
	case e.Kind == Number || e.Spans:
		return []string{Unknown}
	case e.Kind == Text:
		return e.Only
	}
	return []string{Never, Unknown, Nothing}
}

// example is a value that the field can have.
func (e Entry) example() string {
	switch {
	case e.Kind == Choice:
		return e.Choices[0]
	case e.Kind == Number:
		return "10..20"
	case e.Kind == Text:
		return "ci-*"
	case e.Spans:
		return "30d..90d"
	}
	return "2026-06"
}

var (
	errSpan   = errors.New("this is no span, such as 12h, 14d, 6w, 3mo or 1y")
	errTime   = errors.New("this is no day and no span, such as 2026-06-30, 2026-06 or 14d")
	errNumber = errors.New("this is no whole number, such as 10 or 10..20")
	errEnds   = errors.New("a range has at least one end")
	errRange  = errors.New("a range is asked for with a colon")
	errAlone  = errors.New("a span has no length; compare it with < or >, or give a range such as 30d..90d")
)

// points reads one point, or a range of two.
func (e Entry) points(text string, op Op) (Value, error) {
	first, last, two := strings.Cut(text, "..")
	if !two {
		at, err := e.point(text)
		if err == nil && at.kind == span && (op == Has || op == Equal) {
			err = errAlone
		}
		return Value{From: at, To: at}, err
	}
	if op != Has {
		return Value{}, errRange
	}
	if first == "" && last == "" {
		return Value{}, errEnds
	}
	from, err := e.end(first)
	if err != nil {
		return Value{}, err
	}
	to, err := e.end(last)
	if err != nil {
		return Value{}, err
	}
	return Value{From: from, To: to}, ordered(from, to)
}

// end is an end of a range, which may be open.
func (e Entry) end(text string) (Point, error) {
	if text == "" {
		return Point{}, nil
	}
	return e.point(text)
}

func (e Entry) point(typed string) (Point, error) {
	text := model.Digits(typed)
	if e.Kind == Number {
		if p, is := readNumber(text); is {
			return p, nil
		}
		return Point{}, errNumber
	}
	if p, is := readSpan(text); is {
		return p, nil
	}
	p, none := readDate(text)
	switch {
	case e.Spans:
		none = errSpan
	case !errors.Is(none, errTime):
		return p, none
	}
	if better := unitOf(text); better != "" {
		return Point{}, fmt.Errorf("%s; %s", strings.SplitN(none.Error(), ",", 2)[0], better)
	}
	return Point{}, none
}

// unitOf says what is wrong with the unit of what would be a span otherwise; empty where it is
// none all the same.
func unitOf(text string) string {
	digits := strings.TrimRightFunc(text, unicode.IsLetter)
	n, err := strconv.ParseUint(digits, 10, 32)
	unit := text[len(digits):]
	switch {
	case err != nil || n > mostUnits || digits != strconv.FormatUint(n, 10):
		return ""
	case unit == "":
		return fmt.Sprintf("%s of what? Write %sh, %sd, %sw, %smo or %sy", digits, digits, digits, digits, digits, digits)
	case slices.Contains(units(), strings.ToLower(unit)):
		return "units are small letters: " + strings.ToLower(text)
	}
	return "“" + unit + "” is no unit; there are h, d, w, mo and y"
}
