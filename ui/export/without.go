package export

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// lack is a system of which nothing will be in the file, because a person has said so.
type lack struct{ system, why string }

// lacking are the systems of several whose failure ended an export; none where no others
// would be left to be written.
func (f *failure) lacking() []lack {
	failed := model.Failures(f.err)
	if len(f.ask.without)+len(failed) >= len(model.Members(f.ask.API)) || f.ask.Query.Filter != (model.Filter{}) {
		return nil
	}
	var all []lack
	for _, e := range failed {
		all = append(all, lack{e.System, model.Reason(e)})
	}
	return all
}

// leaveOut has the others written, to a file that says in its name what is not in it.
func (f *failure) leaveOut(all []lack) (order.Modal, tea.Cmd) {
	f.ask.without = append(f.ask.without, all...)
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
