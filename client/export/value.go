package export

import (
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"authdeck/model"
	"authdeck/model/review"
)

// value is what a row has in a column.
type value struct {
	kind kind
	text string
	at   time.Time       // of a moment
	list []review.Reason // of words
}

type kind int

const (
	foreign kind = iota // came from outside
	word                // is ours
	moment
	words // are ours too
)

const (
	fine = "fine"
)

// cell is a value for a spreadsheet, which runs none of it.
func (v *value) cell() string {
	if v.kind == foreign {
		return harmless(v.text)
	}
	return string(v.plain(nil))
}

// plain appends a value as it is.
func (v *value) plain(to []byte) []byte {
	switch v.kind {
	case moment:
		return v.at.AppendFormat(to, time.RFC3339)
	case words:
		for i, w := range v.list {
			if i > 0 {
				to = append(to, ',')
			}
			to = append(to, w...)
		}
		return to
	case foreign, word:
	}
	return append(to, v.text...)
}

// json appends a value as JSON: moments are strings as words are, and words an array.
func (v *value) json(to []byte) []byte {
	switch v.kind {
	case foreign:
		to, _ = jsontext.AppendQuote(to, v.text) // what is no letter is replaced, and that is all that it says
		return to
	case words:
		to = append(to, '[')
		for i, w := range v.list {
			if i > 0 {
				to = append(to, ',')
			}
			to = append(append(append(to, '"'), w...), '"')
		}
		return append(to, ']')
	case word, moment:
	}
	return append(v.plain(append(to, '"')), '"')
}

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

func text(t model.Text) value { return value{text: t.String()} }

func ours(w string) value { return value{kind: word, text: w} }

// when is a moment, or one of three words.
func when(w model.When) value {
	if at, known := w.Time(); known {
		return value{kind: moment, at: at} // written when it is wanted: rows are many
	}
	return ours(w.Word())
}

func answer(a model.Answer) value { return ours(a.Word()) }

func state(s model.State) value { return ours(s.Word()) }

func wordsOf(reasons ...review.Reason) value { return value{kind: words, list: reasons} }
