//go:build unix

package terminal

import (
	"fmt"
	"os"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// line is what the kernel makes of a terminal's bytes: lines with echo, or every byte as
// it comes.
type line struct {
	in, out *os.File

	mu     sync.Mutex
	before *term.State // what to give back; nil while it is as it was
}

// raw has every byte come as it is. To do it once more does no harm: a shell that had the
// line meanwhile has changed it.
func (l *line) raw() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	state, err := term.MakeRaw(l.in.Fd())
	if err != nil {
		return fmt.Errorf("the terminal cannot be made to give keys one by one: %w", err)
	}
	if l.before == nil {
		l.before = state
	}
	return nil
}

// background reports whether the terminal is somebody else's: of a job in the background
// the kernel does not take how the line is to be, and stops it for trying.
func (l *line) background() bool {
	group, err := unix.IoctlGetInt(int(l.in.Fd()), unix.TIOCGPGRP)
	return err == nil && group != unix.Getpgrp()
}

// yield stops the job while the terminal is somebody else's, as to read a key would.
func (l *line) yield() {
	if l.background() {
		_ = unix.Kill(0, unix.SIGTTIN)
	}
}

// restore makes the line what it was, unless it is somebody else's by now.
func (l *line) restore() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.before == nil || l.background() {
		l.before = nil
		return nil
	}
	err := term.Restore(l.in.Fd(), l.before)
	l.before = nil
	return err
}

// size is what the terminal says of itself, nothing where it does not know.
func (l *line) size() tea.WindowSizeMsg {
	width, height, err := term.GetSize(l.out.Fd())
	if err != nil {
		return tea.WindowSizeMsg{}
	}
	return tea.WindowSizeMsg{Width: width, Height: height}
}
