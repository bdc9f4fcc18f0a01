package ui

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/list"
)

// users is the page of a system's users.
type users struct {
	browser[model.User]
	api model.API
}

func newUsers(d *desk, api model.API) *users {
	u := &users{api: api}
	u.browser = browser[model.User]{
		desk: d, noun: "user",
		sorts:  func() []model.Sort { return api.Info().UserSorts },
		search: search{desk: d, fields: func() []model.RangeField { return api.Info().UserRanges }},
		fields: func(row model.User) []field { return userFields(row, d.Clock.Now()) },
		name:   func(row model.User) model.Text { return row.Username },
		list: list.New(list.Options[model.User]{
			Columns: d.userColumns(),
			Key:     func(row model.User) string { return row.ID },
			Fetch:   api.Users,
			Clock:   d.Clock,
			Styles:  d.listStyles(),
			Empty:   "No user is here.",
		}),
	}
	u.actions = u.common(
		action{Binding: d.keys.token, why: u.needsToken, run: u.toToken},
		action{Binding: named(d.keys.create, "create token"), why: u.cannotCreate, run: u.create},
		action{Binding: d.keys.filter, why: u.cannotFilter, run: u.nextFilter},
	)
	return u
}

func (d *desk) userColumns() []list.Column[model.User] {
	return []list.Column[model.User]{
		{Title: "username", Max: 28, Cell: func(u model.User) string { return marked(u.Username) }},
		{Title: "full name", Max: 26, Rank: 2, Cell: func(u model.User) string { return marked(u.FullName) }},
		{Title: "mobile", Max: 15, Rank: 6, Cell: func(u model.User) string { return marked(u.Mobile) }},
		{Title: "e-mail", Max: 28, Rank: 7, Cell: func(u model.User) string { return marked(u.Email) }},
		{Title: "active", Max: 8, Rank: 3, Cell: func(u model.User) string { return yesNo(u.Active) }},
		{Title: "staff", Max: 8, Rank: 5, Cell: func(u model.User) string { return yesNo(u.Staff) }},
		{Title: "last login", Max: 14, Rank: 4, Cell: func(u model.User) string { return moment(u.LastLogin) }},
		{Title: "token", Max: 8, Rank: 1, Cell: func(u model.User) string { return yesNo(u.HasToken) }, Style: d.hasTokenStyle},
	}
}

func (d *desk) hasTokenStyle(u model.User) (lipgloss.Style, bool) {
	return d.styles.good, u.HasToken == model.Yes
}

func (u *users) needsToken() string {
	if why := u.needsRow(); why != "" {
		return why
	}
	if row, _ := u.list.Selected(); row.HasToken == model.No {
		return "this user has none; c creates one"
	}
	return ""
}

func (u *users) toToken() tea.Cmd {
	row, _ := u.list.Selected()
	return u.nav.toTokenOf(row)
}

// cannotCreate knows from the form who may be given a token.
func (u *users) cannotCreate() string {
	info := u.api.Info()
	if why := u.needsRow(); why != "" {
		return why
	}
	if why := info.Missing[model.Create]; why != "" {
		return why
	}
	row, _ := u.list.Selected()
	if ownerField(info).Filter.HasToken == model.No && row.HasToken == model.Yes {
		return "this user has a token already; t shows it, and r there gives it a new key"
	}
	return ""
}

func (u *users) create() tea.Cmd {
	row, _ := u.list.Selected()
	return u.put(u.askCreate(u.api, row))
}

func (u *users) cannotFilter() string {
	if !u.api.Info().Holders {
		return "this system cannot list who has a token"
	}
	return ""
}

// nextFilter goes round: everybody, those with a token, those without.
func (u *users) nextFilter() tea.Cmd {
	q := u.list.Query()
	q.Filter.Only = model.User{}
	q.Filter.HasToken = map[model.Answer]model.Answer{
		model.Unsaid: model.Yes, model.Yes: model.No, model.No: model.Unsaid,
	}[q.Filter.HasToken]
	return u.list.Ask(q)
}
