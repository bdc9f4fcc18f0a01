package terminal

import (
	"os"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestTheProgramEndsWhenItsTerminalCloses(t *testing.T) {
	far, tty := openPty(t)
	in := NewInput(tty)
	log := &keyLog{init: func() tea.Msg { _ = far.Close(); return Watch(in, nil)() }}
	run(t, in, log)
}

func TestTheProgramEndsOnAHangupSignal(t *testing.T) {
	_, tty := openPty(t)
	in := NewInput(tty)
	signals := make(chan os.Signal, 1)
	signals <- syscall.SIGHUP
	run(t, in, &keyLog{init: Watch(in, signals)})
}
