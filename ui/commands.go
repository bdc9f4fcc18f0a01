package ui

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/ui/claim"
	"authdeck/ui/keyboard"
	"authdeck/ui/keys"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
	"authdeck/ui/rotating"
)

// typedLines is how many lines a command takes while it is typed: what it can become, and it.
const typedLines = 2

// typed is the binding of what has no key and is done by its name alone.
func typed(name, what string) key.Binding { return key.NewBinding(key.WithHelp(":"+name, what)) }

// name is what an action is called in the command line: what its key does, in one word.
func (a action) name() string {
	if name, is := strings.CutPrefix(a.Help().Key, ":"); is && name != "" {
		return name
	}
	what, _, _ := strings.Cut(a.Help().Desc, " (")
	return strings.ReplaceAll(what, " ", "-")
}

// commands is everything that can be done here and now by its name.
func (a *App) commands() []action {
	var all []action
	for _, g := range a.groups() {
		all = append(all, g.actions...)
	}
	return all
}

func (a *App) command(name string) (action, bool) {
	for _, c := range a.commands() {
		if c.name() == name {
			return c, true
		}
	}
	return action{}, false
}

// openLine lets a command be typed.
func (a *App) openLine() tea.Cmd { return a.beginLine("") }

// beginLine lets a command be typed on.
func (a *App) beginLine(begun string) tea.Cmd {
	a.line = prompt.New(":", begun)
	a.line.Hint("delete, sort expires, page 40, search age>1y; tab completes")
	a.line.Dress(a.Styles.Faint, a.Styles.Chosen)
	a.line.Complete(a.completeCommand)
	a.line.Recall(&a.typed)
	a.resize()
	return nil
}

func (a *App) closeLine() {
	a.line = nil
	a.resize()
}

// completeCommand is what the last word of a command can become.
func (a *App) completeCommand(before string) prompt.Candidates {
	name, words, more := strings.Cut(before, " ")
	if !more {
		var names []string
		for _, c := range a.commands() {
			names = append(names, c.name())
		}
		slices.Sort(names)
		return fitting(names, name)
	}
	c, is := a.command(name)
	if !is || c.offer == nil {
		return prompt.Candidates{}
	}
	can := c.offer(words)
	can.From += len([]rune(name)) + 1
	return can
}

// fitting are the words that begin with what was typed, and then those that have it in them.
func fitting(words []string, typed string) prompt.Candidates {
	var first, then []string
	typed = strings.ToLower(typed)
	for _, w := range words {
		switch at := strings.Index(strings.ToLower(w), typed); {
		case at < 0 || strings.EqualFold(w, typed):
		case at == 0:
			first = append(first, w)
		default:
			then = append(then, w)
		}
	}
	return prompt.Candidates{Words: append(first, then...)}
}

// typeCommand takes a key of the command line.
func (a *App) typeCommand(press keyboard.Press) tea.Cmd {
	switch press.Key.Type {
	case tea.KeyEsc:
		a.closeLine()
	case tea.KeyEnter:
		line := strings.TrimSpace(a.line.Value())
		cmd, err := a.obey(line)
		if err != nil {
			a.line.Complain(err.Error())
			if bad, is := errors.AsType[*query.Error](err); is {
				a.line.Put(bad.To)
			}
			return nil
		}
		a.typed.Keep(line)
		a.closeLine()
		return cmd
	default:
		a.line.Update(press.Key)
	}
	return nil
}

// obey does what was typed, or says what is wrong with it, and at which word.
func (a *App) obey(line string) (tea.Cmd, error) {
	if line == "" {
		return nil, nil
	}
	name, words, _ := strings.Cut(line, " ")
	c, is := a.command(name)
	switch why := c.reasonWith(strings.TrimSpace(words)); {
	case !is:
		return nil, a.unknown(name)
	case why != "":
		a.Warn(c.Help().Desc + ": " + why)
		return nil, nil
	case strings.TrimSpace(words) == "" && c.run != nil:
		return c.run(), nil
	case c.take == nil:
		return nil, &query.Error{From: len([]rune(name)) + 1, To: len([]rune(line)), Words: "nothing follows “" + name + "”"}
	}
	cmd, err := c.take(words)
	if bad, is := errors.AsType[*query.Error](err); is {
		begin := len([]rune(name)) + 1
		return nil, &query.Error{From: begin + bad.From, To: begin + bad.To, Words: bad.Words}
	}
	return cmd, err
}

