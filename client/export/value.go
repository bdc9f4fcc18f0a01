package export

import (
	"strings"

	"authdeck/model"
	"authdeck/model/review"
)

// value is what a row has in a column: as JSON it is itself.
type value interface{ cell() string }

type (
	foreign string   // came from outside
	word    string   // is ours: a word, or a moment
	words   []string // are ours too
)

func (f foreign) cell() string { return harmless(string(f)) }
func (w word) cell() string    { return string(w) }
func (w words) cell() string   { return strings.Join(w, ",") }

// harmless is a text that no spreadsheet runs: an apostrophe stands before what would be a
// formula, at the beginning of a cell, and after what parts cells for programs that take a
// semicolon for a comma. Apostrophes that stand there already count as part of a formula,
// so that ours can be told from them and taken off.
func harmless(text string) string {
	if !strings.ContainsAny(text, formulas) {
		return text
	}
	var out strings.Builder
	begins := true // a cell, blanks and quotes aside
	for i, r := range text {
		switch {
		case begins && (r == ' ' || r == '"'):
		case begins && formula(text[i:]):
			out.WriteByte('\'')
			begins = false
		default:
			begins = strings.ContainsRune(separators, r)
		}
		out.WriteRune(r)
	}
	return out.String()
}

const (
	formulas   = "=+-@＝＋－＠\t\r" // what a formula begins with, or has begun with somewhere
	separators = ";؛"           // of cells, where the comma is for decimals; the comma is quoted
)

func formula(text string) bool {
	rest := strings.TrimLeft(text, "'")
	return strings.IndexAny(rest, formulas) == 0
}

func text(t model.Text) value { return foreign(t.String()) }

func when(w model.When) value { return word(w.Word()) }

func answer(a model.Answer) value { return word(a.Word()) }

func state(s model.State) value { return word(s.Word()) }

func wordsOf(reasons []review.Reason) value {
	all := make(words, len(reasons)) // and not nil, which JSON has another word for
	for i, r := range reasons {
		all[i] = string(r)
	}
	return all
}
