package order

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// reveal shows a new key, once, masked until it is asked for. It is the only
// place from which a key leaves, and it forgets the key as it closes.
type reveal struct {
	Base
	*Desk
	op      operation
	issued  model.Issued
	mask    mask
	custody custody
	step    Step
	said    []string      // how it went with the clipboard and the command, the latest first
	taken   bool          // by the command
	parting look.Scroller // of the last question

	how     rotation.Manner // how somebody came to have it; empty while nobody has
	trouble trouble         // how the rest of the write ended, where it failed
	path    string          // of the file that it was written to; empty for none
	refused error           // why no file took it; nil before the first try
	folder  *prompt.Model   // another place for it; nil unless it is being typed
}

type mask int

const (
	masked mask = iota
	shown
)

func newReveal(d *Desk, op operation, issued model.Issued) *reveal {
	r := &reveal{Desk: d, op: op, issued: issued}
	if op.named != nil && issued.Token.ID != "" {
		r.op.done = op.named(issued.Token)
	}
	if op.shows == repeated {
		r.custody = safe
	}
	return r
}

// Update implements [Modal].
func (r *reveal) Update(msg tea.Msg) (Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case Copied:
		if msg.By(r) {
			r.note(msg)
		}
	case KeyFiled:
		if msg.to == r {
			r.filed(msg)
		}
	case Handed:
		if msg.to == r {
			r.handed(msg)
		}
	case tea.KeyMsg:
		return r.key(msg)
	}
	return r, nil
}

func (r *reveal) key(msg tea.KeyMsg) (Modal, tea.Cmd) {
	switch {
	case r.step == leaving:
		return r.lastWord(msg)
	case r.step == placing:
		return r, r.place(msg)
	case key.Matches(msg, r.Keys.Show):
		r.toggle()
	case key.Matches(msg, r.Keys.Copy) && r.unsendable() != "":
		r.Warn("The key is not sent: " + r.unsendable() + ".")
	case key.Matches(msg, r.Keys.Copy):
		return r, r.ToClipboard(r, "The key", r.issued.Key)
	case r.step == keeping:
		r.Say("The key is being written to a file, and the answer is waited for.")
	case r.step == handing:
		r.Say("The command is at work, and its end is waited for.")
	case key.Matches(msg, r.Keys.HandOver) && r.taken:
		r.Say("The command has it already.")
	case key.Matches(msg, r.Keys.HandOver):
		return r, r.hand()
	case key.Matches(msg, r.Keys.Write, r.Keys.Elsewhere) && r.path != "":
		r.Say("It is written already; the path stands above.")
	case key.Matches(msg, r.Keys.Write):
		return r, r.keep("", byHand)
	case key.Matches(msg, r.Keys.Elsewhere) && r.refused != nil:
		r.step, r.folder = placing, prompt.New("folder: ", "")
	case key.Matches(msg, r.Keys.Close):
		return r.leave()
	}
	return r, nil
}

// place takes the letters of another folder.
func (r *reveal) place(msg tea.KeyMsg) tea.Cmd {
	switch {
	case msg.Type == tea.KeyEsc:
		r.step = telling
	case msg.Type != tea.KeyEnter:
		r.folder.Update(msg)
	case r.folder.Value() == "":
		r.folder.Complain("a folder is needed; esc goes back")
	case model.Clean(r.folder.Value()).Changed(): // what is shown would be another one
		r.folder.Complain("it holds what no screen shows, such as a line break; type it")
	default:
		return r.keep(r.folder.Value(), byHand)
	}
	return nil
}

func (r *reveal) toggle() {
	if r.mask == shown {
		r.mask = masked
		r.Unveil(model.Secret{})
		return
	}
	r.mask = shown
	if r.issued.Key.Plain() {
		r.Unveil(r.issued.Key)
	}
	if !r.altered() {
		r.custody, r.how = max(r.custody, seen), rotation.Seen
	}
}

// leave closes the dialog of a key that somebody has, and asks otherwise.
func (r *reveal) leave() (Modal, tea.Cmd) {
	if r.custody >= seen {
		return r.close()
	}
	r.step, r.parting = leaving, r.Succeeded()
	return r, nil
}

