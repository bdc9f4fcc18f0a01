// Package ui is the console: a Bubble Tea program of pages over lists. It knows the
// systems only as [model.API], and not who answers; the conversation about an order is
// [order]'s, and opens over a page without knowing it.
//
// Keys go to one place, the page in front; everything else goes to every page,
// and each lets pass what is not its own. A question is a value that carries its
// own answer. Nothing in Update does I/O: commands do, and touch no model.
package ui

import (
	"cmp"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/review"
	"authdeck/ui/bulk"
	"authdeck/ui/claim"
	"authdeck/ui/keyboard"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
	"authdeck/ui/rotating"
	"authdeck/ui/terminal"
)

// App is the console. Make it with New; it is a tea.Model.
type App struct {
	*order.Desk
	world    World
	all      *systems
	current  int // of the systems, or together, or somebody
	tokens   *tokens
	users    *users
	doings   *doings
	front    page
	before   []page           // where esc goes after jumps, the last one last
	somebody *sought          // the person that is shown; nil for none
	left     []stand          // where a person was opened, the last one last
	spots    map[string]spots // where one was in each place, by its name
	help     *help            // nil when closed
	line     *prompt.Model    // the command that is typed; nil when none is
	typed    prompt.History   // what was
	life     life
	shutdown shutdown

	measure       measure
	width, height int
	head          kept[headWords, string]
	pageTabs      kept[tabWords, string]
	tabRoom       kept[site, int] // what they leave
	foot          kept[footWords, string]
}

// measure is whether the terminal has said how large it is.
type measure int

const (
	unmeasured measure = iota
	measured           // if only that it does not know: 0×0
)

// life is how a person brings the console to its end.
type life int

const (
	running  life = iota
	warned        // ctrl+c was pressed once, and it was said just now what would be lost
	insisted      // that has been on the screen long enough: once more ends it
)

// heard says that a warning has been on the screen long enough.
type heard struct{}

// New opens the console on one of the systems.
func New(w World, apis []model.API, first int) *App {
	a := &App{world: w, current: first, Desk: newDesk(w, apis), spots: map[string]spots{}}
	a.all, a.doings = newSystems(a.Desk, a, apis, w.All), newDoings(a.Desk, a, w.Activity)
	if w.Report != nil {
		a.Desk.Report = a.reportAfter
	}
	a.enter(first)
	a.greet(w.Welcome)
	return a
}

// enter sets the pages of a system up; nothing is asked yet. The pages of the
// system before are gone, and nobody waits for their answers; where the reader was is kept.
func (a *App) enter(index int) {
	a.note()
	a.forsake()
	a.open(index)
}

// open makes the pages of a place.
func (a *App) open(index int) {
	api := a.apiOf(index)
	a.current, a.before = index, nil
	a.tokens, a.users = newTokens(a.Desk, a, api, cmp.Or(a.world.Limits, review.Usual())), newUsers(a.Desk, a, api)
	was := a.spots[whereabouts(index, a.somebody)]
	a.tokens.begin, a.users.begin = was.tokens, was.users
	a.tokens.prior, a.users.prior = was.tokens.prior, was.users.prior
	a.front = a.tokens
	a.resize()
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	first := []tea.Cmd{a.world.Hangup, a.recall(), a.all.ask(a.current), a.tokens.Init(), a.later()}
	if p := a.world.Plan; p != nil {
		first = append(first, a.front.Show(bulk.Show(a.Desk, a.world.All, p.Plan, p.Path, p.Ends)))
	}
	return tea.Batch(first...)
}

// Update implements tea.Model: a key goes to one place, everything else to
// everyone.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height, a.measure = msg.Width, msg.Height, measured
		a.resize()
		return a, nil
	case keyboard.Press:
		return a, tea.Batch(a.press(msg), a.end(msg), a.remember())
	case recalled:
		a.Typed.Precede(msg)
		return a, nil
	case tea.KeyMsg:
		return a.Update(keyboard.Press{Key: msg}) // nobody knows how it came
	case keyboard.Unheard:
		a.Warn("Press esc: what you type goes into an answer that the terminal did not end.")
		return a, nil
	case keyboard.Heard:
		a.Say("What you type is heard again.")
		return a, nil
	case terminal.Stranded:
		a.Warn("There is no shell that would bring authdeck back, so it was not suspended.")
		return a, nil
	default:
		return a, tea.Batch(a.broadcast(msg), a.end(msg))
	}
}

