package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

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
func (b *browser[T]) detailed(row T, height int) string {
	part, fields := &b.details.part, b.fields(row)
	switch b.detailsPlace() {
	case beside:
		lines := b.Styles.Signed(part, b.Styles.Describe(fields, detailsWidth), height)
		width, _ := b.listSize()
		return look.Beside(look.High(b.list.View(), height), look.Fit(strings.Join(lines, "\n"), detailsWidth, len(lines)), width, " "+b.Styles.Faint.Render("│")+" ")
	case below:
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

// closes reports whether a key would only close the open details, as esc does.
func (b *browser[T]) closes(a action) bool {
	back := a.Help().Key == b.Keys.Back.Help().Key
	return b.details != nil && (back || a.Help().Key == b.Keys.Open.Help().Key) || back && b.narrowed()
}

// narrowed reports whether back leads to more rows of the same list.
func (b *browser[T]) narrowed() bool {
	q := b.list.Query()
	return search.Typed(q) != "" || q.Filter.Choice != ""
}

// backKeys is the way back where it leads to something on this page.
func (b *browser[T]) backKeys() []key.Binding {
	switch {
	case b.details != nil:
		return []key.Binding{look.Named(b.Keys.Back, "close")}
	case b.narrowed():
		return []key.Binding{look.Named(b.Keys.Back, "show all")}
	}
	return nil
}
