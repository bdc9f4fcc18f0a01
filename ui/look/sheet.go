package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/list"
)

// Sheet is what a person fills in, as it stands in a box: its lines, and at the end of the
// box the keys.
type Sheet struct {
	Lines []string
	Keys  [][]key.Binding // those that are offered now, and then those of every other place in it
}

// Sheet draws a sheet as a box over the page; none where the window is too low or narrow for
// one. Its lines have the room that [Room] says.
func (st Styles) Sheet(s *Scroller, width, height int, sheet Sheet) Box {
	inner, kept := Room(width), s.seat.in(width, height)
	answers := st.offered(sheet.Keys, inner)
	lines := slices.Clone(sheet.Lines)
	for len(lines)+len(answers) < kept.lines {
		lines = append(lines, "")
	}
	lines = append(lines, answers...)
	if inner == width || len(lines)+2 > height {
		return Box{}
	}
	kept.inner = inner
	*s = Scroller{seat: kept}
	return enclosed(begun(lines), st.Accent, &s.seat)
}

// offered are the keys of the present place, on as many lines as those need of the place that
// has most to offer: a box does not jump for them.
func (st Styles) offered(keys [][]key.Binding, width int) []string {
	var lines []string
	most := 0
	for i, k := range keys {
		drawn := st.answers(Dialog{Keys: k, Offer: Alike}, width)
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
