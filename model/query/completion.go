package query

import (
	"slices"
	"strings"

	"authdeck/model"
)

// Completion is what the end of a text can become: each of the words stands in the place of the
// letters from one of them on. Without words it can become nothing.
type Completion struct {
	From  int // in letters
	Words []string
}

// Complete is what the word before the cursor can become: the names of fields, or the values
// of the one whose name stands there.
func Complete(before string, known []Entry) Completion {
	from := strings.LastIndexAny(before, " \t(") + 1
	word := before[from:]
	if bare, is := strings.CutPrefix(word, "-"); is {
		from, word = from+1, bare
	}
	name, value, valued := strings.Cut(word, ":")
	if !valued {
		if at := strings.IndexAny(word, `<>="`); at >= 0 {
			return absences(letters(before[:from+at]), known, word[:at], strings.TrimLeft(word[at:], "<>="))
		}
		return Completion{From: letters(before[:from]), Words: beginning(names(known), word)}
	}
	from += len(name) + 1
	if last := strings.LastIndex(value, ","); last >= 0 {
		from, value = from+last+1, value[last+1:]
	}
	return Completion{From: letters(before[:from]), Words: beginning(values(known, name), value)}
}

// absences are what a moment can be asked for that is not there, in the place of a comparison
// from a letter on: that is what somebody wants who types expires<n.
func absences(from int, known []Entry, name, value string) Completion {
	at := slices.IndexFunc(known, func(e Entry) bool { return e.Name == name || slices.Contains(e.Also, name) })
	if at < 0 || known[at].Kind != Past && known[at].Kind != Future {
		return Completion{}
	}
	words := beginning(slices.Clone(known[at].Words()), value)
	for i := range words {
		words[i] = ":" + words[i]
	}
	return Completion{From: from, Words: words}
}

func letters(text string) int { return len([]rune(text)) }

// beginning are the words that begin with what was typed, whatever their case. One that
// stands there already is none.
func beginning(words []string, typed string) []string {
	typed = strings.ToLower(typed)
	return slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, typed) || w == typed })
}

// names are the fields with what they are mostly compared by.
func names(known []Entry) []string {
	var names []string
	for _, e := range known {
		by := ":"
		switch {
		case e.Kind == Past && e.Spans:
			by = ">"
		case e.Kind == Future:
			by = "<"
		}
		names = append(names, e.Name+by)
	}
	return append(names, "sort:")
}

func values(known []Entry, name string) []string {
	if name == "sort" {
		var fields []string
		for _, e := range known {
			if e.Name != "is" {
				fields = append(fields, e.Name, "-"+e.Name)
			}
		}
		return fields
	}
	at := slices.IndexFunc(known, func(e Entry) bool { return e.Name == name || slices.Contains(e.Also, name) })
	if at < 0 {
		return nil
	}
	return slices.Clone(known[at].Words())
}

// Ranged are the fields with those that only the system knows.
func Ranged(known []Entry, fields []model.RangeField) []Entry {
	all := slices.Clone(known)
	for _, f := range fields {
		if !slices.ContainsFunc(known, func(e Entry) bool { return SameField(e.Name, f.Name) }) {
			all = append(all, Entry{Name: f.Name, Kind: Number})
		}
	}
	return all
}
