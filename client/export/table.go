package export

import (
	"io"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"authdeck/model"
)

const (
	gap       = 2 // cells between two columns
	narrowest = 8 // cells of a column that was made narrower
)

// table are aligned columns for a person: a screen of rows, or a page of a list, at a time, for
// they are shown as they come. A column that was too narrow for what comes later is wider from
// there on.
type table struct {
	to    io.Writer
	width int   // of the terminal; 0 where nothing is cut
	wide  []int // each column so far
	keep  []bool
	rows  [][]string
}

func newTable(to io.Writer, names []string, e model.Export) *table {
	t := &table{to: to, width: e.Width, wide: make([]int, len(names)), keep: make([]bool, len(names))}
	head := make([]string, len(names))
	for i, name := range names {
		head[i] = strings.ToUpper(name)
		t.keep[i] = name == "id" || name == "system"
	}
	if !e.Bare {
		t.rows = append(t.rows, head)
	}
	return t
}

func (t *table) row(values []value) error {
	cells := make([]string, len(values))
	for i := range values {
		cells[i] = t.cell(i, &values[i])
	}
	t.rows = append(t.rows, cells)
	return nil
}

// cell is a value as a person reads it: of a moment the day is enough.
func (t *table) cell(column int, v *value) string {
	if v.kind == moment {
		t.keep[column] = true
		return v.at.Format(time.DateOnly)
	}
	return string(v.plain(nil))
}

func (t *table) end(model.Exported) error { return t.flush() }

// flush writes the rows that have come, aligned.
func (t *table) flush() error {
	for _, cells := range t.rows {
		for i, cell := range cells {
			t.wide[i] = max(t.wide[i], uniseg.StringWidth(cell))
		}
	}
	wide := t.fitting()
	var out strings.Builder
	for _, cells := range t.rows {
		out.WriteString(t.line(cells, wide))
		out.WriteByte('\n')
	}
	t.rows = t.rows[:0]
	_, err := io.WriteString(t.to, out.String())
	return err
}

// fitting is how wide columns are where the terminal has an edge: the widest of those that can be
// cut give way first. What a token is called by its system is no name with an end missing.
func (t *table) fitting() []int {
	wide := append([]int(nil), t.wide...)
	over := -t.width - gap
	for _, w := range wide {
		over += w + gap
	}
	for t.width > 0 && over > 0 {
		at := -1
		for i, w := range wide {
			if !t.keep[i] && w > narrowest && (at < 0 || w > wide[at]) {
				at = i
			}
		}
		if at < 0 {
			break
		}
		wide[at]--
		over--
	}
	return wide
}

// line is a row, without blanks at its end and no longer than the terminal is wide.
func (t *table) line(cells []string, wide []int) string {
	var line strings.Builder
	pad := 0
	for i, cell := range cells {
		cell = cut(cell, wide[i])
		line.WriteString(strings.Repeat(" ", pad))
		line.WriteString(cell)
		pad = wide[i] - uniseg.StringWidth(cell) + gap
	}
	text := strings.TrimRight(line.String(), " ")
	if t.width == 0 {
		return text
	}
	return cut(text, t.width)
}

// cut is a text that is no wider than so many cells.
func cut(text string, wide int) string {
	if uniseg.StringWidth(text) <= wide {
		return text
	}
	kept, used, state := 0, 1, -1 // one is for the mark that something is missing
	for rest := text; rest != ""; {
		var letter string
		var w int
		letter, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += w; used > wide {
			break
		}
		kept += len(letter)
	}
	return text[:kept] + "…"
}
