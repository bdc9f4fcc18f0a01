package paint_test

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/caret"
)

// chance is what decides about a session: a seed, or the bytes of a fuzz target.
type chance interface{ below(n int) int }

func one[T any](c chance, of []T) T { return of[c.below(len(of))] }

// seldom is true once in n times.
func seldom(c chance, n int) bool { return c.below(n) == n-1 }

// texts are what people and servers write, of which all terminals agree how wide it is.
func texts() []string {
	return []string{
		"", "a", "token", "awx-token-42", "Expires in 3 days", "2026-11-30 04:20", "   ", "  indented", "trailing  ", "-", "read write",
		"توکن من", "می\u200cخواهم", "کلید\u200cها", "سَلام", "ب\u064e\u0651\u0670د", "علی\u200cرضا", "اَ",
		"e\u0301te\u0301", "n\u0303\u0323\u0302o", "a\u0301", "é", "x\u0338=y", "Zo\u0308e", "i\u0307",
		"中文", "中", "日本語のトークン", "한국어", "中a文b", "ｆｕｌｌ", "ﾊﾝｶｸ", "（注）",
		"😀", "a😀b", "✓ done", "…", "│┃╭╮", "␛[31m", "\ufffd", "¡ñ!", "ß",
		strings.Repeat("long ", 20), strings.Repeat("長", 20), strings.Repeat("x", 70),
	}
}

// doubtfuls are those of which terminals differ, as far as they pass through Clean.
func doubtfuls() []string {
	return []string{
		"🇮🇷", "🇮", "ೳ", "각", "㉈", "\U0001d165", "a🇮🇷b", "🇮🇷🇩🇪", "🇩🇪🇮", "का", "क्ष", "हिन्दी टोकन", "தமிழ்", "กำ", "ภาษาไทย", "ᄀ", "☰☱", "䷀x", "👩‍💻", "❤️", "👍🏽", "1️⃣",
		"a\u0903", "中\u093e", "한글",
	}
}

// raws are what nobody cleaned.
func raws() []string {
	return []string{
		"\x1b[2J", "\x1b]0;title\a", "\x1b]52;c;eA==\a", "a\rb", "a\bb", "a\x00b", "\x1b[6n", "\x9b31m", "\u009b31mred", "\u0301first", "\x7f",
		"a\xcc\x81", "\x1bP1$r\x1b\\", "\x1b(0q", "\u202eevil", "\u200b", "\u200dx", "\ufe0f", "a\tb", "\x1bc", "\x1b[1;1Hx", "\x1b[?25h",
		"\x1b]8;;http://x\a link\x1b]8;;\a", "\x0e", "\U000e0001",
	}
}

// standIn is what a secret of some letters is drawn by.
const standIn = "\U000F0000\U000F0001\U000F0002\U000F0003"

// pool is what a session writes.
type pool struct {
	texts []string
	sure  bool // all terminals agree how wide the texts are
	raw   bool // nobody cleaned them
}

func newPool(c chance) pool {
	p := pool{sure: true}
	for _, text := range texts() {
		p.texts = append(p.texts, model.Clean(text).String())
	}
	p.texts = append(p.texts, standIn) // is the console's own
	if seldom(c, 4) {
		p.sure = false
		for _, text := range doubtfuls() {
			p.texts = append(p.texts, model.Clean(text).String())
		}
	}
	if seldom(c, 6) {
		p.sure, p.raw = false, true
		p.texts = append(p.texts, raws()...)
		p.texts = append(p.texts, doubtfuls()...)
	}
	return p
}

// text is a few of the pool's.
func (p pool) text(c chance) string {
	text := one(c, p.texts)
	for range c.below(3) {
		text += one(c, []string{"", " ", "  ", "/"}) + one(c, p.texts)
	}
	return text
}

// page is what a session sees, as the console draws it: a header, tabs, titles, rows with a
// marker, details beside them, a field, a dialog over them, a footer.
type page struct {
	pool
	width, height      int
	styles             []lipgloss.Style
	head, foot, title  string
	rows               []string
	top, at            int
	details, dialog    []string
	field              string
	typing             int // where in the field; none below 0
	caret              bool
	empty, over, short bool
}

// looks are the styles of a session.
func looks(c chance) []lipgloss.Style {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(one(c, []termenv.Profile{termenv.ANSI, termenv.ANSI256, termenv.TrueColor, termenv.Ascii}))
	s := r.NewStyle()
	return []lipgloss.Style{
		s, s, s.Bold(true), s.Faint(true), s.Reverse(true), s.Italic(true), s.Underline(true), s.Strikethrough(true),
		s.Foreground(lipgloss.Color("1")), s.Foreground(lipgloss.Color("6")).Bold(true), s.Background(lipgloss.Color("4")),
		s.Foreground(lipgloss.Color("#7d56f4")).Background(lipgloss.Color("214")), s.Foreground(lipgloss.Color("9")).Bold(true).Reverse(true),
		s.Underline(true).Background(lipgloss.Color("#102030")), s.Blink(true).Foreground(lipgloss.Color("250")),
	}
}

func newPage(c chance) *page {
	p := &page{pool: newPool(c), styles: looks(c), typing: -1}
	p.width, p.height = 1+c.below(60), 1+c.below(16)
	p.head, p.foot, p.title = p.text(c), p.text(c), p.text(c)
	for range c.below(40) {
		p.rows = append(p.rows, p.row(c))
	}
	return p
}

