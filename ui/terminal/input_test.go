package terminal

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/cancelreader"
	"golang.org/x/sys/unix"
)

// Without these methods Bubble Tea cannot stop a read.
var _ cancelreader.File = (*Input)(nil)

func TestASplitArrowIsOneKey(t *testing.T) {
	expectKeys(t, typed(t, "\x1b", "[Bq"), "down")
	expectKeys(t, typed(t, "j\x1b[", "Bq"), "j", "down")
	expectKeys(t, typed(t, "\x1b[1;", "5Aq"), "ctrl+up")
}

func TestASplitLetterArrivesWhole(t *testing.T) {
	expectKeys(t, typed(t, "\xda", "\xa9q"), "ک")
	expectKeys(t, typed(t, "a\xf0\x9f", "\x94\x91q"), "a", "🔑")
}

func TestAWheelTurnInTwoPacketsTypesNothing(t *testing.T) {
	expectKeys(t, typed(t, "\x1b[<65;1", "2;7Mq"))
}

func TestALoneEscapeStillArrives(t *testing.T) {
	far, tty := openPty(t)
	in := NewInput(tty)
	more := in.more
	in.more = func() bool {
		defer send(t, far, "q")
		return more()
	}
	send(t, far, "\x1b")
	expectKeys(t, run(t, in, &keyLog{}), "esc")
}

func TestThreeLettersInOnePacketAreThreeKeys(t *testing.T) {
	far, tty := openPty(t)
	send(t, far, "jjjq")
	expectKeys(t, run(t, NewInput(tty), &keyLog{}), "j", "j", "j")
}

func TestAPasteStaysOneMessage(t *testing.T) {
	const text = "jq کلید 🔑 "
	long := strings.Repeat(text, 100) // many times what one read takes
	far, tty := openPty(t)
	send(t, far, "\x1b[200~"+long+"\x1b[201~q")
	expectKeys(t, run(t, NewInput(tty), &keyLog{}), "["+long+"]")
}

func TestALongRunOfKeysSplitsNone(t *testing.T) {
	far, tty := openPty(t)
	send(t, far, strings.Repeat("\x1b[1;5A語", 300)+"q")
	keys := run(t, NewInput(tty), &keyLog{})
	for i, key := range keys {
		if want := []string{"ctrl+up", "語"}[i%2]; key != want {
			t.Fatalf("key %d is %q, want %q", i, key, want)
		}
	}
	if len(keys) != 600 {
		t.Errorf("%d keys of 600", len(keys))
	}
}

func TestBubbleTeaReadsNothingItself(t *testing.T) {
	far, tty := openPty(t)
	in := NewInput(tty)
	var got []tea.Msg
	in.Give(func(msg tea.Msg) { got = append(got, msg) })
	send(t, far, "j\x1b]11;rgb:ffff\ay")
	if n, err := in.Read(make([]byte, 256)); n != 0 || err != nil {
		t.Errorf("read %d, %v", n, err)
	}
	if len(got) != 1 || len(split(got[0])) != 2 {
		t.Errorf("the program got %v", got)
	}
}

func TestAClosedTerminalIsLostAndEndsQuietly(t *testing.T) {
	far, tty := openPty(t)
	in := NewInput(tty)
	if err := far.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time must not close the channel again
		if n, err := in.Read(make([]byte, 256)); n != 0 || !errors.Is(err, io.EOF) {
			t.Errorf("read %d, %v; want EOF", n, err)
		}
	}
	<-in.Lost()
}

func TestAnyFailureToReadEndsQuietly(t *testing.T) {
	_, tty := openPty(t)
	in := NewInput(tty)
	tty.Close()
	if _, err := in.Read(make([]byte, 256)); !errors.Is(err, io.EOF) {
		t.Errorf("read %v; want EOF", err)
	}
	<-in.Lost()
}

func TestATerminalThatIsThereIsNotLost(t *testing.T) {
	far, tty := openPty(t)
	in := NewInput(tty)
	send(t, far, "j")
	if _, err := in.Read(make([]byte, 256)); err != nil {
		t.Fatal(err)
	}
	select {
	case <-in.Lost():
		t.Error("lost")
	default:
	}
}

func TestWhatCameBeforeTheHangupIsStillRead(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	in := NewInput(r)
	var got []tea.Msg
	in.Give(func(msg tea.Msg) { got = append(got, split(msg)...) })
	send(t, w, "j\x1b")
	w.Close()
	for range 2 {
		_, err = in.Read(make([]byte, 256))
	}
	if len(got) != 2 || !errors.Is(err, io.EOF) {
		t.Errorf("got %v, then %v", got, err)
	}
	<-in.Lost()
}

func TestATerminalMadeNonBlockingByAnotherProcessIsNotLost(t *testing.T) {
	_, tty := openPty(t)
	in := NewInput(unwarned(t, tty))
	if n, err := in.File.Read(make([]byte, 1)); n > 0 || !errors.Is(err, unix.EAGAIN) {
		t.Fatalf("the file reads %d, %v; the test needs EAGAIN", n, err)
	}
	if n, err := in.Read(make([]byte, 1)); n != 0 || err != nil {
		t.Errorf("read %d, %v", n, err)
	}
}
