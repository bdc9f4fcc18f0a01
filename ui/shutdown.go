package ui

import (
	"errors"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
	"authdeck/ui/terminal"
)

// shutdown is the console's end where it is not the person's own wish: told by a
// signal, or because the terminal is lost.
type shutdown struct {
	step  shutdownStep
	alone bool     // nobody is at the terminal any more
	said  []string // for the way out, a line each
	lost  []loss   // what was lost

	undone bool // something was begun and is not at its end
}

// loss is a key that no file took.
type loss struct {
	of  any // its dialog
	err error
}

// shutdownStep is how far the end has come.
type shutdownStep int

const (
	staying  shutdownStep = iota
	summoned              // an answer that is under way is waited for
	rescuing              // a new key is being written to a file
	stranded              // it could not be, and somebody may be there who knows another place
	over                  // nothing is left to do
)

// deaf reports whether keys do nothing: the end has begun, and a key does not call
// it off.
func (p shutdown) deaf() bool { return p.step == summoned || p.step == rescuing }

// hangUp begins the end. Where somebody may still be there, the line is watched
// on: it may be lost meanwhile.
func (a *App) hangUp(h terminal.Hangup) tea.Cmd {
	a.Log.Info("told to end", "by", h.String())
	if a.shutdown.step != rescuing && a.shutdown.step != over {
		a.shutdown.step = summoned
	}
	if h.Attended() {
		return a.world.Hangup
	}
	a.shutdown.alone = true
	return nil
}

// end brings the console to its end once it was told to: not before the answer to
// a write, and not before the key in it is in a file. Only the answer of the file
// itself says that.
func (a *App) end(msg tea.Msg) tea.Cmd {
	p := &a.shutdown
	if p.step == staying || p.step == over {
		return nil
	}
	a.hear(msg)
	switch holds := a.front.Holds(); {
	case holds >= order.UnfinishedFile: // what is under way comes to its end
		return nil
	case holds != order.Nothing && p.step == summoned:
		p.step = rescuing
		return a.front.Rescue()
	case holds != order.Nothing && !p.alone:
		p.step = stranded
		if _, tried := msg.(order.KeyFiled); tried {
			a.Warn("authdeck was told to end, and stays until the key is in a file.")
		}
		return nil
	}
	p.step = over
	return tea.Quit
}

// hear keeps for the way out what became of a write and of a key: the screen is
// gone by then.
func (a *App) hear(msg tea.Msg) {
	p := &a.shutdown
	switch answer := msg.(type) {
	case order.Answered:
		if answer.Issued.Key.Empty() {
			p.said = append(p.said, answer.Ending())
		}
	case order.Handed:
		if answer.Err == nil {
			p.said = append(p.said, answer.Sentence())
		}
	case order.KeyFiled:
		p.lost = slices.DeleteFunc(p.lost, func(l loss) bool { return l.of == answer.Of() })
		if answer.Err != nil {
			p.lost = append(p.lost, loss{answer.Of(), fmt.Errorf("%s could not be written to a file: %w; unless somebody has it by now, it is lost", answer.What(), answer.Err)})
			return
		}
		if answer.Path == "" {
			p.said = append(p.said, answer.What()+" was not handed over, and is kept, sealed:", answer.Later())
			return
		}
		p.said = append(p.said, answer.What()+" was written to a file that only you can read:", model.Clean(answer.Path).String())
	}
}

// Farewell is what has to be said when the screen is given back, and what was
// lost, if anything was. A key that the console still has in hand then, because
// it came to a bad end or the person has left with a sealed one, is written first, or said
// to be kept.
func (a *App) Farewell() (said []string, lost error) {
	defer a.front.Forget()
	if a.shutdown.step != over || a.front.Holds() == order.SealedKey {
		a.await(a.front.Rescue())
	}
	for _, l := range a.shutdown.lost {
		a.Log.Error("key lost", "why", model.Clean(l.err.Error()).String())
		lost = errors.Join(lost, l.err)
	}
	parting := a.Partings()
	a.shutdown.undone = parting.Undone
	return append(a.shutdown.said, parting.Said...), lost
}

// await hears what comes of commands that nobody else runs any more.
func (a *App) await(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	several, is := msg.(tea.BatchMsg)
	if !is {
		a.hear(msg)
	}
	for _, one := range several {
		a.await(one)
	}
}

// Undone reports whether something was begun and is not at its end, once [App.Farewell] has
// said what.
func (a *App) Undone() bool { return a.shutdown.undone }

// leave ends the console, unless something would be lost that cannot be had
// again: that takes a second ctrl+c, after the warning could be read.
func (a *App) leave() tea.Cmd {
	holds := a.front.Holds()
	if holds <= order.SeenKey || a.life == insisted {
		a.shutdown.step = over
		return tea.Quit
	}
	a.life = warned
	a.Warn(map[order.Hold]string{
		order.SentKey:            "ctrl+c again leaves; the clipboard may not have the key.",
		order.NewKey:             "ctrl+c again loses the new key, which nobody has.",
		order.UnfinishedFile:     "ctrl+c again leaves; the key is not in its file yet.",
		order.UnfinishedHandover: "ctrl+c again leaves; the command may not have the key yet.",
		order.UnansweredWrite:    "ctrl+c again leaves; the answer may hold a new key.",
	}[holds])
	return tea.Batch(a.broadcast(order.Leaving{}), a.Clock.After(order.Arming, heard{}))
}
