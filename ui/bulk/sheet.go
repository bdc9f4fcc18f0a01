package bulk

import (
	"fmt"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/terminal"
)

// sheet is a plan line by line, while it is read, while it is applied, and after.
type sheet struct {
	order.Base
	*order.Desk
	api   model.API
	plan  *plan.Plan // as it was made: what is applied
	here  *plan.Plan // as it is to be read on this console
	path  string     // of its file; empty while it is in none
	ends  []plan.End
	one   bool  // all lines are of one person
	rows  []int // the lines in the order in which they are shown
	step  step
	move  list.KeyMap
	count plan.Count           // of the lines that would be sent now
	tally map[plan.Outcome]int // of the ends
	waits int                  // keys that were not handed over
	where string               // which of the others are in which place

	barred map[string]string // why a system takes no line as the plan is signed, by its name
	seen   map[int]plan.Seen // of a second reading
	partly bool              // which was given up
	unkept []string          // why a key that comes would not be kept, as it was before the question

	cursor, top, shown int
	at                 *journey // while it is applied, and after; nil before
	glance             *glance  // a second reading; nil while none is under way
	looking            bool     // a line is looked at, for the journal
	hung, quits        bool     // nothing more is to be begun: the console is to end, or somebody wants to leave
}

// step is what a sheet is at.
type step int

const (
	reading  step = iota
	opening       // its file and its journal are on their way
	running       // lines are under way
	stopping      // those under way are waited for
)

// Show shows a plan that was read from a file, with what was done for it, and reads again what
// it is about: time has passed since it was made.
func Show(d *order.Desk, api model.API, p *plan.Plan, path string, ends []plan.End) (order.Modal, tea.Cmd) {
	s := newSheet(d, api, p, path, ends)
	return s, s.again()
}

func newSheet(d *order.Desk, api model.API, p *plan.Plan, path string, ends []plan.End) *sheet {
	s := &sheet{Desk: d, api: api, plan: p, path: path, ends: ends, move: list.Keys()}
	if s.ends == nil {
		s.ends = p.Ends(nil)
	}
	s.one = ofOne(p)
	if path == "" { // of a file that is asked elsewhere, for it takes the disk
		s.barred = s.objections("")
	}
	s.survey()
	return s
}

// settle counts what is left, and puts on top what wants a look.
func (s *sheet) settle() {
	s.tally, s.waits = plan.Tally(s.ends), waiting(s.ends)
	s.where = plan.WhereKeys(s.ends, s.tally[plan.Done])
	s.count, s.rows = plan.Count{}, make([]int, len(s.plan.Lines))
	for i := range s.plan.Lines {
		s.rows[i] = i
		s.enter(i)
	}
	weight := map[plan.Outcome]int{}
	for i, o := range plan.Outcomes() {
		weight[o] = i
	}
	if s.at != nil || s.count.Lines < len(s.plan.Lines) {
		slices.SortStableFunc(s.rows, func(a, b int) int { return s.heft(weight, a) - s.heft(weight, b) })
	}
	s.cursor, s.top = min(s.cursor, max(0, len(s.rows)-1)), 0
}

// enter counts a line that nothing was sent of.
func (s *sheet) enter(i int) {
	l := &s.here.Lines[i]
	switch {
	case s.ends[i].Outcome != plan.NotBegun && s.ends[i].Outcome != plan.Cannot:
		return
	case l.Cannot != "":
		s.count.Cannot++
	default:
		s.count.Sent++
		if l.Grave() {
			s.count.Grave++
		}
	}
	s.count.Lines++
}

// Update implements [order.Modal].
func (s *sheet) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case opened:
		if msg.to == s {
			return s.begun(msg)
		}
	case came:
		if msg.to == s {
			return s.hear(msg)
		}
	case closed:
		if msg.to == s {
			return s.finish(msg.err)
		}
	case written, looked, readied, glanced:
		return s.learns(msg)
	case terminal.Hangup:
		s.hangUp()
	case order.Leaving:
		s.leaving()
	case tea.KeyMsg:
		return s.key(msg)
	}
	return s, s.tick(msg)
}

