package ui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/list"
)

// tokens is the page of a system's tokens.
type tokens struct {
	browser[model.Token]
	api model.API
}

func newTokens(d *desk, api model.API) *tokens {
	t := &tokens{api: api}
	t.browser = browser[model.Token]{
		desk: d, noun: "token",
		sorts:  func() []model.Sort { return api.Info().TokenSorts },
		search: search{desk: d, fields: func() []model.RangeField { return api.Info().TokenRanges }},
		fields: func(row model.Token) []field { return tokenFields(row, d.Clock.Now()) },
		name:   func(row model.Token) model.Text { return row.Owner.Username },
		list: list.New(list.Options[model.Token]{
			Columns: d.tokenColumns(),
			Key:     func(row model.Token) string { return row.ID },
			Fetch:   api.Tokens,
			Clock:   d.Clock,
			Styles:  d.listStyles(),
			Empty:   "No token is here.",
		}),
	}
	t.actions = t.common(
		action{Binding: d.keys.create, why: t.cannot(model.Create), run: t.askWhom},
		action{Binding: d.keys.regenerate, why: t.cannotToRow(model.Regenerate), run: t.onRow(t.askRegenerate)},
		action{Binding: d.keys.remove, why: t.cannotToRow(model.Delete), run: t.onRow(t.askDelete)},
		action{Binding: d.keys.owner, why: t.needsRow, run: t.toOwner},
	)
	return t
}

func (d *desk) listStyles() list.Styles {
	return list.Styles{Title: d.styles.faint, Selected: d.styles.selected, Empty: d.styles.faint}
}

func (d *desk) tokenColumns() []list.Column[model.Token] {
	return []list.Column[model.Token]{
		{Title: "owner", Max: 30, Cell: func(t model.Token) string { return marked(t.Owner.Username) }},
		{Title: "name", Max: 20, Rank: 3, Cell: func(t model.Token) string { return marked(t.Name) }},
		{Title: "who", Max: 28, Rank: 6, Cell: func(t model.Token) string { return marked(t.Owner.FullName) }},
		{Title: "created", Max: 14, Rank: 5, Cell: func(t model.Token) string { return moment(t.Created) }},
		{Title: "updated", Max: 14, Rank: 4, Cell: func(t model.Token) string { return moment(t.Updated) }},
		{Title: "age", Max: 14, Rank: 1, Cell: func(t model.Token) string { return age(t.Updated, d.Clock.Now()) }},
		{Title: "expires", Max: 14, Rank: 2, Cell: func(t model.Token) string { return moment(t.Expires) }, Bare: func(t model.Token) bool { return absent(t.Expires) }},
		{Title: "last used", Max: 14, Rank: 3, Cell: func(t model.Token) string { return moment(t.LastUsed) }, Bare: func(t model.Token) bool { return absent(t.LastUsed) }},
		{Title: "state", Max: 20, Rank: 2, Cell: stateWord, Style: d.stateStyle},
	}
}

// absent reports whether there is no moment to show. A column of "never" alone
// tells less than its room is worth; the details have the word.
func absent(w model.When) bool { return w.Knowledge() != model.Known }

func (d *desk) stateStyle(t model.Token) (lipgloss.Style, bool) {
	switch {
	case t.Own:
		return d.styles.accent, true
	case t.State != model.Active:
		return d.styles.faint, true
	}
	return lipgloss.Style{}, false
}

// cannot is why an action cannot be done in this system.
func (t *tokens) cannot(a model.Action) func() string {
	return func() string { return t.api.Info().Missing[a] }
}

func (t *tokens) cannotToRow(a model.Action) func() string {
	return func() string {
		if why := t.needsRow(); why != "" {
			return why
		}
		return t.api.Info().Missing[a]
	}
}

// onRow gives an action the row under the cursor. From here on the row is
// carried along, and no refresh can put another one in its place.
func (t *tokens) onRow(ask func(model.Token) (modal, tea.Cmd)) func() tea.Cmd {
	return func() tea.Cmd {
		row, _ := t.list.Selected()
		return t.put(ask(row))
	}
}

func (t *tokens) toOwner() tea.Cmd {
	row, _ := t.list.Selected()
	return t.nav.toUser(row.Owner)
}

