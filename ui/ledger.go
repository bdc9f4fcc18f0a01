package ui

import (
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// ledger is what this console has done since it began, and what its lists are held
// against.
type ledger struct {
	ended map[object]time.Time // tokens that were deleted, and when
	made  making
}

// object is a token of a system.
type object struct{ system, id string }

// making is the last order that made a token.
type making struct {
	system string
	order  model.Order
	issued model.Issued
}

func newLedger() *ledger { return &ledger{ended: map[object]time.Time{}} }

// enter notes how an order was answered. A token that came with trouble has come all
// the same; what was to end with it may not have.
func (l *ledger) enter(op operation, msg written, now time.Time) {
	came, old := msg.issued.Token.ID, op.order.Token.ID
	switch op.order.Action {
	case model.Delete:
		if msg.err == nil {
			l.came(op, now)
		}
	case model.Regenerate, model.Replace:
		if msg.err == nil && came != "" && came != old {
			l.ended[object{op.system, old}] = now
		}
		fallthrough
	case model.Create:
		l.made = making{op.system, op.order, msg.issued}
		delete(l.ended, object{op.system, came})
	case model.Nothing, model.Edit, model.Revoke, model.Reveal:
	}
}

// came notes that an order shows to have happened.
func (l *ledger) came(op operation, now time.Time) {
	if op.order.Action == model.Delete {
		l.ended[object{op.system, op.order.Token.ID}] = now
	}
}

// end is when a token was deleted from here; false where it was not.
func (l *ledger) end(system string, t model.Token) (time.Time, bool) {
	at, ended := l.ended[object{system, t.ID}]
	return at, ended
}

// skew is how much later a server's clock may be behind than this one's, so that
// what it made since an order seems older.
const skew = 2 * time.Minute

// like reports whether a token may be a second one of the last order: the same
// owner, description and scope, made since, and another one.
func (m making) like(system string, t model.Token) bool {
	made := m.issued.Token
	at, known := t.Created.Time()
	return m.system == system && made.ID != "" && t.ID != made.ID && t.ID != m.order.Token.ID &&
		made.Owner.ID != "" && t.Owner.ID == made.Owner.ID &&
		t.Description == made.Description && t.Scope == made.Scope &&
		known && !at.Before(m.order.At.Add(-skew)) &&
		!slices.ContainsFunc(m.issued.Notes, func(said string) bool { return strings.Contains(said, marked(t.Name)) })
}

// remarks are what the rows say that this console knows better or did not expect.
func (t *tokens) remarks() []string {
	return slices.Concat(t.revenants(), t.copies())
}

// revenants are the tokens that were deleted and are in a list that was read since.
func (t *tokens) revenants() []string {
	var said []string
	for _, row := range t.list.Items() {
		if at, ended := t.ledger.end(t.system(), row); ended && t.back(row, at) {
			said = append(said, capital(called(row))+" was deleted at "+clockTime(at)+" and stands here again, or still.")
		}
	}
	return said
}

// back reports whether a row that was deleted is of a list that was read since. One
// that a system keeps as revoked or expired is where it belongs.
func (t *tokens) back(row model.Token, ended time.Time) bool {
	return !t.precedes(ended) && (row.State == model.Active || row.State == model.Unclear)
}

// precedes reports whether the rows are from before a token ended: no change from here
// has to have come between, where it is seen later that it did.
func (t *tokens) precedes(ended time.Time) bool {
	return t.list.Old() || t.list.AsOf().Before(ended)
}

// copies are the tokens like the one that was made last, and made since as well.
func (t *tokens) copies() []string {
	var names []string
	for _, row := range t.list.Items() {
		if t.list.New(row) && t.ledger.made.like(t.system(), row) {
			names = append(names, marked(row.Name))
		}
	}
	made := marked(t.ledger.made.issued.Token.Name)
	switch len(names) {
	case 0:
		return nil
	case 1:
		return []string{"Another token like " + made + " was made since: " + names[0] + ". A proxy in between may have sent the order twice, or somebody else made it."}
	}
	return []string{plural(len(names), "more token") + " like " + made + " were made since: " + strings.Join(names, ", ") +
		". A proxy in between may have sent the order more than once, or somebody else made them."}
}

// state is a token's state in words, also of a row from before it was deleted.
func (t *tokens) state(row model.Token) string {
	switch at, ended := t.ledger.end(t.system(), row); {
	case ended && t.precedes(at):
		return "deleted"
	case ended && t.back(row, at):
		return stateWord(row) + " again"
	}
	return stateWord(row)
}

// deleted reports whether a token was deleted from here.
func (t *tokens) deleted(row model.Token) bool {
	_, ended := t.ledger.end(t.system(), row)
	return ended
}

// isEnded is why nothing can be done to a row: it was deleted, and the list has not
// been read since.
func (t *tokens) isEnded() string {
	row, _ := t.list.Selected()
	if at, ended := t.ledger.end(t.system(), row); ended && t.precedes(at) {
		return "it was deleted at " + clockTime(at) + "; ctrl+r reads the list again"
	}
	return ""
}
