package ui

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/keyboard"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// systems is the page of the configured systems. Each is asked by a command of
// its own, so that a slow one keeps nobody waiting.
type systems struct {
	*order.Desk
	nav     navigator
	apis    []model.API
	rows    []system
	list    *list.Model[system]
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
	took  time.Duration
}

func newSystems(d *order.Desk, nav navigator, apis []model.API) *systems {
	s := &systems{Desk: d, nav: nav, apis: apis}
	for i, api := range apis {
		s.rows = append(s.rows, system{index: i, info: api.Info()})
	}
	s.list = list.New(list.Options[system]{
		Columns: systemColumns(d.Styles),
		Key:     func(row system) string { return row.info.Name },
		Clock:   d.Clock,
		Styles:  d.Styles.List(),
	})
	s.actions = []action{
		{Binding: look.Named(d.Keys.Open, "go there"), run: s.choose},
		{Binding: look.Named(d.Keys.Reload, "ask again"), run: s.Init},
		{Binding: d.Keys.Back, run: s.leave},
	}
	s.list.Put(s.rows)
	return s
}

func (s *systems) leave() tea.Cmd {
	cmd, _ := s.nav.back()
	return cmd
}

// Init asks every system who we are.
func (s *systems) Init() tea.Cmd {
	var cmds []tea.Cmd
	for i := range s.rows {
		cmds = append(cmds, s.ask(i))
	}
	return tea.Batch(cmds...)
}

// Renew implements page: it asks the systems that have not been asked yet.
func (s *systems) Renew() tea.Cmd {
	var cmds []tea.Cmd
	for i, row := range s.rows {
		if row.reach == unasked {
			cmds = append(cmds, s.ask(i))
		}
	}
	return tea.Batch(cmds...)
}

func (s *systems) ask(i int) tea.Cmd {
	s.rows[i].reach = asking
	s.rows[i].asked++
	s.list.Put(s.rows)
	api, now, asked := s.apis[i], s.Clock.Now, s.rows[i].asked
	return func() tea.Msg {
		started := now()
		user, err := api.WhoAmI(context.Background())
		return identified{s, i, asked, user, err, now().Sub(started)}
	}
}

// Update implements page.
func (s *systems) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case identified:
		if msg.to == s && msg.asked == s.rows[msg.index].asked {
			s.settle(msg)
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
	row.user, row.err, row.took, row.reach = msg.user, msg.err, msg.took, reached
	row.info = s.apis[msg.index].Info() // it may have learned which generation answers
	if msg.err != nil {
		row.reach = unreached
	}
	s.list.Put(s.rows)
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
	return s.nav.toSystem(row.index)
}

// View implements page. What is known of the marked system stands below all of them.
func (s *systems) View() (body, words string) {
	row, _ := s.list.Selected()
	title := s.Styles.Bold.Render(row.info.Name)
	body, words = s.Styles.Under(s.list.View(), title, &s.part, s.Styles.Describe(row.fields(), s.width), s.width, s.height-1), s.Status.Line(s.width)
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
	return look.Plural(len(s.rows), "system"), 0 // each row says its own
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
