package look

import (
	"github.com/charmbracelet/bubbles/key"

	"authdeck/model"
)

// Keys is every key of the console but those that move in a list.
type Keys struct {
	Tokens, Users, Systems, All, Activity, Whose, Help, Command                      key.Binding
	Quit, Redraw, Suspend                                                            key.Binding
	Open, Back, Search, Untold, Sort, Turn, Filter, Views                            key.Binding
	Export, Reload                                                                   key.Binding
	Mark, MarkTo, MarkAll, Unmark                                                    key.Binding
	Create, Edit, Regenerate, Remove, EndAll, Reveal                                 key.Binding
	Owner, Token, Person, Apart, Copy, CopyItself, Enter, replace, Field, Pick, Self key.Binding
	Onward, Earlier                                                                  key.Binding
	systems                                                                          []key.Binding
	Yes, No, Show, Write, Elsewhere, HandOver, Lose, Close                           key.Binding
	Apply, Inquire                                                                   key.Binding
	Rotate, Rotations                                                                key.Binding
}

func bind(help, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
}

// NewKeys are the keys as they come.
func NewKeys() Keys {
	return Keys{
		Tokens:     bind("1", "tokens", "1"),
		Users:      bind("2", "users", "2"),
		Systems:    bind("0", "systems", "0"),
		Whose:      bind("x", "whose key is this?", "x"),
		systems:    []key.Binding{bind("3", "", "3"), bind("4", "", "4"), bind("5", "", "5"), bind("6", "", "6"), bind("7", "", "7")},
		All:        bind("9", "all systems", "9"),
		Activity:   bind("8", "activity", "8"),
		Help:       bind("?", "help", "?"),
		Command:    bind(":", "command", ":"),
		Quit:       bind("q", "quit", "q"),
		Redraw:     bind("ctrl+l", "paint the screen anew", "ctrl+l"),
		Suspend:    bind("ctrl+z", "suspend", "ctrl+z"),
		Open:       bind("enter", "details", "enter"),
		Back:       bind("esc", "back", "esc"),
		Search:     bind("/", "search", "/"),
		Untold:     bind("U", "unclear rows", "U"),
		Sort:       bind("s", "sort", "s"),
		Turn:       bind("S", "turn the order", "S"),
		Filter:     bind("f", "filter", "f"),
		Views:      bind("V", "views", "V"),
		Export:     bind("E", "export", "E"),
		Reload:     bind("ctrl+r", "ask again", "ctrl+r"),
		Mark:       bind("space", "mark", " "),
		MarkTo:     bind("m", "mark to here", "m"),
		MarkAll:    bind("*", "mark all", "*"),
		Unmark:     bind("M", "unmark all", "M"),
		Create:     bind("c", "create", "c"),
		Regenerate: bind("r", "regenerate", "r"),
		Remove:     bind("d", "delete", "d"),
		EndAll:     bind("D", "end all (a plan)", "D"),
		Edit:       bind("e", "edit", "e"),
		Reveal:     bind("v", "show key", "v"),
		Rotate:     bind("R", "rotate", "R"),
		Rotations:  bind("W", "rotations", "W"),
		replace:    bind("a", "replace", "a"),
		Field:      bind("tab", "other field", "tab"),
		Onward:     bind("ctrl+s", "review", "ctrl+s"),
		Earlier:    bind("↑", "earlier", "up"),
		Pick:       bind("space", "pick", " "),
		Self:       bind("tab", "for yourself", "tab"),
		Owner:      bind("u", "owner", "u"),
		Token:      bind("t", "token", "t"),
		Person:     bind("p", "person", "p"),
		Apart:      bind("o", "take out (or back)", "o"),
		Copy:       bind("y", "copy name", "y"),
		CopyItself: bind("Y", "copy number", "Y"),
		Enter:      bind("enter", "choose", "enter"),
		Inquire:    bind("l", "look what became of it", "l"),
		Apply:      bind("a", "apply", "a"),
		Yes:        bind("y", "yes", "y"),
		No:         bind("n/enter", "no", "n", "esc", "enter", "q"),
		Show:       bind("v", "show", "v"),
		Write:      bind("w", "write to a file", "w"),
		Elsewhere:  bind("o", "other folder", "o"),
		HandOver:   bind("h", "hand to the command", "h"),
		Lose:       bind("l", "lose the key", "l"),
		Close:      bind("esc", "close", "esc", "enter"),
	}
}

// System is the key of a system by its place among all; the ones to each side are taken.
func (k Keys) System(index int) (b key.Binding, has bool) {
	if index < 0 || index >= len(k.systems) {
		return key.Binding{}, false
	}
	return k.systems[index], true
}

// Named is a binding under another word, where the same key means something
// more exact.
func Named(b key.Binding, what string) key.Binding {
	b.SetHelp(b.Help().Key, what)
	return b
}

// Instead is the key of an action that is offered in place of another.
func (k Keys) Instead(a model.Action) key.Binding {
	switch a {
	case model.Create:
		return k.Create
	case model.Delete:
		return k.Remove
	case model.Replace:
		return k.replace
	default:
		return k.Regenerate
	}
}
