package ui

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/search"
)

// users is the page of a system's users.
type users struct {
	browser[model.User]
}

func newUsers(d *order.Desk, nav navigator, api model.API) *users {
	u := &users{}
	u.browser = browser[model.User]{
		Desk: d, nav: nav, api: api, noun: "user", copied: "copy name", copiedItself: "copy number",
		along:    func() bool { return false }, // of one user there is one
		sorts:    func() []model.Sort { return api.Info().UserSorts },
		searched: func() []string { return api.Info().UserSearch },
		filters:  func() []model.Choice { return api.Info().UserFilters },
		search:   search.New(d.Keys, d.Styles, search.Users(d.Systems()...), func() []model.RangeField { return api.Info().UserRanges }, d.Typed),
		fields:   func(row model.User) []look.Field { return userFields(api, row, d.Clock.Now()) },
		name:     func(row model.User) model.Text { return row.Username },
		itself:   func(row model.User) model.Text { return model.Clean(row.ID) },
		called:   look.UserName,
		ended:    look.NeverEnded[model.User],
		list: list.New(list.Options[model.User]{
			Columns: userColumns(d.Styles, api, &u.kin),
			Key:     func(row model.User) string { return row.ID },
			Fetch:   api.Users,
			Clock:   d.Clock,
			Styles:  d.Styles.List(),
			Over:    func(row model.User) bool { return row.Active == model.No || u.kin.ties[row.ID].Out },
			Sorted:  u.sortedBy,
			Asked:   askedFor(search.Users(), ""),
			Thrifty: api.Info().UsersRecorded,
			Came:    u.meetKin,
		}),
	}
	u.actions = u.common(u.oust(func(row model.User) model.User { return row },
		action{Binding: d.Keys.Token, why: u.needsToken, run: u.toToken},
		action{Binding: look.Named(d.Keys.Create, "create token"), why: u.cannotCreate, run: u.create},
		u.person(func(row model.User) model.Token { return model.Token{Owner: row} }),
	)...)
	return u
}

func userColumns(st look.Styles, api model.API, of *kin) []list.Column[model.User] {
	return []list.Column[model.User]{
		systemColumn(st, api, func(u model.User) string { return u.System }),
		{Title: "username", By: model.Rising(model.ByName), Max: 28, Cell: func(u model.User) string { return look.Marked(u.Username) }},
		tieColumn(st, of, func(u model.User) string { return u.ID }, tieBare(false)),
		sureColumn(st, of),
		{Title: "full name", By: model.Rising(model.ByFullName), Max: 26, Rank: 2, Cell: func(u model.User) string { return look.Marked(u.FullName) }},
		{Title: "kind", Max: 24, Rank: 4, Cell: func(u model.User) string { return look.Marked(u.Kind) }, Bare: func(u model.User) bool { return u.Kind.Empty() }},
		{Title: "mobile", Max: 15, Rank: 6, Cell: func(u model.User) string { return look.Marked(u.Mobile) }, Bare: func(u model.User) bool { return u.Mobile.Empty() }},
		{Title: "e-mail", By: model.Rising(model.ByEmail), Max: 28, Rank: 7, Cell: func(u model.User) string { return look.Marked(u.Email) }, Bare: func(u model.User) bool { return u.Email.Empty() }},
		{Title: "active", Max: 8, Rank: 3, Cell: func(u model.User) string { return look.YesNo(u.Active) }, Bare: func(u model.User) bool { return u.Active == model.Unsaid }},
		{Title: "staff", Max: 8, Rank: 5, Cell: func(u model.User) string { return look.YesNo(u.Staff) }, Bare: func(u model.User) bool { return u.Staff == model.Unsaid }},
		{Title: "admin", Max: 8, Rank: 5, Cell: func(u model.User) string { return look.YesNo(u.Admin) }, Bare: func(u model.User) bool { return u.Admin == model.Unsaid }},
		{Title: "role", Max: 20, Rank: 5, Cell: func(u model.User) string { return look.Marked(u.Role) }, Bare: func(u model.User) bool { return u.Role.Empty() }},
		{Title: "last login", By: model.Rising(model.ByLastLogin), Max: 14, Rank: 4, Cell: func(u model.User) string { return look.Date(u.LastLogin) }, Bare: func(u model.User) bool { return untold(u.LastLogin) }},
		{Title: "token", Max: 16, Rank: 1, Cell: look.HasToken, Bare: func(u model.User) bool { return look.HasToken(u) == "unknown" }, Style: hasTokenStyle(st)},
	}
}

// untold reports whether a system has nothing to say of a moment. That somebody
// never signed in is something.
func untold(w model.When) bool {
	return w.Knowledge() == model.Unknown || w.Knowledge() == model.NotApplicable
}

// hasTokenStyle draws what is not there. That somebody has a token is no news.
func hasTokenStyle(st look.Styles) func(model.User) (lipgloss.Style, bool) {
	return func(u model.User) (lipgloss.Style, bool) { return st.Faint, u.HasToken != model.Yes }
}

func (u *users) needsToken() string {
	if why := u.needsRow(); why != "" {
		return why
	}
	if row, _ := u.list.Selected(); row.HasToken == model.No {
		return "this user has none"
	}
	return ""
}

func (u *users) toToken() tea.Cmd {
	row, _ := u.list.Selected()
	return u.nav.toTokenOf(row)
}

func (u *users) cannotCreate() string {
	if why := cmp.Or(u.needsRow(), u.hasMoved()); why != "" {
		return why
	}
	api, _ := u.subject()
	return api.Info().Missing[model.Create]
}

func (u *users) create() tea.Cmd {
	api, t := u.subject()
	return u.put(u.Begin(api, model.Create, t))
}

// subject is a token of the user under the cursor that is not there yet, in that user's own
// system.
func (u *users) subject() (model.API, model.Token) {
	row, _ := u.list.Selected()
	return model.Home(u.api, model.Token{Owner: row})
}
