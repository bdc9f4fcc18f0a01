package ui

// kept is a line as it was drawn last, and what it says. It is drawn anew when it says
// something else.
type kept[Words comparable] struct {
	says Words
	line string
	yet  bool // whether it was drawn
}

func (k *kept[Words]) as(says Words, draw func() string) string {
	if !k.yet || says != k.says {
		k.says, k.line, k.yet = says, draw(), true
	}
	return k.line
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
