package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// reveal shows a new key, once, masked until it is asked for. It is the only
// place from which a key leaves, and it forgets the key as it closes.
type reveal struct {
	calm
	*desk
	op     operation
	issued model.Issued
	mask   mask
	taken  taken
	said   []string // where the key went, the latest first

	trouble trouble // how the rest of the write ended, where it failed
	path    string  // of the file that it was written to; empty for none
}

type mask int

const (
	masked mask = iota
	shown
)

// taken is whether anybody has the key besides this dialog.
type taken int

const (
	untaken  taken = iota
	leaving        // untaken, and the person has been asked whether to lose it
	inSafety       // seen, sent or written
)

func newReveal(d *desk, op operation, issued model.Issued) *reveal {
	r := &reveal{desk: d, op: op, issued: issued}
	if op.named != nil && issued.Token.ID != "" {
		r.op.done = op.named(issued.Token)
	}
	if op.shows == repeated {
		r.taken = inSafety
	}
	return r
}

// sent answers a text that was handed to the clipboard or to a file.
type sent struct {
	to   any
	what string
	said string
	path string // of a file; empty for none
	err  error
}

func (s sent) sentence() string {
	if s.err != nil {
		return model.Clean(s.what + " was not taken: " + s.err.Error()).String()
	}
	words := model.Clean(s.what + " was " + s.said).String()
	if s.path == "" {
		return words
	}
	return words + "\n" + model.Clean(s.path).String()
}

// send hands a text to the clipboard, in a copy of its own: the dialog may wipe
// its own before the command is done.
func (d *desk) send(to any, what string, text model.Secret) tea.Cmd {
	own, send := model.NewSecret(text.Reveal()), d.Send
	return func() tea.Msg {
		defer own.Wipe()
		said, err := send(context.Background(), own)
		return sent{to, what, said, "", err}
	}
}

// keep writes the key to a file.
func (r *reveal) keep() tea.Cmd {
	own, keep := model.NewSecret(r.issued.Key.Reveal()), r.Keep
	name := fileName(r.op.system, r.issued.Token, r.Clock.Now())
	return func() tea.Msg {
		defer own.Wipe()
		path, err := keep(name, own)
		return sent{r, "The key", "written to a file that only you can read:", path, err}
	}
}

// fileName is made of the system's name, the token's number and the time, never
// of a foreign name.
func fileName(system string, t model.Token, now time.Time) string {
	id := strings.Map(func(r rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", r) {
			return r
		}
		return '_'
	}, t.ID)
	return fmt.Sprintf("%s-%.40s-%s.key", system, id, now.UTC().Format("20060102T150405Z"))
}

// Update implements modal.
func (r *reveal) Update(msg tea.Msg) (modal, tea.Cmd) {
	switch msg := msg.(type) {
	case sent:
		if msg.to == any(r) {
			r.note(msg)
		}
	case tea.KeyMsg:
		return r.key(msg)
	}
	return r, nil
}

func (r *reveal) note(msg sent) {
	if msg.path != "" {
		r.Log.Info("key written", "what", r.op.done, "path", msg.path)
	}
	r.said = slices.Insert(r.said, 0, msg.sentence())
	if msg.err == nil {
		r.taken, r.path = inSafety, cmp.Or(msg.path, r.path)
	}
}

func (r *reveal) key(msg tea.KeyMsg) (modal, tea.Cmd) {
	if r.taken == leaving {
		return r.lastWord(msg)
	}
	switch {
	case key.Matches(msg, r.keys.show):
		r.toggle()
	case key.Matches(msg, r.keys.copy):
		return r, r.send(r, "The key", r.issued.Key)
	case key.Matches(msg, r.keys.write) && r.path != "":
		r.say("It is written already; the path stands above.")
	case key.Matches(msg, r.keys.write):
		return r, r.keep()
	case key.Matches(msg, r.keys.back, r.keys.enter):
		if r.taken == inSafety {
			return r.close()
		}
		r.taken = leaving
	}
	return r, nil
}

func (r *reveal) toggle() {
	if r.mask == shown {
		r.mask = masked
		return
	}
	r.mask, r.taken = shown, inSafety
}

// lastWord asks once more before a key is lost that nobody has.
func (r *reveal) lastWord(msg tea.KeyMsg) (modal, tea.Cmd) {
	if key.Matches(msg, r.keys.lose) {
		r.warn("The key is gone; regenerate the token for another.")
		return r.close()
	}
	r.taken = untaken
	return r, nil
}

// close forgets the key.
func (r *reveal) close() (modal, tea.Cmd) {
	r.issued.Key.Wipe()
	return nil, nil
}

// View implements modal. The key comes right under the title, so that a low
// window does not cut it, and has a line to itself, so that it can be marked.
func (r *reveal) View(width, height int) string {
	if r.taken == leaving {
		return r.dialog(&r.scroller, width, height, true, "Close, and lose the key?",
			"It was neither seen, sent nor written, and no system shows it again. l loses it; any other key goes back.")
	}
	body := slices.Concat([]string{r.secret()}, r.which(), r.trouble.lines(), r.said, []string{r.hint()}, r.issued.Notes)
	return r.dialog(&r.scroller, width, height, false, r.op.done, body...)
}

// which names the token that the key is of: a new one has a name that nobody has
// seen yet.
func (r *reveal) which() []string {
	if r.issued.Token.ID == "" || strings.Contains(r.op.done, called(r.issued.Token)) {
		return nil
	}
	return []string{"It is the key of " + called(r.issued.Token) + "."}
}

func (r *reveal) hint() string {
	if r.op.shows == repeated {
		return "It leaves memory when this closes; the system shows it again to those who may."
	}
	if r.taken == inSafety {
		return "It leaves memory when this closes."
	}
	return "It is shown this once. Send it, write it or look at it before you close this."
}

// secret is the key as the dialog shows it. What is shown is cleaned like all
// that comes from outside; what is sent and written is the key itself.
func (r *reveal) secret() string {
	if r.mask == masked {
		return strings.Repeat("•", 24)
	}
	text := model.Clean(r.issued.Key.Reveal())
	if text.Changed() {
		return text.String() + "\nThis is not quite the key: it was altered for the screen. Send it or write it."
	}
	return text.String()
}

// Help implements modal.
func (r *reveal) Help() []key.Binding {
	if r.taken == leaving {
		return []key.Binding{r.keys.lose, named(r.keys.no, "go back")}
	}
	show := r.keys.show
	if r.mask == shown {
		show = named(show, "hide")
	}
	return []key.Binding{named(r.keys.copy, "send"), show, named(r.keys.back, "close"), r.keys.write}
}

// Rescue implements modal: whoever lost their terminal has not lost the key.
func (r *reveal) Rescue() tea.Cmd {
	if r.taken == inSafety {
		return nil
	}
	return r.keep()
}

// Holds implements modal.
func (r *reveal) Holds() hold {
	if r.taken == inSafety {
		return nothing
	}
	return aKey
}
