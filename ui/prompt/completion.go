package prompt

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// Candidates are what may stand in a line from a letter on, counted from 0, up to the cursor.
type Candidates struct {
	From  int
	Words []string
}

// completion is what the word before the cursor can become. It stays as it is while tab goes
// through it.
type completion struct {
	find    func(before string) Candidates
	offered Candidates
	chosen  int // of the words, the one that stands in the line; -1 for none
}

// Complete has tab put what the word before the cursor can become: find is asked with what
// stands before it.
func (p *Model) Complete(find func(before string) Candidates) {
	p.completion = completion{find: find, chosen: -1}
	p.offer()
}

func (p *Model) offer() {
	if c := &p.completion; c.find != nil {
		c.offered, c.chosen = c.find(string(p.line.runes[:p.line.at])), -1
	}
}

// complete puts the next candidate, or the one before, in the place of the last one.
func (p *Model) complete(step int) {
	c := &p.completion
	many := len(c.offered.Words)
	if many == 0 {
		return
	}
	if c.chosen < 0 && step < 0 {
		c.chosen = 0
	}
	c.chosen = (c.chosen + step + many) % many
	p.line.delete(min(c.offered.From, p.line.at), p.line.at)
	p.line.insert([]rune(c.offered.Words[c.chosen]))
	if many == 1 {
		p.offer() // there is nothing to go through; what follows may be completed
	}
}

// turned is the step by which a key goes through the candidates, or 0.
func (p *Model) turned(msg tea.KeyMsg) int {
	switch {
	case p.completion.find == nil:
		return 0
	case msg.Type == tea.KeyTab:
		return 1
	case msg.Type == tea.KeyShiftTab:
		return -1
	}
	return 0
}

// Offered is what stands above the line: what is wrong with it, else the candidates, as many
// as fit, and the one that stands in the line among them.
func (p *Model) Offered(width int) string {
	if p.complaint != "" {
		return ansi.Truncate("✗ "+p.complaint, width, "…")
	}
	c := p.completion
	first, used := 0, 0
	for i := 0; i <= c.chosen; i++ {
		if used += ansi.StringWidth(c.offered.Words[i]) + 2; used > width-2 {
			first, used = i, ansi.StringWidth(c.offered.Words[i])+2
		}
	}
	var b strings.Builder
	if first > 0 {
		b.WriteString("… ")
	}
	for i := first; i < len(c.offered.Words); i++ {
		style := p.faint
		if i == c.chosen {
			style = p.chosen
		}
		b.WriteString(style.Inline(true).Render(c.offered.Words[i]) + "  ")
	}
	return ansi.Truncate(strings.TrimRight(b.String(), " "), width, "…")
}
