package form

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/caret"
	"authdeck/ui/look"
)

// longestSecret is more letters than any key or password has.
const longestSecret = 8192

var errSecret = errors.New("it holds a control character, which no key and no password has; ctrl+u clears it")

// secretField is a password or a key that is typed or pasted. It is taken letter by
// letter as it comes, since nobody could see what cleaning made of it; only the
// line end that a paste brings along is dropped.
type secretField struct{ typed []rune }

func (s *secretField) press(msg tea.KeyMsg) bool {
	switch {
	case msg.Paste:
		s.add([]rune(strings.Trim(string(msg.Runes), "\r\n")))
	case msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace:
		s.add(msg.Runes)
	case msg.Type == tea.KeyBackspace && len(s.typed) > 0:
		s.typed = s.typed[:len(s.typed)-1]
	case msg.Type == tea.KeyCtrlU:
		s.forget()
	default:
		return msg.Type == tea.KeyBackspace
	}
	return true
}

func (s *secretField) add(letters []rune) { s.typed = append(s.typed, letters...) }

func (s *secretField) value() (string, error) {
	if slices.ContainsFunc(s.typed, unicode.IsControl) {
		return "", errSecret
	}
	if slices.Contains(s.typed, utf8.RuneError) {
		return "", errors.New("it holds bytes that are no letters, and what they were is lost; ctrl+u clears it")
	}
	if len(s.typed) > longestSecret {
		return "", errors.New("it is longer than any key")
	}
	return string(s.typed), nil
}

func (s *secretField) view(r room) []string {
	dots := strings.Repeat("•", min(len(s.typed), max(0, r.width-1)))
	if r.field == open {
		dots += caret.Here + " "
	}
	return []string{r.blank(dots)}
}

// forget overwrites what was typed.
func (s *secretField) forget() {
	clear(s.typed)
	s.typed = nil
}

func (*secretField) beside() string { return "" }

func (*secretField) hints() []string { return nil }

func (*secretField) keys(look.Keys) []key.Binding { return nil }