// row has a style a cell, or one that begins and ends anywhere.
func (p *page) row(c chance) string {
	var b strings.Builder
	for range 1 + c.below(4) {
		text := p.text(c)
		switch style := one(c, p.styles); c.below(6) {
		case 0:
			b.WriteString(text)
		case 1: // in the middle of it, perhaps between a letter and its mark
			runes := []rune(text)
			i := c.below(len(runes) + 1)
			b.WriteString(string(runes[:i]) + style.Render(string(runes[i:])))
		case 2:
			b.WriteString(style.Width(1 + c.below(20)).Inline(true).Render(text))
		default:
			b.WriteString(style.Render(text))
		}
		b.WriteString(strings.Repeat(" ", c.below(5)))
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// body is the rows that are seen, and what is beside them.
func (p *page) body(height int) []string {
	lines := []string{p.styles[2].Render(p.title)}
	if p.empty {
		lines = append(lines, "", p.styles[3].Render("  Nothing here."))
	}
	for i := p.top; i < len(p.rows) && len(lines) < height && !p.empty; i++ {
		line := "  " + p.rows[i]
		if i == p.at {
			line = p.mark() + p.styles[4].Render("› ") + p.rows[i]
		}
		lines = append(lines, line)
	}
	for i := range lines {
		if len(p.details) > 0 && p.width > 8 {
			wide := p.width / 2
			lines[i] = ansi.Truncate(lines[i], wide, "…")
			lines[i] += strings.Repeat(" ", max(0, wide-ansi.StringWidth(lines[i]))) + "│ " + p.details[i%len(p.details)]
		}
	}
	return lines
}

func (p *page) mark() string {
	if p.caret && p.typing < 0 {
		return caret.Here
	}
	return ""
}

// view is the page, cut to the screen unless it is over.
func (p *page) view() string {
	lines := append([]string{p.head, ""}, p.body(max(1, p.height-4))...)
	for len(lines) < p.height-1 && !p.short {
		lines = append(lines, "")
	}
	lines = append(lines, p.foot)
	if p.typing >= 0 {
		runes := []rune(p.field)
		i := min(p.typing, len(runes))
		lines[min(1, len(lines)-1)] = "/ " + string(runes[:i]) + caret.Here + string(runes[i:])
	}
	for i, line := range p.dialog {
		if y := len(lines)/3 + i; y < len(lines) && !strings.Contains(lines[y], caret.Here) {
			lines[y] = strings.Repeat(" ", p.width/4) + line
		}
	}
	if !p.over {
		lines = lines[:min(len(lines), p.height)]
		for i := range lines {
			lines[i] = ansi.Truncate(lines[i], p.width, "…")
		}
	}
	return strings.Join(lines, "\n")
}

// change is what a key, an answer or a resize does; it reports whether nothing is known of
// the screen after it.
func (p *page) change(c chance) (lost bool) {
	shown := max(1, p.height-5)
	switch c.below(20) {
	case 0, 1, 2:
		p.at = min(p.at+1, len(p.rows))
	case 3, 4:
		p.at = max(p.at-1, 0)
	case 5:
		p.top, p.at = p.top+1, p.at+1
	case 6:
		p.top, p.at = max(0, p.top-1), max(0, p.at-1)
	case 7:
		p.top = max(0, p.top+c.below(9)-4)
	case 8:
		p.top = (p.top + shown) % (len(p.rows) + 1)
		p.at = p.top
	case 9:
		p.top = max(0, p.top-shown)
	case 10, 11:
		p.edit(c)
	case 12:
		p.dialog = nil
		for range c.below(8) {
			p.dialog = append(p.dialog, "│ "+p.row(c)+" │")
		}
	case 13:
		p.details = nil
		for range c.below(5) {
			p.details = append(p.details, p.row(c))
		}
	case 14, 15:
		p.write(c)
	case 16:
		p.head, p.foot = p.row(c), p.text(c)
	case 17:
		p.empty, p.over, p.short, p.caret = seldom(c, 4), seldom(c, 3), seldom(c, 3), !p.caret
	case 18:
		p.resize(c)
		return true
	default:
		return seldom(c, 4)
	}
	return false
}

// edit changes a row: whole, by a letter, or by its style; or rows come and go.
func (p *page) edit(c chance) {
	if len(p.rows) == 0 {
		p.rows = append(p.rows, p.row(c))
	}
	i := c.below(len(p.rows))
	switch c.below(6) {
	case 0:
		p.rows[i] = p.row(c)
	case 1:
		p.rows[i] = strings.Replace(p.rows[i], "e", "o", 1)
	case 2:
		p.rows[i] += p.text(c)
	case 3:
		p.rows[i] = one(c, p.styles).Render(ansi.Strip(p.rows[i]))
	case 4:
		p.rows = append(p.rows[:i], p.rows[i+1:]...)
	default:
		p.rows = append(p.rows[:i:i], append([]string{p.row(c)}, p.rows[i:]...)...)
	}
}

// write types into the field, or leaves it.
func (p *page) write(c chance) {
	switch c.below(4) {
	case 0:
		p.typing = -1
	case 1:
		p.field = one(c, p.texts)
		p.typing = len([]rune(p.field))
	default:
		p.typing = c.below(len([]rune(p.field)) + 1)
	}
	p.field = strings.ReplaceAll(p.field, "\n", "")
}

func (p *page) resize(c chance) {
	switch c.below(6) {
	case 0:
		p.width, p.height = 1, 1
	case 1:
		p.width, p.height = 0, 0
	case 2:
		p.width = 1 + c.below(60)
	case 3:
		p.height = 1 + c.below(16)
	default:
		p.width, p.height = 1+c.below(60), 1+c.below(16)
	}
}
