package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/search"
)

// remarks are what has to be said beside a list as long as it is so: a sentence is
// gone with the next key, and these must not be.
func (b *browser[T]) remarks() []string {
	var own []string
	if b.own != nil {
		own = b.own()
	}
	return slices.Concat(b.list.Lacks(), b.unread(), look.Strayed(b.list, b.called, b.ended), own, b.silence(), b.looked(), b.Findings(b.system()), b.turned())
}

// unread is why the rows are still those from before a change.
func (b *browser[T]) unread() []string {
	if !b.list.Old() || b.list.State() != list.Failed {
		return nil
	}
	return []string{b.why("✗ These rows are from before the change. ")}
}

// turned says what a page shows of a list that changed while it was turned.
func (b *browser[T]) turned() []string {
	turned := b.list.Turned()
	var said []string
	switch {
	case turned.More < 0:
		said = append(said, fmt.Sprintf("%d fewer than on the page before: rows may be missed; N goes back, ctrl+r reads again.", -turned.More))
	case turned.More > 0 && turned.Again == 0:
		said = append(said, fmt.Sprintf("%d more than on the page before: rows may stand twice; ctrl+r reads again.", turned.More))
	}
	if turned.Again > 0 {
		said = append(said, look.Plural(turned.Again, "row")+" of this page stood on an earlier one: the list has changed meanwhile.")
	}
	return said
}

// age is as of when the rows are that a change has made old, or in whose place no others
// came.
func (b *browser[T]) age() []string {
	before := ""
	switch {
	case b.list.State() == list.Loading:
		return nil
	case b.list.Old():
		before = ", before the change"
	case b.list.State() != list.Failed:
		return nil
	}
	at := "as of " + look.ClockTime(b.list.AsOf())
	return []string{look.Longest(b.nav.headingRoom(), at+before, at, strings.TrimSuffix(at, " UTC"))}
}

// rowArmed says that the cursor has been on another object long enough.
type rowArmed struct {
	to   any
	wait int // which of the waits is over
}

// listChanged is what follows when the list may have changed: what is remembered of it, and
// a moment for the reader where the cursor has moved by itself.
func (b *browser[T]) listChanged() tea.Cmd {
	b.remember()
	_, moves := b.list.Strayed()
	moved := moves > 0 && moves != b.moves
	b.moves = moves
	if moved {
		return b.disarmRow()
	}
	return nil
}

// disarmRow makes the keys that change something wait until the reader can have seen
// where the cursor is now: from the move on, and anew when a dialog or another page
// that was in front of it goes.
func (b *browser[T]) disarmRow() tea.Cmd {
	if b.moves == 0 {
		return nil
	}
	b.rowReady = order.Unarmed
	b.waits++
	return b.Clock.After(order.Arming, rowArmed{b, b.waits})
}

// armRow takes the end of that moment.
func (b *browser[T]) armRow(msg rowArmed) {
	if msg.to == any(b) && msg.wait == b.waits {
		b.rowReady = order.Armed
	}
}

// hasMoved is why a key does not change the object under the cursor yet.
func (b *browser[T]) hasMoved() string {
	if row, ok := b.list.Selected(); ok && b.moves > 0 && b.rowReady == order.Unarmed {
		return "the cursor has only now come to " + b.called(row) + "; press again if that is the one"
	}
	return ""
}

// system is the name of the system that the page is of.
func (b *browser[T]) system() string { return b.api.Info().Name }

// reading is how far a list was read for a question, while it is read.
func reading(p *model.Sifted, waited string, width int) string {
	if width < roomy {
		return look.Thousands(p.Read) + "\n" + waited
	}
	words := "reading… " + look.Thousands(p.Read)
	if p.Total != model.Uncounted {
		words += " of " + look.Thousands(p.Total)
	}
	return words + " · " + waited + givesUp
}

// apartFromAll is what is marked and what the list was narrowed to. Both stand in any window,
// as far as it has room for their beginnings.
func (b *browser[T]) apartFromAll() []string {
	narrowed := b.narrowing()
	if b.marked == nil {
		return narrowed
	}
	marked := b.marked()
	if len(marked) == 0 || len(narrowed) == 0 {
		return append(marked, narrowed...)
	}
	first := marked[0] + " · " + narrowed[0]
	if b.width < roomy {
		number, _, _ := strings.Cut(marked[0], " ")
		first = "*" + number + " " + narrowed[0]
	}
	return slices.Concat([]string{first}, marked[1:], narrowed[1:])
}

