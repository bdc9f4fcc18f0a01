package ui

import (
	"context"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/ui/bulk"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/report"
)

// somebody is the place of one person over all systems, beside those of the systems.
const somebody = -2

// stand is where a reader was, to come back to.
type stand struct {
	current  int
	tokens   *tokens
	users    *users
	front    page
	before   []page
	somebody *sought
}

// sought is a person who is shown, and by what they were looked for.
type sought struct {
	person.View

	by person.Seed
}

// toPerson implements navigator. What was there stays as it is, for the way back.
func (a *App) toPerson(seed person.Seed) tea.Cmd {
	all, is := a.world.All.(person.Finder)
	if !is {
		a.Warn("person: these systems cannot be asked for one")
		return nil
	}
	a.left = append(a.left, stand{a.current, a.tokens, a.users, a.front, a.before, a.somebody})
	a.somebody = &sought{all.Person(seed), seed}
	a.open(somebody)
	return a.tokens.Init()
}

// leavePerson goes back to where the person was opened. Who steps out begins anew when the
// person is opened again.
func (a *App) leavePerson() tea.Cmd {
	delete(a.spots, whereabouts(a.current, a.somebody))
	a.dismiss(stand{tokens: a.tokens, users: a.users, somebody: a.somebody})
	last := len(a.left) - 1
	p := a.left[last]
	a.left = a.left[:last]
	a.current, a.tokens, a.users, a.front, a.before, a.somebody = p.current, p.tokens, p.users, p.front, p.before, p.somebody
	return a.front.Renew()
}

// forsake leaves the place that is shown, and those that it could be left for.
func (a *App) forsake() {
	a.dismiss(stand{tokens: a.tokens, users: a.users, somebody: a.somebody})
	for _, p := range a.left {
		a.dismiss(p)
	}
	a.left, a.somebody = nil, nil
}

// dismiss waits for nothing any more that a place has asked for.
func (a *App) dismiss(p stand) {
	if p.tokens != nil {
		p.tokens.list.Close()
		p.users.list.Close()
	}
	if p.somebody != nil {
		if err := p.somebody.Close(context.Background()); err != nil {
			a.Log.Warn("person not closed", "error", err.Error())
		}
	}
}

// report is what can be written about a person: on the page of one it is about them, without the
// accounts that were taken out there.
func (a *App) report() action {
	r := action{Binding: typed("report", "a page for an auditor about a person"), why: func() string {
		if a.world.Report == nil {
			return "no report can be written from here"
		}
		return ""
	}}
	var here *report.Subject
	if a.somebody != nil {
		here = &report.Subject{Who: a.somebody.by}
		for id, tie := range a.somebody.Ties() {
			if tie.Out {
				here.Out = append(here.Out, id)
			}
		}
		r.run = func() tea.Cmd { return a.front.Show(report.Ask(a.Desk, a.world.Report, *here)) }
	}
	r.take = func(words string) (tea.Cmd, error) {
		m, cmd, err := report.Named(a.Desk, a.world.Report, here, words)
		if err != nil {
			return nil, err
		}
		return a.front.Show(m, cmd), nil
	}
	return r
}

// reportAfter is the conversation about such a page where another one goes on after it.
func (a *App) reportAfter(system string, account model.User, after order.Modal) (order.Modal, tea.Cmd) {
	return report.Ask(a.Desk, a.world.Report, report.Subject{Who: person.Seed{System: system, Account: account}, After: after})
}

// retold says that an account was taken out of a person, or put back.
type retold struct{ of person.View }

// kin is what is known of the accounts of a person, as of the page that came last. Its zero
// value is for rows that are of nobody in particular.
type kin struct {
	ties         map[string]person.Tie
	words, short []string // what they come to
}

// wide is from how many columns on the heading has room for all that.
const wide = 110

// says is what the accounts come to, for a window of that width.
func (k *kin) says(width int) []string {
	if width < wide {
		return k.short
	}
	return k.words
}

