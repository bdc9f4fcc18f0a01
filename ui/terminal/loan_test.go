package terminal

import (
	"strings"
	"testing"
	"time"
)

// TestWhatWasTypedBeforeAQuestionIsNoAnswerToIt types ahead, then answers once the keys are named.
func TestWhatWasTypedBeforeAQuestionIsNoAnswerToIt(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{"\r": true, "\x1b": false, "q": false, "n": false, "\x03": false, "jx\x1b[Byd\x1bOA\r": true, "yd\x1b[1;5C\x1b": false} {
		far, tty := openPty(t)
		s := &Session{in: NewInput(tty), out: NewOutput(tty, false), told: make(chan struct{})}
		ahead := map[bool]string{true: "q", false: "jj\r\r"}[want] // which would be the other answer
		send(t, far, ahead)
		if !readable(tty.Fd(), time.Minute) {
			t.Fatal("nothing has come")
		}
		said := make(chan bool)
		go func() { said <- s.consent() }()
		var shown strings.Builder
		for part := make([]byte, 256); !strings.Contains(shown.String(), "enter lets it"); {
			n, err := far.Read(part)
			if err != nil {
				t.Fatal(err)
			}
			shown.Write(part[:n])
		}
		send(t, far, answer)
		if got := <-said; got != want {
			t.Errorf("%q after %q is taken for %t", answer, ahead, got)
		}
	}
}