// narrowing is what the list was narrowed to. It comes first in the line, so that
// a part of a list is not taken for the whole in a narrow window.
func (b *browser[T]) narrowing() []string {
	var words []string
	q := b.list.Shown()
	if q.Where != "" {
		words = append(words, "“"+look.Marked(model.Clean(q.Where))+"”")
	}
	if q.Search != "" {
		words = append(words, "search “"+look.Marked(model.Clean(q.Search))+"”")
	}
	for _, r := range q.Ranges {
		words = append(words, search.RangeText(r))
	}
	if q.Filter.Only.ID != "" {
		words = append(words, "only "+look.Cut(look.Marked(q.Filter.Only.Username), longestName))
	}
	if q.Filter.Choice != "" {
		words = append(words, look.Label(b.filters(), q.Filter.Choice))
	}
	return words
}

// remarked are the remarks as lines. A low window keeps its rows: there each remark
// has the beginning of it on a line.
func (b *browser[T]) remarked() []string {
	var lines []string
	remarks, most := b.remarks(), max(3, b.height/3)
	if b.keepsRows() && len(remarks) > 0 {
		return []string{b.Styles.Warn.Render(b.inALine(remarks))}
	}
	for _, words := range remarks {
		lines = append(lines, look.Wrap(words, b.width)...)
	}
	if len(lines) > most && len(remarks) > 1 {
		lines = remarks
	}
	lines = lines[:min(len(lines), most)]
	for i, line := range lines {
		lines[i] = b.Styles.Warn.Render(look.Cut(line, b.width))
	}
	return lines
}

// lowPage is a page that keeps its rows rather than its remarks: one line has the beginning of
// them, and the details, which want no rows, have the rest.
const lowPage = 10

// keepsRows reports whether the page does so: there are rows for the lines, and nothing is to be
// said of what was done to one, nor that the cursor is on another.
func (b *browser[T]) keepsRows() bool {
	if b.height >= lowPage || b.details != nil {
		return false
	}
	total := b.list.Total()
	_, moves := b.list.Strayed()
	return moves == 0 && (total == model.Uncounted || total > b.height/2) && len(b.Findings(b.system())) == 0
}

// inALine are remarks in the one line that a low window has for them.
func (b *browser[T]) inALine(remarks []string) string {
	if len(remarks) == 1 && ansi.StringWidth(remarks[0]) <= b.width {
		return remarks[0]
	}
	const rest = " more: enter"
	return look.Cut(remarks[0], b.width-len(rest)) + rest
}

// silence says of which fields the system tells too little for a question.
func (b *browser[T]) silence() []string {
	s := b.list.Sifted()
	if s == nil || s.Unsaid == 0 {
		return nil
	}
	name := b.system() + " does not say"
	if b.union() {
		name = "Not every system says"
	}
	if b.width < roomy { // the mark is what stands in the heading
		words := fmt.Sprintf("? %s: %s not told; U: ", look.Thousands(s.Unsaid), strings.Join(s.Untold, ", "))
		if b.list.Shown().Untold {
			return []string{words + "found"}
		}
		return []string{words + "them"}
	}
	words := fmt.Sprintf("%s enough of %s for %s.", name, strings.Join(s.Untold, ", "), look.Plural(s.Unsaid, b.noun))
	if b.list.Shown().Untold {
		return []string{words + " U shows what was found."}
	}
	return []string{words + " U shows them."}
}

// looked says in which texts the system looked for words, beside what it found: a row that has
// them elsewhere is not among these.
func (b *browser[T]) looked() []string {
	_, some := b.list.Selected()
	q, fields := b.list.Shown(), b.searched()
	if !some || q.Filter.Only.ID != "" && !b.along() || !b.worded.as(q.Search+" "+q.Where, func() bool { return b.search.Worded(q) }) {
		return nil
	}
	switch {
	case b.union():
		return []string{"Each system looked in texts of its own."}
	case len(fields) > 0:
		return []string{"Looked for words in: " + strings.Join(fields, ", ") + "."}
	}
	return nil
}

// needsUntold is why there is nothing of which it cannot be told.
func (b *browser[T]) needsUntold() string {
	switch s := b.list.Sifted(); {
	case b.list.Query().Untold:
		return ""
	case s == nil:
		return "search age>1y first"
	case s.Unsaid == 0:
		return "it can be told of every " + b.noun
	}
	return ""
}

// turnUntold shows the rows of which it cannot be told, or again those that were found.
func (b *browser[T]) turnUntold() tea.Cmd {
	q := b.list.Query()
	q.Untold = !q.Untold
	return b.list.Ask(q)
}
