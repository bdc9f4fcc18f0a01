package terminal

import (
	"reflect"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
)

// Guarded is a model whose keys come one at a time and whose panics end the
// program in order. Use it through a pointer, in a program with
// [tea.WithoutCatchPanics]: Bubble Tea itself prints the raw trace, with
// whatever secret or escape sequence is in it.
type Guarded struct {
	model tea.Model
	view  string // drawn in Init and Update, because View has no way to quit

	mu    sync.Mutex // commands panic in goroutines of their own
	crash crash
}

// Guard wraps m.
func Guard(m tea.Model) *Guarded { return &Guarded{model: m} }

// crashed brings a command's panic to Update. Its content is already recorded.
type crashed struct{}

// Init implements [tea.Model].
func (g *Guarded) Init() (cmd tea.Cmd) {
	defer g.rescue(func() { cmd = tea.Quit })
	cmd = g.guard(g.model.Init())
	g.view = g.model.View()
	return cmd
}

// Update implements [tea.Model].
func (g *Guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if g.Crash() != nil {
		return g, tea.Quit
	}
	return g, g.update(msg)
}

func (g *Guarded) update(msg tea.Msg) (cmd tea.Cmd) {
	defer g.rescue(func() { cmd = tea.Quit })
	var cmds []tea.Cmd
	for _, one := range split(msg) {
		g.model, cmd = g.model.Update(one)
		cmds = append(cmds, g.guard(cmd))
	}
	g.view = g.model.View()
	return tea.Batch(cmds...)
}

// View implements [tea.Model] with what the last message left to see.
func (g *Guarded) View() string {
	if g.Crash() != nil {
		return ""
	}
	return g.view
}

// split makes one message of each key that came in the same packet.
func split(msg tea.Msg) []tea.Msg {
	if keys, ok := msg.(keyboard.Packet); ok {
		return keys
	}
	return []tea.Msg{msg}
}

// guard is the same command, which cannot take the program down.
func (g *Guarded) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.rescue(func() { msg = crashed{} })
		return g.guardAll(cmd())
	}
}

// guardAll guards the commands inside a message that is a list of them. It
// goes by shape, because the type that [tea.Sequence] makes is not exported.
func (g *Guarded) guardAll(msg tea.Msg) tea.Msg {
	list := reflect.ValueOf(msg)
	if list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	guarded := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	for i := range list.Len() {
		if cmd, ok := reflect.TypeAssert[tea.Cmd](list.Index(i)); ok {
			guarded.Index(i).Set(reflect.ValueOf(g.guard(cmd)))
		}
	}
	return guarded.Interface()
}

// rescue is deferred. It records a panic and lets the caller say what then, which may
// wait for the program.
func (g *Guarded) rescue(then func()) {
	value := recover()
	if value == nil {
		return
	}
	g.record(value)
	then()
}

func (g *Guarded) record(value any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.crash.err == nil {
		g.crash = newCrash(value)
	}
}

// Crash is the first panic as one clean line, or nil.
func (g *Guarded) Crash() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.crash.err
}

// Trace is the stack of the first panic for a log, line by line as clean as
// its [Guarded.Crash]; empty without one.
func (g *Guarded) Trace() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.crash.trace
}
