//go:build unix

package terminal

import (
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/paint"
)

// What a stay on a terminal begins and ends with. A terminal without an alternate screen
// does not hear of it, and is left blank instead of with what was on it.
const (
	takeScreen = ansi.SetModeAltScreenSaveCursor + ansi.SetModeBracketedPaste
	giveScreen = ansi.ResetModeBracketedPaste + ansi.ShowCursor + ansi.ResetModeAltScreenSaveCursor
)

// screen shows the latest picture of a program: at once if the frame before has stood for
// long enough, else when it has. Where nothing changes, nothing wakes it. It writes in a
// goroutine of its own, because a terminal that does not read holds up whoever writes, and
// a signal has to reach the program even then.
type screen struct {
	out  *Output
	can  paint.Abilities
	pace time.Duration // that a frame stands at least

	mu     sync.Mutex
	next   picture
	coming *model.Secret // that the next picture shows; nil for the same as before
	news   chan struct{} // holds one: there is a picture to show

	hand    sync.Mutex // of the one who writes; what follows is under it
	painter *paint.Painter
	held    holding
	shown   model.Secret // where a stand-in of it is on the screen
}

// holding is whether the screen is the program's.
type holding int

const (
	given holding = iota
	taken
)

// picture is what the screen is to show.
type picture struct {
	view          string
	width, height int
	secret        *model.Secret // another one to show from now on; nil for the same
	anew          bool          // whatever the terminal shows, it may be something else
}

func newScreen(out *Output, can paint.Abilities) *screen {
	return &screen{out: out, can: can, painter: paint.New(can), news: make(chan struct{}, 1)}
}

// Unveil shows a secret in the place of its [StandIn], in a copy of its own, from the
// next [screen.Show] on; the absent secret ends that.
func (s *screen) Unveil(secret model.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.coming != nil {
		s.coming.Wipe()
	}
	secret = secret.Copy()
	s.coming = &secret
}

// Show has a view on the screen as soon as may be; those before it that were not are
// left out.
func (s *screen) Show(view string, width, height int) {
	s.mu.Lock()
	s.next.view, s.next.width, s.next.height = view, width, height
	if s.coming != nil {
		if s.next.secret != nil {
			s.next.secret.Wipe()
		}
		s.next.secret, s.coming = s.coming, nil
	}
	s.mu.Unlock()
	s.wake()
}

// Anew has the latest picture painted whole: the terminal may show anything. It waits
// for nobody, not even for a terminal that does not read.
func (s *screen) Anew() {
	s.mu.Lock()
	s.next.anew = true
	s.mu.Unlock()
	s.wake()
}

func (s *screen) wake() {
	select {
	case s.news <- struct{}{}:
	default: // it will look anyway
	}
}

// run shows pictures until the end is near.
func (s *screen) run(end <-chan struct{}) {
	due := time.Now()
	for {
		select {
		case <-s.news:
		case <-end:
			return
		}
		if wait := time.Until(due); wait > 0 {
			select {
			case <-time.After(wait):
			case <-end:
				return
			}
		}
		s.paint()
		due = time.Now().Add(s.pace)
	}
}

// latest is the picture to show, which is this frame's then.
func (s *screen) latest() picture {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.next
	s.next.secret, s.next.anew = nil, false
	return p
}

// startOver takes another painter, after one of which nobody knows what it still knows.
func (s *screen) startOver() {
	s.hand.Lock()
	defer s.hand.Unlock()
	s.painter = paint.New(s.can)
}

func (s *screen) paint() {
	s.hand.Lock()
	defer s.hand.Unlock()
	p := s.latest()
	if p.secret != nil {
		s.shown.Wipe()
		s.shown = *p.secret
		s.painter.Mistrust(standsIn)
	}
	if p.anew {
		s.painter.Forget()
	}
	if s.held == given {
		return
	}
	if b := s.painter.Paint(p.view, p.width, p.height); len(b) > 0 {
		if err := s.out.Frame(b, s.shown); err != nil {
			s.painter.Forget() // nobody knows how much of it came
		}
	}
}

// take makes the screen the program's, and has it painted from nothing. A screen that is
// the program's already is taken once more: a program that was stopped without warning did
// not give it, and the shell has ended the mark of pastes since.
func (s *screen) take() {
	s.hand.Lock()
	defer s.hand.Unlock()
	s.painter.Forget()
	s.held = taken
	_ = s.out.Frame([]byte(takeScreen), model.Secret{}) // a terminal that is gone is seen by who reads
	s.wake()
}

// give gives the screen back as it was.
func (s *screen) give() {
	s.hand.Lock()
	defer s.hand.Unlock()
	if s.held == taken {
		s.held = given
		_ = s.out.Frame(append(s.painter.Wipe(), giveScreen...), model.Secret{})
	}
}
