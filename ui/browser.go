package ui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/bulk"
	"authdeck/ui/keyboard"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/search"
)

// browser is what the pages of a system have in common: a list, the details of
// the row under the cursor, a search, and one modal at a time.
type browser[T any] struct {
	*order.Desk
	nav          navigator
	api          model.API
	noun         string
	copied       string // what the key for copying says it copies
	copiedItself string // and the one beside it
	lost         look.Scroller
	list         *list.Model[T]
	along        func() bool           // whether a list of one owner can be narrowed further
	alone        string                // why not, to stand behind what is said
	searched     func() []string       // what a search looks at
	sorts        func() []model.Sort   // asked anew: a system learns while it runs
	filters      func() []model.Choice // as well
	fields       func(T) []look.Field
	name         func(T) model.Text // what the key for copying copies
	itself       func(T) model.Text // and the one beside it
	called       func(T) string     // a row in a sentence
	ended        func(T) bool       // whether a row was deleted from here
	own          func() []string    // what else has to be said of the rows; nil for nothing
	actions      []action
	asks         []model.Choice  // the questions with names that these rows can be asked
	counted      func() []string // what is known of all of them; nil for nothing
	below        func() string   // what else there is to know of the rows that are shown; nil for nothing
	kin          kin             // of the person that the rows are of
	marked       func() []string // how many are marked; nil where none ever is
	marking      []action        // the keys for that

	stage
	search   search.Model
	ordering kept[string, model.Sort] // of a question
	worded   kept[string, bool]       // whether the system was asked for words
	details  *details                 // nil when no details are shown

	rowReady order.Readiness // of the object under the cursor for keys that change it
	moves    int             // how often the cursor has moved by itself since the last key
	waits    int             // how often such keys were made to wait

	begin         spot          // where the reader was when the page was left
	prior         []model.Query // what was asked for before each jump to one owner's list
	apart         apart         // whose list this is not any more; until it was there to be read
	noted         int           // lines that are kept for words
	whole         int           // how many rows the list has that is not narrowed; 0 while that is not known
	stale         freshness
	width, height int
}

// freshness is whether a write has changed what the rows say since they were
// read.
type freshness int

const (
	fresh freshness = iota
	outdated
)

// put shows what follows a modal. The row under the cursor gets its keys in a moment when
// there is none any more.
func (b *browser[T]) put(next order.Modal, cmd tea.Cmd) tea.Cmd {
	closed := b.modal != nil && next == nil
	cmd = b.follow(b.Clock, next, cmd)
	if closed {
		return tea.Batch(cmd, b.disarmRow())
	}
	return cmd
}

// Show implements page.
func (b *browser[T]) Show(m order.Modal, cmd tea.Cmd) tea.Cmd { return b.put(m, cmd) }

// Init asks for the first page, and for what is there now: the server may be changed by
// another system of the configuration, whose client told this one's nothing.
func (b *browser[T]) Init() tea.Cmd {
	q := b.begin.Query
	q.Size, q.Fresh = look.PageSize, true
	return b.list.Return(b.begin.Spot, q)
}

// Update gives a key to the one who is asked, and everything else to everyone.
func (b *browser[T]) Update(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(keyboard.Press); ok {
		cmd := b.key(press)
		return tea.Batch(cmd, b.listChanged())
	}
	cmds := []tea.Cmd{b.list.Update(msg)}
	if b.modal != nil {
		cmds = append(cmds, b.put(b.modal.Update(msg)))
	}
	switch msg := msg.(type) {
	case armNow:
		b.arm(msg)
	case order.Answered:
		b.outdate(msg)
	case bulk.Applied:
		b.stale = outdated
		b.list.Outdate()
	case order.Found:
		if b.concerns(msg.Outdates) {
			b.stale = outdated
		}
	case rowArmed:
		b.armRow(msg)
	case retold:
		if b.api == model.API(msg.of) {
			cmds = append(cmds, b.list.Again())
		}
	case order.Copied:
		b.tell(msg)
	}
	return tea.Batch(append(cmds, b.listChanged())...)
}

// outdate marks the rows as those from before an answer. Where a key was only shown, or
// refused, there was no change, but what was asked for may be gone.
func (b *browser[T]) outdate(msg order.Answered) {
	if !msg.Outdates() {
		return
	}
	b.stale = outdated
	if msg.Order().Action.Writes() {
		b.list.Outdate()
	}
}

// Renew implements page. A page that nobody looks at waits until somebody does.
func (b *browser[T]) Renew() tea.Cmd {
	switch {
	case b.list.State() == list.Idle:
		return b.Init()
	case b.stale == outdated:
		b.stale = fresh
		return tea.Batch(b.list.Refresh(), b.disarmRow())
	}
	return b.disarmRow()
}

func (b *browser[T]) key(press keyboard.Press) tea.Cmd {
	msg := press.Key
	if b.apartWords() != "" {
		b.apart = apart{} // it was read
	}
	switch {
	case b.modal != nil:
		return b.put(b.answer(b.Desk, press))
	case b.search.Active():
		return b.typeSearch(msg)
	}
	for _, a := range b.actions {
		if key.Matches(msg, a.Binding) {
			return b.act(a)
		}
	}
	return b.move(msg)
}

// act does what a key is for, or says why it cannot be done.
func (b *browser[T]) act(a action) tea.Cmd {
	if why := a.reason(); why != "" {
		b.Warn(a.Help().Desc + ": " + why)
		return nil
	}
	return a.run()
}

func (b *browser[T]) move(msg tea.KeyMsg) tea.Cmd {
	moves := b.list.Keys()
	switch {
	case b.turnDetails(msg):
		return nil
	case !b.list.Seen():
	case key.Matches(msg, moves.Next) && b.list.Last():
		b.Say("This is the last page.")
	case key.Matches(msg, moves.Previous) && b.list.First():
		b.Say("This is the first page.")
	}
	cmd, mine := b.list.Press(msg)
	if !mine {
		b.Say(fmt.Sprintf("%s does nothing here; ? shows the keys.", model.Clean(msg.String())))
	}
	return cmd
}

// Focus implements page.
func (b *browser[T]) Focus() order.Focus {
	switch {
	case b.modal != nil:
		return b.modal.Focus()
	case b.search.Active():
		return order.Typing
	}
	return order.Browsing
}

// Actions implements page.
func (b *browser[T]) Actions() []action { return b.actions }

// Help implements page: the keys that work here and now.
func (b *browser[T]) Help() []key.Binding {
	switch {
	case b.modal != nil && b.ready == order.Unarmed:
		return nil // none works yet
	case b.modal != nil:
		return b.modal.Help()
	case b.search.Active():
		return b.search.Help()
	}
	first, last := b.outOf() // and the keys that work everywhere
	usable := append(make([]key.Binding, 0, len(b.actions)+3), first...)
	for _, a := range b.actions {
		switch what := a.Help().Key; {
		case what == b.Keys.Back.Help().Key:
			usable = append(usable, last...)
		case what == b.Keys.Open.Help().Key && b.details != nil:
		case len(a.Keys()) > 0 && a.reason() == "":
			usable = append(usable, a.shown())
		}
	}
	if moves := b.list.Keys(); !b.list.Last() {
		usable = append(usable, moves.Next)
	}
	return usable
}
