package query

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

// NewRow reads the texts of an item.
func NewRow[T any](item *T, from *Source, fields []Field[T], fold Fold) Row[T] {
	row := Row[T]{Item: item, From: from, texts: make([]string, len(fields))}
	for i, f := range fields {
		if f.Text == nil {
			continue
		}
		row.texts[i] = fold(f.Text(item, from))
		if f.Words && row.texts[i] != "" {
			row.words += row.texts[i] + between
		}
	}
	return row
}