// tick has the time that is waited shown.
func (s *sheet) tick(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	if s.at != nil {
		cmds = append(cmds, s.at.wait.Update(msg))
	}
	if s.glance != nil {
		cmds = append(cmds, s.glance.wait.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (s *sheet) key(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	switch {
	case s.moves(msg):
	case s.step != reading:
		if key.Matches(msg, s.Keys.Back) {
			s.stop()
		}
	case s.hurries(msg):
	case key.Matches(msg, s.Keys.Back):
		s.unglance()
		s.leave()
		return nil, nil
	case s.glance != nil:
		s.Say("It is being read again; esc gives that up, and a goes on without.")
	case s.looking:
		s.Say("A line is being looked at; that is waited for.")
	case key.Matches(msg, s.Keys.Inquire):
		return s, s.inquire()
	case key.Matches(msg, s.Keys.Reload):
		return s, s.again()
	case key.Matches(msg, s.Keys.Enter, s.Keys.Apply):
		return s.ask(plan.Rest)
	case key.Matches(msg, s.Keys.Regenerate):
		return s.ask(plan.OnlyFailed)
	case key.Matches(msg, s.Keys.Write):
		return s.write()
	case key.Matches(msg, s.Keys.Export):
		return s.report()
	}
	return s, nil
}

// leave says what a plan that is left leaves behind.
func (s *sheet) leave() {
	switch {
	case s.at == nil && s.path == "":
		s.Say("Nothing was sent.")
	case s.path != "" && s.count.Sent > 0:
		s.Say("The plan is in " + model.Clean(s.path).String() + "; authdeck --plan FILE opens it again.")
	}
}

// moves moves the cursor; false for a key that is not for that.
func (s *sheet) moves(msg tea.KeyMsg) bool {
	last, page := len(s.rows)-1, max(1, s.shown)
	switch {
	case key.Matches(msg, s.move.Down):
		s.cursor++
	case key.Matches(msg, s.move.Up):
		s.cursor--
	case msg.Type == tea.KeyPgDown:
		s.cursor += page
	case msg.Type == tea.KeyPgUp:
		s.cursor -= page
	case msg.Type == tea.KeyHome:
		s.cursor = 0
	case msg.Type == tea.KeyEnd:
		s.cursor = last
	default:
		return false
	}
	s.cursor = max(0, min(s.cursor, last))
	return true
}

// Scroll implements [order.Modal]: the rows are moved through.
func (*sheet) Scroll(tea.KeyMsg) bool { return false }

// Help implements [order.Modal].
func (s *sheet) Help() []key.Binding {
	k := s.Keys
	switch s.step {
	case opening, stopping:
		return nil
	case running:
		return []key.Binding{look.Named(k.Back, "stop after those under way")}
	case reading:
	}
	help := []key.Binding{look.Named(k.Back, "leave")}
	if s.glance != nil && !s.glance.given {
		return []key.Binding{look.Named(k.Back, "give the reading up"), look.Named(k.Apply, "apply without")}
	}
	if s.count.Sent > 0 {
		help = append(help, look.Named(k.Apply, "apply"))
	}
	if n := s.tally[plan.Failed]; n > 0 {
		help = append(help, look.Named(k.Regenerate, fmt.Sprintf("try the %d failed again", n)))
	}
	if _, is := s.uncertain(); is {
		help = append(help, k.Inquire)
	}
	if _, can := s.reported(); can {
		help = append(help, look.Named(k.Export, "report on the person"))
	}
	return append(help, look.Named(k.Write, "write it to a file"), look.Named(k.Reload, "read again"))
}

// Holds implements [order.Modal].
func (s *sheet) Holds() order.Hold {
	if s.step == reading {
		return order.Nothing
	}
	return order.UnansweredWrite
}

// Step implements [order.Modal].
func (s *sheet) Step() order.Step { return order.Step(s.step) }

// Ready implements [order.Modal]: no key of a plan does anything without another question.
func (*sheet) Ready() order.Readiness { return order.Armed }

// Commits implements [order.Modal].
func (*sheet) Commits(tea.KeyMsg) bool { return false }

func (s *sheet) now() time.Time { return s.Clock.Now() }
