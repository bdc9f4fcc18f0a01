package order

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/search"
)

// pick asks for one of a system's users: a list like any other, searched and
// turned by the same keys.
type pick struct {
	base
	*Desk
	flow   flow
	field  model.Field
	list   *list.Model[model.User]
	search search.Model
	width  int
	height int
}

// pickUser opens the list of the users that a field lets through.
func (d *Desk) pickUser(fl flow, f model.Field) (Modal, tea.Cmd) {
	api := fl.api
	p := &pick{Desk: d, flow: fl, field: f, search: search.New(d.Keys, func() []model.RangeField { return api.Info().UserRanges }), list: list.New(list.Options[model.User]{
		Columns: pickColumns(),
		Key:     func(u model.User) string { return u.ID },
		Fetch:   api.Users,
		Clock:   d.Clock,
		Styles:  d.Styles.List(),
		Empty:   "No user fits.",
		Thrifty: api.Info().UsersRecorded,
	})}
	return p, p.list.Ask(model.Query{Size: look.PageSize, Filter: f.Filter})
}

func pickColumns() []list.Column[model.User] {
	return []list.Column[model.User]{
		{Title: "username", Max: 24, Cell: func(u model.User) string { return look.Marked(u.Username) }},
		{Title: "full name", Max: 32, Rank: 1, Cell: func(u model.User) string { return look.Marked(u.FullName) }},
		{Title: "token", Max: 16, Rank: 1, Cell: look.HasToken, Bare: func(u model.User) bool { return look.HasToken(u) == "unknown" }},
		{Title: "active", Max: 8, Rank: 2, Cell: func(u model.User) string { return look.YesNo(u.Active) }},
		{Title: "e-mail", Max: 32, Rank: 3, Cell: func(u model.User) string { return look.Marked(u.Email) }},
	}
}

// Update implements [Modal].
func (p *pick) Update(msg tea.Msg) (Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
		return p, p.list.Update(msg)
	case p.search.Active():
		return p, p.typeSearch(press)
	}
	return p.key(press)
}

func (p *pick) key(msg tea.KeyMsg) (Modal, tea.Cmd) {
	switch {
	case key.Matches(msg, p.Keys.Back):
		p.list.Close()
		p.Say("Nothing was done.")
		return nil, nil
	case key.Matches(msg, p.Keys.Search):
		p.search.Open(p.list.Query())
		return p, nil
	case key.Matches(msg, p.Keys.Reload):
		return p, p.list.Reload()
	case key.Matches(msg, p.Keys.Enter):
		u, ok := p.list.Selected()
		if !ok {
			return p, nil
		}
		p.list.Close()
		return p.Begin(p.flow.api, p.flow.order.Action, model.Token{Owner: u}) // there may be more to say of this user
	case p.field.Optional && key.Matches(msg, p.Keys.Self):
		p.list.Close()
		return p.next(p.flow.picked(model.User{}))
	}
	cmd, mine := p.list.Press(msg)
	if !mine {
		p.Say("/ searches, enter picks the user under the cursor.")
	}
	return p, cmd
}

func (p *pick) typeSearch(msg tea.KeyMsg) tea.Cmd {
	if q, ask := p.search.Key(msg, p.list.Query()); ask {
		return p.list.Ask(q)
	}
	return nil
}

// View implements [Modal].
func (p *pick) View(width, height int, _ Readiness) look.Box {
	if width != p.width || height != p.height {
		p.width, p.height = width, height
		p.list.SetSize(width, height-2)
	}
	title := look.Between(p.Styles.Bold.Render(look.Capital(p.flow.order.Action.String())+" a token: for which "+p.field.Label+"?"), p.progress(), width)
	rows := p.list.View()
	if p.search.Active() {
		rows = caret.Without(rows)
	}
	lines := []string{title, p.words(), rows}
	return look.Whole(look.Fit(strings.Join(lines, "\n"), width, height))
}

func (p *pick) words() string {
	switch {
	case p.search.Active():
		return p.search.View(p.width)
	case p.list.State() == list.Failed:
		return p.Styles.Warn.Render(p.failed())
	}
	if moved := look.Strayed(p.list, look.UserName, look.NeverEnded); moved != nil {
		return p.Styles.Warn.Render(moved[0])
	}
	return p.Styles.Faint.Render(look.Join(p.list.Note(), p.field.Help))
}

// failed begins with what can be done: a narrow window cuts the reason.
func (p *pick) failed() string {
	words := look.Sentence(p.list.Err())
	switch {
	case p.list.Resting():
		return "✗ ctrl+r asks again in " + p.list.Waiting() + " · " + words
	case model.Lasts(p.list.Err()):
		return "✗ " + words
	}
	return "✗ ctrl+r asks again · " + words
}

func (p *pick) progress() string {
	if p.list.State() == list.Loading {
		return p.Styles.Accent.Render("asking… " + p.list.Waiting())
	}
	if !p.list.Seen() || p.list.Total() == model.Uncounted {
		return ""
	}
	return look.Plural(p.list.Total(), p.field.Label)
}

// Help implements [Modal].
func (p *pick) Help() []key.Binding {
	if p.search.Active() {
		return p.search.Help()
	}
	moves := p.list.Keys()
	keys := []key.Binding{p.Keys.Enter}
	if p.field.Optional {
		keys = append(keys, p.Keys.Self)
	}
	return append(keys, p.Keys.Search, look.Named(p.Keys.Back, "leave"), moves.Next, moves.Previous)
}

// Focus implements [Modal].
func (p *pick) Focus() Focus {
	if p.search.Active() {
		return Typing
	}
	return Asked
}
