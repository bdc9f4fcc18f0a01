package bulk

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/form"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// pathForm is what a form for a file asks, and what follows.
type pathForm struct {
	title, last string
	says        []string
	fields      []model.Field
	check       func(values map[string]string) checking // nil for none
	then        func(values map[string]string) (order.Modal, tea.Cmd)
}

// checking says how a path is from the root on, and why no file can be made there.
type checking func(path string) (whole string, err error)

// checked is what came of it.
type checked struct {
	at     *place
	values map[string]string
	err    error
}

// place asks for the path of a file.
type place struct {
	order.Base
	pathForm
	sheet *sheet
	form  *form.Model
}

func (s *sheet) askPath(f pathForm) (order.Modal, tea.Cmd) {
	p := &place{pathForm: f, sheet: s}
	p.form = form.New(s.Styles, s.Keys, s.Clock.Now, f.fields)
	p.form.Last(f.last)
	return p, nil
}

// Update implements [order.Modal].
func (p *place) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case checked:
		if msg.at != p {
			return p, nil
		}
		if msg.err != nil {
			p.sheet.Warn("Nothing was sent: " + look.Stopped(model.Clean(msg.err.Error()).String()))
			return p, nil
		}
		return p.then(msg.values)
	case tea.KeyMsg:
		switch {
		case msg.Type == tea.KeyEsc:
			return p.sheet, nil
		case p.form.Press(msg):
			return p.filled(p.form.Values())
		}
	}
	return p, nil
}

// filled goes on with what was typed, when the disk was asked about it.
func (p *place) filled(values map[string]string) (order.Modal, tea.Cmd) {
	path := strings.TrimSpace(values[pathField])
	if model.Clean(path).Changed() { // what is said of it would be another one
		p.sheet.Warn("The name of the file holds what no screen shows, such as a mark of direction; type it.")
		return p, nil
	}
	values[pathField] = path
	var check checking
	if p.check != nil {
		check = p.check(values)
	}
	if check == nil {
		return p.then(values)
	}
	return p, func() tea.Msg {
		whole, err := check(path)
		values[pathField] = whole
		return checked{p, values, err}
	}
}

// View implements [order.Modal].
func (p *place) View(width, height int, _ order.Readiness) look.Box {
	return p.form.View(&p.Scroller, p.title, p.says, width, height)
}

// Help implements [order.Modal].
func (p *place) Help() []key.Binding { return p.form.Help() }

// Ready implements [order.Modal]: what is typed does nothing yet.
func (*place) Ready() order.Readiness { return order.Armed }

// Focus implements [order.Modal].
func (*place) Focus() order.Focus { return order.Typing }

// Commits implements [order.Modal].
func (*place) Commits(tea.KeyMsg) bool { return false }

// written answers a plan that was to be written to a file.
type written struct {
	to   *sheet
	path string
	err  error

	barred map[string]string // as the plan is signed there
}

// write asks where the plan is to be written to.
func (s *sheet) write() (order.Modal, tea.Cmd) {
	if s.Plans == nil {
		s.Warn("No file can be written from here.")
		return s, nil
	}
	return s.askPath(pathForm{
		title: "Write the plan to a file",
		fields: []model.Field{{
			Key: pathField, Label: "file", Help: homeHelp,
			Value: "~/authdeck-plan-" + s.now().Format(time.DateOnly) + "-" + plan.Called(s.plan.Action) + ".json",
		}},
		says: []string{"No key is in it. authdeck plan show FILE prints it, and authdeck --plan FILE opens it."},
		last: "write it",
		then: func(values map[string]string) (order.Modal, tea.Cmd) {
			return s, s.keep(values[pathField])
		},
	})
}

// keep writes the plan to a file that is not there yet.
func (s *sheet) keep(path string) tea.Cmd {
	p, files := s.plan, s.Plans
	return func() tea.Msg {
		at, err := files.Keep(p, path, false)
		if err != nil {
			return written{to: s, err: err}
		}
		return written{s, at, nil, s.objections(at)}
	}
}

// wrote says where the plan is.
func (s *sheet) wrote(msg written) {
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		s.Warn("It was not written: there is a file of this name already.")
	case msg.err != nil:
		s.Warn("It was not written: " + look.Stopped(model.Clean(msg.err.Error()).String()))
	default:
		if s.at == nil {
			s.path = msg.path // what is done from now on is written down beside it
			s.barred = msg.barred
			s.survey()
		}
		s.Say("The plan is in " + model.Clean(msg.path).String() + ".")
	}
}
