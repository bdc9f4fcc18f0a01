package main

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// A cell is so large, and the letters in it stand on this line. All are pixels.
const (
	cellWidth, cellHeight = 8.4, 18.0
	baseline, fontSize    = 13.6, 14.0
	margin                = 14.0
)

// drawing is a line of a screen as SVG, made of runs that stand at their own columns:
// whatever a font makes of a letter, it shifts no other.
type drawing struct {
	strings.Builder
	palette palette
}

// row draws a line at the top of its own ground.
func (p palette) row(letters []letter) string {
	d := &drawing{palette: p}
	for from := 0; from < len(letters); {
		to := from + 1
		for to < len(letters) && letters[to].style == letters[from].style {
			to++
		}
		d.papers(letters[from:to])
		from = to
	}
	for from := 0; from < len(letters); {
		n := together(letters[from:])
		d.run(letters[from : from+n])
		from += n
	}
	return d.String()
}

func width(run []letter) float64 {
	last := run[len(run)-1]
	return float64(last.column+last.width-run[0].column) * cellWidth
}

func (d *drawing) papers(run []letter) {
	_, paper := d.palette.drawn(run[0].style)
	x, w := float64(run[0].column)*cellWidth, width(run)
	if paper != d.palette.paper {
		fmt.Fprintf(d, `<path fill="%s" d="M%.1f 0h%.1fv%.0fh-%.1fz"/>`, paper, x, w, cellHeight, w)
	}
	if ink, _ := d.palette.drawn(run[0].style); run[0].style.underline {
		fmt.Fprintf(d, `<path stroke="%s" d="M%.1f %.1fh%.1f"/>`, ink, x, baseline+2.5, w)
	}
}

// kind is what a run consists of.
type kind int

const (
	blank  kind = iota
	plain       // letters that one font has, all of one width
	turned      // Persian and its like
	line        // of a frame
	alone       // whatever else
)

func (l letter) kind() kind {
	r := []rune(l.text)[0]
	switch {
	case l.text == " ":
		return blank
	case strings.ContainsRune("─│╭╮╰╯", r):
		return line
	case unicode.In(r, unicode.Arabic, unicode.Hebrew):
		return turned
	case l.width == 1 && (r < 0x250 || unicode.In(r, unicode.Cyrillic, unicode.Greek)):
		return plain
	default:
		return alone
	}
}

// together is how many letters are drawn as one: a word or some with one blank between
// them. Words from right to left that follow one another are turned round together, as
// in a terminal that knows of such letters (VTE, Konsole, mlterm, iTerm2): there they
// take the columns that they take here, and are read from the right one on.
func together(letters []letter) int {
	first := letters[0]
	n := 1
	if k := first.kind(); k != plain && k != turned {
		return n
	}
	for i := 1; i < len(letters) && letters[i].style == first.style; i++ {
		switch letters[i].kind() {
		case first.kind():
			n = i + 1
		case blank:
			if letters[i-1].kind() == blank {
				return n
			}
		default:
			return n
		}
	}
	return n
}

func (d *drawing) run(run []letter) {
	k := run[0].kind()
	ink, _ := d.palette.drawn(run[0].style)
	x, w := float64(run[0].column)*cellWidth, width(run)
	var text strings.Builder
	for _, l := range run {
		text.WriteString(l.text)
	}
	weight := ""
	if run[0].style.bold {
		weight = ` font-weight="bold"`
	}
	place := fmt.Sprintf(`x="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs"`, x, w)
	switch k {
	case blank:
		return
	case line:
		d.frame([]rune(run[0].text)[0], x, ink)
		return
	case turned:
		place = fmt.Sprintf(`x="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" direction="rtl" class="r"`, x+w, w)
	case alone:
		place = fmt.Sprintf(`x="%.1f" text-anchor="middle"`, x+w/2)
	}
	fmt.Fprintf(d, `<text y="%.1f" %s fill="%s"%s>%s</text>`, baseline, place, ink, weight, html.EscapeString(strings.TrimRight(text.String(), "\u200e")))
}

// frame draws a piece of a frame from edge to edge of its cell, which no font does.
func (d *drawing) frame(r rune, x float64, ink rgb) {
	const h, v, bend = cellHeight / 2, cellWidth / 2, 3.0
	path := map[rune]string{
		'─': fmt.Sprintf("M%.1f %.1fh%.1f", x, h, cellWidth),
		'│': fmt.Sprintf("M%.1f 0v%.1f", x+v, cellHeight),
		'╭': fmt.Sprintf("M%.1f %.1fv%.1fq0 -%.1f %.1f -%.1fh%.1f", x+v, cellHeight, -(h - bend), bend, bend, bend, v-bend),
		'╮': fmt.Sprintf("M%.1f %.1fv%.1fq0 -%.1f -%.1f -%.1fh-%.1f", x+v, cellHeight, -(h - bend), bend, bend, bend, v-bend),
		'╰': fmt.Sprintf("M%.1f 0v%.1fq0 %.1f %.1f %.1fh%.1f", x+v, h-bend, bend, bend, bend, v-bend),
		'╯': fmt.Sprintf("M%.1f 0v%.1fq0 %.1f -%.1f %.1fh-%.1f", x+v, h-bend, bend, bend, bend, v-bend),
	}[r]
	fmt.Fprintf(d, `<path fill="none" stroke="%s" d="%s"/>`, ink, path)
}
