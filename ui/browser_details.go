package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/search"
)

const (
	besideFrom    = 100 // columns from which the details stand beside the list
	detailsWidth  = 51  // a time and how long ago it was stand on one line
	belowFrom     = 17  // lines of a page from which they stand below it; lower ones they have for themselves
	detailsHeight = 14  // lines that they have there at most
	listHeight    = 6   // lines that the list has above them at least
)

// details is the open details, and how far they are read.
type details struct{ part look.Part }

// place is where the details stand.
type place int

const (
	nowhere place = iota // they are closed
	beside
	below
	instead // of the list
)

func (b *browser[T]) detailsPlace() place {
	switch {
	case b.details == nil:
		return nowhere
	case b.width >= besideFrom:
		return beside
	case b.height >= belowFrom:
		return below
	}
	return instead
}

// listSize is the room that the details leave to the list. It is the same for every row, so
// that nothing jumps when the cursor moves.
func (b *browser[T]) listSize() (width, height int) {
	width, height = b.width, b.height-b.noted
	switch b.detailsPlace() {
	case beside:
		width -= detailsWidth + 3
	case below:
		height = max(listHeight, height-1-detailsHeight)
	case nowhere, instead:
	}
	return width, height
}

// detailed is the list and the details of a row, so many lines high.
// While a dialog stands over the page it tells of the row itself: of details below the list
// it would leave scraps.
func (b *browser[T]) detailed(row T, height, lift int) string {
	part, fields := &b.details.part, b.fields(row)
	switch b.detailsPlace() {
	case beside:
		lines := b.Styles.Signed(part, b.Styles.Describe(fields, detailsWidth), height)
		width, _ := b.listSize()
		return look.Beside(look.High(b.rows(height, lift), height), look.Fit(strings.Join(lines, "\n"), detailsWidth, len(lines)), width, " "+b.Styles.Faint.Render("│")+" ")
	case below:
		if b.modal != nil {
			return b.rows(height, lift)
		}
		return b.Styles.Under(b.list.View(), "", part, b.Styles.Describe(fields, b.width), b.width, height)
	case nowhere, instead:
	}
	lines := b.Styles.Signed(part, b.Styles.Describe(fields, b.width), height)
	return look.Fit(strings.Join(lines, "\n"), b.width, height)
}

func (b *browser[T]) toggleDetails() tea.Cmd {
	if b.details == nil {
		b.details = &details{}
	} else {
		b.details = nil
	}
	b.arrange()
	return nil
}

// turnDetails turns details that do not fit; false where the key is for the list.
func (b *browser[T]) turnDetails(msg tea.KeyMsg) bool {
	moves := b.list.Keys()
	switch {
	case b.details == nil:
	case key.Matches(msg, moves.PageDown):
		return b.details.part.Turn(1)
	case key.Matches(msg, moves.PageUp):
		return b.details.part.Turn(-1)
	default:
		b.details.part = look.Part{}
	}
	return false
}

// outOf is what esc does here and now, as the keys say it: first of all where it leads to
// something on this page, last where it leads to another one, not at all where it would do
// nothing.
func (b *browser[T]) outOf() (first, last []key.Binding) {
	q := b.list.Query()
	esc := func(does string) []key.Binding { return []key.Binding{look.Named(b.Keys.Back, does)} }
	switch {
	case b.list.State() == list.Loading:
		return esc("gives up"), nil
	case b.details != nil:
		return esc("close"), nil
	case b.list.Unfinished():
		return esc("gives up"), nil
	case search.Typed(q) != "", q.Filter.Choice != "":
		return esc("show all"), nil
	case q.Filter.Only.ID != "", b.nav.leads():
		return nil, []key.Binding{b.Keys.Back}
	}
	return nil, nil
}
