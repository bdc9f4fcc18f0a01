package report

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/report"
	"authdeck/ui/form"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// Write reads what there is of a person and writes it to a new file, whole or not at all. A file
// that is there is an [io/fs.ErrExist].
type Write func(context.Context, report.Wanted) (report.Written, error)

// Subject is whom a page is about.
type Subject struct {
	Who   person.Seed
	Out   []string    // accounts that were taken out of the person
	After order.Modal // what is shown after it; nil for the page below
}

const pathKey = "path"

// ask asks for the file.
type ask struct {
	order.Base
	*order.Desk
	Subject
	write Write
	form  *form.Model
}

// Ask begins the conversation.
func Ask(d *order.Desk, write Write, s Subject) (order.Modal, tea.Cmd) {
	return newAsk(d, write, s, "~/authdeck-report-"+look.FileWord(s.Who.Called().String())+"-"+d.Clock.Now().Format(time.DateOnly)+report.Endings()[0]), nil
}

func newAsk(d *order.Desk, write Write, s Subject, path string) *ask {
	a := &ask{Desk: d, Subject: s, write: write}
	a.form = form.New(d.Styles, d.Keys, d.Clock.Now, []model.Field{{
		Key: pathKey, Label: "file", Value: path, Check: report.Fits,
		Help: "~/ is your home. It ends in .md for a page that people read, or in .json for programs.",
	}})
	a.form.Last("write it")
	return a
}

// errUnnamed says what has to follow where nobody is shown.
func errUnnamed() error {
	return errors.New("a name follows, and a file may, such as :report sara@shop.example ~/sara.md; on the page of a person (p) it is about them")
}

// Named is the conversation where words say whom it is about, and may say the file: then it is
// written at once. Here is the person that is shown, whom it is about without a name; nil for
// nobody.
func Named(d *order.Desk, write Write, here *Subject, words string) (order.Modal, tea.Cmd, error) {
	said, path := strings.Fields(words), ""
	if last := len(said) - 1; last >= 0 && isFile(said[last]) && (last > 0 || here != nil) {
		said, path = said[:last], said[last]
	}
	s := Subject{Who: person.Named(strings.Join(said, " "))}
	switch {
	case len(said) > 0 && slices.ContainsFunc(said, func(w string) bool { return strings.Contains(w, "/") }):
		return nil, nil, errUnnamed()
	case len(said) == 0 && here == nil:
		return nil, nil, errUnnamed()
	case len(said) == 0:
		s = *here
	}
	if path == "" {
		m, cmd := Ask(d, write, s)
		return m, cmd, nil
	}
	if err := report.Fits(path); err != nil {
		return nil, nil, errors.New(model.Reason(err))
	}
	m, cmd := newAsk(d, write, s, path).begin()
	return m, cmd, nil
}

// isFile reports whether a word is meant for a file, and not for a name.
func isFile(word string) bool {
	return strings.Contains(word, "/") || slices.Contains(report.Endings(), strings.ToLower(filepath.Ext(word)))
}

// Update implements [order.Modal].
func (a *ask) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		a.Say("Nothing was written.")
		return a.After, nil
	case a.form.Press(press):
		return a.begin()
	}
	return a, nil
}

// path is where to.
func (a *ask) path() string { return strings.TrimSpace(a.form.Values()[pathKey]) }

// whose is whom it is about, as the screen shows it.
func (a *ask) whose() string { return look.Marked(a.Who.Called()) }

// View implements [order.Modal].
func (a *ask) View(width, height int, _ order.Readiness) look.Box {
	return a.form.View(&a.Scroller, "A report on "+a.whose(), []string{
		"A page for an auditor; no key is in it.",
		"It says what they have in each system, what is recorded of what was done, and what is left. All systems are asked anew. A file that is there already is not replaced.",
	}, width, height)
}

// Help implements [order.Modal].
func (a *ask) Help() []key.Binding { return a.form.Help() }

// Ready implements [order.Modal]: what is typed writes nothing yet.
func (*ask) Ready() order.Readiness { return order.Armed }

// Focus implements [order.Modal].
func (*ask) Focus() order.Focus { return order.Typing }

// Commits implements [order.Modal].
func (*ask) Commits(tea.KeyMsg) bool { return false }

// again is the form as it was left.
func (a *ask) again(from *look.Scroller) order.Modal {
	a.form.Again()
	a.Scroller = from.Succeeded()
	return a
}
