package marking

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/mark"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// sweep reads all that a question finds, to mark it when all of it is here and not before:
// of a part nobody could say which part it is.
type sweep struct {
	order.Base
	*Hand
	says   string // what the list is narrowed to; empty for nothing
	wait   *wait.Model
	began  time.Time
	cancel context.CancelFunc
	far    *atomic.Pointer[far] // a command writes it
	left   bool                 // it was given up, and its end is waited for
}

// far is how far it is.
type far struct {
	read  model.Sifted
	found int
}

// swept answers it.
type swept struct {
	to   *sweep
	pile *mark.Pile
	read model.Sifted
	note string
	err  error
}

// NeedsList is why not everything can be marked.
func (h *Hand) NeedsList() string {
	switch {
	case h.Each == nil:
		return "a list cannot be read to its end from here"
	case !h.List.Seen():
		return "the list has not come"
	case h.List.Shown().Untold:
		return "of these it cannot be told whether they are meant; mark them one by one"
	}
	return h.Waits()
}

// All reads what the list that is shown has on all its pages, and marks it; where all of that
// is marked already, it takes the marks off. Says is what the list is narrowed to.
func (h *Hand) All(says string) (order.Modal, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &sweep{Hand: h, says: says, wait: wait.New(h.Clock), began: h.Clock.Now(), cancel: cancel, far: new(atomic.Pointer[far])}
	api, query, each, home, told := h.API, h.List.Shown(), h.Each, h.Home, s.far
	return s, tea.Batch(s.wait.Start(), func() tea.Msg {
		done := swept{to: s, pile: new(mark.Pile)}
		done.note, done.err = each(ctx, api, query, func(rows []model.Token, read model.Sifted) error {
			for _, row := range rows {
				done.pile.Put(home(row))
			}
			done.read = read
			told.Store(&far{read, done.pile.Len()})
			return nil
		})
		return done
	})
}

// Update implements [order.Modal].
func (s *sweep) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case swept:
		if msg.to == s {
			s.end(msg)
			return nil, nil
		}
	case tea.KeyMsg:
		if key.Matches(msg, s.Keys.Back) {
			s.left = true
			s.cancel()
		}
		return s, nil
	}
	return s, s.wait.Update(msg)
}

// end marks what was found, and says what that is. What was given up is not marked, also where
// that came just too late.
func (s *sweep) end(msg swept) {
	s.wait.Stop()
	s.cancel()
	switch {
	case s.left:
		s.Say("Given up; no mark was set or taken off.")
	case msg.err != nil:
		s.Warn(look.Sentences(look.Stopped(look.Sentence(msg.err)), "No mark was set or taken off."))
	default:
		s.tell(msg, s.Marks.Toggle(msg.pile))
	}
}

// tell says how many are marked now that were not, or the other way round, and what has to be
// known of that.
func (s *sweep) tell(msg swept, more int) {
	unsaid := ""
	if n := msg.read.Unsaid; n > 0 {
		unsaid = "Not marked: " + look.Thousands(n) + " of which it cannot be told whether they are meant; U shows them."
	}
	words := look.Thousands(msg.pile.Len()) + " found, " + look.Thousands(more) + " more marked."
	switch {
	case msg.pile.Len() == 0:
		words = "Nothing was found that could be marked."
	case more < 0:
		words = "All " + look.Thousands(-more) + " that were found had a mark, and have none now."
	case more == msg.pile.Len():
		words = look.Thousands(more) + " marked."
	}
	heed := look.Sentences(unsaid, look.Fewer(msg.read), strings.ReplaceAll(msg.note, "\n", " · "))
	if heed != "" {
		s.Warn(look.Sentences(words, heed))
		return
	}
	s.Say(words)
}

// View implements [order.Modal]: nothing, until there is a wait to speak of.
func (s *sweep) View(width, height int, ready order.Readiness) look.Box {
	if s.wait.View() == "" {
		return look.Box{}
	}
	d := look.Dialog{
		Title: "Marking tokens of " + s.API.Info().Name,
		Says:  []string{"What is on any page of the list is marked once all of it has been read, and nothing before."},
		Keys:  s.Help(), Offer: order.SafeFirst(ready),
	}
	if s.says != "" {
		d.Facts = append(d.Facts, look.Field{Label: "narrowed to", Value: s.says})
	}
	d.Facts = append(d.Facts, s.progress()...)
	return s.Styles.Dialog(&s.Scroller, width, height, d)
}

func (s *sweep) progress() []look.Field {
	far := s.far.Load()
	switch {
	case s.left:
		return []look.Field{{Label: "so far", Value: s.wait.Since("giving up")}}
	case far == nil:
		return []look.Field{{Label: "so far", Value: s.wait.Since("reading")}}
	}
	return []look.Field{
		{Label: "so far", Value: look.HowFar(&far.read, s.Clock.Now().Sub(s.began))},
		{Label: "found", Value: look.Thousands(far.found)},
	}
}

// Commits implements [order.Modal].
func (*sweep) Commits(tea.KeyMsg) bool { return false }

// Help implements [order.Modal].
func (s *sweep) Help() []key.Binding {
	if s.left {
		return nil
	}
	return []key.Binding{look.Named(s.Keys.Back, "give up, mark nothing")}
}
