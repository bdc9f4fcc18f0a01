package batch

import (
	"fmt"
	"io"
	"time"
)

// Farewell bounds how long the last words wait for somebody to take them.
const Farewell = 3 * time.Second

// Say writes a line for a person, which is no result.
func (w World) Say(format string, words ...any) {
	fmt.Fprintf(w.Stderr, "authdeck: "+format+"\n", words...)
}

// SayLast says the last that there is to say. Where a connection has stalled nobody takes it, and
// that holds the end up no longer than a farewell may last.
func SayLast(to io.Writer, words ...string) {
	said := make(chan struct{})
	go func() {
		defer close(said)
		for _, w := range words {
			fmt.Fprintln(to, "authdeck:", w)
		}
	}()
	select {
	case <-said:
	case <-time.After(Farewell):
	}
}
