package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/claim"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/rotating"
	"authdeck/ui/standing"
)

// turn brings a page to the front.
func (a *App) turn(p page) tea.Cmd {
	a.front, a.before = p, nil
	return p.Renew()
}

// jump goes to a page and remembers the way back.
func (a *App) jump(to page) { a.before, a.front = append(a.before, a.front), to }

// toActivity shows what was asked and done; the way back leads to where one was.
func (a *App) toActivity() tea.Cmd {
	if a.front != page(a.doings) {
		a.jump(a.doings)
	}
	return a.doings.Renew()
}

// toUser implements navigator.
func (a *App) toUser(u model.User) tea.Cmd {
	a.jump(a.users)
	return a.users.jump(u)
}

// toTokenOf implements navigator.
func (a *App) toTokenOf(u model.User) tea.Cmd {
	a.jump(a.tokens)
	return a.tokens.jump(u)
}

// toSystem implements navigator.
func (a *App) toSystem(index int) tea.Cmd {
	return tea.Batch(a.meet(index), a.tokens.Init())
}

// meet sets the pages of a system up, and asks who we are there unless that is known.
func (a *App) meet(index int) tea.Cmd {
	a.enter(index)
	if reach := a.all.rows[index].Reach; reach == standing.Unasked || reach == standing.Unreached {
		return a.all.ask(index)
	}
	return nil
}

// shows implements navigator.
func (a *App) shows(p page) bool { return a.front == p }

// leads implements navigator.
func (a *App) leads() bool { return len(a.before) > 0 || len(a.left) > 0 || a.front == page(a.all) }

// back implements navigator.
func (a *App) back() (cmd tea.Cmd, gone bool) {
	switch {
	case len(a.before) > 0:
		last := len(a.before) - 1
		a.front, a.before = a.before[last], a.before[:last]
		return a.front.Renew(), true
	case a.front == page(a.all):
		return a.turn(a.tokens), true
	case len(a.left) > 0:
		return a.leavePerson(), true
	}
	return nil, false
}

// toClaim goes to a key that somebody had in hand: to the tokens of its owner, with the cursor
// on the one that it belongs to, as far as that was told.
func (a *App) toClaim(msg claim.Go) tea.Cmd {
	var cmd tea.Cmd
	if msg.System != a.current {
		cmd = a.meet(msg.System)
	}
	if msg.Claim.Owner.ID == "" {
		a.tokens.begin = spot{} // the one that is meant may be none of those
		return tea.Batch(cmd, a.turn(a.tokens))
	}
	cmd = tea.Batch(cmd, a.toTokenOf(msg.Claim.Owner))
	a.tokens.list.Seek(msg.Claim.Token.ID)
	return cmd
}

// toRotated goes to a token of a rotation, in its system.
func (a *App) toRotated(msg rotating.Go) tea.Cmd {
	for i, row := range a.all.rows {
		if row.Info.Name == msg.System {
			return a.toClaim(claim.Go{System: i, Claim: model.Claim{Owner: msg.Token.Owner, Token: msg.Token}})
		}
	}
	a.Warn("No system is called " + msg.System + " here.")
	return nil
}

// endClaim goes there and asks before the key is ended: behind the question stands what it is
// about, and above it the name of the right system.
func (a *App) endClaim(msg claim.End) tea.Cmd {
	cmd := a.toClaim(msg.Go)
	return tea.Batch(cmd, a.tokens.put(a.End(a.tokens.api, msg.Action, msg.Claim, msg.Key)))
}

// spot is where a reader was on a page.
type spot struct {
	list.Spot
	prior []model.Query
}

// spots are those on the pages of a place.
type spots struct{ tokens, users spot }

// note keeps where the reader is on the pages that are left, and on those from which a person
// was opened: whoever comes back finds the question, the order, the page and the cursor.
func (a *App) note() {
	for _, p := range append(slices.Clone(a.left), stand{current: a.current, tokens: a.tokens, users: a.users, somebody: a.somebody}) {
		if p.tokens != nil {
			a.spots[whereabouts(p.current, p.somebody)] = spots{p.tokens.spot(), p.users.spot()}
		}
	}
}

// whereabouts are a place by a name that it keeps; another person is another place.
func whereabouts(current int, of *sought) string {
	if current == somebody {
		return "person " + of.Info().Name
	}
	return strconv.Itoa(current)
}

func (b *browser[T]) spot() spot {
	if b.list.State() == list.Idle {
		return b.begin
	}
	return spot{b.list.Spot(), b.prior}
}

// jump shows what is one owner's.
func (b *browser[T]) jump(to model.User) tea.Cmd {
	b.prior = append(b.prior, b.spot().Query)
	return b.show(model.Query{Filter: model.Filter{Only: to}})
}

// unjump shows the list as it was before the last jump.
func (b *browser[T]) unjump() tea.Cmd {
	var before model.Query
	if last := len(b.prior) - 1; last >= 0 {
		before, b.prior = b.prior[last], b.prior[:last]
	}
	return b.show(before)
}

// recalled is what was typed into searches in sessions before.
type recalled []string

func (a *App) recall() tea.Cmd {
	recall := a.world.Recall
	if recall == nil {
		return nil
	}
	return func() tea.Msg { return recalled(recall()) }
}

// greeting is a sentence for the start.
type greeting string

// later finds out what there is to say at the start, and is not waited for.
func (a *App) later() tea.Cmd {
	find := a.world.Later
	if find == nil {
		return nil
	}
	return func() tea.Msg { return greeting(find()) }
}

// greet says a sentence behind what is said already.
func (a *App) greet(words string) {
	if words != "" {
		a.Warn(look.Sentences(a.Words, words))
	}
}

// remember keeps what was typed into searches since the last key for sessions after.
func (a *App) remember() tea.Cmd {
	lines, remember := a.Typed.New(), a.world.Remember
	if len(lines) == 0 || remember == nil {
		return nil
	}
	return func() tea.Msg {
		for _, line := range lines {
			remember(line)
		}
		return nil
	}
}

// walk goes to a page, and says where that is no way at all.
func (b *browser[T]) walk(page int) tea.Cmd {
	if now, _ := b.list.Page(); now == page || page > now && b.list.Last() {
		b.Say(fmt.Sprintf("This is page %d, and there is none after it.", now))
		if now == page {
			b.Say(fmt.Sprintf("This is page %d.", now))
		}
		return nil
	}
	if _, of := b.list.Page(); of > 0 && page > of && page != list.LastPage {
		b.Say(fmt.Sprintf("There is no page %d: the last one is %d.", page, of))
	}
	return b.list.Walk(page)
}

func (b *browser[T]) toPage(words string) (tea.Cmd, error) {
	page, err := strconv.Atoi(model.Digits(strings.TrimSpace(words)))
	if err != nil || page < 1 {
		return nil, errors.New("the number of a page follows, such as :page 40")
	}
	return b.walk(page), nil
}

// needsTurning is why there are no pages to go to.
func (b *browser[T]) needsTurning() string {
	switch {
	case b.needsList() != "":
		return b.needsList()
	case b.list.State() == list.Loading:
		return "a page is on its way"
	}
	return ""
}
