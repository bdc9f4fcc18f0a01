package prompt

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// most is how many lines a history keeps.
const most = 200

// History is what was typed before, the last one last. Nothing that may be a key is ever in
// it.
type History struct {
	lines []string
	new   []string // those that nobody has asked for yet
}

// Keep puts a line at the end of what was typed.
func (h *History) Keep(line string) {
	if line == "" || model.LikeSecret(line) {
		return
	}
	h.put(line)
	h.new = append(h.new, line)
	h.new = h.new[max(0, len(h.new)-most):]
}

func (h *History) put(line string) {
	h.lines = slices.DeleteFunc(h.lines, func(l string) bool { return l == line })
	h.lines = append(h.lines, line)
	h.lines = h.lines[max(0, len(h.lines)-most):]
}

// Precede puts lines before those that were kept: they were typed in a session before.
func (h *History) Precede(lines []string) {
	since := h.lines
	h.lines = nil
	for _, line := range slices.Concat(lines, since) {
		if line != "" && !model.LikeSecret(line) {
			h.put(line)
		}
	}
}

// New are the lines that were kept since it was last asked for.
func (h *History) New() []string {
	lines := h.new
	h.new = nil
	return lines
}

// recall is how far back in what was typed a line is.
type recall struct {
	history *History
	back    int    // 0 for what is being typed
	draft   string // that
}

// Recall has the arrows go through what was typed before.
func (p *Model) Recall(h *History) { p.recall = recall{history: h} }

// recalled is the step by which a key goes back in what was typed before, or 0.
func (p *Model) recalled(msg tea.KeyMsg) int {
	switch {
	case p.recall.history == nil:
		return 0
	case msg.Type == tea.KeyUp, msg.Type == tea.KeyCtrlP:
		return 1
	case msg.Type == tea.KeyDown, msg.Type == tea.KeyCtrlN:
		return -1
	}
	return 0
}

// remember puts an earlier line, or a later one; at the end stands what was being typed.
func (p *Model) remember(step int) {
	r := &p.recall
	if r.back == 0 {
		r.draft = p.Value()
	}
	r.back = max(0, min(r.back+step, len(r.history.lines)))
	text := r.draft
	if r.back > 0 {
		text = r.history.lines[len(r.history.lines)-r.back]
	}
	p.line.runes = []rune(text)
	p.line.at = len(p.line.runes)
	p.offer()
}
