package ui

import (
	"github.com/charmbracelet/bubbles/key"

	"authdeck/model"
)

// keyMap is every key of the console but those that move in a list.
type keyMap struct {
	tokens, users, systems, help, quit                    key.Binding
	open, back, search, sort, filter, reload              key.Binding
	create, edit, regenerate, remove, reveal, revoke      key.Binding
	owner, token, copy, enter, replace, field, pick, self key.Binding
	yes, no, show, write, elsewhere, lose                 key.Binding
}

func newKeys() keyMap {
	bind := func(help, what string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
	}
	return keyMap{
		tokens:     bind("1", "tokens", "1"),
		users:      bind("2", "users", "2"),
		systems:    bind("0", "systems", "0"),
		help:       bind("?", "help", "?"),
		quit:       bind("q", "quit", "q"),
		open:       bind("enter", "details", "enter"),
		back:       bind("esc", "back", "esc"),
		search:     bind("/", "search", "/"),
		sort:       bind("s", "sort", "s"),
		filter:     bind("f", "filter", "f"),
		reload:     bind("ctrl+r", "reload", "ctrl+r"),
		create:     bind("c", "create", "c"),
		regenerate: bind("r", "regenerate", "r"),
		remove:     bind("d", "delete", "d"),
		edit:       bind("e", "edit", "e"),
		reveal:     bind("v", "show key", "v"),
		revoke:     bind("x", "revoke a key", "x"),
		replace:    bind("a", "replace", "a"),
		field:      bind("tab", "other field", "tab"),
		pick:       bind("space", "pick", " "),
		self:       bind("tab", "for yourself", "tab"),
		owner:      bind("u", "owner", "u"),
		token:      bind("t", "token", "t"),
		copy:       bind("y", "copy name", "y"),
		enter:      bind("enter", "choose", "enter"),
		yes:        bind("y", "yes", "y"),
		no:         bind("n", "no", "n", "esc", "enter", "q"),
		show:       bind("v", "show", "v"),
		write:      bind("w", "write to a file", "w"),
		elsewhere:  bind("o", "other folder", "o"),
		lose:       bind("l", "lose the key", "l"),
	}
}

// named is a binding under another word, where the same key means something
// more exact.
func named(b key.Binding, what string) key.Binding {
	b.SetHelp(b.Help().Key, what)
	return b
}

// instead is the key of an action that is offered in place of another.
func (k keyMap) instead(a model.Action) key.Binding {
	switch a {
	case model.Create:
		return k.create
	case model.Delete:
		return k.remove
	case model.Replace:
		return k.replace
	default:
		return k.regenerate
	}
}
