package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/model/traffic"
	"authdeck/ui/activity"
	"authdeck/ui/keyboard"
	"authdeck/ui/terminal"
)

// driver is a person at the console: it runs a command, feeds its message back,
// until nothing is left. There are no goroutines and no clock but its own.
type driver struct {
	t       testing.TB
	app     *App
	clock   *clock
	systems []*remote
	width   int
	height  int
	gone    bool // the program has ended

	watch func(view string) // sees every screen; nil for nobody

	holding bool      // answers are on their way until the test lets them in
	held    []tea.Msg // in the order of their questions

	unveiled         model.Secret // what the terminal shows where a stand-in is drawn
	sent, kept       []string     // what left by the clipboard, by a file
	sendErr, keepErr error
	unsaid           int    // rows of which it cannot be told, of a list that is read to its end
	noted            string // what has to be known of such a list
	broken           error  // how it ends, if not well
	log              bytes.Buffer
	traffic          traffic.Ring                    // what was asked, as far as a test says
	record           func() (activity.Record, error) // nil where nothing is recorded yet
}

// start opens the console of a system in a window of 100 by 30.
func start(t testing.TB, systems ...*remote) *driver {
	t.Helper()
	d := prepare(t, termenv.Ascii, systems...)
	d.begin(100, 30)
	return d
}

// prepare makes a console that nobody has started yet.
func prepare(t testing.TB, profile termenv.Profile, systems ...*remote) *driver {
	t.Helper()
	d := &driver{t: t, clock: systems[0].clock, systems: systems}
	apis := make([]model.API, len(systems))
	for i, s := range systems {
		apis[i] = s
	}
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(profile)
	renderer.SetHasDarkBackground(true)
	d.app = New(World{
		Clock: d.clock.waiting(), Renderer: renderer, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
		Send: d.takeText, Keep: d.takeFile, Unveil: d.unveil, Each: d.through,
		All: &joint{remotes: systems}, Activity: activity.Sources{Asked: d.traffic.Newest, Recorded: d.readRecord},
	}, apis, 0)
	return d
}

func (d *driver) readRecord(context.Context) (activity.Record, error) {
	if d.record == nil {
		return activity.Record{}, nil
	}
	return d.record()
}

func (d *driver) begin(width, height int) {
	d.resize(width, height)
	d.run(d.app.Init())
}

func (d *driver) unveil(s model.Secret) {
	d.unveiled.Wipe()
	d.unveiled = s.Copy()
}

// shown is the screen as the terminal shows it.
func (d *driver) shown() string {
	return strings.ReplaceAll(d.app.View(), terminal.StandIn(d.unveiled), d.unveiled.Reveal())
}

// takeText stands in for the clipboard; what it keeps is a copy of its own.
func (d *driver) takeText(_ context.Context, s model.Secret) (string, error) {
	if d.sendErr != nil {
		return "", d.sendErr
	}
	d.sent = append(d.sent, strings.Clone(s.Reveal()))
	return "sent to the clipboard", nil
}

// takeFile stands in for the folder for keys, and for those that a person names.
func (d *driver) takeFile(under, name string, s model.Secret) (string, error) {
	if d.keepErr != nil && under == "" {
		return "", d.keepErr
	}
	d.kept = append(d.kept, name, strings.Clone(s.Reveal()))
	return under + "/keys/" + name, nil
}

// run runs a command and all that follows from it.
func (d *driver) run(cmd tea.Cmd) {
	for queue := []tea.Cmd{cmd}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == nil {
			continue
		}
		before := d.questions()
		switch msg := queue[0]().(type) {
		case nil:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		case tea.QuitMsg:
			d.gone = true
		default:
			if d.holding && d.questions() > before {
				d.held = append(d.held, msg)
				continue
			}
			_, next := d.app.Update(msg)
			queue = append(queue, next)
		}
	}
}

func (d *driver) questions() int {
	defer d.clock.hold()()
	n := 0
	for _, s := range d.systems {
		n += len(s.asked) + len(s.writes)
	}
	return n
}

// give feeds a message and looks at the screen that it makes. A key was pressed
// alone, unless the message says otherwise.
func (d *driver) give(msg tea.Msg) {
	d.t.Helper()
	if key, ok := msg.(tea.KeyMsg); ok {
		msg = alone(key)
	}
	_, cmd := d.app.Update(msg)
	d.run(cmd)
	d.measure()
}

func (d *driver) resize(width, height int) {
	d.t.Helper()
	d.width, d.height = width, height
	d.give(tea.WindowSizeMsg{Width: width, Height: height})
}

// press types letters, a key each; ⏎ is enter.
func (d *driver) press(letters string) {
	d.t.Helper()
	for _, r := range letters {
		d.give(letter(r))
	}
}

func alone(key tea.KeyMsg) keyboard.Press {
	return keyboard.Press{Key: key, Manner: keyboard.Alone}
}

func letter(r rune) tea.KeyMsg {
	switch r {
	case '⏎':
		return tea.KeyMsg{Type: tea.KeyEnter}
	case ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}

func (d *driver) pressKey(keys ...tea.KeyType) {
	d.t.Helper()
	for _, k := range keys {
		d.give(tea.KeyMsg{Type: k})
	}
}

func (d *driver) paste(text string) {
	d.t.Helper()
	d.give(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// pass lets time go by.
func (d *driver) pass(span time.Duration) {
	d.t.Helper()
	end := d.clock.now.Add(span)
	for msg, due := d.clock.next(end); due; msg, due = d.clock.next(end) {
		d.give(msg)
	}
	d.clock.now = end
}

// hold keeps the answers that come from now on.
func (d *driver) hold() { d.holding = true }

// release lets the answers in that are on their way.
func (d *driver) release() {
	d.t.Helper()
	held := d.held
	d.held, d.holding = nil, false
	for _, msg := range held {
		d.give(msg)
	}
}

var errBroken = errors.New("it broke")
