package ui

import (
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// History is what this console has done since it began, and what its lists are held
// against.
type History struct {
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

func NewHistory() *History { return &History{ended: map[object]time.Time{}} }

// enter notes how an order was answered. A token that came with trouble has come all
// the same; what was to end with it may not have.
func (l *History) enter(op operation, msg Answered, now time.Time) {
	came, old := msg.Issued.Token.ID, op.order.Token.ID
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
		l.made = making{op.system, op.order, msg.Issued}
		delete(l.ended, object{op.system, came})
	case model.Nothing, model.Edit, model.Revoke, model.Reveal:
	}
}

// came notes that an order shows to have happened.
func (l *History) came(op operation, now time.Time) {
	if op.order.Action == model.Delete {
		l.ended[object{op.system, op.order.Token.ID}] = now
	}
}

// Deleted is when a token was deleted from here; false where it was not.
func (l *History) Deleted(system string, t model.Token) (time.Time, bool) {
	at, ended := l.ended[object{system, t.ID}]
	return at, ended
}

// Twin reports whether a token may be a second one of the last order that made one.
func (l *History) Twin(system string, t model.Token) bool { return l.made.like(system, t) }

// LastMade is the token that was made last.
func (l *History) LastMade() model.Token { return l.made.issued.Token }

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
		!slices.ContainsFunc(m.issued.Notes, func(said string) bool { return strings.Contains(said, Marked(t.Name)) })
}
