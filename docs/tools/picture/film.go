package main

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// captionHeight is that of the line under a film which says what is pressed.
const captionHeight = 34.0

// fonts are asked for in this order. The last ones are for whoever looks at a film
// without the first.
const fonts = `<style>text{font-family:'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace;white-space:pre}` +
	`.r{font-family:'Noto Sans Arabic','DejaVu Sans',sans-serif}</style>`

// still draws one screen.
func still(to io.Writer, p palette, s screen) {
	rows := &rows{palette: p, known: map[string]int{}}
	body := rows.draw(s)
	begin(to, p, s, 0)
	rows.define(to)
	io.WriteString(to, body+"</svg>\n")
}

// film draws screens one after the other, each for so many seconds, without an end. A
// line that several of them have stands in the file once. Who wants no motion sees the
// last one.
func film(to io.Writer, p palette, screens []screen, seconds []float64) {
	rows := &rows{palette: p, known: map[string]int{}}
	var body, times strings.Builder
	total := 0.0
	for _, s := range seconds {
		total += s
	}
	at := 0.0
	for i, s := range screens {
		from, until := 100*at/total, 100*(at+seconds[i])/total
		at += seconds[i]
		fmt.Fprintf(&times, "@keyframes k%d{0%%{visibility:%s}%.2f%%{visibility:visible}%.2f%%{visibility:hidden}}", i, shown(i == 0), from, until)
		fmt.Fprintf(&times, ".f%d{visibility:%s;animation:k%d %.1fs step-end infinite}", i, shown(i == len(screens)-1), i, total)
		fmt.Fprintf(&body, `<g class="f%d">%s%s</g>`, i, rows.draw(s), pressed(p, s))
	}
	begin(to, p, screens[0], captionHeight)
	fmt.Fprintf(to, "<style>%s@media(prefers-reduced-motion){g{animation:none!important}}</style>", times.String())
	rows.define(to)
	io.WriteString(to, body.String()+"</svg>\n")
}

// pressed is the line that says how a screen came about: a key, and words for it.
func pressed(p palette, s screen) string {
	key, words, _ := strings.Cut(s.caption, "|")
	_, h := size(s, captionHeight)
	y, x := h-captionHeight/2, margin
	drawn := ""
	if key != "" {
		w := float64(len(key)+2) * cellWidth
		drawn = fmt.Sprintf(`<rect x="%.1f" y="%.1f" width="%.1f" height="20" rx="4" fill="none" stroke="%s"/><text x="%.1f" y="%.1f" text-anchor="middle" font-weight="bold" fill="%s">%s</text>`,
			x, y-12, w, p.edge, x+w/2, y+3, p.ink, html.EscapeString(key))
		x += w + cellWidth
	}
	return drawn + fmt.Sprintf(`<text x="%.1f" y="%.1f" fill="%s">%s</text>`, x, y+3, p.ink, html.EscapeString(words))
}

func shown(is bool) string {
	if is {
		return "visible"
	}
	return "hidden"
}

func size(s screen, below float64) (w, h float64) {
	return float64(s.columns)*cellWidth + 2*margin, float64(len(s.lines))*cellHeight + 2*margin + below
}

// begin opens a picture with the window of a terminal.
func begin(to io.Writer, p palette, s screen, below float64) {
	w, h := size(s, below)
	fmt.Fprintf(to, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" font-size="%.0f">%s`, w, h, w, h, fontSize, fonts)
	fmt.Fprintf(to, `<rect x=".5" y=".5" width="%.0f" height="%.0f" rx="8" fill="%s" stroke="%s"/>`, w-1, h-1, p.paper, p.edge)
	if below > 0 {
		fmt.Fprintf(to, `<path stroke="%s" d="M1 %.1fh%.0f"/>`, p.edge, h-below-4.5, w-2)
	}
}

// rows are the lines of screens, each drawn once.
type rows struct {
	palette palette
	known   map[string]int
	all     []string
}

func (r *rows) draw(s screen) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<g transform="translate(%.0f %.0f)">`, margin, margin)
	for i, letters := range s.lines {
		drawn := r.palette.row(letters)
		if drawn == "" {
			continue
		}
		n, known := r.known[drawn]
		if !known {
			n = len(r.all)
			r.known[drawn], r.all = n, append(r.all, drawn)
		}
		fmt.Fprintf(&b, `<use href="#l%d" y="%.0f"/>`, n, float64(i)*cellHeight)
	}
	if s.hasCursor {
		fmt.Fprintf(&b, `<path fill="%s" d="M%.1f %.1fh2v%.0fh-2z"/>`, r.palette.ink, float64(s.cursor[0])*cellWidth-1, float64(s.cursor[1])*cellHeight, cellHeight)
	}
	return b.String() + "</g>"
}

func (r *rows) define(to io.Writer) {
	io.WriteString(to, "<defs>")
	for i, drawn := range r.all {
		fmt.Fprintf(to, `<g id="l%d">%s</g>`, i, drawn)
	}
	io.WriteString(to, "</defs>")
}
