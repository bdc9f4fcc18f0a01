package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/review"
	"authdeck/ui/bulk"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/marking"
	"authdeck/ui/order"
	"authdeck/ui/rotating"
	"authdeck/ui/search"
)

// tokens is the page of a system's tokens.
type tokens struct {
	browser[model.Token]
	only   string      // the name of the system, kept since it is asked for each row of each frame
	made   model.Token // the last one
	limits review.Limits
	known  known // of the list, since its page came
	hand   *marking.Hand
}

const planName = "plan" // of the command that makes one

func newTokens(d *order.Desk, nav navigator, api model.API, limits review.Limits) *tokens {
	t := &tokens{limits: limits}
	t.api, t.only = api, api.Info().Name
	t.hand = &marking.Hand{Desk: d, API: api, Home: t.home, Ended: t.deleted, Here: namesOf(api)}
	t.browser = browser[model.Token]{
		Desk: d, nav: nav, api: api, noun: "token", copied: "copy owner", copiedItself: "copy token",
		along:    func() bool { return api.Info().OwnerAndMore },
		alone:    "; this system cannot do both",
		sorts:    func() []model.Sort { return api.Info().TokenSorts },
		searched: func() []string { return api.Info().TokenSearch },
		filters:  func() []model.Choice { return api.Info().TokenFilters },
		search:   search.New(d.Keys, d.Styles, search.Tokens(d.Systems()...), func() []model.RangeField { return api.Info().TokenRanges }, d.Typed),
		fields:   func(row model.Token) []look.Field { return tokenFields(api, row, t.state(row), t.moment(row)) },
		name:     func(row model.Token) model.Text { return row.Owner.Username },
		itself:   itself,
		called:   look.TokenName,
		ended:    func(row model.Token) bool { return t.deleted(row) || t.kin.ties[row.Owner.ID].Out },
		own:      t.remarks,
		counted:  func() []string { return t.known.counts },
		below:    t.uncounted,
		marked:   t.hand.Words,
		list: list.New(list.Options[model.Token]{
			Columns: tokenColumns(d.Styles, d.Clock.Now, t),
			Key:     func(row model.Token) string { return row.ID },
			Fetch:   api.Tokens,
			Clock:   d.Clock,
			Styles:  d.Styles.List(),
			Over:    t.over,
			Sorted:  t.sortedBy,
			Asked:   askedFor(search.Tokens(), cmp.Or(api.Info().TokenWord, "name")),
			Came:    t.know,
			Marks:   t.hand,
		}),
	}
	t.hand.List, t.marking = t.list, t.markKeys()
	own := []action{
		t.action(d.Keys.Create, model.Create),
		t.action(d.Keys.Edit, model.Edit),
		t.action(d.Keys.Regenerate, model.Regenerate),
		t.action(d.Keys.Remove, model.Delete),
		t.action(d.Keys.Reveal, model.Reveal),
		{Binding: d.Keys.Owner, why: t.needsRow, run: t.toOwner},
		t.person(func(row model.Token) model.Token { return row }),
	}
	if d.Rotations != nil {
		own = append(own, t.rotation())
	}
	t.actions = append(t.common(t.oust(func(row model.Token) model.User { return row.Owner }, own...)...),
		action{Binding: typed(planName, "a plan for all rows"), why: t.needsExport, take: t.plan, offer: bulk.Offer})
	return t
}

// markKeys are the keys that mark.
func (t *tokens) markKeys() []action {
	row := func() string { return cmp.Or(t.needsRow(), t.hasMoved(), t.isEnded(), t.hand.Waits()) }
	return []action{
		{Binding: t.Keys.Mark, why: row, run: t.hand.One},
		{Binding: t.Keys.MarkTo, why: func() string { return cmp.Or(row(), t.hand.NeedsBegin()) }, run: t.hand.Range},
		{Binding: t.Keys.MarkAll, why: func() string { return cmp.Or(t.needsRow(), t.hand.NeedsList()) }, run: func() tea.Cmd { return t.put(t.hand.All(strings.Join(t.narrowing(), ", "))) }},
		{Binding: t.Keys.Unmark, why: t.hand.NeedsMarks, run: t.hand.None},
	}
}

