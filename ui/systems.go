package ui

import (
	"cmp"
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/keyboard"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/standing"
)

// systems is the page of the configured systems. Each is asked by a command of
// its own, so that a slow one keeps nobody waiting; their tokens are counted when somebody
// looks at the page.
type systems struct {
	*order.Desk
	nav     navigator
	apis    []model.API
	union   Union // that counts their tokens; nil for nobody
	counts  int   // how often that was asked; an answer to an earlier question is dropped
	rows    []standing.System
	list    *list.Model[standing.System]
	part    look.Part // of what is told of the marked one, below them
	actions []action
	stage

	width, height int
}

// identified answers the question who a credential is.
type identified struct {
	to    *systems
	index int
	asked int
	user  model.User
	err   error
	heard standing.Heard
}

// lasting is for how long what a system has said of itself is shown as it was: a console is
// open for days, and its systems are looked at in the morning.
const lasting = 10 * time.Minute

func newSystems(d *order.Desk, nav navigator, apis []model.API, union Union) *systems {
	s := &systems{Desk: d, nav: nav, apis: apis, union: union}
	for i, api := range apis {
		row := standing.System{Index: i, Info: api.Info()}
		if k, has := d.Keys.System(i); has && len(apis) > 1 {
			row.Key = k.Help().Key
		}
		s.rows = append(s.rows, row)
	}
	s.list = list.New(list.Options[standing.System]{
		Columns: standing.Columns(d.Styles),
		Key:     func(row standing.System) string { return row.Info.Name },
		Clock:   d.Clock,
		Styles:  d.Styles.List(),
	})
	s.actions = []action{
		{Binding: look.Named(d.Keys.Open, "go there"), run: s.choose},
		{Binding: look.Named(d.Keys.Reload, "ask again"), run: s.Init},
		{Binding: d.Keys.Back, run: s.leave},
	}
	s.put()
	return s
}

// put shows the rows as they are by now.
func (s *systems) put() {
	for i := range s.rows {
		s.rows[i].Now = s.Clock.Now()
	}
	s.list.Put(s.rows)
}

func (s *systems) leave() tea.Cmd {
	cmd, _ := s.nav.back()
	return cmd
}

// Init asks every system who we are, and has all tokens counted anew.
func (s *systems) Init() tea.Cmd {
	cmds := []tea.Cmd{s.count(true)}
	for i := range s.rows {
		cmds = append(cmds, s.ask(i))
	}
	return tea.Batch(cmds...)
}

// Renew implements page: it asks the systems that have not been asked for a while, and has
// the tokens counted.
func (s *systems) Renew() tea.Cmd {
	cmds := []tea.Cmd{s.count(false)}
	for i, row := range s.rows {
		if row.Reach == standing.Unasked || row.Reach != standing.Asking && s.Clock.Now().Sub(row.Since) > lasting {
			cmds = append(cmds, s.ask(i))
		}
	}
	return tea.Batch(cmds...)
}

func (s *systems) ask(i int) tea.Cmd {
	now := s.Clock.Now
	asked := s.rows[i].Ask(now())
	s.put()
	api := s.apis[i]
	return func() tea.Msg {
		started := now()
		user, err := api.WhoAmI(context.Background())
		return identified{s, i, asked, user, err, standing.Heard{At: now(), Took: now().Sub(started)}}
	}
}

// Update implements page.
func (s *systems) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case identified:
		if msg.to == s && msg.asked == s.rows[msg.index].Asked {
			s.settle(msg)
		}
	case counted:
		if msg.to == s && msg.asked == s.counts {
			return s.tally(msg)
		}
	case countOn:
		if msg.to == s && msg.asked == s.counts && s.nav.shows(s) {
			return s.count(false)
		}
	case keyboard.Press:
		if s.modal != nil {
			return s.Show(s.answer(s.Desk, msg))
		}
		return s.key(msg.Key)
	case armNow:
		s.arm(msg)
	}
	if s.modal != nil {
		return s.Show(s.modal.Update(msg))
	}
	return nil
}

// Show implements page.
func (s *systems) Show(m order.Modal, cmd tea.Cmd) tea.Cmd { return s.follow(s.Clock, m, cmd) }

func (s *systems) settle(msg identified) {
	row := &s.rows[msg.index]
	row.Settle(msg.user, msg.err, msg.heard)
	row.Info = s.apis[msg.index].Info() // it may have learned which generation answers
	s.put()
}

func (s *systems) key(msg tea.KeyMsg) tea.Cmd {
	for _, a := range s.actions {
		if key.Matches(msg, a.Binding) {
			return a.run()
		}
	}
	moves := s.list.Keys()
	switch {
	case key.Matches(msg, moves.PageDown) && s.part.Turn(1), key.Matches(msg, moves.PageUp) && s.part.Turn(-1):
		return nil
	}
	s.part = look.Part{}
	cmd, mine := s.list.Press(msg)
	if !mine {
		s.Say(model.Clean(msg.String()).String() + " does nothing here; ? shows the keys.")
	}
	return cmd
}

func (s *systems) choose() tea.Cmd {
	row, ok := s.list.Selected()
	if !ok {
		return nil
	}
	return s.nav.toSystem(row.Index)
}

// View implements page. What is known of the marked system stands below all of them.
func (s *systems) View() (body, words string) {
	row, _ := s.list.Selected()
	title := s.Styles.Bold.Render(row.Info.Name)
	body, words = s.Styles.Under(s.list.View(), title, &s.part, s.Styles.Describe(row.Fields(), s.width), s.width, s.height-1), s.Status.Line(s.width)
	s.framed = false
	if s.modal == nil {
		return body, words
	}
	box := s.modal.View(s.width, s.height-1, s.ready)
	if box.None() {
		return body, words
	}
	s.framed = box.Framed()
	return s.over(s.Styles, box, body, s.width, layout{s.width, s.height - 1}), words
}

// SetSize implements page. The list has room for every system, unless too little is left
// for what is told of one.
func (s *systems) SetSize(width, height int) {
	s.width, s.height = width, height
	rest := height - 1
	s.list.SetSize(width, max(1, min(1+len(s.rows), rest-1-max(2, rest/3))))
}

// Heading implements page.
func (s *systems) Heading() (words string, took time.Duration) {
	words = look.Plural(len(s.rows), "system")
	last := ""
	for _, row := range s.rows {
		last = cmp.Or(row.Key, last)
	}
	if last != "" {
		words += "\nkeys " + s.rows[0].Key + " to " + last
	}
	return words, 0 // each row says its own
}

// Focus implements page.
func (s *systems) Focus() order.Focus {
	if s.modal != nil {
		return s.modal.Focus()
	}
	return order.Browsing
}

// Actions implements page.
func (s *systems) Actions() []action { return s.actions }

// Help implements page.
func (s *systems) Help() []key.Binding {
	switch {
	case s.modal != nil && s.ready == order.Unarmed:
		return nil // none works yet
	case s.modal != nil:
		return s.modal.Help()
	}
	var keys []key.Binding
	for _, a := range s.actions {
		keys = append(keys, a.Binding)
	}
	return keys
}
