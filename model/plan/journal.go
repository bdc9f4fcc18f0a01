package plan

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Step is what of a line is written down.
type Step string

// The steps. One that begins is written down before anything is sent, the others after the
// answer.
const (
	Begins Step = "begins"
	PutOff Step = "put-off" // the system wanted to be left alone: nothing happened
	Ends   Step = "ends"
	Looked Step = "looked" // what there was to see later of an uncertain one, which stays uncertain
)

// Record is one entry of a journal. No secret is in it.
type Record struct {
	Line    int // from 0 on
	At      time.Time
	Step    Step
	Outcome Outcome // of one that ends
	Words   string  // what the system said, what the answer brought to know, or what was seen later
	Key     Place   // of one that ends: where its new key is; empty where there is none
}

// Journal is what remembers what was done for a plan.
type Journal interface {
	// Records are those that were written before, in their order.
	Records() []Record
	// Write has written when it returns, so that no end of the program or of the machine takes
	// it away. It is safe for concurrent use.
	Write(Record) error
	// Close lets another program go on with the plan.
	Close() error
}

// Files are where plans, their journals and the keys that come of them are kept.
type Files interface {
	// Keep writes a plan to a file that is there when it is whole, and says where: without a
	// path it is the folder for plans. A file that is there is an [io/fs.ErrExist] unless it is
	// to be replaced.
	Keep(p *Plan, path string, replace bool) (kept string, err error)
	// Journal opens what was written down for a plan whose file is at a path. It fails where
	// the journal is that of another plan, or of what the plan was before it was changed, and
	// while another program has it.
	Journal(p *Plan, path string) (Journal, error)
	// Ends are what was done by now for a plan whose file is at a path, by whoever it was.
	Ends(p *Plan, path string) ([]End, error)
	// Vouch is how a plan whose file is at a path is signed, as [Vouch] has it.
	Vouch(p *Plan, path, signers string) error
	// Outlets are the ways in which the new keys of a plan can be handed over; the first one is
	// the usual one.
	Outlets(p *Plan) []Outlet
	// Piped takes keys as an object a line of what a command writes, in clear or sealed to those to
	// whom keys are. Called is where that goes, for a person.
	Piped(to io.Writer, called string, sealed bool) (Keys, error)
}

// End is what is known of a line.
type End struct {
	Outcome Outcome
	Words   string
	At      time.Time
	Seen    string // what a look found later of an uncertain one; empty where nobody has looked
	Key     Place  // where its new key is; empty where there is none, or it waits
	Half    bool   // it was begun, and its end was not written down
}

// Told is all that there is to say of an end.
func (e End) Told() string {
	if e.Seen == "" {
		return e.Words
	}
	return strings.TrimPrefix(strings.TrimSuffix(e.Words, ".")+"; looked at since: "+e.Seen, "; ")
}

// half is what is said of a line that was begun and has no end.
const half = "the program ended while it was under way: whether it happened is not known here"

// Ends are what is known of each line of a plan after what a journal has. A line that has
// begun and not ended is uncertain.
func (p *Plan) Ends(records []Record) []End {
	ends := make([]End, len(p.Lines))
	for i := range ends {
		ends[i].Outcome = NotBegun
		if why := p.Lines[i].Cannot; why != "" {
			ends[i] = End{Outcome: Cannot, Words: why}
		}
	}
	for _, r := range records {
		if r.Line < 0 || r.Line >= len(ends) {
			continue
		}
		switch r.Step {
		case Begins:
			ends[r.Line] = End{Outcome: Uncertain, Words: half, At: r.At, Half: true}
		case PutOff:
			ends[r.Line] = End{Outcome: NotBegun, Words: r.Words, At: r.At}
		case Ends:
			ends[r.Line] = End{Outcome: r.Outcome, Words: r.Words, At: r.At, Key: r.Key}
		case Looked:
			if ends[r.Line].Outcome == Uncertain {
				ends[r.Line].Seen = r.Words
			}
		}
	}
	return ends
}

// elsewhere is what is said of a line that another program has begun and not ended.
const elsewhere = "another authdeck has it under way right now"

// EndsSoFar are the ends after what a journal has by now. Where another program applies the
// plan right now, what it has begun and not ended is on its way.
func (p *Plan) EndsSoFar(records []Record, underWay bool) []End {
	ends := p.Ends(records)
	for i := range ends {
		if underWay && ends[i].Half {
			ends[i].Words = elsewhere
		}
	}
	return ends
}

// lacks says that a journal does not have what is known of a line, which would be sent once more.
func lacks(known, has []End) error {
	for i := range min(len(known), len(has)) {
		if has[i].Outcome == NotBegun && known[i].Outcome != NotBegun || has[i].Open() && !known[i].Open() {
			return fmt.Errorf("the journal of the plan does not have what was done for it (line %d is %s): somebody has taken it away, or put another one in its place; put it back, or make a new plan of what is left", i+1, known[i].Outcome)
		}
	}
	return nil
}

// Tally counts the ends.
func Tally(ends []End) map[Outcome]int {
	counted := map[Outcome]int{}
	for _, e := range ends {
		counted[e.Outcome]++
	}
	return counted
}