// action is the key of an action. The row under the cursor is carried along from
// here on, and no refresh can put another one in its place.
func (t *tokens) action(k key.Binding, a model.Action) action {
	return action{
		Binding: k,
		now:     func() string { return t.doesTo(k.Help().Desc, a) },
		why: func() string {
			if t.ofMarked(a) {
				return t.needsAny(a)
			}
			if why := cmp.Or(t.needsRow(), t.hasMoved(), t.isEnded()); why != "" && a.AboutOne() {
				return why
			}
			api, _ := t.subject(a)
			return cmp.Or(api.Info().Missing[a], t.needsAnswer())
		},
		run: func() tea.Cmd {
			if t.ofMarked(a) {
				return t.planMarked(a)
			}
			api, row := t.subject(a)
			return t.put(t.Begin(api, a, row))
		},
	}
}

// rotation is the key that makes a successor of the row under the cursor.
func (t *tokens) rotation() action {
	one := func() (model.API, model.Token) {
		row, _ := t.list.Selected()
		return model.Home(t.api, row)
	}
	return action{
		Binding: t.Keys.Rotate,
		why: func() string {
			if why := cmp.Or(t.needsRow(), t.hasMoved(), t.isEnded()); why != "" {
				return why
			}
			api, _ := one()
			return cmp.Or(rotating.Missing(t.Desk, api.Info()), t.needsAnswer())
		},
		run: func() tea.Cmd {
			api, row := one()
			return t.put(rotating.Begin(t.Desk, api, row))
		},
	}
}

// ofMarked reports whether a key is for those that are marked, and not for the row under the
// cursor: there is a plan of that action, in which nothing is sent before it was read.
func (t *tokens) ofMarked(a model.Action) bool {
	return t.Marks.Len() > 0 && slices.Contains(plan.Actions(), a)
}

// needsAny is why nothing of that can be done with those that are marked: no system of theirs
// has it.
func (t *tokens) needsAny(a model.Action) (why string) {
	for _, api := range model.Members(t.Every) {
		if info := api.Info(); t.Marks.In(info.Name) > 0 {
			if why = info.Missing[a]; why == "" {
				return ""
			}
		}
	}
	return why
}

// planMarked makes a plan for all tokens that are marked, in whatever system they are.
func (t *tokens) planMarked(a model.Action) tea.Cmd {
	if n := t.Marks.Len(); n > plan.Most {
		t.Warn(fmt.Sprintf("A plan has %s lines at most, and %s are marked.", look.Thousands(plan.Most), look.Thousands(n)))
		return nil
	}
	var marked []model.Token
	for m := range t.Marks.All() {
		marked = append(marked, model.Guest(t.Every, m.System, m.Token))
	}
	return t.put(bulk.Open(t.Desk, t.Every, a, bulk.These(marked)))
}

// plan makes a plan for all rows of the list that is shown.
func (t *tokens) plan(words string) (tea.Cmd, error) {
	m, cmd, err := bulk.Named(t.Desk, t.api, words, t.list.Shown())
	if err != nil {
		return nil, err
	}
	return t.put(m, cmd), nil
}

// subject is what an action is about: the row under the cursor, in its own system and as that
// knows it, or nothing yet.
func (t *tokens) subject(a model.Action) (model.API, model.Token) {
	if !a.AboutOne() {
		return t.api, model.Token{}
	}
	row, _ := t.list.Selected()
	return model.Home(t.api, row)
}

// Update implements page. The cursor goes to a token that was made, and with one whose new
// key has another number.
func (t *tokens) Update(msg tea.Msg) tea.Cmd {
	done, ok := msg.(order.Answered)
	if ok && t.concerns(func(system string) bool { return system == done.System() }) { // another one counts alike
		if old, heir := done.Order().Token.ID, done.Issued.Token.ID; old != "" && heir != "" {
			guest := func(id string) string { return model.Guest(t.api, done.System(), model.Token{ID: id}).ID }
			t.list.Succeed(guest(old), guest(heir))
		}
		if made := done.Issued.Token; done.Order().Action == model.Create && made.ID != "" {
			t.made = model.Guest(t.api, done.System(), made)
			t.list.Seek(t.made.ID)
		}
	}
	return t.browser.Update(msg)
}

