package export

import (
	"errors"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// lack is a system of which nothing will be in the file, because a person has said so.
type lack struct{ system, why string }

// lacking is the system of several whose failure ended an export; none where the others
// would not be left to be written.
func (f *failure) lacking() (lack, bool) {
	e, is := errors.AsType[*model.Error](f.err)
	if !is || e.System == "" || len(f.ask.without)+1 >= len(model.Members(f.ask.API)) || f.ask.Query.Filter != (model.Filter{}) {
		return lack{}, false
	}
	return lack{e.System, model.Reason(f.err)}, true
}

// leaveOut has the others written, to a file that says in its name what is not in it.
func (f *failure) leaveOut(l lack) (order.Modal, tea.Cmd) {
	f.ask.without = append(f.ask.without, l)
	f.ask.Scroller = f.Succeeded()
	return f.ask.write(false)
}

// names are the systems that are left out.
func (a *ask) names() []string {
	var names []string
	for _, l := range a.without {
		names = append(names, l.system)
	}
	return names
}

// whose is the system, or all of them without those that are left out.
func (a *ask) whose() string {
	if len(a.without) == 0 {
		return a.API.Info().Name
	}
	return a.API.Info().Name + " without " + strings.Join(a.names(), " and ")
}

// marked is a path with what is left out in the name of the file: the file will be read when
// this conversation is forgotten.
func (a *ask) marked(path string) string {
	if len(a.without) == 0 {
		return path
	}
	ending := filepath.Ext(path)
	return strings.TrimSuffix(path, ending) + "-without-" + strings.Join(a.names(), "-") + ending
}

// missing says what is not in the file that was asked for.
func (r *result) missing() string {
	var said []string
	for _, l := range r.ask.without {
		said = append(said, "Nothing of "+l.system+" is in it: "+strings.TrimPrefix(l.why, l.system+": ")+".")
	}
	return look.Sentences(said...)
}