// lastWord asks once more before a key is lost that nobody may have.
func (r *reveal) lastWord(msg tea.KeyMsg) (Modal, tea.Cmd) {
	r.step = telling
	switch {
	case !key.Matches(msg, r.Keys.Lose):
		return r, nil
	case r.custody == handedOn:
		r.how = rotation.ToClipboard
		r.Say("The key has left this console; the clipboard has it, if your terminal took it.")
	default:
		r.Warn("The key is gone; regenerate the token for another.")
	}
	return r.close()
}

// close forgets the key, and the screen and the safe forget it too: somebody has it, or said
// that nobody is to.
func (r *reveal) close() (Modal, tea.Cmd) {
	r.issued.Key.Wipe()
	r.Unveil(model.Secret{})
	switch {
	case r.path != "" || r.taken:
		return nil, nil
	case r.how == "" || r.trouble.doubts():
		return nil, r.drop()
	}
	return nil, r.given(r.how)
}

// View implements [Modal]. The key comes right under the title, so that a low
// window does not cut it, and has a line to itself, so that it can be marked.
func (r *reveal) View(width, height int, ready Readiness) look.Box {
	if r.step == leaving {
		title, says := r.lastQuestion()
		return r.Styles.Dialog(&r.parting, width, height, look.Dialog{
			Title: title, Mood: r.risk(), Says: says, Keys: r.Help(), Offer: ready.offer(look.SafeFirst),
		})
	}
	d := look.Dialog{
		Title: r.title(), Bare: r.secret(), Facts: r.receipt(), Heed: r.warning(),
		Keys: r.ways(r.Keys.Write, r.Keys.Elsewhere, r.Keys.HandOver), Offer: ready.offer(r.offered()),
		Says: slices.Concat(r.unlike(), r.typing(look.Room(width)), r.trouble.lines(), r.file(), r.said, r.hints(), r.issued.Notes),
	}
	if r.trouble.doubts() {
		d.Mood = look.Heed
	}
	return r.Styles.Dialog(&r.Scroller, width, height, d)
}

// what is the key in a sentence.
func (r *reveal) what() string {
	if r.trouble.doubts() {
		return "A key that came with trouble (" + r.title() + ")"
	}
	return r.op.done
}

// title does not call a key the new one that may not be.
func (r *reveal) title() string {
	if r.trouble.doubts() {
		return r.op.doing + ": " + r.trouble.outcome()
	}
	return r.op.done
}

// Help implements [Modal], in as few words as a low window has room for.
func (r *reveal) Help() []key.Binding {
	return r.ways(look.Named(r.Keys.Write, "write"), look.Named(r.Keys.Elsewhere, "folder"), look.Named(r.Keys.HandOver, "hand over"))
}

// Focus implements [Modal].
func (r *reveal) Focus() Focus {
	if r.step == placing {
		return Typing
	}
	return Asked
}

// Commits implements [Modal]: the letters of a folder are text, what is done with it
// is not.
func (r *reveal) Commits(msg tea.KeyMsg) bool { return r.step != placing || msg.Type == tea.KeyEnter }

// Step implements [Modal]. The answer of a file comes by itself, and asks nothing.
func (r *reveal) Step() Step {
	if r.step == keeping || r.step == handing {
		return telling
	}
	return r.step
}

// Ready implements [Modal]: the first letters of a folder are not lost.
func (r *reveal) Ready() Readiness {
	if r.step == placing {
		return Armed
	}
	return Unarmed
}

// Rescue implements [Modal]: whoever lost their terminal has not lost the key, also
// where it was on the screen or went to a clipboard. Neither can be asked again. A key that
// is sealed since it came needs nothing more, unless somebody has taken the sealed one away.
func (r *reveal) Rescue() tea.Cmd {
	if r.custody == safe {
		return nil
	}
	return r.keep("", rescue)
}

// Holds implements [Modal].
func (r *reveal) Holds() Hold {
	switch {
	case r.step == keeping:
		return UnfinishedFile
	case r.step == handing:
		return UnfinishedHandover
	case r.custody == safe:
		return Nothing
	case r.issued.Kept.Sealed():
		return SealedKey
	case r.custody == seen:
		return SeenKey
	case r.custody == handedOn:
		return SentKey
	}
	return NewKey
}