func (a *App) resize() {
	for _, p := range a.pages() {
		p.SetSize(a.width, a.height-chrome-a.lines())
	}
}

// lines are those that a command takes.
func (a *App) lines() int {
	if a.line == nil {
		return 0
	}
	return typedLines
}

func (a *App) pages() []page {
	all := []page{a.tokens, a.users, a.all, a.doings}
	for _, p := range a.left {
		all = append(all, p.tokens, p.users)
	}
	return all
}

func (a *App) broadcast(msg tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{order.LookAgain(msg)}
	switch msg := msg.(type) {
	case terminal.Hangup:
		cmds = append(cmds, a.hangUp(msg))
	case order.Answered, order.KeyFiled, order.Handed:
		a.calmDown()
	case claim.Go:
		cmds = append(cmds, a.toClaim(msg))
	case claim.Person:
		cmds = append(cmds, a.toPerson(person.Seed{System: msg.System, Account: msg.Owner}))
	case claim.End:
		cmds = append(cmds, a.endClaim(msg))
	case bulk.Applied:
		for _, l := range msg.Done {
			a.Marks.Remove(l.System, l.Token.ID) // what is left is marked still
		}
	case rotating.Go:
		cmds = append(cmds, a.toRotated(msg))
	case greeting:
		a.greet(string(msg))
	case order.Taken:
		a.Say(msg.Said)
	case heard:
		if a.life == warned {
			a.life = insisted
		}
	}
	for _, p := range a.pages() {
		cmds = append(cmds, p.Update(msg))
	}
	a.all.hear(a.current, a.tokens.list, a.users.list)
	switch msg.(type) {
	case order.Answered, order.Found, bulk.Applied:
		cmds = append(cmds, a.front.Renew())
	}
	return tea.Batch(cmds...)
}

// calmDown forgets a first ctrl+c: what it was a warning of has changed.
func (a *App) calmDown() {
	if a.life != running {
		a.life = running
		a.Hush()
	}
}

// press hands a key on. Outside a text field a paste does nothing, or pasted
// text would run as commands, and letters count by their place on the keyboard.
func (a *App) press(press keyboard.Press) tea.Cmd {
	if a.shutdown.deaf() {
		return nil // the end has begun; a key does not call it off
	}
	focus, msg := a.focus(), press.Key
	switch {
	case key.Matches(msg, a.Keys.Suspend):
		return a.world.Suspend
	case key.Matches(msg, a.Keys.Redraw):
		return a.world.Redraw
	}
	a.Hush()
	if msg.Paste && focus != order.Typing {
		a.Warn("Pasted text does nothing outside a text field.")
		return nil
	}
	if focus != order.Typing {
		msg = keyboard.Latin(msg)
	}
	if msg.Type == tea.KeyCtrlC {
		if a.life != running && !a.Accepts(press) {
			return nil
		}
		return a.leave()
	}
	a.life = running
	if a.tooSmall() {
		return nil // nobody sees what a key would do
	}
	switch {
	case a.line != nil:
		return a.typeCommand(keyboard.Press{Key: msg, Manner: press.Manner})
	case a.help != nil:
		return a.readHelp(msg)
	case focus == order.Browsing:
		if cmd, mine := a.global(msg); mine {
			return cmd
		}
	}
	return a.front.Update(keyboard.Press{Key: msg, Manner: press.Manner})
}

// focus is whom a typed key is for.
func (a *App) focus() order.Focus {
	if a.line != nil {
		return order.Typing
	}
	if a.help != nil {
		return a.help.focus()
	}
	return a.front.Focus()
}

func (a *App) global(msg tea.KeyMsg) (cmd tea.Cmd, mine bool) {
	for _, g := range a.globals() {
		if key.Matches(msg, g.Binding) {
			return g.run(), true
		}
	}
	if key.Matches(msg, a.Keys.All) {
		return a.toAll(), true // which says that there is one system only
	}
	return nil, false
}
