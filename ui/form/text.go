package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// textField is a text that is typed. One that nobody has touched is what it was at
// first, and of one that was touched the rest is, whatever the screen can show of it.
type textField struct {
	*prompt.Model
	lines        bool // line breaks are content, and so are blanks at the ends
	first, shown string
}

func newTextField(value string, lines bool) textField {
	p := prompt.New("", value)
	if lines {
		p.Lines()
	}
	return textField{p, lines, value, p.Value()}
}

func (l textField) press(msg tea.KeyMsg) bool {
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

func (l textField) value() (string, error) {
	if l.Value() == l.shown {
		return l.first, nil
	}
	text := l.Value()
	if !l.lines {
		text = strings.TrimSpace(text)
	}
	return text, l.refused(text)
}

// longestText is more letters than a description has, and fewer than a paste that was
// cut has.
const longestText = 16_000

// refused is what a text holds that its field does not take. What the server itself has
// in it may stay.
func (l textField) refused(text string) error {
	if n := utf8.RuneCountInString(text); n > longestText {
		return fmt.Errorf("it is longer than can be typed here: %d letters of at most %d; ctrl+u clears the line", n, longestText)
	}
	for _, r := range text {
		switch {
		case strings.ContainsRune(l.first, r) || !unicode.IsControl(r) && r != utf8.RuneError:
		case l.lines && (r == '\n' || r == '\t'):
		case r == '\n':
			return errors.New("it holds a line break (␊), and this takes one line; delete it, or ctrl+u clears the line")
		case r == utf8.RuneError:
			return errors.New("it holds bytes that are no letters (\ufffd); delete them, or ctrl+u clears the line")
		default:
			return errors.New("it holds a control character (" + model.Clean(string(r)).String() + "); delete it, or ctrl+u clears the line")
		}
	}
	return nil
}

func (l textField) view(r room) []string {
	if r.field == open {
		return []string{r.blank(l.View(r.width))}
	}
	return []string{r.blank(look.Cut(model.Clean(l.Value()).String(), r.width))}
}

func (textField) beside() string { return "" }

// hints says what of it cannot be shown, unless the server gets none of it.
func (l textField) hints() []string {
	_, err := l.value()
	switch broken := l.lines && strings.ContainsAny(l.Value(), "\n\t"); {
	case err != nil:
		return nil
	case broken:
		return []string{"␊ is a line break and ␉ a tab: the server gets them as such"}
	case model.Clean(l.Value()).Changed():
		return []string{"it holds more than can be shown here; the server gets it all"}
	}
	return nil
}

func (textField) keys(look.Keys) []key.Binding { return nil }
