package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

var errNeeded = errors.New("a value is needed here")

// widgetFor is how a field is filled in.
func (d *desk) widgetFor(f model.Field) widget {
	switch f.Kind {
	case model.AskChoice:
		return newOneOf(f.Choices, f.Value)
	case model.AskYesNo:
		return newOneOf([]model.Choice{{Value: "yes", Label: "yes"}, {Value: "no", Label: "no"}}, f.Value)
	case model.AskChoices:
		return newSomeOf(f.Choices, f.Value)
	case model.AskTime:
		return &moments{line: newLine(asTyped(f.Value)), now: d.Clock.Now}
	case model.AskSecret:
		return &secret{}
	case model.AskText, model.AskUser:
	}
	return newLine(f.Value)
}

// line is a text that is typed. One that nobody has touched is what it was at
// first, whatever the screen can show of it.
type line struct {
	*prompt
	first, shown string
}

func newLine(value string) line {
	p := newPrompt("", value)
	return line{p, value, p.Value()}
}

func (l line) press(msg tea.KeyMsg) bool {
	if msg.Paste || msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace || editing(msg) {
		l.Update(msg)
		return true
	}
	return false
}

// editing reports whether a key moves or deletes within a line.
func editing(msg tea.KeyMsg) bool {
	return slices.Contains([]tea.KeyType{
		tea.KeyBackspace, tea.KeyDelete, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd,
		tea.KeyCtrlA, tea.KeyCtrlE, tea.KeyCtrlK, tea.KeyCtrlU, tea.KeyCtrlW,
	}, msg.Type)
}

func (l line) value() (string, error) {
	if l.Value() == l.shown {
		return l.first, nil
	}
	return strings.TrimSpace(l.Value()), nil
}

func (l line) view(width, _ int, open bool) []string {
	if open {
		return []string{l.View(width)}
	}
	return []string{cut(l.Value(), width)}
}

func (line) keys(keyMap) []key.Binding { return nil }

// moments is a time that is typed, as a day, a minute, or a span from now.
type moments struct {
	line
	now func() time.Time
}

func (m *moments) value() (string, error) {
	text, _ := m.line.value()
	if text == "" {
		return "", nil
	}
	at, err := readTime(text, m.now())
	if err != nil {
		return "", err
	}
	return at.Format(time.RFC3339), nil
}

func (m *moments) view(width, height int, open bool) []string {
	lines := m.line.view(width, height, open)
	if value, err := m.value(); open && err == nil && value != "" {
		lines = append(lines, "= "+strings.Replace(strings.TrimSuffix(value, "Z"), "T", " ", 1)+" UTC")
	}
	if open {
		lines = append(lines, wrap("as 2026-12-31, 2026-12-31 14:30 (UTC), or from now: 30d, 12h", width)...)
	}
	return lines
}

// oneOf is a choice among few: the arrows and the space bar go through them.
type oneOf struct {
	choices []model.Choice
	at      int
}

func newOneOf(choices []model.Choice, value string) *oneOf {
	return &oneOf{choices, max(0, slices.IndexFunc(choices, func(c model.Choice) bool { return c.Value == value }))}
}

func (o *oneOf) press(msg tea.KeyMsg) bool {
	step := map[tea.KeyType]int{tea.KeySpace: 1, tea.KeyRight: 1, tea.KeyLeft: len(o.choices) - 1}[msg.Type]
	if step == 0 || len(o.choices) == 0 {
		return msg.Type == tea.KeyRunes // letters mean nothing here, and are nobody else's
	}
	o.at = (o.at + step) % len(o.choices)
	return true
}

func (o *oneOf) value() (string, error) {
	if len(o.choices) == 0 {
		return "", nil
	}
	return o.choices[o.at].Value, nil
}

func (o *oneOf) view(width, _ int, open bool) []string {
	if len(o.choices) == 0 {
		return []string{"nothing to choose from"}
	}
	label := o.choices[o.at].Label
	if open {
		label = "‹ " + label + " ›"
	}
	return []string{cut(label, width)}
}

func (*oneOf) keys(k keyMap) []key.Binding { return []key.Binding{named(k.pick, "change")} }

// someOf is any number of choices, ticked with the space bar.
type someOf struct {
	choices []model.Choice
	ticked  map[string]bool
	at      int
}

func newSomeOf(choices []model.Choice, value string) *someOf {
	s := &someOf{choices: choices, ticked: map[string]bool{}}
	for v := range strings.FieldsSeq(value) {
		s.ticked[v] = true
	}
	return s
}

func (s *someOf) press(msg tea.KeyMsg) bool {
	switch {
	case len(s.choices) == 0:
		return msg.Type == tea.KeyRunes
	case msg.Type == tea.KeySpace:
		v := s.choices[s.at].Value
		s.ticked[v] = !s.ticked[v]
	case msg.Type == tea.KeyDown && s.at < len(s.choices)-1:
		s.at++
	case msg.Type == tea.KeyUp && s.at > 0:
		s.at--
	default:
		return msg.Type == tea.KeyRunes
	}
	return true
}

func (s *someOf) value() (string, error) {
	var values []string
	for _, c := range s.choices {
		if s.ticked[c.Value] {
			values = append(values, c.Value)
		}
	}
	return strings.Join(values, " "), nil
}

// someShown is how many choices an open field shows at once.
const someShown = 6

func (s *someOf) view(width, height int, open bool) []string {
	if value, _ := s.value(); !open {
		return []string{cut(value, width)}
	}
	room := max(1, min(someShown, height-1))
	top := max(0, min(s.at-room/2, len(s.choices)-room))
	var lines []string
	for i := top; i < min(top+room, len(s.choices)); i++ {
		mark, box := "  ", "[ ] "
		if i == s.at {
			mark = "▸ "
		}
		if s.ticked[s.choices[i].Value] {
			box = "[x] "
		}
		lines = append(lines, cut(mark+box+s.choices[i].Label, width))
	}
	if len(lines) == 0 {
		return []string{"nothing to choose from"}
	}
	return append(lines, fmt.Sprintf("%d of %d", s.at+1, len(s.choices)))
}

func (*someOf) keys(k keyMap) []key.Binding { return []key.Binding{named(k.pick, "tick")} }
