package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/standing"
)

// together is the place of all systems as one, beside those of the systems.
const together = -1

// apiOf is a system by its place.
func (a *App) apiOf(index int) model.API {
	switch index {
	case together:
		return a.world.All
	case somebody:
		return a.somebody.View
	}
	return a.all.apis[index]
}

// several reports whether there is more than one system.
func (a *App) several() bool { return a.world.All != nil && len(a.all.apis) > 1 }

// everyOf are all systems, as one where there are several.
func everyOf(w World, apis []model.API) model.API {
	if w.All != nil && len(apis) > 1 {
		return w.All
	}
	return apis[0]
}

// toAll shows all systems as one.
func (a *App) toAll() tea.Cmd {
	switch {
	case !a.several():
		a.Say("There is one system only.")
		return nil
	case a.current == together:
		return a.turn(a.tokens)
	}
	a.enter(together)
	return a.tokens.Init()
}

// who is what the header says of the credential. In all systems at once it is another one in
// each, and the page of the systems tells.
func (a *App) who() string {
	if a.current < 0 {
		return ""
	}
	if row := a.all.rows[a.current]; row.Reach != standing.Unreached {
		return "you: " + row.Who()
	}
	return "you: unknown"
}

// union reports whether a page is of several systems.
func (b *browser[T]) union() bool {
	_, is := b.api.(model.Union)
	return is
}

// concerns reports whether one of the page's systems is one that a test is true of.
func (b *browser[T]) concerns(test func(system string) bool) bool {
	return slices.ContainsFunc(model.Members(b.api), func(api model.API) bool { return test(api.Info().Name) })
}

// whose are the rows of a page, in a sentence.
func (b *browser[T]) whose() string {
	switch {
	case !b.union():
		return b.system()
	case b.list.Unfinished():
		return "the systems that have answered by now"
	}
	return "the systems that have answered"
}

// namesOf are the names of the systems whose objects the lists of one have.
func namesOf(api model.API) []string {
	var names []string
	for _, member := range model.Members(api) {
		names = append(names, member.Info().Name)
	}
	return names
}

// home is the system that a row is of by its name, and the row as that knows it.
func (t *tokens) home(row model.Token) (system string, own model.Token) {
	if !t.union() {
		return t.only, row
	}
	api, own := model.Home(t.api, row)
	return api.Info().Name, own
}

// ownUser is a user as the own system knows it.
func ownUser(api model.API, u model.User) model.User {
	_, own := model.Home(api, model.Token{Owner: u})
	return own.Owner
}

// systemColumn is of which system a row is, where a page has those of several. That one is a
// production system is seen before a key is pressed.
func systemColumn[T any](st look.Styles, api model.API, of func(T) string) list.Column[T] {
	production := map[string]bool{}
	for _, member := range model.Members(api) {
		info := member.Info()
		production[info.Name] = info.Production
	}
	return list.Column[T]{
		Title: "system", By: model.Rising(model.BySystem), Max: 16, Least: 8, Rank: 1, Cell: of,
		Bare:  func(row T) bool { return of(row) == "" },
		Style: func(row T) (lipgloss.Style, bool) { return st.Danger, production[of(row)] },
	}
}

// systemField is of which system an object is, where a page has those of several.
func systemField(api model.API, name string) []look.Field {
	if name == "" {
		return nil
	}
	for _, member := range model.Members(api) {
		if info := member.Info(); info.Name == name {
			return []look.Field{{Label: "system", Value: strings.TrimSpace(strings.Join(standing.Marks(info), ", ") + " " + name + ", " + standing.Kind(info) + " at " + info.Host)}}
		}
	}
	return []look.Field{{Label: "system", Value: name}}
}
