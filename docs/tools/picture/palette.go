package main

import "fmt"

// rgb is a colour.
type rgb [3]int

func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// towards is a colour on the way to another one.
func (c rgb) towards(other rgb, share float64) rgb {
	for i := range c {
		c[i] += int(share * float64(other[i]-c[i]))
	}
	return c
}

func hex(s string) (c rgb) {
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
		panic(err)
	}
	return c
}

// palette is what a terminal makes of its sixteen colours.
type palette struct {
	paper, ink, edge rgb
	colours          [16]rgb
}

// palettes are a dark and a light one, on whose paper every ink can be read. The
// light one's yellow is the paper of a highlighter, as that of most terminals is.
func palettes() map[string]palette {
	return map[string]palette{
		"dark": {hex("#15181e"), hex("#d5dae3"), hex("#343a46"), inks(
			"#15181e", "#f2706a", "#8ec07c", "#e8c26a", "#6fa8f5", "#c792ea", "#56c5d6", "#d5dae3",
			"#6b7280", "#ff8a84", "#a6d795", "#f5d68a", "#8fbdff", "#d9aef5", "#7fdbe8", "#ffffff")},
		"light": {hex("#ffffff"), hex("#1f2328"), hex("#d0d7de"), inks(
			"#1f2328", "#c02b34", "#1a7f37", "#e9c84e", "#0b5fce", "#8250df", "#11727b", "#e6e9ed",
			"#6e7781", "#a40e26", "#116329", "#d4a72c", "#0a3069", "#6639ba", "#3192aa", "#ffffff")},
	}
}

func inks(all ...string) (colours [16]rgb) {
	for i, s := range all {
		colours[i] = hex(s)
	}
	return colours
}

// faintness is how far a faint letter fades into its paper: it can still be read.
const faintness = 0.38

// drawn are the ink and the paper of a style.
func (p palette) drawn(s style) (ink, paper rgb) {
	ink, paper = p.ink, p.paper
	if s.fore != none {
		ink = p.colours[s.fore]
	}
	if s.back != none {
		paper = p.colours[s.back]
	}
	if s.reverse {
		ink, paper = paper, ink
	}
	if s.faint {
		ink = ink.towards(paper, faintness)
	}
	return ink, paper
}