// unknown is the error of a word that is no command, with the nearest that is one.
func (a *App) unknown(name string) error {
	var names []string
	for _, c := range a.commands() {
		names = append(names, c.name())
	}
	words := "no command “" + model.Clean(name).String() + "”"
	if near := query.Nearest(name, names); near != "" {
		words += "; is it “" + near + "”?"
	}
	return &query.Error{To: len([]rune(name)), Words: words}
}

// lineHelp are the keys of the command line.
func (a *App) lineHelp() []key.Binding {
	return []key.Binding{look.Named(a.Keys.Enter, "do it"), look.Named(a.Keys.Back, "leave"), look.Named(a.Keys.Field, "complete"), a.Keys.Earlier}
}

// systemChoices are the systems by their names.
func (a *App) systemChoices() []model.Choice {
	var all []model.Choice
	for _, row := range a.all.rows {
		all = append(all, model.Choice{Value: row.Info.Name, Label: row.Info.Name})
	}
	return all
}

// toNamed goes to the tokens of a system; of the one that is open they stay as they are.
func (a *App) toNamed(name string) tea.Cmd {
	for i, row := range a.all.rows {
		if row.Info.Name == name && i != a.current {
			return a.toSystem(i)
		}
	}
	return a.turn(a.tokens)
}

// actions are what belongs together under a title of the help.
type actions struct {
	title   string
	actions []action
}

// groups are all that can be done from the page in front, by a key or by name.
func (a *App) groups() []actions {
	return []actions{{"on this page", a.front.Actions()}, {"in every list", a.moves()}, {"everywhere", a.globals()}}
}

// globals work on every page.
func (a *App) globals() []action {
	k := a.Keys
	system, offer := takes(a.systemChoices, a.toNamed)
	pages := []action{
		{Binding: k.Tokens, run: func() tea.Cmd { return a.turn(a.tokens) }},
		{Binding: k.Users, run: func() tea.Cmd { return a.turn(a.users) }},
		{Binding: k.Systems, run: func() tea.Cmd { return a.turn(a.all) }},
		{Binding: k.Activity, run: a.toActivity},
	}
	if a.several() {
		pages = append(append(pages, action{Binding: k.All, run: a.toAll}), a.numbered()...)
	}
	if a.world.Safe != nil {
		pages = append(pages, action{Binding: typed("keys", "keys on this machine"), run: func() tea.Cmd { return a.front.Show(keys.Show(a.Desk, a.world.Safe)) }})
	}
	if a.Rotations != nil {
		pages = append(pages, action{Binding: k.Rotations, run: func() tea.Cmd { return a.front.Show(rotating.Show(a.Desk, a.world.Safe)) }})
	}
	return append(pages, []action{
		{Binding: typed("system", "system of that name"), take: system, offer: offer},
		{Binding: typed("reason", "why things are done, for the record"), run: a.TellReason, take: a.TakeReason},
		a.report(),
		{Binding: typed("curl", "the last write as a command"), run: func() tea.Cmd { return a.doings.Curl(a.front.Show) }},
		{Binding: k.Whose, run: func() tea.Cmd { return a.front.Show(claim.Ask(a.Desk, a.all.apis)) }},
		{Binding: k.Command, run: a.openLine},
		{Binding: k.Help, run: a.openHelp},
		{Binding: look.Named(k.Quit, "quit (ctrl+c too)"), run: a.leave},
		{Binding: k.Suspend, run: func() tea.Cmd { return a.world.Suspend }},
		{Binding: k.Redraw, run: func() tea.Cmd { return a.world.Redraw }},
	}...)
}

// numbered go to the first systems, by the keys that nothing else has.
func (a *App) numbered() []action {
	var all []action
	for _, row := range a.all.rows {
		if k, has := a.Keys.System(row.Index); has {
			name := row.Info.Name
			all = append(all, action{Binding: look.Named(k, "to "+name), run: func() tea.Cmd { return a.toNamed(name) }})
		}
	}
	return all
}

func (a *App) openHelp() tea.Cmd {
	a.help = newHelp(a.Styles, a.Keys, a.apart(a.groups()))
	return nil
}

// moves are those of every list, which the page in front has.
func (a *App) moves() []action {
	var all []action
	for _, b := range list.Keys().Bindings() {
		all = append(all, action{Binding: b, run: func() tea.Cmd { return a.front.Update(keyboard.Press{Key: pressed(b)}) }})
	}
	return all
}

// pressed is the key of a move.
func pressed(b key.Binding) tea.KeyMsg {
	for _, turn := range []tea.KeyType{tea.KeyPgDown, tea.KeyPgUp} {
		if msg := (tea.KeyMsg{Type: turn}); key.Matches(msg, b) {
			return msg
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(b.Keys()[0])}
}
