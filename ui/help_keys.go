package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
)

// shown are the groups with what is looked for, and all of them while nothing is.
func (h *help) shown() []group {
	if h.find == nil || strings.TrimSpace(h.find.Value()) == "" {
		return h.groups
	}
	words := strings.Fields(strings.ToLower(h.find.Value()))
	var shown []group
	for _, g := range h.groups {
		g.entries = slices.DeleteFunc(slices.Clone(g.entries), func(e entry) bool { return !e.says(words) })
		if g.last = ""; len(g.entries) > 0 {
			shown = append(shown, g)
		}
	}
	return shown
}

// says reports whether every word is in what an entry says.
func (e entry) says(words []string) bool {
	said := strings.ToLower(e.key + " " + e.text + " " + e.why)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) })
}

// marked is what the marked entry does; false where none can be seen.
func (h *help) marked() (action, bool) {
	at := 0
	for _, g := range h.shown() {
		for _, e := range g.entries {
			if e.does == nil {
				continue
			}
			if at == h.cursor {
				return *e.does, at < len(h.at) && h.part.Shows(h.at[at])
			}
			at++
		}
	}
	return action{}, false
}

// read is how far the help is read.
type read int

const (
	readOn read = iota
	closed
	obeyed // closed, to do what is marked
)

// press takes a key of the help.
func (h *help) press(msg tea.KeyMsg) read {
	switch {
	case h.find != nil && msg.Type == tea.KeyEsc:
		h.look(nil)
		return readOn
	case key.Matches(msg, h.keys.Enter):
		if _, is := h.marked(); is {
			return obeyed
		}
		return readOn
	case h.find != nil && (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace):
		h.write(msg)
		return readOn
	case key.Matches(msg, h.keys.Search):
		h.look(prompt.New("/", ""))
		return readOn
	case h.find == nil && key.Matches(msg, h.keys.Back, h.keys.Help, h.keys.Quit):
		return closed
	case h.move(msg):
		return readOn
	case h.find != nil:
		h.write(msg)
	}
	return readOn
}

// look begins to look for something, or for nothing any more.
func (h *help) look(find *prompt.Model) {
	h.find, h.cursor, h.part = find, 0, look.Part{}
}

func (h *help) write(msg tea.KeyMsg) {
	before := h.find.Value()
	if h.find.Update(msg); h.find.Value() != before {
		h.look(h.find)
	}
}

// move goes on or back by an entry, or through the lines; false for another key.
func (h *help) move(msg tea.KeyMsg) bool {
	switch {
	case key.Matches(msg, h.moves.Down):
		h.step(1)
	case key.Matches(msg, h.moves.Up):
		h.step(-1)
	case key.Matches(msg, h.moves.PageDown):
		h.part.Turn(1)
		h.into()
	case key.Matches(msg, h.moves.PageUp):
		h.part.Turn(-1)
		h.into()
	case key.Matches(msg, h.moves.Top):
		h.cursor, h.part = 0, look.Part{}
	case key.Matches(msg, h.moves.Bottom):
		h.cursor = max(0, len(h.at)-1)
		h.part.End()
	default:
		return false
	}
	return true
}

// step marks the next entry, or the one before. Where there is none the lines go on.
func (h *help) step(by int) {
	to := h.cursor + by
	if to < 0 || to >= len(h.at) {
		h.part.Go(by)
		return
	}
	h.cursor = to
	h.part.Show(h.at[to])
}

// into marks an entry among the lines that are shown.
func (h *help) into() {
	if h.cursor < len(h.at) && h.part.Shows(h.at[h.cursor]) {
		return
	}
	if at := slices.IndexFunc(h.at, h.part.Shows); at >= 0 {
		h.cursor = at
	}
}

// readHelp takes a key of the help, and does what is marked there. What is nothing without
// words is begun in the command line.
func (a *App) readHelp(msg tea.KeyMsg) tea.Cmd {
	chosen, _ := a.help.marked()
	switch a.help.press(msg) {
	case closed:
		a.help = nil
	case obeyed:
		a.help = nil
		switch why := chosen.reason(); {
		case why != "":
			a.Warn(chosen.Help().Desc + ": " + why)
		case chosen.run == nil:
			return a.beginLine(chosen.name() + " ")
		default:
			return chosen.run()
		}
	case readOn:
	}
	return nil
}

// apart has what is for many tokens at once in a group of its own: a page has those keys in the
// order of its footer, where there is room for few.
func (a *App) apart(groups []actions) []actions {
	k, front, many := a.Keys, actions{title: groups[0].title}, actions{title: "many at once"}
	those := []key.Binding{k.Mark, k.MarkTo, k.MarkAll, k.Unmark, k.EndAll, typed(planName, "")}
	for _, one := range groups[0].actions {
		to := &front
		if offered(those, one.Binding) >= 0 {
			to = &many
		}
		to.actions = append(to.actions, one)
	}
	groups = append([]actions{front}, groups[1:]...)
	if len(many.actions) == 0 {
		return groups
	}
	return slices.Insert(groups, 1, many)
}

// focus is whom a typed key is for while the help is open.
func (h *help) focus() order.Focus {
	if h.find != nil {
		return order.Typing
	}
	return order.Browsing
}
