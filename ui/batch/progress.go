package batch

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Progress says how far something is, on one line that is written over. It says nothing where
// the errors go to no terminal, and nothing before a person begins to wonder. Make it with
// [World.Progress]. It is safe for concurrent use.
type Progress struct {
	to io.Writer // nil for nobody

	mu    sync.Mutex
	began time.Time
	last  time.Time
	width int // of what stands there
}

// The first word comes after so long, and then one that often.
const (
	quiet = 700 * time.Millisecond
	often = 200 * time.Millisecond
)

// Progress begins one.
func (w World) Progress() *Progress {
	p := &Progress{began: time.Now()}
	if f, is := w.Stderr.(*os.File); is && IsTerminal(f) {
		p.to = f
	}
	return p
}

// Tell says how far it is.
func (p *Progress) Tell(format string, words ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.to == nil || now.Sub(p.began) < quiet || now.Sub(p.last) < often {
		return
	}
	p.last = now
	p.write(fmt.Sprintf("authdeck: "+format, words...))
}

// Clear takes away what stands there, before something else is said and at the end.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		p.write("")
		fmt.Fprint(p.to, "\r")
	}
}

// write writes over what stands there.
func (p *Progress) write(line string) {
	wide := utf8.RuneCountInString(line)
	fmt.Fprint(p.to, "\r"+line+strings.Repeat(" ", max(0, p.width-wide)))
	p.width = wide
}
