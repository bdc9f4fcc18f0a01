package form

import (
	"errors"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
)

// input is one field of a form.
type input struct {
	model.Field
	widget
	wrong string // what is wrong with its value; until it changes
}

// widget is how a kind of field is filled in.
type widget interface {
	press(tea.KeyMsg) (mine bool)
	value() (string, error)
	view(room) []string // the lines of the value: as many, whoever gets the keys
	beside() string     // what the value means, in the line of it; empty for nothing to say
	hints() []string    // how it is typed, a sentence each: of what stands in it the first, if at all
	keys(look.Keys) []key.Binding
}

// room is what a value is drawn in.
type room struct {
	look.Styles
	width, height int
	field         state
}

// state is what a field is to whoever fills in the form.
type state int

const (
	closed state = iota
	open         // the keys go there
	idle         // it does not count
)

// blank is a text that is typed.
func (r room) blank(text string) string {
	if r.field == idle {
		return r.Faint.Render(look.Cut(text, r.width))
	}
	return r.Blank(text, r.width)
}

// widgetFor is how a field is filled in.
func widgetFor(f model.Field, now func() time.Time) widget {
	switch f.Kind {
	case model.AskChoice:
		return newChoiceField(f.Choices, f.Value)
	case model.AskYesNo:
		return newChoiceField([]model.Choice{{Value: "yes", Label: "yes"}, {Value: "no", Label: "no"}}, f.Value)
	case model.AskChoices:
		return newChoicesField(f.Choices, f.Value)
	case model.AskTime:
		return &timeField{textField: newTextField(asTyped(f.Value), false), now: now, never: f.Never}
	case model.AskSecret:
		return &secretField{}
	case model.AskText, model.AskUser:
	}
	return newTextField(f.Value, f.Lines)
}

// typed reports whether a field is a room for letters, which may be left empty.
func (in *input) typed() bool {
	switch in.widget.(type) {
	case *choiceField, *choicesField:
		return false
	}
	return true
}

var (
	errNeeded   = errors.New("a value is needed here")
	errUnticked = errors.New("tick one at least")
)

// checked is the value, or what is wrong with it.
func (in *input) checked() (string, error) {
	value, err := in.value()
	switch {
	case err != nil:
		return "", err
	case value == "" && !in.Optional && in.Kind == model.AskChoices:
		return "", errUnticked
	case value == "" && !in.Optional:
		return "", errNeeded
	case value != "" && in.Check != nil:
		return value, in.Check(value)
	}
	return value, nil
}

// Shown is a value as a question shows it.
func Shown(f model.Field, value string) string {
	switch {
	case f.Kind == model.AskSecret:
		return "as typed"
	case value == "":
		return "none"
	case f.Kind == model.AskChoice:
		return look.Label(f.Choices, value)
	case f.Kind == model.AskTime && value != model.NeverWord:
		return asTyped(value) + " UTC"
	}
	return look.Marked(model.Clean(value))
}
