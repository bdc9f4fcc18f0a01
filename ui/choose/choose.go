package choose

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// Question is what is asked, and what there is to choose from.
type Question struct {
	Title   string
	Help    string // what has to be known of the choices, such as what one costs; may be empty
	Choices []model.Choice
	Current string // the value of the one that holds now; None for none of them
}

// None is the value of no choice.
const None = "\x00"

// Model is a question that is being answered. Make it with New.
type Model struct {
	look.Scroller
	keys     look.Keys
	moves    list.KeyMap
	styles   look.Styles
	question Question
	shown    []model.Choice // those that fit what was typed
	cursor   int            // of those shown
	rows     int            // how many were drawn last
	typing   typing
	line     *prompt.Model
}

// typing is what letters are for.
type typing int

const (
	moving    typing = iota // j and k move, any other letter begins to narrow
	narrowing               // they narrow, by their place on the keyboard
	writing                 // they narrow, as they are
)

// End is how far an answer is.
type End int

// The ends.
const (
	Open  End = iota
	Taken     // Model.Chosen is it
	Left      // there is none
)

// New asks a question. The cursor is on what holds now.
func New(k look.Keys, st look.Styles, q Question) *Model {
	m := &Model{keys: k, moves: list.Keys(), styles: st, question: q, shown: q.Choices, line: prompt.New("/", "")}
	m.cursor = max(0, slices.IndexFunc(q.Choices, func(c model.Choice) bool { return c.Value == q.Current }))
	return m
}

// Chosen is the choice under the cursor; false where nothing fits what was typed.
func (m *Model) Chosen() (model.Choice, bool) {
	if m.cursor >= len(m.shown) {
		return model.Choice{}, false
	}
	return m.shown[m.cursor], true
}

// Writes reports whether letters are text, so that they count as they are typed.
func (m *Model) Writes() bool { return m.typing == writing }

// Key takes a key.
func (m *Model) Key(msg tea.KeyMsg) End {
	last := len(m.shown) - 1
	switch {
	case key.Matches(msg, m.keys.Back):
		return Left
	case key.Matches(msg, m.keys.Enter):
		if _, some := m.Chosen(); some {
			return Taken
		}
	case m.typing == moving && key.Matches(msg, m.keys.Search):
		m.typing = writing
	case m.matches(msg, m.moves.Down):
		m.cursor = max(0, min(m.cursor+1, last))
	case m.matches(msg, m.moves.Up):
		m.cursor = max(0, m.cursor-1)
	case msg.Type == tea.KeyPgDown:
		m.cursor = max(0, min(m.cursor+m.rows, last))
	case msg.Type == tea.KeyPgUp:
		m.cursor = max(0, m.cursor-m.rows)
	case m.typing == moving && msg.Type == tea.KeyHome:
		m.cursor = 0
	case m.typing == moving && msg.Type == tea.KeyEnd:
		m.cursor = max(0, last)
	default:
		m.narrow(msg)
	}
	return Open
}

// matches reports a key that moves. While something is typed no letter does.
func (m *Model) matches(msg tea.KeyMsg, b key.Binding) bool {
	return key.Matches(msg, b) && (m.typing == moving || msg.Type != tea.KeyRunes)
}

// narrow types on, and leaves the choices that fit. Nothing typed is where it began.
func (m *Model) narrow(msg tea.KeyMsg) {
	before := m.line.Value()
	m.line.Update(msg)
	typed := m.line.Value()
	if typed == before {
		return
	}
	chosen, _ := m.Chosen()
	m.shown = fitting(m.question.Choices, typed)
	m.cursor = max(0, slices.Index(m.shown, chosen))
	switch {
	case typed == "":
		m.typing = moving
	case m.typing == moving:
		m.typing = narrowing
	}
}

// fitting are the choices that have every word that was typed.
func fitting(choices []model.Choice, typed string) []model.Choice {
	words := strings.Fields(strings.ToLower(typed))
	var fit []model.Choice
	for _, c := range choices {
		label := strings.ToLower(c.Label)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(label, w) }) {
			fit = append(fit, c)
		}
	}
	return fit
}

// Help are the keys that work here.
func (m *Model) Help() []key.Binding {
	return []key.Binding{m.keys.Enter, look.Named(m.keys.Back, "leave"), key.NewBinding(key.WithHelp("a–z", "narrow"))}
}
