package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/list"
)

const (
	widestPanel = 96 // columns in the largest box
	mostLines   = 22 // lines of it, however high the window is
	lowest      = 14 // lines of a window that has room for one
)

// Sheet is what a person fills in or picks from, as it stands in a box: its lines, which are
// so wide at most, and at the end of the box the keys.
type Sheet struct {
	Lines []string
	Width int
	Keys  [][]key.Binding // those that are offered now, and then those of every other place in it
	Offer Offer
}

// Inside is how wide and how high what stands above the keys is in a box that takes all the
// room that a page gives, as a list does; false where a window is too low or too narrow for
// that, and shows it bare.
func Inside(width, height int, keys []key.Binding) (columns, lines int, framed bool) {
	columns = min(widestPanel, width-frame-2*margin)
	if columns < tightest || height < lowest {
		return width, height, false
	}
	return columns, min(height-onlyRow, mostLines) - 2 - len(Styles{}.offered([][]key.Binding{keys}, NotYet, columns)), true
}

// Sheet draws a sheet as a box over the page; none where the window is too low or narrow for
// one. The box is as wide as its lines may be, and never gets lower.
func (st Styles) Sheet(s *Scroller, width, height int, sheet Sheet) Box {
	kept := s.seat.in(width, height)
	answers := st.offered(sheet.Keys, sheet.Offer, sheet.Width)
	lines := slices.Clone(sheet.Lines)
	for len(lines)+len(answers) < kept.lines {
		lines = append(lines, "")
	}
	lines = append(lines, answers...)
	if sheet.Width >= width || len(lines)+2 > height {
		return Box{}
	}
	kept.inner = sheet.Width
	*s = Scroller{seat: kept}
	return enclosed(begun(lines), st.Accent, &s.seat)
}

// offered are the keys of the present place, on as many lines as those need of the place that
// has most to offer: a box does not jump for them.
func (st Styles) offered(keys [][]key.Binding, offer Offer, width int) []string {
	var lines []string
	most := 0
	for i, k := range keys {
		drawn := st.answers(Dialog{Keys: k, Offer: offer}, width)
		most = max(most, len(drawn))
		if i == 0 {
			lines = drawn
		}
	}
	return append(slices.Insert(lines, 0, ""), make([]string, most-len(lines))...)
}

// Mark is the beginning of a line that can be marked, as a row of a list is.
func (st Styles) Mark(marked bool) string {
	if marked {
		return st.marker.Render("› ")
	}
	return "  "
}

// Blank is the room of a text that is typed, with a line under all of it, so that an empty
// one is seen. A terminal without attributes has the line where no letter is.
func (st Styles) Blank(text string, width int) string {
	room := max(0, width-ansi.StringWidth(text))
	if strings.ContainsFunc(text, list.RightToLeft) {
		text += "\u200e"
	}
	if st.Plain.Underline(true).Render("x") == "x" {
		letters := strings.TrimRight(text, " ")
		return letters + strings.Repeat("_", max(0, width-ansi.StringWidth(letters)))
	}
	return ansi.SGR(ansi.AttrUnderline) + text + strings.Repeat(" ", room) + ansi.SGR(ansi.AttrNoUnderline)
}
