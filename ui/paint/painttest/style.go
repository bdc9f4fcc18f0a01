package painttest

import (
	"fmt"
	"strings"
)

// Colour is one of a terminal's; the zero value is the terminal's own.
type Colour struct {
	Space  int // 0 none, 1 the sixteen, 2 the 256, 3 red, green and blue
	Number int
}

// Style is how a cell is drawn.
type Style struct {
	Text, Ground Colour
	Looks        Looks
}

// Looks are what is switched on for a cell.
type Looks uint16

// What a style may switch on, in the order of their numbers.
const (
	Bold Looks = 1 << (iota + 1)
	Faint
	Italic
	Underline
	Blink
	_
	Reverse
	_
	Struck
)

// seen are the looks of which an empty cell shows something.
const seen = Reverse | Underline | Struck

// apply changes a style by the numbers of an order, and reports whether it knows them all.
func (s *Style) apply(args []int) bool {
	if len(args) == 0 {
		*s = Style{}
	}
	for i := 0; i < len(args); i++ {
		n := args[i]
		switch {
		case n == 38 || n == 48:
			colour, used := extended(args[i+1:])
			if used == 0 {
				return false
			}
			i += used
			*s.side(n) = colour
		case !s.simple(n):
			return false
		}
	}
	return true
}

// simple applies one number.
func (s *Style) simple(n int) bool {
	const on = Bold | Faint | Italic | Underline | Blink | Reverse | Struck
	switch {
	case n == missing || n == 0:
		*s = Style{}
	case n < 10 && on&(1<<n) != 0:
		s.Looks |= 1 << n
	case n == 22:
		s.Looks &^= Bold | Faint
	case n > 22 && n < 30 && on&(1<<(n-20)) != 0:
		s.Looks &^= 1 << (n - 20)
	case n == 39 || n == 49:
		*s.side(n) = Colour{}
	case n >= 30 && n < 50:
		*s.side(n) = Colour{1, n % 10}
	case n >= 90 && n < 98 || n >= 100 && n < 108:
		*s.side(n - 60) = Colour{1, n%10 + 8}
	default:
		return false
	}
	return true
}

// side is the colour that a number is for: the thirties are the text.
func (s *Style) side(n int) *Colour {
	if n < 40 {
		return &s.Text
	}
	return &s.Ground
}

// extended reads what follows 38 and 48.
func extended(args []int) (c Colour, used int) {
	byteful := func(numbers []int) bool {
		for _, n := range numbers {
			if n < 0 || n > 255 {
				return false
			}
		}
		return true
	}
	switch {
	case len(args) >= 2 && args[0] == 5 && byteful(args[1:2]):
		return Colour{2, args[1]}, 2
	case len(args) >= 4 && args[0] == 2 && byteful(args[1:4]):
		return Colour{3, args[1]<<16 | args[2]<<8 | args[3]}, 4
	}
	return Colour{}, 0
}

// visible is what of a style an eye sees in a cell with those letters.
func (s Style) visible(content string) Style {
	if content != " " || s.Looks&seen != 0 {
		return s
	}
	return Style{Ground: s.Ground}
}

// String says the style as one finds it in a report.
func (s Style) String() string {
	if s == (Style{}) {
		return "plain"
	}
	var words []string
	for i, name := range []string{"bold", "faint", "italic", "underline", "blink", "", "reverse", "", "struck"} {
		if s.Looks&(1<<(i+1)) != 0 {
			words = append(words, name)
		}
	}
	for _, side := range []struct {
		name string
		c    Colour
	}{{"text", s.Text}, {"ground", s.Ground}} {
		if side.c.Space != 0 {
			words = append(words, fmt.Sprintf("%s %d:%x", side.name, side.c.Space, side.c.Number))
		}
	}
	return strings.Join(words, ", ")
}
