package query

import "authdeck/model"

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

// altered stands behind a text that is not what the system has letter by letter. Who types a
// name that is shown so does not mean the one that hides something.
const altered = "\uE000"

// seen is a foreign text as it is compared.
func seen(t model.Text) string {
	if t.Changed() {
		return t.String() + altered
	}
	return t.String()
}

// NewRow reads the texts of an item, for whatever will be asked.
func NewRow[T any](item *T, from *Source, fields []Field[T], fold Fold) Row[T] {
	return newRow(item, from, fields, fold, nil)
}

// Row reads the texts of an item that this question looks at, and no others.
func (f *Filter[T]) Row(item *T, from *Source) Row[T] {
	return newRow(item, from, f.fields, f.fold, f.looked)
}

// newRow reads the texts of those fields that are wanted; of all, where that is nil.
func newRow[T any](item *T, from *Source, fields []Field[T], fold Fold, wanted []bool) Row[T] {
	row := Row[T]{Item: item, From: from, texts: make([]string, len(fields))}
	for i := range fields {
		f := &fields[i] // a copy of each for each row is what a long list spends its time with
		if f.Text == nil || wanted != nil && !wanted[i] {
			continue
		}
		if row.texts[i] = f.Text(item, from); !f.Exact {
			row.texts[i] = fold(row.texts[i])
		}
		if f.Words && row.texts[i] != "" {
			row.words += row.texts[i] + between
		}
	}
	return row
}