// doubts are what whoever reads the rows elsewhere has to know of them, a sentence each: which
// are not sure to be the person's, and which were taken out.
func (b *browser[T]) doubts() []string {
	var unsure, out, said []string
	for _, id := range slices.Sorted(maps.Keys(b.kin.ties)) {
		switch tie := b.kin.ties[id]; {
		case tie.Out:
			out = append(out, tie.System)
		case !tie.How.Sure():
			unsure = append(unsure, tie.System+" ("+tie.String()+")")
		}
	}
	if unsure != nil {
		said = append(said, "Not sure to be the same person: the account in "+strings.Join(unsure, ", in ")+".")
	}
	if out != nil {
		said = append(said, "Taken out by you, and not in the file: the account in "+strings.Join(out, ", in ")+".")
	}
	return said
}

// meetKin takes in what is known of the accounts.
func (b *browser[T]) meetKin() {
	if view, is := b.api.(person.View); is {
		ties := view.Ties()
		sum := person.SumOf(ties)
		b.kin = kin{ties, sum.Words(), sum.InShort()}
	}
}

// person is the key that opens whose a row is, over all systems; behind its name, anybody.
func (b *browser[T]) person(of func(T) model.Token) action {
	return action{
		Binding: b.Keys.Person, why: b.needsRow, apart: always,
		run: func() tea.Cmd {
			row, _ := b.list.Selected()
			home, own := model.Home(b.api, of(row))
			if own.Owner.ID == "" && own.Owner.Username.Empty() {
				b.Warn("person: nobody knows whose this " + b.noun + " is")
				return nil
			}
			return b.nav.toPerson(person.Seed{System: home.Info().Name, Account: own.Owner})
		},
		take: func(words string) (tea.Cmd, error) { return b.nav.toPerson(person.Named(words)), nil },
	}
}

// oust are the actions of a page, where it is of a person with those for that: to take an
// account out, and to end all that is not.
func (b *browser[T]) oust(of func(T) model.User, own ...action) []action {
	view, is := b.api.(person.View)
	if !is {
		return own
	}
	return append(own, action{Binding: b.Keys.Apart, why: b.needsRow, run: func() tea.Cmd {
		row, _ := b.list.Selected()
		account, out := of(row), !view.Ties()[of(row).ID].Out
		view.Take(account.ID, out)
		whose := look.Marked(account.Username) + " in " + account.System
		if out {
			b.Say("Taken out: " + whose + ", with its tokens. On 2, o puts it back.")
		} else {
			b.Say("Put back: " + whose + ".")
		}
		return func() tea.Msg { return retold{view} }
	}}, action{Binding: b.Keys.EndAll, why: b.needsEnding, run: b.endAll})
}

func (b *browser[T]) needsEnding() string { return b.api.Info().Missing[model.Delete] }

// endAll makes a plan to delete all tokens of the person, whatever the list is narrowed to, but
// those of accounts that were taken out.
func (b *browser[T]) endAll() tea.Cmd {
	return b.put(bulk.Open(b.Desk, b.api, model.Delete, bulk.All(b.api, model.Query{})))
}

// tieColumn is how an account was told to be the person's.
func tieColumn[T any](st look.Styles, of *kin, id func(T) string, bare func(person.Tie) bool) list.Column[T] {
	return list.Column[T]{
		Title: "how", Max: 36, Least: 14,
		Cell:  func(row T) string { return of.ties[id(row)].String() },
		Bare:  func(row T) bool { tie, is := of.ties[id(row)]; return !is || bare(tie) },
		Style: func(row T) (lipgloss.Style, bool) { return st.Warn, !of.ties[id(row)].How.Sure() },
	}
}

// tieBare is what goes without saying: beside a token, a tie that is sure.
func tieBare(sure bool) func(person.Tie) bool {
	return func(t person.Tie) bool { return sure && t.How.Sure() }
}

// sureColumn is how sure that is.
func sureColumn(st look.Styles, of *kin) list.Column[model.User] {
	return list.Column[model.User]{
		Title: "sure", Max: 10, Rank: 1,
		Cell:  func(u model.User) string { return of.ties[u.ID].Certainty() },
		Bare:  func(u model.User) bool { _, is := of.ties[u.ID]; return !is },
		Style: func(u model.User) (lipgloss.Style, bool) { return st.Warn, !of.ties[u.ID].How.Sure() },
	}
}
