package order

import (
	"slices"
	"time"

	"authdeck/model"
)

// History is what this console has done since it began, and what its lists are held
// against.
type History struct {
	ended map[object]time.Time // tokens that were deleted, and when
	last  creation
}

// object is a token of a system.
type object struct{ system, id string }

// creation is the last order that made a token.
type creation struct {
	system string
	order  model.Order
	issued model.Issued
}

// NewHistory is one in which nothing was done yet.
func NewHistory() *History { return &History{ended: map[object]time.Time{}} }

// enter notes how an order was answered. A token that came with trouble has come all
// the same; what was to end with it may not have.
func (h *History) enter(op operation, msg Answered, now time.Time) {
	came, old := msg.Issued.Token.ID, op.order.Token.ID
	switch op.order.Action {
	case model.Delete:
		if msg.err == nil {
			h.happened(op, now)
		}
	case model.Regenerate, model.Replace:
		if msg.err == nil && came != "" && came != old {
			h.ended[object{op.system, old}] = now
		}
		fallthrough
	case model.Create:
		h.last = creation{op.system, op.order, msg.Issued}
		delete(h.ended, object{op.system, came})
	case model.Nothing, model.Edit, model.Revoke, model.Reveal:
	}
}

// happened notes that an order shows to have happened.
func (h *History) happened(op operation, now time.Time) {
	if op.order.Action == model.Delete {
		h.ended[object{op.system, op.order.Token.ID}] = now
	}
}

// Ended reports whether any token was ended from here.
func (h *History) Ended() bool { return len(h.ended) > 0 }

// Deleted is when a token was deleted from here; false where it was not.
func (h *History) Deleted(system string, t model.Token) (time.Time, bool) {
	at, ended := h.ended[object{system, t.ID}]
	return at, ended
}

// Twin reports whether a token may be a second one of the last order that made one.
func (h *History) Twin(system string, t model.Token) bool { return h.last.like(system, t) }

// Made reports whether a token was made from here.
func (h *History) Made() bool { return h.last.issued.Token.ID != "" }

// LastMade is the token that was made last.
func (h *History) LastMade() model.Token { return h.last.issued.Token }

// skew is how much later a server's clock may be behind than this one's, so that
// what it made since an order seems older.
const skew = 2 * time.Minute

// like reports whether a token may be a second one of the last order: the same
// owner, description and scope, made since, and another one than those that the system's
// own notes have told of.
func (m creation) like(system string, t model.Token) bool {
	made := m.issued.Token
	at, known := t.Created.Time()
	return m.system == system && made.ID != "" && t.ID != made.ID && t.ID != m.order.Token.ID &&
		made.Owner.ID != "" && t.Owner.ID == made.Owner.ID &&
		t.Description == made.Description && t.Scope == made.Scope &&
		known && !at.Before(m.order.At.Add(-skew)) &&
		!slices.ContainsFunc(m.issued.Alike, func(told model.Token) bool { return told.ID == t.ID })
}
