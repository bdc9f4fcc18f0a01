package order

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/search"
)

// pick asks for one of a system's users: a list like any other, searched and
// turned by the same keys.
type pick struct {
	Base
	*Desk
	flow   flow
	field  model.Field
	list   *list.Model[model.User]
	search search.Model
	laid   layout // what the list was set out for
	lines  int    // above the keys in a box; 0 before the first answer
}

// layout is how wide and how high a list is.
type layout struct{ width, height int }

// pickUser opens the list of the users that a field lets through.
func (d *Desk) pickUser(fl flow, f model.Field) (Modal, tea.Cmd) {
	api := fl.api
	p := &pick{Desk: d, flow: fl, field: f, search: search.New(d.Keys, d.Styles, search.Users(d.Systems()...), func() []model.RangeField { return api.Info().UserRanges }, d.Typed), list: list.New(list.Options[model.User]{
		Columns: pickColumns(),
		Key:     func(u model.User) string { return u.ID },
		Fetch:   api.Users,
		Clock:   d.Clock,
		Styles:  d.Styles.List(),
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
	case key.Matches(msg, p.Keys.Back) && p.narrowed() != "":
		return p, p.list.Ask(model.Query{Size: look.PageSize, Filter: p.field.Filter})
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

// View implements [Modal]: in a box where there is room for one.
func (p *pick) View(width, height int, ready Readiness) look.Box {
	keys := p.Help()
	inner, lines, framed := look.Inside(width, height, keys)
	head := append([]string{p.title(inner)}, p.words(inner)...)
	if framed {
		head, lines = append(head, ""), p.high(lines)
	}
	if now := (layout{inner, lines - len(head)}); now != p.laid {
		p.laid = now
		p.list.SetSize(now.width, now.height)
	}
	rows := p.list.View()
	if p.search.Active() {
		rows = caret.Without(rows)
	}
	all := look.Fit(strings.Join(append(head, rows), "\n"), inner, lines)
	if !framed {
		return look.Whole(all)
	}
	return p.Styles.Sheet(&p.Scroller, width, height, look.Sheet{
		Lines: strings.Split(all, "\n"), Width: inner, Keys: [][]key.Binding{keys}, Offer: ready.offer(look.Alike),
	})
}

// high is how many lines stand above the keys in a box that has room for so many. From the
// first answer on they are as many as all users need, if these are few, and stay as many
// whatever is searched.
func (p *pick) high(most int) int {
	if p.lines == 0 && p.list.Seen() {
		p.Scroller, p.lines = p.Succeeded(), look.PageSize
		if p.list.First() && p.list.Last() {
			p.lines = 1 + mostWords + 1 + 1 + max(fewest, len(p.list.Items()))
		}
	}
	if p.lines == 0 {
		return most
	}
	return min(p.lines, most)
}

func (p *pick) title(width int) string {
	return look.Between(p.Styles.Bold.Render(look.Capital(p.flow.order.Action.String())+" a token: for which "+p.field.Label+"?"), p.progress(), width)
}

// narrowed is what the list was narrowed to by a search; empty for everybody.
func (p *pick) narrowed() string { return search.Typed(p.list.Query()) }

// words are the lines below the title: what is typed, what went wrong, or what has to be
// known of the list.
func (p *pick) words(width int) []string {
	switch {
	case p.search.Active():
		return p.search.View(width)
	case p.list.State() == list.Failed:
		return p.warned(p.failed(), width)
	}
	if moved := look.Strayed(p.list, look.UserName, look.NeverEnded); moved != nil {
		return p.warned(moved[0], width)
	}
	_, some := p.list.Selected()
	known := look.Join(p.list.Note(), p.field.Help)
	switch typed := "“" + look.Marked(model.Clean(p.narrowed())) + "”"; {
	case p.narrowed() != "" && !some && p.list.State() == list.Ready:
		return p.warned("No user fits "+typed+". esc shows all of them, / searches anew.", width)
	case p.narrowed() != "":
		known = look.Join("search "+typed+", esc shows all", known)
	case !some && p.list.State() == list.Ready:
		known = look.Join("There is no user to choose", known)
	}
	return p.inStyle(p.Styles.Faint, known, width)
}

func (p *pick) warned(words string, width int) []string {
	return p.inStyle(p.Styles.Warn, words, width)
}

const (
	mostWords = 2 // lines below the title at most
	fewest    = 3 // rows that a box has at least
)

func (*pick) inStyle(style lipgloss.Style, words string, width int) []string {
	lines := look.Rendered(style, words, width)
	return lines[:min(len(lines), mostWords)]
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
	away := "leave"
	if p.narrowed() != "" {
		away = "show all"
	}
	keys = append(keys, p.Keys.Search, look.Named(p.Keys.Back, away))
	if !p.list.Last() {
		keys = append(keys, moves.Next)
	}
	if !p.list.First() {
		keys = append(keys, look.Named(moves.Previous, "previous"))
	}
	return keys
}

// Focus implements [Modal].
func (p *pick) Focus() Focus {
	if p.search.Active() {
		return Typing
	}
	return Asked
}
