package keyboard

import "log/slog"

// sort is what an input was that is no key.
type sort string

const (
	noSort   sort = ""         // a key or a paste
	osc      sort = "osc"      // operating system command: what a terminal says of its colours, its title, its clipboard
	dcs      sort = "dcs"      // device control string: its name, its settings
	apc      sort = "apc"      // application program command: graphics
	pm       sort = "pm"       // privacy message
	sos      sort = "sos"      // start of string
	csi      sort = "csi"      // a control sequence that names no key
	ss3      sort = "ss3"      // a single shift that names no key
	report   sort = "report"   // a control sequence that answers a question: where the cursor is, what it can do
	mouse    sort = "mouse"    // nobody asked for the mouse
	release  sort = "release"  // the end of a press
	nameless sort = "nameless" // a key that Bubble Tea v1 has no name for
	broken   sort = "bytes"    // bytes that are no letter
	cutPaste sort = "paste"    // a paste, or its end, that was too long or never ended
)

// tally is how many inputs were dropped, by their sort. What was in them is
// nowhere: it may be a clipboard.
type tally map[sort]int

// note writes the tally to the log, if there is anything in it.
func (t tally) note(log *slog.Logger) {
	if len(t) == 0 {
		return
	}
	var counts []any
	for _, s := range []sort{osc, dcs, apc, pm, sos, csi, ss3, report, mouse, release, nameless, broken, cutPaste} {
		if n := t[s]; n > 0 {
			counts = append(counts, string(s), n)
		}
	}
	log.Info("input dropped", counts...)
}
