package query

import "slices"

// Fold is a text as it is compared: without regard to case, and to whatever else makes no
// difference to who reads it.
type Fold func(string) string

// Row is an item that questions are asked about again and again: its texts were folded
// once.
type Row[T any] struct {
	Item *T
	From *Source

	texts []string // of the fields of text, by their place among all
	words string   // where a bare word is looked for
}

// between stands between two texts: no word that can be typed is found across them.
const between = "\n"

// NewRow reads the texts of an item, for whatever will be asked.
func NewRow[T any](item *T, from *Source, fields []Field[T], fold Fold) Row[T] {
	return newRow(item, from, fields, fold, func(Field[T]) bool { return true })
}

// Row reads the texts of an item that this question looks at, and no others.
func (f *Filter[T]) Row(item *T, from *Source) Row[T] {
	return newRow(item, from, f.fields, f.fold, func(field Field[T]) bool {
		return f.words && field.Words || slices.ContainsFunc(f.tests, func(t tested[T]) bool { return t.field == field.Name })
	})
}

func newRow[T any](item *T, from *Source, fields []Field[T], fold Fold, wanted func(Field[T]) bool) Row[T] {
	row := Row[T]{Item: item, From: from, texts: make([]string, len(fields))}
	for i, f := range fields {
		if f.Text == nil || !wanted(f) {
			continue
		}
		row.texts[i] = fold(f.Text(item, from))
		if f.Words && row.texts[i] != "" {
			row.words += row.texts[i] + between
		}
	}
	return row
}
