package query

import (
	"slices"
	"strings"
	"unicode"

	"authdeck/model"
	"authdeck/model/review"
)

// Kind is what the values of a field are.
type Kind int

// The kinds of field.
const (
	Text   Kind = iota // letters, compared without regard to case and accents
	Choice             // one of a few words
	Past               // a moment behind us; a span counts back from now
	Future             // a moment ahead of us; a span counts on from now
	Number             // a whole number
)

// Entry is a field as the language knows it.
type Entry struct {
	Name    string
	Also    []string // other names of it
	Taken   []string // words that people take for its name
	About   string   // what it is, in a few words
	Kind    Kind
	Choices []string // Choice: every value that there is
	Spans   bool     // Past: no day is compared with it, as with an age
	Only    []string // Text: the texts that there are; nil where that is not known
	By      model.By // the order in which it rises, as lists have it; the zero value for none of those
}

// Source is the system that a row is of.
type Source struct {
	Name, Kind string          // the operator's name of it, and its dialect
	Silent     map[string]bool // the names of the fields of text of which it tells nothing
}

// Field is an entry, and where a row has its value. What is not of the entry's kind is nil.
type Field[T any] struct {
	Entry
	Words  bool // a bare word looks at it too
	Exact  bool // Text: compared as a whole and letter by letter, as a program has it
	Text   func(*T, *Source) string
	When   func(*T) model.When
	Number func(*T) (n int64, told bool)
	Is     func(item *T, choice string, at review.Moment) model.Answer
}

// Among are the fields where no other systems than these are known: to ask for another one is a
// mistake.
func Among[T any](fields []Field[T], systems []model.Info) []Field[T] {
	for i := range fields {
		if fields[i].Name != system {
			continue
		}
		for _, s := range systems {
			fields[i].Only = append(fields[i].Only, s.Name, s.Kind)
		}
		slices.Sort(fields[i].Only)
		fields[i].Only = slices.Compact(fields[i].Only)
	}
	return fields
}

// entries are the fields as the language knows them.
func entries[T any](fields []Field[T]) []Entry {
	known := make([]Entry, len(fields))
	for i, f := range fields {
		known[i] = f.Entry
	}
	return known
}

// named is the field of a name.
func named(known []Entry, name string) (Entry, bool) {
	for _, e := range known {
		if e.called(name) {
			return e, true
		}
	}
	return Entry{}, false
}

// taken is the field for which people take a word, or empty.
func taken(known []Entry, word string) string {
	for _, e := range known {
		if slices.Contains(e.Taken, word) {
			return e.Name
		}
	}
	return ""
}

// has reports whether there is such a text. What a plain comparison of letters cannot tell is
// left to the rows.
func (e Entry) has(op Op, text string) bool {
	if e.Only == nil || !ascii(text) {
		return true
	}
	fits := fitting(op, strings.ToLower(text))
	return slices.ContainsFunc(e.Only, func(only string) bool { return !ascii(only) || fits(strings.ToLower(only)) })
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}

// called reports whether a name is one of the field's.
func (e Entry) called(name string) bool { return e.Name == name || slices.Contains(e.Also, name) }
