package ui

// kept is a part of the screen as it was drawn last, and what it says. It is drawn anew when
// it says something else.
type kept[Words comparable, Drawn any] struct {
	says  Words
	drawn Drawn
	yet   bool // whether it was drawn
}

func (k *kept[Words, Drawn]) as(says Words, draw func() Drawn) Drawn {
	if !k.yet || says != k.says {
		k.says, k.drawn, k.yet = says, draw(), true
	}
	return k.drawn
}

// behindWords are the page behind a dialog.
type behindWords struct {
	page    string
	columns int
}

// headWords are what the header says.
type headWords struct {
	name, kind, right    string
	production, readOnly bool
	width                int
}

// tabWords are what the line of the pages says.
type tabWords struct {
	front page
	words string
	width int
}

// footWords are the keys that the footer has, one after the other.
type footWords struct {
	keys  string
	width int
}
