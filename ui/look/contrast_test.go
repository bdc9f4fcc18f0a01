package look

import (
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"authdeck/model"
)

// Promises about who reads on a light terminal. WCAG wants 4.5 to 1 of text that says something.
const readable = 4.5

// rgb is a colour by its parts.
type rgb [3]float64

func hex(text string) (c rgb) {
	for i := range c {
		part, _ := strconv.ParseUint(text[1+2*i:3+2*i], 16, 8)
		c[i] = float64(part) / 255
	}
	return c
}

// light is how much of it is seen (WCAG 2, relative luminance).
func (c rgb) light() float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		part := c[i] / 12.92
		if c[i] > 0.04045 {
			part = math.Pow((c[i]+0.055)/1.055, 2.4)
		}
		sum += weight * part
	}
	return sum
}

func contrast(a, b rgb) float64 {
	x, y := a.light(), b.light()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// sixteen are the first eight colours of terminals with a light background, of those that are
// used: black, red, yellow, blue, and what stands behind.
func sixteen() map[string]map[int]string {
	return map[string]map[int]string{
		"xterm":    {0: "#000000", 1: "#cd0000", 3: "#cdcd00", 4: "#0000ee", 7: "#ffffff"},
		"Campbell": {0: "#0c0c0c", 1: "#c50f1f", 3: "#c19c00", 4: "#0037da", 7: "#f2f2f2"},
		"Tango":    {0: "#2e3436", 1: "#cc0000", 3: "#c4a000", 4: "#3465a4", 7: "#ffffff"},
		"Apple":    {0: "#000000", 1: "#990000", 3: "#999900", 4: "#0000b2", 7: "#ffffff"},
	}
}

// drawn is what a style makes of letters: their colour, what is behind, and whether the terminal
// mixes it by itself.
func drawn(st lipgloss.Style, palette map[int]string) (front, back rgb, mixed bool) {
	codes := strings.Split(strings.TrimPrefix(strings.SplitN(st.Render("x"), "m", 2)[0], "\x1b["), ";")
	front, back = hex(palette[0]), hex(palette[7])
	turned := false
	for i := 0; i < len(codes); i++ {
		switch code, _ := strconv.Atoi(codes[i]); {
		case code == 2:
			mixed = true
		case code == 7:
			turned = true
		case code >= 30 && code <= 37:
			front = hex(palette[code-30])
		case code >= 40 && code <= 47:
			back = hex(palette[code-40])
		case code == 38:
			grey, _ := strconv.Atoi(codes[i+2])
			part := float64(8+10*(grey-232)) / 255
			front, i = rgb{part, part, part}, i+2
		}
	}
	if turned {
		front, back = back, front
	}
	return front, back, mixed
}

func onLight(profile termenv.Profile) Styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(false)
	return NewStyles(r, model.Theme{})
}

func TestOnALightTerminalAllThatSaysSomethingIsReadable(t *testing.T) {
	for name, palette := range sixteen() {
		for _, profile := range []termenv.Profile{termenv.ANSI, termenv.ANSI256, termenv.TrueColor} {
			st := onLight(profile)
			for what, style := range map[string]lipgloss.Style{
				"plain": st.Plain, "bold": st.Bold, "faint": st.Faint, "accent": st.Accent, "warn": st.Warn, "danger": st.Danger,
				"open": st.Open, "badge": st.Badge, "alarm": st.Alarm, "marker": st.marker, "chosen": st.Chosen,
			} {
				front, back, mixed := drawn(style, palette)
				if mixed && profile == termenv.ANSI && what == "faint" {
					continue // of sixteen colours none is a grey on every terminal
				}
				if got := contrast(front, back); got < readable || mixed {
					t.Errorf("%s, %s: %s has %.1f to 1, mixed by the terminal: %v", name, profile.Name(), what, got, mixed)
				}
			}
		}
	}
}

// TestWhereNobodyHasToldTheBackgroundNoGreyIsGuessed has one that would be wrong on the other.
func TestWhereNobodyHasToldTheBackgroundNoGreyIsGuessed(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	r.SetHasDarkBackground(true) // as where it is not told
	if got := NewStyles(r, model.Theme{}).Faint.Render("x"); got != "\x1b[2mx\x1b[0m" {
		t.Errorf("%q", got)
	}
}
