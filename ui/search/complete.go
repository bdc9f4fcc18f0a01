package search

import (
	"slices"
	"strings"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/ui/prompt"
)

// complete is what the word before the cursor can become: the names of fields, or the values
// of the one whose name stands there.
func complete(before string, known []query.Entry) prompt.Candidates {
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
		return prompt.Candidates{From: letters(before[:from]), Words: beginning(names(known), word)}
	}
	from += len(name) + 1
	if last := strings.LastIndex(value, ","); last >= 0 {
		from, value = from+last+1, value[last+1:]
	}
	return prompt.Candidates{From: letters(before[:from]), Words: beginning(values(known, name), value)}
}

// absences are what a moment can be asked for that is not there, in the place of a comparison
// from a letter on: that is what somebody wants who types expires<n.
func absences(from int, known []query.Entry, name, value string) prompt.Candidates {
	at := slices.IndexFunc(known, func(e query.Entry) bool { return e.Name == name || slices.Contains(e.Also, name) })
	if at < 0 || known[at].Kind != query.Past && known[at].Kind != query.Future {
		return prompt.Candidates{}
	}
	words := beginning(slices.Clone(known[at].Words()), value)
	for i := range words {
		words[i] = ":" + words[i]
	}
	return prompt.Candidates{From: from, Words: words}
}

func letters(text string) int { return len([]rune(text)) }

// beginning are the words that begin with what was typed, whatever their case. One that
// stands there already is none.
func beginning(words []string, typed string) []string {
	typed = strings.ToLower(typed)
	return slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, typed) || w == typed })
}

// names are the fields with what they are mostly compared by.
func names(known []query.Entry) []string {
	var names []string
	for _, e := range known {
		by := ":"
		switch {
		case e.Kind == query.Past && e.Spans:
			by = ">"
		case e.Kind == query.Future:
			by = "<"
		}
		names = append(names, e.Name+by)
	}
	return append(names, "sort:")
}

func values(known []query.Entry, name string) []string {
	if name == "sort" {
		var fields []string
		for _, e := range known {
			if e.Name != "is" {
				fields = append(fields, e.Name, "-"+e.Name)
			}
		}
		return fields
	}
	at := slices.IndexFunc(known, func(e query.Entry) bool { return e.Name == name || slices.Contains(e.Also, name) })
	if at < 0 {
		return nil
	}
	return slices.Clone(known[at].Words())
}

// ranged are the fields with those that only the system knows.
func ranged(known []query.Entry, fields []model.RangeField) []query.Entry {
	all := slices.Clone(known)
	for _, f := range fields {
		if !slices.ContainsFunc(known, func(e query.Entry) bool { return query.SameField(e.Name, f.Name) }) {
			all = append(all, query.Entry{Name: f.Name, Kind: query.Number})
		}
	}
	return all
}
