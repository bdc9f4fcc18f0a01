package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

const (
	widest   = 70 // letters of a line in a box: longer ones are hard to read
	tightest = 33 // a window that has no room for so many shows the page and no box
	frame    = 6  // columns that the frame of a box takes, with the blanks in it
	margin   = 2  // columns at either side of a box; the marker of a row stands in them
)

// Dialog is what a question asks or an answer says, as parts that a box and a bare page set
// in an order of their own.
type Dialog struct {
	Title string
	Mood  Mood
	First []string // what stands right under the title: a line that is typed
	Bare  string   // a line that stands alone, so that three clicks mark it and nothing else
	Says  []string // sentences, a paragraph each
	Heed  string   // which of them is the one to look at
	Facts []Field
	Keys  []key.Binding
	Offer Offer // how they are offered
}

// Offer is how the keys of a dialog are offered.
type Offer int

// The offers.
const (
	SafeFirst Offer = iota // the first changes nothing, and is marked
	Alike                  // none is safer than the others
	NotYet                 // none works yet; their place is kept for them
)

// Mood is what a dialog looks like at the first glance.
type Mood int

// What there is to see before a word was read.
const (
	Calm  Mood = iota
	Heed       // it did not go as it was meant to
	Alarm      // danger, or a production system
)

// mood are the looks of a title and of a frame.
func (st Styles) mood(m Mood) (heading, edge lipgloss.Style) {
	switch m {
	case Alarm:
		return st.Danger, st.edge
	case Heed:
		return st.Warn.Bold(true), st.heeded
	case Calm:
	}
	return st.Bold, st.Accent
}

// Room is how many letters a line of a dialog has in a window.
func Room(width int) int {
	if inner := min(widest, width-frame-2*margin); inner >= tightest {
		return inner
	}
	return width
}

// Dialog draws a dialog for the room that it has: a box over the page, or bare where the
// window is low or narrow, and then in parts. The terminal's own cursor stands where a text
// is typed, else where the reading begins.
func (st Styles) Dialog(s *Scroller, width, height int, d Dialog) Box {
	heading, edge := st.mood(d.Mood)
	d.Says = slices.DeleteFunc(slices.Clone(d.Says), func(paragraph string) bool { return paragraph == "" })
	if inner := Room(width); inner < width && ansi.StringWidth(d.Bare) <= inner {
		kept, parts := s.seat.in(width, height), st.parts(d, heading, d.measure(inner, width))
		for air := airy; air >= dense; air-- {
			lines := parts.joined(air, kept.lines)
			if len(lines)+2+onlyRow > height {
				continue
			}
			*s = Scroller{seat: kept}
			if d.Bare != "" {
				return banded(begun(lines), width, edge, &s.seat)
			}
			return enclosed(begun(lines), edge, &s.seat)
		}
	}
	lines := begun(s.cut(st.bare(d, heading, width), height, st.Accent.Render("… pgdn shows more")))
	return Whole(Fit(strings.Join(lines, "\n"), width, height))
}

// air is where blank lines stand between what a dialog says.
type air int

const (
	dense air = iota // before the answers
	snug             // before what is to be said, too
	loose            // between the parts
	airy             // between the paragraphs of a part as well
)

// parts are what a dialog says, in paragraphs of lines, and its answers.
type parts struct {
	said    [][][]string
	answers []string
}

// measure is how many letters a line has, and how many a single word may have: what has no
// frame at its sides has the window.
type measure struct{ line, word int }

func (d Dialog) measure(inner, width int) measure {
	if d.Bare != "" {
		return measure{inner, width}
	}
	return measure{inner, inner}
}

// parts are the parts of a dialog in a box: what it is about, what is known of that, what is
// to be said, and the answers.
func (st Styles) parts(d Dialog, heading lipgloss.Style, m measure) parts {
	width := m.line
	said := [][][]string{{Rendered(heading, d.Title, width)}}
	for _, paragraph := range d.First {
		said = append(said, [][]string{Wrap(paragraph, width)})
	}
	if d.Bare != "" {
		said = append(said, [][]string{{d.Bare}})
	}
	if len(d.Facts) > 0 {
		said = append(said, [][]string{st.columns(d.Facts, width)})
	}
	var says [][]string
	for _, paragraph := range d.Says {
		says = append(says, st.said(d, paragraph, m))
	}
	p := parts{said: append(said, says)}
	if len(d.Keys) > 0 {
		p.answers = append([]string{""}, st.answers(d, width)...)
	}
	return p
}

// joined are the lines of all parts, at least so many, with the answers at the end.
func (p parts) joined(a air, least int) []string {
	var lines []string
	for at, part := range p.said {
		last := at == len(p.said)-1
		for i, paragraph := range part {
			if len(lines) > 0 && (a == airy || i == 0 && (a == loose || a == snug && last)) {
				lines = append(lines, "")
			}
			lines = append(lines, paragraph...)
		}
	}
	for len(lines)+len(p.answers) < least {
		lines = append(lines, "")
	}
	return append(lines, p.answers...)
}

// bare are the lines of a dialog that has the window for itself; its keys stand below it.
// What matters most comes first.
func (st Styles) bare(d Dialog, heading lipgloss.Style, width int) []string {
	lines := Rendered(heading, d.Title, width)
	for _, paragraph := range d.First {
		lines = append(lines, Wrap(paragraph, width)...)
	}
	if d.Bare != "" {
		lines = append(lines, Wrap(d.Bare, width)...)
	}
	for _, paragraph := range d.Says {
		lines = append(lines, st.said(d, paragraph, measure{width, width})...)
	}
	for _, f := range d.Facts {
		if f.silence == told {
			lines = append(lines, Wrap(f.Label+": "+f.Value, width)...)
		}
	}
	lines = append(lines, st.silences(d.Facts, width)...)
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

func (st Styles) said(d Dialog, paragraph string, m measure) []string {
	lines := WrapWithin(paragraph, m.line, m.word)
	if paragraph == d.Heed {
		return styled(st.Warn, lines)
	}
	return lines
}

// columns are facts with their labels at the left, as wide as the longest of those.
func (st Styles) columns(facts []Field, width int) []string {
	room := labelRoom(facts, width/3)
	var lines []string
	for _, f := range facts {
		if f.silence == told {
			lines = append(lines, st.beside(f.Label, f.Value, room, width)...)
		}
	}
	return append(lines, st.silences(facts, width)...)
}

// answers are the keys of a dialog, the safe one first and marked. As long as none works,
// their place is kept for them.
func (st Styles) answers(d Dialog, width int) []string {
	lines, used := []string{""}, 0
	for i, k := range d.Keys {
		word := st.Bold.Render(k.Help().Key) + "  " + k.Help().Desc
		if i == 0 && d.Offer != Alike {
			word = "[ " + word + " ]"
		}
		last := len(lines) - 1
		switch need := ansi.StringWidth(word); {
		case used == 0:
			lines[last], used = word, need
		case used+3+need > width:
			lines, used = append(lines, word), need
		default:
			lines[last], used = lines[last]+"   "+word, used+3+need
		}
	}
	if d.Offer == NotYet {
		return make([]string, len(lines))
	}
	return lines
}
