package claim

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// hand is a key in hand and the systems that may know it, one of them marked.
type hand struct {
	order.Base
	*order.Desk
	key     model.Secret
	systems []system
	at      int // the marked one
	moved   bool
}

// system is what is known of one, and what it says of the key.
type system struct {
	api   model.API
	info  model.Info
	may   model.Candidate
	by    model.Passage // by which it is asked; NoPassage for not at all
	stage stage
	claim model.Claim
}

// stage is how far a system is with its answer.
type stage int

const (
	unasked stage = iota
	asking
	answered
	givenUp // and it may have seen the key all the same
)

func newSystem(api model.API, key model.Secret) system {
	s := system{api: api, info: api.Info(), may: model.CandidateOf(api, key)}
	if s.may.Asked() {
		s.by = s.may.Passage()
	}
	return s
}

// learn takes in what is known of a system by now. What is not asked any more has no tick.
func (s *system) learn(key model.Secret) {
	s.info, s.may = s.api.Info(), model.CandidateOf(s.api, key)
	if !slices.Contains(s.may.Passages, s.by) {
		s.by = model.NoPassage
	}
}

// ask has a system say whose the key is; with a copy of it that is wiped afterwards.
func (s *system) ask(ctx context.Context, to *answers, index int) tea.Cmd {
	s.stage, s.claim = asking, model.Claim{}
	api, own, by := s.api, to.key.Copy(), s.by
	return func() tea.Msg {
		defer own.Wipe()
		return said{to, index, model.WhoseOf(ctx, api, own, by)}
	}
}

// Forget implements [order.Modal].
func (h *hand) Forget() { h.key.Wipe() }

// Scroll implements [order.Modal]: the arrows go to another system.
func (h *hand) Scroll(msg tea.KeyMsg) bool {
	return (msg.Type == tea.KeyPgDown || msg.Type == tea.KeyPgUp) && h.Scroller.Scroll(msg)
}

// move marks another system; false for a key that does not.
func (h *hand) move(msg tea.KeyMsg) bool {
	keys, last := list.Keys(), len(h.systems)-1
	switch {
	case key.Matches(msg, keys.Down):
		h.at = min(h.at+1, last)
	case key.Matches(msg, keys.Up):
		h.at = max(h.at-1, 0)
	case key.Matches(msg, keys.Top):
		h.at = 0
	case key.Matches(msg, keys.Bottom):
		h.at = last
	default:
		return false
	}
	h.moved = true
	h.ToTop()
	return true
}

// rows are the systems, one a line, as many as leave half of the room to what is told of the
// marked one.
func (h *hand) rows(width, height int, word func(system) string) string {
	names := 0
	for _, s := range h.systems {
		names = max(names, min(ansi.StringWidth(s.info.Name), width/3))
	}
	shown := h.shown(height)
	top := max(0, min(h.at-shown/2, len(h.systems)-shown))
	var lines []string
	for i := top; i < top+shown; i++ {
		s, here := h.systems[i], ""
		if i == h.at {
			here = caret.Here
		}
		name := look.Cut(s.info.Name, names)
		name += strings.Repeat(" ", names-ansi.StringWidth(name))
		lines = append(lines, here+look.Cut(h.Styles.Mark(i == h.at)+name+"  "+word(s), width))
	}
	return strings.Join(lines, "\n")
}

// shown are how many systems a window has room for.
func (h *hand) shown(height int) int { return min(len(h.systems), max(2, height/2-1)) }

// placed is a title, with the place of the mark where not all systems are shown.
func (h *hand) placed(title string, height int) string {
	if h.shown(height) == len(h.systems) {
		return title
	}
	return fmt.Sprintf("%s (%d of %d)", title, h.at+1, len(h.systems))
}

// marked is the system under the mark.
func (h *hand) marked() *system { return &h.systems[h.at] }

// where names a system as a question does.
func (s system) where() string { return s.info.Name + " (" + s.info.Kind + ", " + s.info.Host + ")" }