func (t *tokens) askWhom() tea.Cmd {
	return t.put(t.pickUser(t.api, ownerField(t.api.Info()), func(u model.User) (modal, tea.Cmd) {
		return t.askCreate(t.api, u)
	}))
}

// ownerField is the question for whom a token is made.
func ownerField(info model.Info) model.Field {
	for _, f := range info.Form {
		if f.Kind == model.AskUser {
			return f
		}
	}
	return model.Field{Label: "user"}
}

// askCreate asks before a token is made, wherever its owner was chosen.
func (d *desk) askCreate(api model.API, u model.User) (modal, tea.Cmd) {
	who := marked(u.Username)
	q := question{
		title: "Create a token for " + who + "?",
		body:  []string{whose(u) + "\n" + d.inSystem(api)},
	}
	if api.Info().Production {
		q.phrase = typable(u.Username, u.ID)
	}
	return d.ask(q, operation{
		system: api.Info().Name,
		doing:  "Creating a token for " + who,
		done:   "The new token of " + who,
		run:    func(ctx context.Context) (model.Issued, error) { return api.Create(ctx, model.Draft{Owner: u}) },
	})
}

func (t *tokens) askRegenerate(row model.Token) (modal, tea.Cmd) {
	what := called(row)
	return t.ask(t.question("Regenerate", model.Regenerate, row), operation{
		system: t.api.Info().Name,
		doing:  "Regenerating " + what,
		sign:   ownSign(row),
		done:   "The new key of " + what,
		run:    func(ctx context.Context) (model.Issued, error) { return t.api.Regenerate(ctx, row) },
	})
}

func (t *tokens) askDelete(row model.Token) (modal, tea.Cmd) {
	what := called(row)
	var otherwise func() (modal, tea.Cmd)
	if t.api.Info().Missing[model.Regenerate] == "" {
		otherwise = func() (modal, tea.Cmd) { return t.askRegenerate(row) }
	}
	return t.ask(t.question("Delete", model.Delete, row), operation{
		system: t.api.Info().Name,
		doing:  "Deleting " + what,
		sign:   ownSign(row),
		done:   "Deleted: " + what + ".",
		run: func(ctx context.Context) (model.Issued, error) {
			return model.Issued{}, t.api.Delete(ctx, row)
		},
		otherwise: otherwise,
	})
}

// question asks before a token is changed: which, whose, what breaks.
func (t *tokens) question(verb string, a model.Action, row model.Token) question {
	info := t.api.Info()
	now := t.Clock.Now()
	q := question{
		title:  verb + " " + called(row) + "?",
		danger: true,
		body: []string{info.Consequence[a], strings.Join([]string{
			whose(row.Owner),
			"key since: " + exact(row.Updated, now),
			"last used: " + lastUsed(row.LastUsed, now),
			t.inSystem(t.api),
		}, "\n")},
	}
	if row.Own {
		q.body = append([]string{ownWarning(a)}, q.body...)
	}
	if info.Production {
		q.phrase = typable(row.Name, row.ID)
	}
	return q
}

// typable is what a person types to name an object: its name, or its number where
// the name is missing or is not what came.
func typable(name model.Text, id string) string {
	if strings.TrimSpace(name.String()) == "" || name.Changed() {
		return model.Clean(id).String()
	}
	return name.String()
}

// ownSign is how a lost change of the console's own token shows.
func ownSign(t model.Token) string {
	if !t.Own {
		return ""
	}
	return "authdeck signs in with this token: if it is refused from now on, it happened."
}

func ownWarning(a model.Action) string {
	if a == model.Delete {
		return "authdeck itself signs in with this token: this signs it out."
	}
	return "authdeck itself signs in with this token; it goes on with the new key."
}

// inSystem names the system: the same user may be in another one.
func (d *desk) inSystem(api model.API) string {
	info := api.Info()
	words := info.Name + " (" + info.Kind + ", " + info.Host + ")"
	if info.Production {
		return d.styles.alarm.Render(" PRODUCTION ") + " " + words
	}
	return "in " + words
}

// called is a token in a sentence.
func called(t model.Token) string {
	return "token " + marked(t.Name) + " of " + marked(t.Owner.Username)
}

// whose is a user in a question: the name may be anything, the number is not.
func whose(u model.User) string {
	return "owner: " + marked(u.Username) + " (" + marked(u.FullName) + "), number " + model.Clean(u.ID).String()
}
