package batch

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Farewell bounds how long the last words wait for somebody to take them.
const Farewell = 3 * time.Second

// Say writes a line for a person, which is no result, or several.
func (w World) Say(format string, words ...any) {
	_, _ = io.WriteString(w.Stderr, signed(fmt.Sprintf(format, words...)))
}

// signed is what is said, each line with the name of who says it: a log and a mail of cron hold
// lines of many programs, and whoever looks for ours there finds them by it. What follows an empty
// line is to be copied, such as a configuration, and stays as it is.
func signed(said string) string {
	lines, sample := strings.Split(strings.TrimRight(said, "\n"), "\n"), false
	for i, line := range lines {
		if sample = sample || line == ""; !sample {
			lines[i] = "authdeck: " + line
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// SayLast says the last that there is to say. Where a connection has stalled nobody takes it, and
// that holds the end up no longer than a farewell may last.
func SayLast(to io.Writer, words ...string) {
	said := make(chan struct{})
	go func() {
		defer close(said)
		for _, w := range words {
			_, _ = io.WriteString(to, signed(w))
		}
	}()
	select {
	case <-said:
	case <-time.After(Farewell):
	}
}
