package form

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/look"
)

// seat is how a form stands in a window, so that it does not change its looks while it is
// filled in.
type seat struct {
	window [2]int
	plan   plan
}

// plan is where the help of the fields stands.
type plan int

const (
	spacious plan = iota // of every field, under it
	compact              // of the open field, below all
	whole                // as well, and there is no room for a box
)

const (
	least   = 16 // columns that a value keeps when something is said beside it
	between = 2  // columns
)

// View is a title, the fields, and what the server will do with them, in a box where there
// is room for one. It is as high whichever field is open.
func (f *Model) View(s *look.Scroller, title string, says []string, width, height int) look.Box {
	if window := [2]int{width, height}; f.seat.window != window {
		f.seat = seat{window: window}
	}
	for ; f.seat.plan < whole; f.seat.plan++ {
		if box := f.styles.Sheet(s, width, height, f.sheet(title, says, look.Room(width))); !box.None() {
			return box
		}
	}
	return look.Whole(f.page(title, says, width, height))
}

// sheet is a form as it stands in a box.
func (f *Model) sheet(title string, says []string, width int) look.Sheet {
	fields := f.fields(width, someShown+1)
	lines := append(look.Rendered(f.styles.Bold, title, width), "")
	drawn, _ := fields.all()
	lines = append(lines, drawn...)
	if f.seat.plan == compact {
		lines = append(append(lines, ""), fields.notes(fields.most())...)
	}
	for _, sentence := range says {
		lines = append(append(lines, ""), look.Wrap(sentence, width)...)
	}
	keys := [][]key.Binding{f.Help()}
	for i := range f.inputs {
		keys = append(keys, f.help(i))
	}
	return look.Sheet{Lines: lines, Width: width, Keys: keys, Offer: look.Alike}
}

// page is a form that has the window for itself: as many lines around the open field as
// there is room for, and what there is to say of it at the end. Its sentences have the lines
// that are kept for what another field would have to say, where they need them.
func (f *Model) page(title string, says []string, width, height int) string {
	fs := f.fields(width, height)
	fs.height = max(1, height-1-len(fs.about(f.at)))
	lines, open := fs.all()
	noted, place, last := min(fs.most(), height-2), "", len(lines)
	if 1+last+noted > height {
		place = fmt.Sprintf("%d of %d", f.at+1, len(f.inputs))
	}
	for _, sentence := range says {
		lines = append(lines, look.Wrap(sentence, width)...)
	}
	if 1+len(lines)+noted > height {
		noted = min(len(fs.about(f.at)), height-2)
	}
	room := max(1, height-1-noted)
	top := max(0, min(open.begin-max(0, room-open.high)/2, len(lines)-room))
	shown := lines[top:min(top+room, len(lines))]
	if end := top + room; end > last && end < len(lines) {
		shown[room-1] = look.Cut(shown[room-1], width-1) + "…"
	}
	head := look.Between(f.styles.Bold.Render(title), f.styles.Faint.Render(place), width)
	return strings.Join(append([]string{head, look.Fit(strings.Join(shown, "\n"), width, room)}, fs.notes(noted)...), "\n")
}

// part is where among the lines of a form a field stands.
type part struct{ begin, high int }

// all are the lines of all fields, and where among them the open one is.
func (fs fields) all() (lines []string, open part) {
	for i := range fs.inputs {
		drawn := fs.draw(i)
		if i == fs.at {
			open = part{len(lines), len(drawn)}
		}
		lines = append(lines, drawn...)
	}
	return lines, open
}

// fields are what the fields of a form are drawn with in a width.
type fields struct {
	*Model
	values map[string]string
	label  int // columns of the labels
	value  int // columns of the values
	blank  int // columns of a text, so that all are of one length
	height int // lines that a field may have
}

func (f *Model) fields(width, height int) fields {
	fs := fields{Model: f, values: f.held(), height: height}
	for _, in := range f.inputs {
		fs.label = max(fs.label, min(ansi.StringWidth(in.Label), width/3))
	}
	fs.value = max(1, width-fs.indent())
	fs.blank = fs.value
	for _, in := range f.inputs {
		if in.Optional && in.typed() && fs.value > 2*least {
			fs.blank = fs.value - between - len(optional)
		}
	}
	return fs
}

// indent is where the values begin: after the mark and the label.
func (fs fields) indent() int { return 2 + fs.label + between }

const optional = "(optional)"

func (fs fields) state(i int) state {
	switch {
	case i == fs.at:
		return open
	case fs.inputs[i].Idles(fs.values) != "":
		return idle
	}
	return closed
}
