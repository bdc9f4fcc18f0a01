package order

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
)

// custody is how sure it is that somebody has a key besides the dialog that shows
// it; of several ways the surest counts.
type custody int

const (
	untaken  custody = iota
	handedOn         // to a clipboard, and no terminal says whether it took it
	seen             // by whoever sat at the screen
	safe             // in a file, sealed while the console ends, or with the system that it was read from just now
)

// Copied answers a text that was handed to the clipboard.
type Copied struct {
	to   any
	what string
	said string
	err  error
}

// By reports whether it was handed over by an asker.
func (s Copied) By(asker any) bool { return s.to == asker }

// Sentence says where it was sent, or why it was not taken.
func (s Copied) Sentence() string {
	if s.err != nil {
		return model.Clean(s.what + " was not taken: " + s.err.Error()).String()
	}
	return model.Clean(s.what + " was " + s.said).String()
}

// ToClipboard hands a text to the clipboard, in a copy of its own: the dialog may wipe
// its own before the command is done.
func (d *Desk) ToClipboard(to any, what string, text model.Secret) tea.Cmd {
	own, send := text.Copy(), d.Send
	return func() tea.Msg {
		defer own.Wipe()
		said, err := send(context.Background(), own)
		return Copied{to, what, said, err}
	}
}

// note puts what was said last first, and once.
func (r *reveal) note(msg Copied) {
	words := "✗ " + msg.Sentence()
	if msg.err == nil {
		words = model.Clean("? " + msg.said + ": paste it to be sure").String()
	}
	r.remark(words)
	if msg.err == nil {
		r.custody = max(r.custody, handedOn)
	}
}

// remark says what became of a try, once.
func (r *reveal) remark(words string) {
	r.said = slices.DeleteFunc(r.said, func(before string) bool { return before == words })
	r.said = slices.Insert(r.said, 0, words)
}

// KeyFiled answers a key that was to be written to a file: the only word that says
// whether it is there.
type KeyFiled struct {
	to   *reveal
	Path string // empty for a key that stays sealed, as it was since it came
	Err  error

	taken Taken
}

// Of is the dialog of the key: another one for another key.
func (k KeyFiled) Of() any { return k.to }

// What is the key in a sentence.
func (k KeyFiled) What() string { return k.to.what() }

// Later says how a key is had later that stays sealed, as a sentence.
func (k KeyFiled) Later() string { return model.Clean(k.to.issued.Kept.Later).String() }

// wish is who wants a key in a file.
type wish int

const (
	byHand wish = iota
	rescue      // nobody is left to ask
)

// keep writes the key to a file in the folder for keys, or under another one. What was
// sealed of it goes when that file is whole.
func (r *reveal) keep(under string, by wish) tea.Cmd {
	r.step = keeping
	own, keep, kept, given := r.issued.Key.Copy(), r.Keep, r.issued.Kept, r.given(rotation.ToFile)
	name := fileName(r.op.system, r.about(), r.Clock.Now(), by)
	return func() tea.Msg {
		defer own.Wipe()
		if by == rescue && kept.Waits() {
			return KeyFiled{to: r}
		}
		path, err := keep(under, name, own)
		filed := KeyFiled{to: r, Path: path, Err: err}
		if err == nil && given != nil {
			filed.taken, _ = given().(Taken)
		}
		return filed
	}
}

// drop takes away what is sealed of the key, as a command does; nil where nothing is. One that
// cannot be taken away is offered again: that is said at the next start.
func (r *reveal) drop() tea.Cmd {
	kept, log, what := r.issued.Kept, r.Log, r.op.done
	if !kept.Sealed() || r.path != "" || r.taken { // which took it away already
		return nil
	}
	return func() tea.Msg {
		if err := kept.Drop(); err != nil {
			log.Warn("sealed key not removed", "what", what, "error", model.Clean(err.Error()).String())
		}
		return nil
	}
}

// filed takes note of what became of the file.
func (r *reveal) filed(msg KeyFiled) {
	r.step, r.refused = telling, msg.Err
	if msg.Err != nil {
		r.Log.Warn("key not written", "what", r.op.done, "error", model.Clean(msg.Err.Error()).String())
		return
	}
	r.custody, r.path = safe, msg.Path
	if msg.taken.Said != "" {
		r.said = append(r.said, msg.taken.Said)
	}
	if msg.Path == "" {
		r.Log.Info("key kept sealed", "what", r.op.done)
		return
	}
	r.Log.Info("key written", "what", r.op.done, "path", msg.Path)
}

// fileName is that of a key file. That of a rescued key says so: the next start looks for it.
func fileName(system string, t model.Token, now time.Time, by wish) string {
	return model.KeyFile(system, t, now, map[wish]string{byHand: model.WrittenKey, rescue: model.RescuedKey}[by])
}
