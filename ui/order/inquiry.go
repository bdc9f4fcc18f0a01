package order

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
)

// looks are when an order whose end is in doubt is looked for: so long after its
// answer, and after the look before. A server behind a proxy that gave up is often
// still at it; the second answer of a look says more than the first.
func looks() []time.Duration { return []time.Duration{0, 5 * time.Second, 10 * time.Second} }

// inquiry is the looking again, by itself, for an order whose end is in doubt. It
// goes on when its dialog is closed, and changes nothing.
type inquiry struct {
	*Desk
	op   operation
	done int       // looks that were answered
	next time.Time // when the next one is due; zero for none to come
	told int       // the looks whose findings stood in a dialog

	finding model.Finding
	err     error     // why the last look found nothing out
	at      time.Time // of the last look
}

// due says that it is time to look.
type due struct{ to *inquiry }

// Found is what a look has seen of an order whose end was in doubt.
type Found struct {
	to      *inquiry
	finding model.Finding
	err     error
	later   bool // not with the answer, after which the list is read anyway
}

// Outdates reports whether rows of a system that were read before may not be true any
// more. A look right after the answer comes before the list is read anyway.
func (f Found) Outdates(system string) bool {
	return (f.later || f.to.shows()) && f.to.op.system == system
}

// inquire begins to look for an order whose end is in doubt; nil for any other.
func (d *Desk) inquire(op operation, err error) (*inquiry, tea.Cmd) {
	if err == nil || !model.MayHaveChanged(err) || !op.order.Action.Writes() {
		return nil, nil
	}
	q := &inquiry{Desk: d, op: op}
	d.inquiries = append(d.inquiries, q)
	return q, q.later(looks()[0], err)
}

// later sets the next look, not before the server wants to be asked again.
func (q *inquiry) later(d time.Duration, last error) tea.Cmd {
	d = max(d, rest(last))
	q.next = q.Clock.Now().Add(d)
	if d == 0 {
		return q.look(false)
	}
	return q.Clock.After(d, due{q})
}

// rest is how long a server that answered with an error wants to be left alone.
func rest(err error) time.Duration {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

func (q *inquiry) look(later bool) tea.Cmd {
	op := q.op
	return func() tea.Msg {
		finding, err := op.find(context.Background())
		return Found{q, finding, err, later}
	}
}

// take takes what was seen, and sets the next look. What shows is looked for no
// more.
func (q *inquiry) take(msg Found) tea.Cmd {
	q.finding, q.err, q.at, q.next = msg.finding, msg.err, q.Clock.Now(), time.Time{}
	q.done++
	q.Log.Info("looked again", "what", q.op.doing, "found", int(msg.finding.End), "failed", msg.err != nil)
	if q.shows() {
		q.History.happened(q.op, q.at)
		q.unmark(q.op)
		return nil
	}
	if q.done == len(looks()) {
		return nil
	}
	return q.later(looks()[q.done], msg.err)
}

// shows reports whether the order was seen to have happened.
func (q *inquiry) shows() bool { return q.done > 0 && q.err == nil && q.finding.End == model.Visible }

// words are what was found and what comes next, for a dialog; empty for no inquiry.
func (q *inquiry) words() string {
	if q == nil {
		return ""
	}
	q.told = q.done
	return q.state()
}

func (q *inquiry) state() string { return look.Sentences(q.seen(), q.onward()) }

func (q *inquiry) seen() string {
	if q.done == 0 {
		return ""
	}
	looked := "Looked at " + q.at.UTC().Format(time.TimeOnly) + " UTC: "
	if q.err != nil {
		return looked + "that failed. " + look.Sentence(q.err) + "."
	}
	words := model.Clean(q.finding.Words).String()
	if q.shows() && words == "" {
		words = "This did it, or somebody else in this moment."
	}
	return look.Sentences(looked+map[model.End]string{
		model.Untold:  "what can be read does not tell.",
		model.Unseen:  "nothing shows of it yet.",
		model.Visible: "it shows.",
	}[q.finding.End], words)
}

func (q *inquiry) onward() string {
	switch {
	case q.next.After(q.Clock.Now()):
		return "authdeck looks again at " + q.next.UTC().Format(time.TimeOnly) + "."
	case !q.next.IsZero():
		return "authdeck is looking…"
	case !q.shows():
		return "Before you do it again: wait a minute, ctrl+r, then look."
	}
	return ""
}

// remark is what is said of an inquiry beside a list: while it goes on, and of an
// end that stood in no dialog. Elsewhere than in its own system it names that.
func (q *inquiry) remark(system string) string {
	if q.next.IsZero() && q.told == q.done {
		return ""
	}
	about := look.Capital(q.op.ask)
	if q.op.system != system {
		about = "In " + q.op.system + ", " + q.op.ask
	}
	return about + ": " + q.state()
}

// Findings is what is to be said of inquiries beside a list of a system.
func (d *Desk) Findings(system string) []string {
	var said []string
	for _, q := range d.inquiries {
		if words := q.remark(system); words != "" {
			said = append(said, words)
		}
	}
	return said
}

// ForgetFindings drops what was found for good: its list is read anew by hand, or another
// order follows.
func (d *Desk) ForgetFindings() {
	d.inquiries = slices.DeleteFunc(d.inquiries, func(q *inquiry) bool { return q.next.IsZero() })
}

// LookAgain is what follows from a time to look, and from what was seen.
func LookAgain(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case due:
		return msg.to.look(true)
	case Found:
		return msg.to.take(msg)
	}
	return nil
}
