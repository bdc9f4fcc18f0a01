package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/list"
)

// pick asks for one of a system's users: a list like any other, searched and
// turned by the same keys.
type pick struct {
	calm
	*desk
	errand errand
	field  model.Field
	list   *list.Model[model.User]
	search search
	width  int
	height int
}

// pickUser opens the list of the users that a field lets through.
func (d *desk) pickUser(e errand, f model.Field) (modal, tea.Cmd) {
	api := e.api
	p := &pick{desk: d, errand: e, field: f, search: newSearch(d.keys, func() []model.RangeField { return api.Info().UserRanges }), list: list.New(list.Options[model.User]{
		Columns: pickColumns(),
		Key:     func(u model.User) string { return u.ID },
		Fetch:   api.Users,
		Clock:   d.Clock,
		Styles:  d.styles.list(),
		Empty:   "No user fits.",
		Thrifty: api.Info().UsersRecorded,
	})}
	return p, p.list.Ask(model.Query{Size: pageSize, Filter: f.Filter})
}

func pickColumns() []list.Column[model.User] {
	return []list.Column[model.User]{
		{Title: "username", Max: 24, Cell: func(u model.User) string { return marked(u.Username) }},
		{Title: "full name", Max: 32, Rank: 1, Cell: func(u model.User) string { return marked(u.FullName) }},
		{Title: "token", Max: 16, Rank: 1, Cell: tokenWord, Bare: func(u model.User) bool { return tokenWord(u) == "unknown" }},
		{Title: "active", Max: 8, Rank: 2, Cell: func(u model.User) string { return yesNo(u.Active) }},
		{Title: "e-mail", Max: 32, Rank: 3, Cell: func(u model.User) string { return marked(u.Email) }},
	}
}

// Update implements modal.
func (p *pick) Update(msg tea.Msg) (modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
		return p, p.list.Update(msg)
	case p.search.active():
		return p, p.typeSearch(press)
	}
	return p.key(press)
}

func (p *pick) key(msg tea.KeyMsg) (modal, tea.Cmd) {
	switch {
	case key.Matches(msg, p.keys.back):
		p.list.Close()
		p.say("Nothing was done.")
		return nil, nil
	case key.Matches(msg, p.keys.search):
		p.search.open(p.list.Query())
		return p, nil
	case key.Matches(msg, p.keys.reload):
		return p, p.list.Reload()
	case key.Matches(msg, p.keys.enter):
		u, ok := p.list.Selected()
		if !ok {
			return p, nil
		}
		p.list.Close()
		return p.begin(p.errand.api, p.errand.order.Action, model.Token{Owner: u}) // there may be more to say of this user
	case p.field.Optional && key.Matches(msg, p.keys.self):
		p.list.Close()
		return p.further(p.errand.chose(model.User{}))
	}
	cmd, mine := p.list.Press(msg)
	if !mine {
		p.say("/ searches, enter picks the user under the cursor.")
	}
	return p, cmd
}

func (p *pick) typeSearch(msg tea.KeyMsg) tea.Cmd {
	if q, ask := p.search.key(msg, p.list.Query()); ask {
		return p.list.Ask(q)
	}
	return nil
}

// View implements modal.
func (p *pick) View(width, height int) string {
	if width != p.width || height != p.height {
		p.width, p.height = width, height
		p.list.SetSize(width, height-2)
	}
	title := between(p.styles.bold.Render(capital(p.errand.order.Action.String())+" a token: for which "+p.field.Label+"?"), p.progress(), width)
	lines := []string{title, p.words(), p.list.View()}
	return fit(strings.Join(lines, "\n"), width, height)
}

func (p *pick) words() string {
	switch {
	case p.search.active():
		return p.search.view(p.width)
	case p.list.State() == list.Failed:
		return p.styles.warn.Render("✗ " + sentence(p.list.Err()) + " · ctrl+r asks again")
	}
	if moved := strayed(p.list, calledUser, never); moved != nil {
		return p.styles.warn.Render(moved[0])
	}
	return p.styles.faint.Render(join(p.list.Note(), p.field.Help))
}

func (p *pick) progress() string {
	if p.list.State() == list.Loading {
		return p.styles.accent.Render("asking… " + p.list.Waiting())
	}
	if !p.list.Seen() || p.list.Total() == model.Uncounted {
		return ""
	}
	return plural(p.list.Total(), p.field.Label)
}

// Help implements modal.
func (p *pick) Help() []key.Binding {
	if p.search.active() {
		return p.search.help()
	}
	moves := list.Keys()
	keys := []key.Binding{p.keys.enter}
	if p.field.Optional {
		keys = append(keys, p.keys.self)
	}
	return append(keys, p.keys.search, named(p.keys.back, "leave"), moves.Next, moves.Previous)
}

// Focus implements modal.
func (p *pick) Focus() focus {
	if p.search.active() {
		return typing
	}
	return asked
}