// tokenColumns begin with whose a token is and by what people know it. One that nobody has
// named bears its owner's name, or a number.
func tokenColumns(st look.Styles, now func() time.Time, page *tokens) []list.Column[model.Token] {
	word := cmp.Or(page.api.Info().TokenWord, "name")
	return []list.Column[model.Token]{
		systemColumn(st, page.api, func(t model.Token) string { return t.System }),
		{Title: "owner", By: model.Rising(model.ByOwner), Max: 30, Least: 16, Rank: 1, Cell: func(t model.Token) string { return look.Marked(t.Owner.Username) }},
		tieColumn(st, &page.kin, func(t model.Token) string { return t.Owner.ID }, tieBare(true)),
		{Title: word, By: model.Rising(model.ByName), Max: 30, Least: 20, Cell: ownName, Bare: func(t model.Token) bool { return ownName(t) == "–" }},
		{Title: "description", By: model.Rising(model.ByDescription), Max: 28, Least: 14, Rank: 5, Cell: func(t model.Token) string { return look.Marked(t.Description) }, Bare: func(t model.Token) bool { return t.Description.Empty() }},
		{Title: "kind", By: model.Rising(model.ByKind), Max: 22, Rank: 5, Cell: look.TokenKind, Bare: func(t model.Token) bool { return look.TokenKind(t) == "–" }},
		{Title: "application", Max: 24, Least: 11, Rank: 6, Cell: func(t model.Token) string { return look.Marked(t.App) }, Bare: func(t model.Token) bool { return t.App.Empty() }},
		{Title: "full name", By: model.Rising(model.ByFullName), Max: 28, Rank: 8, Cell: func(t model.Token) string { return look.Marked(t.Owner.FullName) }, Bare: func(t model.Token) bool { return t.Owner.FullName.Empty() }},
		{Title: "scope", Max: 18, Rank: 7, Cell: func(t model.Token) string { return look.Marked(t.Scope) }, Bare: func(t model.Token) bool { return t.Scope.Empty() }},
		{Title: "created", By: model.Rising(model.ByCreated), Max: 14, Rank: 7, Cell: func(t model.Token) string { return look.Date(t.Created) }, Bare: func(t model.Token) bool { return absent(t.Created) }},
		{Title: "key since", By: model.Rising(model.ByUpdated), Max: 14, Rank: 6, Cell: func(t model.Token) string { return look.Date(t.Updated) }, Bare: func(t model.Token) bool { return absent(t.Updated) || t.Updated.Equal(t.Created) }},
		{Title: "key age", By: model.Falling(model.ByUpdated), Max: 14, Rank: 4, Cell: func(t model.Token) string { return look.Age(t.Updated, now()) }, Beat: func(t model.Token) int64 { return look.Beat(t.Updated, now()) }, Bare: func(t model.Token) bool { return absent(t.Updated) }},
		{Title: "expires", By: model.Rising(model.ByExpires), Max: 14, Rank: 2, Cell: func(t model.Token) string { return look.Deadline(t.Expires, now()) }, Beat: func(t model.Token) int64 { return look.Beat(t.Expires, now()) }, Bare: func(t model.Token) bool { return absent(t.Expires) }, Style: page.timeStyle(review.Expiring, func(t model.Token) model.When { return t.Expires })},
		{Title: "last used", By: model.Rising(model.ByLastUsed), Max: 14, Rank: 4, Cell: func(t model.Token) string { return look.Date(t.LastUsed) }, Bare: func(t model.Token) bool { return absent(t.LastUsed) }, Style: page.timeStyle(review.Unused, func(t model.Token) model.When { return t.LastUsed })},
		{Title: "state", Max: 20, Rank: 2, Cell: page.state, Beat: page.end, Style: page.stateStyle},
		{Title: "look", Max: 40, Least: 21, Rank: 3, Cell: page.reasons, Beat: page.minute, Bare: func(t model.Token) bool { return page.reasons(t) == "" }, Style: page.lookStyle},
	}
}

// ownName is what a token is called beside its owner's name.
func ownName(t model.Token) string {
	if t.Name == t.Owner.Username {
		return "–"
	}
	return look.Marked(t.Name)
}

// absent reports whether there is no moment to show. A column of "never" alone
// tells less than its room is worth; the details have the word.
func absent(w model.When) bool { return w.Knowledge() != model.Known }

// stateStyle draws a state that wants a look, and the one token that this console needs.
func (t *tokens) stateStyle(row model.Token) (lipgloss.Style, bool) {
	switch {
	case t.over(row):
		return t.Styles.Faint, true
	case t.end(row) == returned, row.State == model.Active && row.Owner.Active == model.No:
		return t.Styles.Warn, true
	}
	return t.Styles.Accent, row.Own
}

func (t *tokens) toOwner() tea.Cmd {
	row, _ := t.list.Selected()
	return t.nav.toUser(row.Owner)
}

// itself is what people tell a token by: its name, or its number where it has none of its own
// that could be typed.
func itself(row model.Token) model.Text {
	if row.Name == row.Owner.Username {
		return model.Clean(row.ID)
	}
	return model.Clean(model.Typable(row.Name, row.ID))
}
