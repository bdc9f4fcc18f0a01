package paint

import "strings"

// Abilities are what may be sent to a terminal beyond what every one has that moves its
// cursor. The zero value sends none of it.
type Abilities struct {
	Regions      bool // part of the screen scrolls alone
	Synchronized bool // a frame can be marked as one; who does not know the mark ignores it
	Ink          Ink
}

// Ink is what of a view's looks is sent.
type Ink int

// The inks. Bold, faint, underlined and reverse are no colours: who wants none of those
// still gets these.
const (
	Full       Ink = iota // all that the view has
	Colourless            // all but its colours
)

// AbilitiesOf goes by the name that a terminal gives itself, see terminfo(5).
func AbilitiesOf(term string) Abilities {
	family, _, _ := strings.Cut(term, "-")
	family, _, _ = strings.Cut(family, ".") // GNU screen adds what it runs in
	if number, found := strings.CutPrefix(family, "vt"); found && number != "" && strings.Trim(number, "0123456789") == "" {
		return Abilities{Regions: true} // they came with the VT100; there is no newer mark in them
	}
	switch family {
	case "xterm", "tmux", "screen", "foot", "kitty", "alacritty", "rxvt", "konsole", "gnome", "vte",
		"wezterm", "ghostty", "contour", "rio", "st", "stterm", "mintty", "iterm2", "putty":
		return Abilities{Regions: true, Synchronized: true}
	case "linux":
		return Abilities{Regions: true} // console_codes(4)
	}
	return Abilities{}
}
